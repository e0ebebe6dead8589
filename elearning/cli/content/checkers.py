"""The checkers behind `elearning check`: each looks at one kind of content and yields problems."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Final

from elearning.cli.content.selection import MARKER, Selection
from elearning.content.freshness import stale_entries
from elearning.content.library import read_everything, read_places
from elearning.content.markdown import Addresses
from elearning.content.module_parser import parse_module
from elearning.content.wording import wording_problems
from elearning.problem import Problem
from elearning.scenario.judge import judge_scenario
from elearning.scenario.prove.strategies import Spoken, as_written
from elearning.scenario.registry_parser import parse_registry
from elearning.translation import MODULE, SCENARIO

Checker = Callable[[Selection, Path], Iterable[Problem]]

DIRECTORY: Final = "modules/directory"


def check_scenarios(selection: Selection, overlay: Path) -> Iterator[Problem]:
    """Yield the problems of the scenarios and of the names that they share."""
    name = MARKER.as_posix()
    registry, problems = parse_registry(selection.root.read(name), name)
    yield from problems
    spoken: Spoken = as_written
    if (selection.root.path / DIRECTORY).is_dir():
        spoken = read_places(selection.root, overlay).fill_text
    for folder in selection.items(SCENARIO):
        yield from judge_scenario(read_files(selection, folder), registry, spoken).outcome.problems


def check_modules(selection: Selection, _overlay: Path) -> Iterator[Problem]:
    """Yield the problems of the modules."""
    for folder in selection.items(MODULE):
        yield from parse_module(read_files(selection, folder)).problems


def check_references(selection: Selection, overlay: Path) -> Iterator[Problem]:
    """Yield what only shows in the whole: directory, placeholders, links, trainings, overlay."""
    if (selection.root.path / DIRECTORY).is_dir():
        yield from read_everything(selection.root, overlay, Addresses(page="", source="")).problems


def check_wording(selection: Selection, _overlay: Path) -> Iterator[Problem]:
    """Yield words to avoid and texts that are hard to read."""
    yield from wording_problems(selection.root)


CHECKERS: Final[tuple[Checker, ...]] = (
    check_scenarios,
    check_modules,
    check_references,
    check_wording,
)


def check_freshness(selection: Selection, today: date, *, is_release: bool) -> Iterator[Problem]:
    """Yield the services and facts that should have been looked at again."""
    if (selection.root.path / DIRECTORY).is_dir():
        yield from stale_entries(selection.root, today, is_release=is_release)


def all_problems(
    selection: Selection, overlay: Path, today: date, *, is_release: bool
) -> tuple[Problem, ...]:
    """Return every problem in what was asked for, in reading order."""
    unreadable = tuple(not_utf_8(selection))
    if unreadable:
        return unreadable
    found = {problem for checker in CHECKERS for problem in checker(selection, overlay)}
    found.update(check_freshness(selection, today, is_release=is_release))
    return tuple(sorted(each for each in found if selection.includes(each.file)))


def not_utf_8(selection: Selection) -> Iterator[Problem]:
    """Yield the files that cannot be read as text; until they can, nothing else is checked."""
    root = selection.root.path
    for folder in (SCENARIO.folder, MODULE.folder):
        for path in sorted((root / folder).rglob("*.*")):
            if path.suffix in {".md", ".yaml"} and not _is_utf_8(path):
                name = path.relative_to(root).as_posix()
                yield Problem(name, 1, "F0", "is not UTF-8")


def read_files(selection: Selection, folder: Path) -> dict[str, str]:
    """Return the files of one item by their name relative to the root."""
    return {
        path.relative_to(selection.root.path).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(folder.glob("*.md"))
    }


def _is_utf_8(path: Path) -> bool:
    try:
        path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return False
    return True
