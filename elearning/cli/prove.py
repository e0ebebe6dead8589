"""`elearning prove`: what every play of a scenario does, exactly, and what it breaks."""

from __future__ import annotations

import json
from pathlib import Path
from time import perf_counter
from typing import Final

import click

from elearning.cli.content.report import as_json, as_text
from elearning.cli.content.scenario import language_of, read_scenario, words_of
from elearning.scenario.prove.prover import prove
from elearning.scenario.prove.search import MOST_STATES
from elearning.yaml_fields import LANGUAGES

NOT_PROVED: Final = 1


@click.command("prove")
@click.argument("name", metavar="ID")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Language of counterexamples.")
@click.option("--most-states", type=click.IntRange(1), default=MOST_STATES, show_default=True)
@click.option("--content", envvar="ELEARNING_CONTENT", type=click.Path(exists=True, path_type=Path))
@click.option("--overlay", envvar="ELEARNING_OVERLAY", type=click.Path(exists=True, path_type=Path))
@click.pass_context
def command(
    context: click.Context,
    name: str,
    form: str,
    lang: str | None,
    most_states: int,
    content: Path | None,
    overlay: Path | None,
) -> None:
    """Prove scenario ID over every play: its figures, and each claim that does not hold.

    Exits with 0 when it is proved, 1 when it is not, 2 when it could not run. It is not proved
    either when it has more than MOST_STATES different situations.
    """
    parsed = read_scenario(name, content)
    shown = language_of(parsed, lang)
    spoken = words_of(content, overlay)
    started = perf_counter()
    proof = prove(parsed, spoken, most_states)
    seconds = perf_counter() - started
    if form == "json":
        click.echo(json.dumps(as_json(proof, seconds), ensure_ascii=False, indent=2))
    else:
        click.echo(as_text(proof, seconds, parsed, shown, spoken))
    context.exit(0 if proof.is_proved else NOT_PROVED)
