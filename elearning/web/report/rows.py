"""The rows of a frozen report, alike on the page and in every file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _

from elearning.learning.board_report import COUNTS, SHARES, Json
from elearning.learning.rates import Share
from elearning.web.hr.sheet import Value

PEOPLE = 4
PLACE = ("unit", "name", "level")
SHOWN_KEYS = (*PLACE, "people", *SHARES)
FULL_KEYS = (*PLACE, "people", "coverage_percent", *COUNTS)


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A unit with its figures; a figure that is hidden is the text that says so."""

    code: str
    name: str
    level: int
    figures: tuple[Value, ...]


def keys(report: Json) -> tuple[str, ...]:
    """Return what programs call the columns."""
    return SHOWN_KEYS if report["report"]["is_suppressed"] else FULL_KEYS


def columns(report: Json) -> tuple[str, ...]:
    """Return the headings: of the unit, its code and its level, and of the figures."""
    place = (_("Code"), _("Unit"), _("Level"), _("Staff"), _("Completed (per cent)"))
    if report["report"]["is_suppressed"]:
        return (*place, _("On track (per cent)"), _("Past the date or expired (per cent)"))
    return (
        *place,
        _("Completed"),
        _("Open"),
        _("Just past the date"),
        _("Past the date"),
        _("Expired"),
        _("Exempt"),
        _("Paused"),
    )


def headings(report: Json) -> tuple[str, ...]:
    """Return the headings of the page, where a share has its sign beside it."""
    place, rest = columns(report)[:PEOPLE], columns(report)[PEOPLE + 1 :]
    if report["report"]["is_suppressed"]:
        rest = (_("On track"), _("Past the date or expired"))
        return (*place, _("Completed"), *rest)
    return (*place, _("Share"), *rest)


def report_rows(report: Json, lang: str) -> Iterator[ReportRow]:
    """Yield every unit; what a unit has besides its parts only where that is somebody."""
    figures = _shown if report["report"]["is_suppressed"] else _full
    for each in report["units"]:
        if each["is_itself"] and each["people"] == 0 and not _has_others(each):
            continue
        name = each["name"][lang]
        yield ReportRow(
            code=each["code"],
            name=_("%(unit)s itself", unit=name) if each["is_itself"] else name,
            level=each["level"],
            figures=figures(each),
        )


def not_shown() -> str:
    """Return what stands where a figure is hidden."""
    return _("not shown")


def _shown(unit: Json) -> tuple[Value, ...]:
    if unit["people"] is None:
        return (not_shown(),) * (1 + len(SHARES))
    return unit["people"], *(unit[each] for each in SHARES)


def _full(unit: Json) -> tuple[Value, ...]:
    coverage = Share(unit["valid"], unit["people"]).percent
    return unit["people"], coverage, *(unit[each] for each in COUNTS)


def _has_others(unit: Json) -> bool:
    """Say whether somebody is exempt or paused; what is shown to others never tells that."""
    return bool(unit.get("exempt") or unit.get("paused"))
