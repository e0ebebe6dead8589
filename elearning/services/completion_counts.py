"""How many people stand where, for each set of units that people work in: the database counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.learning.rates import Rates, rates_from
from elearning.services.completion_query import CompletionQuery, read_rows
from elearning.services.completion_standings import standings, unit_ids
from elearning.services.packed_days import CELLS
from elearning.services.unit_tree import UnitNode

UnitIds = tuple[int, ...]
Counts = dict[int, int]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people have each status, by the units in which they work: each person once.

    A status is written as a number (`CELLS`).
    """

    groups: Sequence[tuple[UnitIds, int, int]]

    def rates(self) -> Rates:
        """Return the rates over everybody."""
        found: Counts = {}
        for _, cell, people in self.groups:
            found[cell] = found.get(cell, 0) + people
        return _rates(found)

    def rates_per_unit(self, groups: Mapping[int, UnitNode]) -> dict[UnitNode, Rates]:
        """Return the rates per group of units, each person once in each; `groups` says which."""
        return self.rates_with_all_above({unit_id: (unit,) for unit_id, unit in groups.items()})

    def rates_with_all_above(
        self, lines: Mapping[int, tuple[UnitNode, ...]]
    ) -> dict[UnitNode, Rates]:
        """Return the rates of every unit in these lines, each person once in each unit."""
        nodes = {unit.id: unit for line in lines.values() for unit in line}
        above = {unit_id: [unit.id for unit in line] for unit_id, line in lines.items()}
        found: dict[int, Counts] = {}
        for units, cell, people in self.groups:
            first, *others = units
            counts_in = above[first] if not others else {u for each in units for u in above[each]}
            for unit in counts_in:
                cells = found.setdefault(unit, {})
                cells[cell] = cells.get(cell, 0) + people
        return {nodes[unit]: _rates(cells) for unit, cells in found.items()}


def tally(session: Session, query: CompletionQuery) -> Tally:
    """Return where everybody in the scope stands on the day; out of scope nobody is counted."""
    found = standings(session, query, for_counts=True)
    cell = found.worked_out("cell").label("cell")
    # By name: SQLite would work an expression out once more for every row.
    statement = select(found.plain.c.units, cell, func.count()).group_by("units", "cell")
    groups = [
        (unit_ids(units), number, people) for units, number, people in read_rows(session, statement)
    ]
    apart = (
        (each.unit_ids, CELLS.index((each.status, each.is_expiring)), 1)
        for each in found.apart.values()
    )
    return Tally((*groups, *apart))


def _rates(counts: Counts) -> Rates:
    return rates_from({CELLS[cell]: people for cell, people in counts.items()})
