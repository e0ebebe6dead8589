"""One scenario by its id, for the commands that are about a single scenario."""

from __future__ import annotations

from pathlib import Path

import click

from elearning.cli.content.checkers import DIRECTORY, read_files
from elearning.cli.content.selection import MARKER, select
from elearning.content.library import read_places
from elearning.content.sources import content_root
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.prove.strategies import Spoken, as_written
from elearning.scenario.registry_parser import parse_registry
from elearning.translation import SCENARIO

EXAMPLE_OVERLAY = "modules/directory/institution.demo.yaml"


class Unreadable(click.ClickException):
    """The scenario cannot be read, so there is nothing to do."""

    exit_code = 2


def read_scenario(name: str, content: Path | None) -> Parsed:
    """Return the scenario; raise what click shows where there is none, or it cannot be read."""
    selection = select((), content)
    folder = next((each for each in selection.items(SCENARIO) if each.name == name), None)
    if folder is None:
        raise click.UsageError(f"there is no scenario {name!r} in {selection.root.path}")
    try:
        registry, _ = parse_registry(selection.root.read(MARKER.as_posix()), MARKER.as_posix())
        outcome = parse_scenario(read_files(selection, folder), registry)
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"could not read {name}: {error}") from error
    if outcome.parsed is None:
        lines = (f"{selection.shown(p.file)}:{p.line}: {p.message}" for p in outcome.problems)
        raise Unreadable("first put this right:\n" + "\n".join(lines))
    return outcome.parsed


def language_of(parsed: Parsed, lang: str | None) -> str:
    """Return the language to show, by default that of the source; it must be there as a whole."""
    shown = lang or parsed.scenario.source_lang
    if shown not in parsed.texts:
        raise click.UsageError(f"{parsed.scenario.id} is not complete in {shown!r}")
    return shown


def words_of(content: Path | None, overlay: Path | None) -> Spoken:
    """Return what fills in placeholders; as written where there is no directory to fill from."""
    root = content_root(content)
    if not (root.path / DIRECTORY).is_dir():
        return as_written
    return read_places(root, overlay or root.path / EXAMPLE_OVERLAY).fill_text
