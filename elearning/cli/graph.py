"""`elearning graph`: a scenario as a drawing."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import click

from elearning.cli.content.checkers import read_files
from elearning.cli.content.selection import MARKER, Selection, select
from elearning.integrations.graph_svg import graph_svg
from elearning.scenario.parse import Outcome, parse_scenario
from elearning.scenario.registry_parser import parse_registry
from elearning.translation import SCENARIO
from elearning.yaml_fields import LANGUAGES

UNREADABLE: Final = 1


@click.command("graph")
@click.argument("name", metavar="ID")
@click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option("--content", envvar="ELEARNING_CONTENT", type=click.Path(exists=True, path_type=Path))
@click.pass_context
def command(context: click.Context, name: str, lang: str, content: Path | None) -> None:
    """Print scenario ID as an SVG drawing: `elearning graph ID > file.svg`.

    Exits with 1 when it cannot be read; `elearning check` says why.
    """
    outcome = _read(select((), content), name)
    if outcome.parsed is None:
        for each in outcome.problems:
            click.echo(f"{each.file}:{each.line}: {each.code} {each.message}", err=True)
        context.exit(UNREADABLE)
    click.echo(graph_svg(outcome.parsed, lang), nl=False)


def _read(selection: Selection, name: str) -> Outcome:
    for folder in selection.items(SCENARIO):
        if folder.name == name:
            registry, _ = parse_registry(selection.root.read(MARKER.as_posix()), str(MARKER))
            return parse_scenario(read_files(selection, folder), registry)
    raise click.UsageError(f"there is no scenario {name!r} in {selection.root.path}")
