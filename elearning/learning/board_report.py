"""A frozen report: counts per unit on a fixed grid, and what of them may be seen without names.

The grid is the institution, the faculties and services below it, and their departments; what lies
deeper counts in its department. Everybody counts in one place only, so the grid adds up, and what
is hidden can be shown to stay hidden (learning/suppression.py; docs/decisions/0014).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from elearning.learning.rates import DEFINITION_VERSION, Rates, Share
from elearning.learning.suppression import Cell, Hidden, hide

FORMAT = 1
DEEPEST = 2
ITSELF = "\x1f"
COUNTS = ("valid", "open", "in_grace", "overdue", "lapsed", "exempt", "paused")
SHARES = ("coverage_percent", "on_track_percent", "overdue_percent")
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class GridLine:
    """A unit of the grid with everything below it; `is_itself` is what is in none of its parts."""

    code: str
    above: str | None
    level: int
    is_itself: bool
    names: Mapping[str, str]
    rates: Rates

    def place(self) -> Json:
        """Return which unit it is."""
        return {
            "code": self.code,
            "above": self.above,
            "level": self.level,
            "is_itself": self.is_itself,
            "name": dict(self.names),
        }

    @property
    def cell(self) -> Cell:
        """Return how many people count, for who decides what to hide."""
        return Cell(cell_code(self.code, is_itself=self.is_itself), self.above, self.rates.counted)


def cell_code(code: str, *, is_itself: bool) -> str:
    """Return what a line is called among all others."""
    return f"{code}{ITSELF}" if is_itself else code


def full_report(head: Json, lines: Sequence[GridLine]) -> Json:
    """Return the report with every figure, for who may read names as well."""
    tops = [each.rates for each in lines if each.above is None]
    return {
        "report": {**head, "is_suppressed": False, **_beside(tops)},
        "units": [
            {
                **each.place(),
                "people": each.rates.counted,
                **{name: getattr(each.rates, name) for name in COUNTS},
            }
            for each in lines
        ],
    }


def suppressed_report(
    head: Json,
    lines: Sequence[GridLine],
    *,
    least: int,
    earlier: Sequence[Json],
    gone: Mapping[str, str],
) -> Json:
    """Return the report without small cells; `earlier` are those that were given out before.

    `gone` says in which unit those count that have no line any more.

    Whole per cents instead of counts. Who is exempt or paused is told for the institution only, and
    either both or neither: two numbers of which one is hidden would say that it is small.
    """
    cells = [each.cell for each in lines]
    before = [hidden_in(each) for each in earlier]
    disturbed = [_disturbed(each, cells, gone) for each in earlier]
    hidden = hide(cells, least=least, before=[*before, *filter(None, disturbed)])
    tops = [each.rates for each in lines if each.above is None]
    counts = _beside(tops)
    was_hidden = any(each["report"]["exempt"] is None for each in earlier)
    top_hidden = any(each.above is None and each.code in hidden for each in cells)
    is_hidden = was_hidden or top_hidden or any(0 < each < least for each in counts.values())
    beside: Json = dict.fromkeys(counts) if is_hidden else counts
    return {
        "report": {**head, "is_suppressed": True, "smallest_group": least, **beside},
        "units": [{**each.place(), **_shown(each, hidden)} for each in lines],
    }


def hidden_in(report: Json) -> Hidden:
    """Return what a suppressed report hides."""
    return frozenset(
        cell_code(each["code"], is_itself=each["is_itself"])
        for each in report["units"]
        if each["people"] is None
    )


def cut_to(report: Json, codes: Iterable[str] | None) -> Json:
    """Return what of a suppressed report lies in these units and below; None is all of it."""
    if codes is None:
        return report
    inside = set(codes)
    units = []
    for each in report["units"]:  # what is above stands before what is below it
        if each["code"] in inside or each["above"] in inside:
            inside.add(each["code"])
            units.append(each)
    return {"report": {**report["report"], "exempt": None, "paused": None}, "units": units}


def head_of(training_id: str, title: Mapping[str, str], **facts: Json | str | int | None) -> Json:
    """Return what a report says of itself, besides its figures."""
    return {
        "format": FORMAT,
        "definition": DEFINITION_VERSION,
        "training": {"id": training_id, "title": dict(title)},
        **facts,
    }


def _disturbed(earlier: Json, cells: Sequence[Cell], gone: Mapping[str, str]) -> Hidden:
    """Return what gained or lost a unit that was hidden: before and after would tell its size."""
    was = {
        cell_code(each["code"], is_itself=each["is_itself"]): each["above"]
        for each in earlier["units"]
    }
    now = {each.code: each.above for each in cells}
    found: set[str] = set()
    for code in hidden_in(earlier):
        unit = code.removesuffix(ITSELF)
        place = code if code in now else unit if unit in now else gone.get(unit)
        found |= _upwards(was, code) ^ _upwards(now, place)
    return frozenset(found & now.keys())


def _upwards(above: Mapping[str, str | None], code: str | None) -> set[str]:
    found = set()
    while code is not None:
        found.add(code)
        code = above.get(code)
    return found


def _beside(tops: Iterable[Rates]) -> dict[str, int]:
    found = list(tops)
    return {
        "exempt": sum(each.exempt for each in found),
        "paused": sum(each.paused for each in found),
    }


def _shown(line: GridLine, hidden: Hidden) -> Json:
    if line.cell.code in hidden:
        return {"people": None, **dict.fromkeys(SHARES)}
    rates = line.rates
    shares: tuple[Share, ...] = (rates.coverage, rates.on_track, rates.overdue_share)
    percents = (each.percent for each in shares)
    return {"people": rates.counted, **dict(zip(SHARES, percents, strict=True))}
