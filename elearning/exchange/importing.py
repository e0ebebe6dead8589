"""Reads a file of any format that we know into the files of a scenario, or refuses it whole."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from elearning.blocks import LONGEST_FILE
from elearning.exchange.arrival import Arrival
from elearning.exchange.h5p_import import read_h5p
from elearning.exchange.native import SOURCE_FILE
from elearning.exchange.remarks import ExchangeRefused, Remark, Remarks, refused
from elearning.exchange.twee import LONGEST_STORY
from elearning.exchange.twee_import import read_twee
from elearning.problem import Problem, ProblemSeverity
from elearning.scenario.parse import Outcome, parse_scenario

MOST_REASONS: Final = 20
_ARCHIVE: Final = b"PK\x03\x04"
_LANG_LINE: Final = re.compile(r"^(lang:.*)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Imported:
    """The files of the scenario by name, what there is to say, and what reading them finds."""

    files: Mapping[str, str]
    is_draft: bool
    remarks: tuple[Remark, ...]
    problems: tuple[Problem, ...]


def import_story(data: bytes, arrival: Arrival) -> Imported:
    """Return the scenario in a file of a stranger; raises `ExchangeRefused`."""
    remarks = Remarks()
    if data.startswith(_ARCHIVE):
        files = read_h5p(data, arrival, remarks)
    else:
        files = read_twee(_text(data, arrival.file), arrival, remarks)
    files, outcome = _readable(files, arrival, remarks)
    is_draft = outcome.parsed is None or outcome.parsed.scenario.is_draft
    return Imported(files, is_draft, remarks.all(), outcome.problems)


def _text(data: bytes, file: str) -> str:
    if len(data) > LONGEST_STORY:
        raise refused(file, f"larger than {LONGEST_STORY} bytes")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise refused(file, f"not UTF-8 text, and not a .h5p file: byte {error.start}") from None


def _readable(
    files: dict[str, str], arrival: Arrival, remarks: Remarks
) -> tuple[dict[str, str], Outcome]:
    """Return the files with what reading them finds; unfinished work becomes a draft."""
    if any(len(text) > LONGEST_FILE for text in files.values()):
        raise refused(arrival.file, f"it takes a file of more than {LONGEST_FILE} characters")
    outcome = _parsed(files, arrival)
    if outcome.parsed is None and "\ndraft:" not in files[SOURCE_FILE]:
        unfinished = _LANG_LINE.sub(r"\1\ndraft: true", files[SOURCE_FILE], count=1)
        files = {**files, SOURCE_FILE: unfinished}
        outcome = _parsed(files, arrival)
        remarks.changed(arrival.file, "it is unfinished, so it is a draft now")
    if outcome.parsed is None:
        errors = [each for each in outcome.problems if each.severity is ProblemSeverity.ERROR]
        raise ExchangeRefused(
            f"{each.file}:{each.line}: {each.code} {each.message}" for each in errors[:MOST_REASONS]
        )
    return files, outcome


def _parsed(files: Mapping[str, str], arrival: Arrival) -> Outcome:
    placed = {f"{arrival.scenario_id}/{name}": text for name, text in files.items()}
    return parse_scenario(placed, arrival.registry)
