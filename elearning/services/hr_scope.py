"""Whose completion someone in HR may see: a set of units that every query goes through.

A unit outside it is answered exactly as one that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from elearning.errors import NotFound, NoUnitYet
from elearning.learning.training import Training
from elearning.services.sign_in import Grant
from elearning.services.unit_tree import UnitNode, UnitTree, read_tree
from elearning.storage.people import Level, Role, Unit

HR_ROLES = frozenset({Role.HR_UNIT, Role.HR_CENTRAL})


@dataclass(frozen=True, slots=True)
class HrScope:
    """The units someone may see on a day, with everything below them.

    `tops` are the highest of them; `is_everything` spares the database a needless filter.
    """

    tree: UnitTree
    units: Mapping[int, UnitNode]
    tops: tuple[UnitNode, ...]
    is_everything: bool

    @property
    def unit(self) -> UnitNode | None:
        """Return the one unit that holds all others; None when there are several."""
        return self.tops[0] if len(self.tops) == 1 else None

    @property
    def parts(self) -> tuple[UnitNode, ...]:
        """Return the units one level down: below the one unit, or the several tops."""
        if self.unit is None:
            return self.tops
        return tuple(each for each in self.units.values() if each.parent_id == self.unit.id)

    def part_of(self, unit: UnitNode) -> UnitNode:
        """Return in which part a unit lies; the one unit itself lies in none and is returned."""
        parent = self.units.get(unit.parent_id) if unit.parent_id is not None else None
        if parent is None or parent is self.unit:
            return unit
        return self.part_of(parent)

    def find(self, code: str) -> UnitNode:
        """Return a unit by its code; raises `NotFound` also for one outside the scope."""
        for unit in self.units.values():
            if unit.code == code:
                return unit
        raise NotFound("no such unit")

    def within(self, unit: UnitNode) -> HrScope:
        """Return the part of this scope that lies in one unit and below it."""
        below = self.tree.subtree({unit.id})
        return HrScope(
            tree=self.tree,
            units={each: below[each] for each in below if each in self.units},
            tops=(unit,),
            is_everything=self.is_everything and len(below) == len(self.units),
        )

    def written_down(self) -> Iterator[tuple[UnitNode, int]]:
        """Yield every unit with how deep it lies, what is below right after it."""
        waiting = [(top, 0) for top in reversed(self.tops)]
        while waiting:
            unit, depth = waiting.pop()
            yield unit, depth
            below = [self.units[each] for each in self.tree.below.get(unit.id, ())]
            waiting += [(each, depth + 1) for each in reversed(below)]

    def narrow(self, statement: Select[Any], unit_id: ColumnElement[int]) -> Select[Any]:
        """Return the statement limited to this scope, by its column with the unit."""
        if self.is_everything:
            return statement
        return statement.where(unit_id.in_(sorted(self.tree.counted_in(self.units))))

    def named(self, unit_ids: Iterable[int]) -> tuple[UnitNode, ...]:
        """Return the units of the scope in which somebody counts who is appointed in these."""
        ids = {self.tree.stands_for(unit_id) for unit_id in unit_ids}
        return tuple(self.units[unit_id] for unit_id in sorted(ids) if unit_id in self.units)


def usual_level(role: Role) -> Level:
    """Return what a role opens where nobody says otherwise."""
    return Level.NAMED if role in HR_ROLES else Level.COUNTS


def named_grants(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Return the grants that open people by name; one for counts only opens no page of HR."""
    return tuple(each for each in grants if each.role in HR_ROLES and each.level is Level.NAMED)


def open_trainings(
    grants: Iterable[Grant], trainings: Mapping[str, Training]
) -> Mapping[str, Training]:
    """Return the trainings of which these grants open the people; raises `NotFound` for none."""
    held = {each.training_id for each in named_grants(grants)}
    found = {key: each for key, each in trainings.items() if held & {None, key}}
    if not found:
        raise NotFound("no training in scope")
    return found


def whole_institution(session: Session, *, day: date) -> HrScope:
    """Return the scope of the institution itself, for what the program does and a person's own row.

    Raises `NoUnitYet` where there is no unit.
    """
    return hr_scope(session, grants=[Grant(Role.HR_CENTRAL, None)], day=day)


def hr_scope(
    session: Session,
    *,
    grants: Iterable[Grant],
    day: date,
    known_at: datetime | None = None,
    training_id: str | None = None,
) -> HrScope:
    """Return what these grants open on a day; raises `NotFound` when that is nothing.

    Without a training only grants that are for every training count.

    A unit that stood in the scope by a mistake that has been put right since opens nothing, also
    not in a report as known before that.

    A central grant without a unit is the institution. A unit grant without a unit is a mistake in
    the data, and opens nothing.
    """
    tree = read_tree(session, day=day, known_at=known_at)
    held = [each for each in named_grants(grants) if each.training_id in {None, training_id}]
    if any(each.role is Role.HR_CENTRAL and each.unit_id is None for each in held):
        units = dict(tree.units)
    else:
        granted = {grant.unit_id for grant in held if grant.unit_id is not None}
        units = tree.subtree(granted)
        if known_at is not None:
            now = read_tree(session, day=day).subtree(granted)
            units = {unit_id: unit for unit_id, unit in units.items() if unit_id in now}
    if not units and session.scalar(select(Unit.id).limit(1)) is None:
        raise NoUnitYet("no unit at all")
    if not units:
        raise NotFound("no unit in scope")
    tops = tuple(unit for unit in units.values() if unit.parent_id not in units)
    return HrScope(tree, units, tops, is_everything=len(units) == len(tree.units))
