"""The counts of a frozen report: every unit of the grid, each person in one place only.

Who works in several units counts where the main appointment is. The grid then adds up, which the
overview does not: there, such a person counts in each of their units.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.learning.board_report import DEEPEST, GridLine, cell_code
from elearning.learning.rates import rates_from
from elearning.learning.status import CompletionStatus
from elearning.services.completion_people import Placed
from elearning.services.completion_query import (
    APPOINTMENT,
    CompletionQuery,
    Key,
    key,
    read_rows,
    these_people,
)
from elearning.services.completion_standings import placed
from elearning.services.unit_tree import UnitNode, UnitTree
from elearning.storage.facts import covers, known
from elearning.storage.people import Unit

UNIT = Unit.__table__.c
Counts = Counter[tuple[CompletionStatus, bool]]


def report_lines(session: Session, query: CompletionQuery) -> tuple[GridLine, ...]:
    """Return the lines of the grid as a tree that is written down, what is above first."""
    people = [*placed(session, query)]
    tree, main = query.scope.tree, _main_units(session, query, people)
    found: dict[int, Counts] = {}
    for each in people:
        cells = found.setdefault(_one_unit(each, main, tree), Counter())
        cells[each.status, each.is_expiring] += 1
    grid = _Grid(tree)
    for unit_id, cells in found.items():
        grid.add(unit_id, cells)
    return tuple(grid.lines())


def gone_units(session: Session, tree: UnitTree) -> dict[str, str]:
    """Return in which unit of the grid those count that have no line of their own any more."""
    if not tree.gone_into:
        return {}
    statement = select(UNIT.id, UNIT.code).where(UNIT.id.in_(tree.gone_into))
    codes = read_rows(session, statement)
    return {code: _in_grid(tree, unit_id)[-1].code for unit_id, code in codes}


def _in_grid(tree: UnitTree, unit_id: int) -> list[UnitNode]:
    """Return the units of the grid that count somebody who works in a unit, from the top."""
    return list(tree.line(unit_id))[::-1][: DEEPEST + 1]


class _Grid:
    """Adds up people per line, in their own and in every line above it."""

    def __init__(self, tree: UnitTree) -> None:
        self._tree = tree
        self._found: dict[str, Counts] = {}

    def add(self, unit_id: int, cells: Counts) -> None:
        """Count people who work in a unit."""
        line = _in_grid(self._tree, unit_id)
        codes = [each.code for each in line]
        if self._has_itself(line[-1], len(line) - 1):
            codes.append(cell_code(codes[-1], is_itself=True))
        for code in codes:
            self._found.setdefault(code, Counter()).update(cells)

    def lines(self) -> Iterator[GridLine]:
        """Yield every line, also those without people."""
        tops = (each for each in self._tree.units.values() if each.parent_id is None)
        for top in tops:
            yield from self._below(top, None, 0)

    def _below(self, unit: UnitNode, above: str | None, level: int) -> Iterator[GridLine]:
        yield self._line(unit, above, level, is_itself=False)
        if not self._has_itself(unit, level):
            return
        for each in self._tree.below[unit.id]:
            yield from self._below(self._tree.units[each], unit.code, level + 1)
        yield self._line(unit, unit.code, level + 1, is_itself=True)

    def _has_itself(self, unit: UnitNode, level: int) -> bool:
        return level < DEEPEST and unit.id in self._tree.below

    def _line(self, unit: UnitNode, above: str | None, level: int, *, is_itself: bool) -> GridLine:
        return GridLine(
            code=unit.code,
            above=above,
            level=level,
            is_itself=is_itself,
            names={"nl": unit.name_nl, "en": unit.name_en},
            rates=rates_from(self._found.get(cell_code(unit.code, is_itself=is_itself), {})),
        )


def _one_unit(person: Placed, main: Mapping[Key, int], tree: UnitTree) -> int:
    """Return where somebody counts: by the main appointment, else the first unit by its code."""
    if len(person.unit_ids) == 1:
        return person.unit_ids[0]
    if main.get(person.key) in person.unit_ids:
        return main[person.key]
    return min(person.unit_ids, key=lambda each: tree.units[tree.stands_for(each)].code)


def _main_units(
    session: Session, query: CompletionQuery, people: Iterable[Placed]
) -> dict[Key, int]:
    several = [each.key for each in people if len(each.unit_ids) > 1]
    if not several:
        return {}
    statement = select(key(APPOINTMENT.person_id), APPOINTMENT.unit_id).where(
        APPOINTMENT.person_id.in_(these_people(session, several)),
        APPOINTMENT.is_primary,
        known(APPOINTMENT, query.known_at),
        covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, query.day),
    )
    return dict(read_rows(session, statement))
