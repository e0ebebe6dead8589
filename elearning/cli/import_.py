"""`elearning import`: a story from another program as a new draft, with what did not come along."""

import re
from pathlib import Path
from typing import Final

import click

from elearning.cli.content.selection import MARKER
from elearning.content.sources import content_root
from elearning.exchange.archive import LARGEST_ARCHIVE
from elearning.exchange.arrival import Arrival
from elearning.exchange.importing import Imported, import_story
from elearning.exchange.remarks import Effect, ExchangeRefused, refused
from elearning.exchange.save import save_folder
from elearning.problem import blocks_publication
from elearning.scenario.model import ScenarioId
from elearning.scenario.registry import Registry
from elearning.scenario.registry_parser import parse_registry
from elearning.yaml_fields import LANGUAGES

LOSSES: Final = 1
REFUSED: Final = 2
DRAFTED: Final = "drafted"
WHOLE: Final = "a finished scenario of ours, which learners will see"
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)


@click.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--to", "target", required=True, metavar="scenarios/ID", type=click.Path(path_type=Path)
)
@click.option("--lang", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.pass_context
def command(context: click.Context, file: Path, target: Path, lang: str) -> None:
    """Read a Twee 3 or .h5p FILE (Branching Scenario) into a new folder, as a draft.

    LANG is the language of a file that does not say so. Exits with 0 when all of it came along, 1
    when it is there with losses, 2 when it was refused; then nothing was written.
    """
    try:
        imported = _imported(file, target, lang)
        save_folder(target, imported.files)
    except (ExchangeRefused, OSError) as error:
        click.echo(str(error), err=True)
        context.exit(REFUSED)
    for line in (*imported.remarks, *_findings(imported, target)):
        click.echo(str(line))
    done = DRAFTED if imported.is_draft else WHOLE
    click.echo(f"{target}: {done}; `elearning check {target}` says what it still needs")
    has_losses = any(each.effect is Effect.LOST for each in imported.remarks)
    context.exit(LOSSES if has_losses or blocks_publication(imported.problems) else 0)


def _imported(file: Path, target: Path, lang: str) -> Imported:
    if not _SLUG.fullmatch(target.name):
        raise refused(str(target), "a folder of a scenario is called with a-z, 0-9 and -")
    if file.stat().st_size > LARGEST_ARCHIVE:
        raise refused(file.name, f"larger than {LARGEST_ARCHIVE} bytes")
    arrival = Arrival(file.name, ScenarioId(target.name), lang, _registry(target))
    return import_story(file.read_bytes(), arrival)


def _registry(target: Path) -> Registry:
    """Return the names beside the target, or those of the content that is configured."""
    beside = target.parent / MARKER.name
    path = beside if beside.is_file() else content_root(None).path / MARKER
    return parse_registry(path.read_text(encoding="utf-8"), str(path))[0]


def _findings(imported: Imported, target: Path) -> list[str]:
    return [
        f"{target / Path(each.file).name}:{each.line}: {each.code} {each.severity} {each.message}"
        for each in imported.problems
    ]
