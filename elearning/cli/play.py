"""`elearning play`: a scenario in the terminal, or where a list of choices leads."""

from __future__ import annotations

import json
from pathlib import Path

import click

from elearning.cli.content.scenario import language_of, read_scenario, words_of
from elearning.errors import ChoiceNotOffered
from elearning.scenario.ids import ChoiceId
from elearning.scenario.model import ChoiceText, ScenarioText
from elearning.scenario.parse import Parsed
from elearning.scenario.play import begin, choose, is_over, offered
from elearning.scenario.position import Position
from elearning.scenario.prove.strategies import Spoken
from elearning.scenario.prove.transcript import transcript
from elearning.scenario.score import result
from elearning.yaml_fields import LANGUAGES


@click.command("play")
@click.argument("name", metavar="ID")
@click.option("--choices", help="Choice ids with commas; without it you choose yourself.")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Default: that of the source.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--content", envvar="ELEARNING_CONTENT", type=click.Path(exists=True, path_type=Path))
@click.option("--overlay", envvar="ELEARNING_OVERLAY", type=click.Path(exists=True, path_type=Path))
def command(
    name: str,
    choices: str | None,
    lang: str | None,
    form: str,
    content: Path | None,
    overlay: Path | None,
) -> None:
    """Play scenario ID and show where it stands; nothing is recorded.

    Exits with 2 when a choice is not on offer or the scenario cannot be read.
    """
    parsed = read_scenario(name, content)
    text = parsed.texts[language_of(parsed, lang)]
    spoken = words_of(content, overlay)
    position = _play(parsed, text, spoken) if choices is None else _replay(parsed, choices)
    if form == "json":
        click.echo(json.dumps(_state(parsed, position), ensure_ascii=False, indent=2))
    elif choices is not None:
        click.echo(transcript(parsed, position.path, text.lang, spoken))
    if form == "text":
        click.echo(_told(parsed, position))


def _replay(parsed: Parsed, choices: str) -> Position:
    position = begin(parsed.scenario)
    for each in choices.split(",") if choices.strip() else ():
        try:
            position = choose(parsed.scenario, position, ChoiceId(each.strip()))
        except ChoiceNotOffered as refusal:
            message = f"{refusal}; {_on_offer(parsed, position)}"
            raise click.UsageError(message) from refusal
    return position


def _on_offer(parsed: Parsed, position: Position) -> str:
    if is_over(parsed.scenario, position):
        return "the play is over there"
    ids = (each.id for each in offered(parsed.scenario, position))
    return f"on offer: {', '.join(ids)}"


def _play(parsed: Parsed, text: ScenarioText, spoken: Spoken) -> Position:
    """Let a person choose until the scenario is over or they stop."""
    position = begin(parsed.scenario)
    while True:
        click.echo(f"\n{spoken(text.nodes[position.node_id].body, text.lang)}\n", err=True)
        options = () if is_over(parsed.scenario, position) else offered(parsed.scenario, position)
        words = text.nodes[position.node_id].choices
        for number, choice in enumerate(options, 1):
            click.echo(f"  {number}. {spoken(words[choice.id].say, text.lang)}", err=True)
        number = _number(len(options)) if options else 0
        if number == 0:
            return position
        chosen = options[number - 1].id
        _react(words[chosen], text.lang, spoken)
        position = choose(parsed.scenario, position, chosen)


def _number(most: int) -> int:
    """Return the number of the option that was chosen; 0 to stop, as at the end of the input."""
    try:
        return click.prompt(f"1 to {most}, or 0 to stop", type=click.IntRange(0, most), err=True)
    except click.Abort:
        return 0


def _react(words: ChoiceText, lang: str, spoken: Spoken) -> None:
    for each in (words.felt, words.why):
        if each is not None:
            click.echo(f"     {spoken(each, lang)}", err=True)


def _state(parsed: Parsed, position: Position) -> dict[str, object]:
    scenario = parsed.scenario
    found = result(scenario, position)
    return {
        "scenario": scenario.id,
        "version": scenario.version,
        "choices": position.path,
        "node": position.node_id,
        "medium": scenario.nodes[position.node_id].medium,
        "turn": position.turn,
        "is_over": found.is_over,
        "ending": scenario.nodes[position.node_id].ending,
        "passed": found.passed,
        "points": dict(position.points),
        "flags": sorted(position.flags),
        "errors": [
            {"id": e.error, "node": e.node, "turn": e.turn, "state": e.state}
            for e in position.incidents
        ],
        "offered": [] if found.is_over else [each.id for each in offered(scenario, position)],
    }


def _told(parsed: Parsed, position: Position) -> str:
    points = ", ".join(f"{competency} {each}" for competency, each in position.points.items())
    errors = ", ".join(f"{each.error} {each.state}" for each in position.incidents)
    ending = parsed.scenario.nodes[position.node_id].ending
    return "\n".join(
        [
            "",
            f"{'ending' if ending else 'at'}: {position.node_id}{f' ({ending})' if ending else ''}",
            f"choices: {','.join(position.path) or '-'}",
            f"points: {points or '-'}",
            f"flags: {', '.join(sorted(position.flags)) or '-'}",
            f"errors: {errors or '-'}",
            f"passed: {'yes' if result(parsed.scenario, position).passed else 'no'}",
        ]
    )
