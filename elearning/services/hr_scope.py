"""Whose completion someone in HR may see: a set of units that every query goes through.

A unit outside it is answered exactly as one that does not exist.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from elearning.errors import NotFound
from elearning.services.sign_in import Grant
from elearning.storage.people import Role, Unit

HR_ROLES = frozenset({Role.HR_UNIT, Role.HR_CENTRAL})


@dataclass(frozen=True, slots=True)
class UnitNode:
    """A unit as the overview names it."""

    id: int
    code: str
    name_nl: str
    name_en: str
    parent_id: int | None

    def name(self, lang: str) -> str:
        """Return the name in a language."""
        return self.name_nl if lang == "nl" else self.name_en


@dataclass(frozen=True, slots=True)
class HrScope:
    """The units someone may see, with everything below them.

    `tops` are the highest of them; `is_everything` spares the database a needless filter.
    """

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
        below = _subtree(self.units, {unit.id})
        return HrScope(
            units=below,
            tops=(unit,),
            is_everything=self.is_everything and len(below) == len(self.units),
        )

    def narrow(self, statement: Select[Any], unit_id: ColumnElement[int]) -> Select[Any]:
        """Return the statement limited to this scope, by its column with the unit."""
        return statement if self.is_everything else statement.where(unit_id.in_(self.units))


def hr_scope(session: Session, *, grants: Iterable[Grant]) -> HrScope:
    """Return what these grants open; raises `NotFound` when that is nothing.

    A central grant without a unit is the institution. A unit grant without a unit is a mistake in
    the data, and opens nothing.
    """
    every = _every_unit(session)
    held = [grant for grant in grants if grant.role in HR_ROLES]
    if Grant(Role.HR_CENTRAL, None) in held:
        units = every
    else:
        units = _subtree(every, {grant.unit_id for grant in held if grant.unit_id is not None})
    if not units:
        raise NotFound("no unit in scope")
    tops = tuple(unit for unit in units.values() if unit.parent_id not in units)
    return HrScope(units, tops, is_everything=len(units) == len(every))


def _every_unit(session: Session) -> dict[int, UnitNode]:
    rows = session.execute(
        select(Unit.id, Unit.code, Unit.name_nl, Unit.name_en, Unit.parent_id).order_by(Unit.code)
    )
    return {row.id: UnitNode(*row) for row in rows}


def _subtree(every: Mapping[int, UnitNode], roots: set[int]) -> dict[int, UnitNode]:
    """Return the roots with everything below them, in the order of `every`."""
    below: dict[int, list[int]] = {}
    for unit in every.values():
        if unit.parent_id is not None:
            below.setdefault(unit.parent_id, []).append(unit.id)
    found: set[int] = set()
    waiting = [root for root in roots if root in every]
    while waiting:
        unit_id = waiting.pop()
        if unit_id not in found:
            found.add(unit_id)
            waiting += below.get(unit_id, ())
    return {unit_id: unit for unit_id, unit in every.items() if unit_id in found}
