"""How many people stand where, for each set of units that people work in: the database counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.learning.rates import Rates, rates_from
from elearning.learning.status import CompletionStatus
from elearning.services.completion_query import CompletionQuery
from elearning.services.completion_standings import BY_NUMBER, standings, unit_ids
from elearning.services.unit_tree import UnitNode

Cell = tuple[CompletionStatus, bool]
UnitIds = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people have each status, by the units in which they work: each person once."""

    counts: Mapping[UnitIds, Mapping[Cell, int]]

    def rates(self) -> Rates:
        """Return the rates over everybody."""
        found: Counter[Cell] = Counter()
        for cells in self.counts.values():
            found.update(cells)
        return rates_from(found)

    def rates_per_unit(self, groups: Mapping[int, UnitNode]) -> dict[UnitNode, Rates]:
        """Return the rates per group of units, each person once in each; `groups` says which."""
        return self.rates_with_all_above({unit_id: (unit,) for unit_id, unit in groups.items()})

    def rates_with_all_above(
        self, lines: Mapping[int, tuple[UnitNode, ...]]
    ) -> dict[UnitNode, Rates]:
        """Return the rates of every unit in these lines, each person once in each unit."""
        found: dict[UnitNode, Counter[Cell]] = {}
        for units, cells in self.counts.items():
            for unit in {unit for unit_id in units for unit in lines[unit_id]}:
                found.setdefault(unit, Counter()).update(cells)
        return {unit: rates_from(cells) for unit, cells in found.items()}


def tally(session: Session, query: CompletionQuery) -> Tally:
    """Return where everybody in the scope stands on the day; out of scope nobody is counted."""
    found = standings(session, query, for_counts=True)
    rows = found.everybody("status", "is_expiring").subquery("rows")
    cells = rows.c.units, rows.c.status, rows.c.is_expiring
    statement = select(*cells, func.count()).group_by(*cells)
    counts: dict[UnitIds, Counter[Cell]] = {}
    for units, number, is_expiring, people in session.execute(statement):
        cell = BY_NUMBER[number], bool(is_expiring)
        counts.setdefault(unit_ids(units), Counter())[cell] += people
    return Tally(counts)
