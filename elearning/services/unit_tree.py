"""The tree of units as it stood on a day, as known at a moment.

Every unit that was ever known leads somewhere: what is merged, closed or not there yet counts in
the unit above it, so that nobody who works there is lost from a total.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.storage.facts import known
from elearning.storage.people import Unit
from elearning.storage.units import UnitPlace

# The columns and not the rows of the mapped class: every page of HR reads them all.
PLACE_COLUMNS = (
    UnitPlace.unit_id,
    UnitPlace.parent_id,
    UnitPlace.is_merged,
    UnitPlace.from_on,
    UnitPlace.until_on,
    UnitPlace.name_nl,
    UnitPlace.name_en,
)


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


@dataclass(frozen=True)
class UnitTree:
    """The units that have a line of their own, in order of code, and where the others went."""

    units: Mapping[int, UnitNode]
    gone_into: Mapping[int, int]

    @cached_property
    def below(self) -> Mapping[int, tuple[int, ...]]:
        """Return the units one level below each unit."""
        found: dict[int, list[int]] = {}
        for unit in self.units.values():
            if unit.parent_id is not None:
                found.setdefault(unit.parent_id, []).append(unit.id)
        return {unit_id: tuple(ids) for unit_id, ids in found.items()}

    def stands_for(self, unit_id: int) -> int:
        """Return the unit in which somebody counts who is appointed in a unit."""
        while unit_id in self.gone_into:
            unit_id = self.gone_into[unit_id]
        return unit_id

    def line(self, unit_id: int) -> Iterator[UnitNode]:
        """Yield the unit that counts for this one, and every unit above it."""
        unit = self.units.get(self.stands_for(unit_id))
        while unit is not None:
            yield unit
            unit = None if unit.parent_id is None else self.units.get(unit.parent_id)

    def subtree(self, roots: Iterable[int]) -> dict[int, UnitNode]:
        """Return these units with everything below them, in the order of the tree."""
        found: set[int] = set()
        waiting = [root for root in roots if root in self.units]
        while waiting:
            unit_id = waiting.pop()
            if unit_id not in found:
                found.add(unit_id)
                waiting += self.below.get(unit_id, ())
        return {unit_id: unit for unit_id, unit in self.units.items() if unit_id in found}

    def counted_in(self, units: Mapping[int, UnitNode]) -> frozenset[int]:
        """Return every unit, gone ones too, whose people count in one of these."""
        gone = (each for each in self.gone_into if self.stands_for(each) in units)
        return frozenset((*units, *gone))

    def find(self, code: str) -> UnitNode | None:
        """Return a unit that has a line of its own, by its code."""
        return next((unit for unit in self.units.values() if unit.code == code), None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a unit stands during [from_on, until_on), and under which names if not its own."""

    unit_id: int
    parent_id: int | None
    is_merged: bool
    from_on: date
    until_on: date | None
    names: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """All that is known of units: each by itself, and their places in order of day."""

    units: tuple[UnitNode, ...]
    places: tuple[Place, ...]

    def tree(self, day: date) -> UnitTree:
        """Return the tree on a day."""
        places = self._on(day)
        units = {
            unit.id: _placed(unit, place)
            for unit in self.units
            if (place := places.get(unit.id)) is not None and _has_a_line(place, day)
        }
        gone = {
            unit_id: place.parent_id
            for unit_id, place in places.items()
            if unit_id not in units and place.parent_id is not None
        }
        return UnitTree(_lifted(units, gone), gone)

    def _on(self, day: date) -> dict[int, Place]:
        """Return one place per unit: that of the day, else the last one before, else the first."""
        found: dict[int, Place] = {}
        for place in self.places:
            if place.unit_id not in found or place.from_on <= day:
                found[place.unit_id] = place
        return found

    def by_code(self, day: date) -> dict[str, UnitNode]:
        """Return every unit by its code, with the name it has on a day; gone ones too."""
        here = self.tree(day).units
        return {unit.code: here.get(unit.id, unit) for unit in self.units}

    def days_of_change(self) -> tuple[date, ...]:
        """Return the days on which the tree becomes another one, in order."""
        days = {day for each in self.places for day in (each.from_on, each.until_on) if day}
        return tuple(sorted(days))


def read_tree(session: Session, *, day: date, known_at: datetime | None = None) -> UnitTree:
    """Return the tree on a day; without `known_at`, as it is known now."""
    return read_unit_facts(session, known_at=known_at).tree(day)


def read_unit_facts(session: Session, *, known_at: datetime | None = None) -> UnitFacts:
    """Return everything about units, of which the tree of any day follows."""
    units = session.execute(
        select(Unit.id, Unit.code, Unit.name_nl, Unit.name_en).order_by(Unit.code)
    )
    rows = session.execute(
        select(*PLACE_COLUMNS)
        .where(known(UnitPlace, known_at))
        .order_by(UnitPlace.from_on, UnitPlace.id)
    )
    return UnitFacts(
        tuple(UnitNode(row.id, row.code, row.name_nl, row.name_en, None) for row in units),
        tuple(place_of(row) for row in rows),
    )


def place_of(row: Any) -> Place:  # noqa: ANN401 - a row, or its columns
    """Return a stored place as a value."""
    has_names = row.name_nl is not None and row.name_en is not None
    names = (str(row.name_nl), str(row.name_en)) if has_names else None
    return Place(row.unit_id, row.parent_id, row.is_merged, row.from_on, row.until_on, names)


def _placed(unit: UnitNode, place: Place) -> UnitNode:
    name_nl, name_en = place.names or (unit.name_nl, unit.name_en)
    return UnitNode(unit.id, unit.code, name_nl, name_en, place.parent_id)


def _has_a_line(place: Place, day: date) -> bool:
    """Say whether the unit stands on its own on the day; the institution always does."""
    if place.parent_id is None:
        return True
    holds = place.from_on <= day and (place.until_on is None or day < place.until_on)
    return holds and not place.is_merged


def _lifted(units: dict[int, UnitNode], gone: Mapping[int, int]) -> dict[int, UnitNode]:
    """Let what stood below a unit that is gone stand below the one that it went into."""

    def parent_of(unit: UnitNode) -> int | None:
        parent_id = unit.parent_id
        while parent_id is not None and parent_id in gone:
            parent_id = gone[parent_id]
        return parent_id

    return {
        unit.id: unit if unit.parent_id not in gone else replace(unit, parent_id=parent_of(unit))
        for unit in units.values()
    }
