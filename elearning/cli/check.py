"""`elearning check`: every problem in the content at once, with file and line."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import click

from elearning.cli.content.checkers import all_problems
from elearning.cli.content.selection import Selection, select
from elearning.cli.content.shown_play import shown_play
from elearning.clock import SystemClock
from elearning.problem import Problem, ProblemSeverity, blocks_publication
from elearning.translation import MODULE, SCENARIO
from elearning.yaml_fields import LANGUAGES

BLOCKED: Final = 1
COULD_NOT_RUN: Final = 2
EXAMPLE_OVERLAY: Final = "modules/directory/institution.demo.yaml"


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--lang", type=click.Choice(LANGUAGES), help="Of plays; default that of the source.")
@click.option("--content", envvar="ELEARNING_CONTENT", type=click.Path(exists=True, path_type=Path))
@click.option("--overlay", envvar="ELEARNING_OVERLAY", type=click.Path(exists=True, path_type=Path))
@click.option("--release", is_flag=True, help="Facts that were not looked at in time block too.")
@click.pass_context
def command(
    context: click.Context,
    paths: tuple[Path, ...],
    form: str,
    lang: str | None,
    content: Path | None,
    overlay: Path | None,
    *,
    release: bool,
) -> None:
    """Check scenarios, modules and the directory under PATHS; everything when none is given.

    Exits with 0 when nothing blocks publication, 1 when something does, 2 when it could not run.
    """
    selection = select(paths, content)
    if not any([*selection.items(SCENARIO), *selection.items(MODULE)]):
        raise click.UsageError("there is no scenario or module here")
    overlay = overlay or selection.root.path / EXAMPLE_OVERLAY
    try:
        problems = all_problems(
            selection,
            overlay,
            SystemClock().today(),
            is_release=release,
        )
    except (OSError, UnicodeDecodeError) as error:
        click.echo(f"could not read the content: {error}", err=True)
        context.exit(COULD_NOT_RUN)
    if form == "json":
        click.echo(_json(selection, problems))
    else:
        plays = [shown_play(selection, each, overlay, lang) for each in problems]
        click.echo(_text(selection, problems, plays))
    context.exit(BLOCKED if blocks_publication(problems) else 0)


def _text(selection: Selection, problems: Iterable[Problem], plays: Iterable[str]) -> str:
    lines = []
    shown: set[str] = set()
    for each, play in zip(problems, plays, strict=True):
        where = f"{selection.shown(each.file)}:{each.line}"
        lines.append(f"{where}: {each.code} {each.severity} {each.message}")
        if play:
            lines.append("    the same play as above\n" if play in shown else play)
            shown.add(play)
    return "\n".join([*lines, _summary(selection, problems)])


def _summary(selection: Selection, problems: Iterable[Problem]) -> str:
    severities = [each.severity for each in problems]
    scenarios = len(list(selection.items(SCENARIO)))
    modules = len(list(selection.items(MODULE)))
    return (
        f"{scenarios} scenarios and {modules} modules:"
        f" {severities.count(ProblemSeverity.ERROR)} errors,"
        f" {severities.count(ProblemSeverity.WARNING)} warnings"
    )


def _json(selection: Selection, problems: Iterable[Problem]) -> str:
    found = [
        {
            "code": each.code,
            "severity": each.severity,
            "file": selection.shown(each.file),
            "line": each.line,
            "message": each.message,
            "choices": each.choices,
        }
        for each in problems
    ]
    return json.dumps(found, ensure_ascii=False, indent=2)
