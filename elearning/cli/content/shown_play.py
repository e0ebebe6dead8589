"""The play that shows a finding, as a transcript in the author's language."""

from __future__ import annotations

from pathlib import Path
from textwrap import indent

from elearning.cli.content.checkers import read_files
from elearning.cli.content.scenario import language_of, words_of
from elearning.cli.content.selection import MARKER, Selection
from elearning.problem import Problem
from elearning.scenario.ids import ChoiceId
from elearning.scenario.parse import parse_scenario
from elearning.scenario.prove.transcript import transcript
from elearning.scenario.registry_parser import parse_registry


def shown_play(selection: Selection, problem: Problem, overlay: Path, lang: str | None) -> str:
    """Return the shortest play that shows the problem; empty where no play is needed for that."""
    if not problem.choices:
        return ""
    root = selection.root
    registry, _ = parse_registry(root.read(MARKER.as_posix()), MARKER.as_posix())
    folder = (root.path / problem.file).parent
    parsed = parse_scenario(read_files(selection, folder), registry).parsed
    if parsed is None:
        return ""
    choices = [ChoiceId(each) for each in problem.choices]
    told = transcript(parsed, choices, language_of(parsed, lang), words_of(root.path, overlay))
    replay = f"elearning play {folder.name} --choices {','.join(problem.choices)}"
    return indent(f"{told}\n{replay}\n", "    ")
