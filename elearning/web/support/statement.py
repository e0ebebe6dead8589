"""The accessibility statement, read from accessibility.yaml: no claim without an examination."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from elearning.errors import ContentInvalid
from elearning.problem import Findings
from elearning.strict_yaml import Located, load
from elearning.yaml_fields import Reader, read_fields

FILE = "accessibility.yaml"


class StatementStatus(StrEnum):
    """How far the examination is, by the letters of the Dutch register."""

    EXAMINED = "A"
    EXAMINED_WITH_DEVIATIONS = "B"
    PLANNED_OR_PARTIAL = "C"
    NOT_EXAMINED = "D"


@dataclass(frozen=True, slots=True)
class Deviation:
    """Something that does not meet a criterion, and what is done about it."""

    criterion: str
    what: dict[str, str]
    effect: dict[str, str]
    measure: dict[str, str]
    ready_by: date


@dataclass(frozen=True, slots=True)
class Statement:
    """What is known about the accessibility of this site."""

    status: StatementStatus
    examined_on: date | None
    planned_on: date | None
    examined_by: str | None
    deviations: tuple[Deviation, ...]


@cache
def statement() -> Statement:
    """Return the statement of this version."""
    return read_statement(files("elearning.web.support").joinpath(FILE).read_text("utf-8"))


def read_statement(text: str) -> Statement:
    """Read a statement; raises `ContentInvalid` for one that claims what it has no date for."""
    findings = Findings(FILE)
    with read_fields(load(text, findings), findings) as reader:
        reader.number("schema")
        read = Statement(
            status=reader.member("status", StatementStatus),
            examined_on=reader.optional_day("examined_on"),
            planned_on=reader.optional_day("planned_on"),
            examined_by=reader.optional_text("examined_by"),
            deviations=tuple(_deviation(item, findings) for item in reader.records("deviations")),
        )
        _refuse_claims(read, reader)
    if findings.found:
        raise ContentInvalid("\n".join(f"{FILE}:{p.line}: {p.message}" for p in findings.found))
    return read


def _deviation(item: Located, findings: Findings) -> Deviation:
    with read_fields(item, findings) as reader:
        return Deviation(
            criterion=reader.text("criterion"),
            what=reader.translated("what"),
            effect=reader.translated("effect"),
            measure=reader.translated("measure"),
            ready_by=reader.day("ready_by"),
        )


def _refuse_claims(read: Statement, reader: Reader) -> None:
    is_examined = read.examined_on is not None and read.examined_by is not None
    if read.status in {StatementStatus.EXAMINED, StatementStatus.EXAMINED_WITH_DEVIATIONS}:
        if not is_examined:
            reader.wrong("status", "A and B need examined_on and examined_by")
        if (read.status is StatementStatus.EXAMINED) == bool(read.deviations):
            reader.wrong("status", "A has no deviations, B has at least one")
    if read.status is StatementStatus.PLANNED_OR_PARTIAL and not (is_examined or read.planned_on):
        reader.wrong("status", "C needs planned_on, or examined_on and examined_by")
