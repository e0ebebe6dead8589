"""Appointments as rules see them: where somebody works follows the tree of units day by day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from elearning.learning.assignment import Held, earlier
from elearning.learning.predicate import Work
from elearning.learning.status import Interval
from elearning.services.unit_tree import UnitFacts
from elearning.storage.facts import known
from elearning.storage.people import Appointment

Period = tuple[Interval, frozenset[str]]


def held_appointments(
    session: Session, facts: UnitFacts, among: Select[Any] | None
) -> dict[UUID, list[Held]]:
    """Return the appointments of these people, or of everybody, by their keys.

    One whose unit moves, merges or closes comes in parts: each with the units of its own days.
    """
    statement = select(
        Appointment.person_id,
        Appointment.unit_id,
        Appointment.category,
        Appointment.function_tags,
        Appointment.fte_percent,
        Appointment.starts_on,
        Appointment.ends_on,
        Appointment.first_seen_on,
    ).where(known(Appointment, None))
    if among is not None:
        statement = statement.where(Appointment.person_id.in_(among))
    lines = Lines(facts)
    found: dict[UUID, list[Held]] = {}
    for person_id, unit_id, category, tags, fte, starts_on, ends_on, seen_on in session.execute(
        statement
    ):
        own = found.setdefault(person_id, [])
        names = frozenset(tags.split())
        for during, codes in lines.of(unit_id, Interval(starts_on, ends_on)):
            own.append(Held(Work(codes, category, names, fte), during, seen_on))
    return found


class Lines:
    """Which units somebody works in who is appointed in a unit: itself and all above, by day."""

    def __init__(self, facts: UnitFacts) -> None:
        """Take the tree of every day on which it changed."""
        days = (date.min, *facts.days_of_change())
        self._trees = [(day, facts.tree(day)) for day in days]
        self._known: dict[int, tuple[Period, ...]] = {}

    def of(self, unit_id: int, during: Interval) -> Iterator[Period]:
        """Yield the parts of some days, each with the codes of its units."""
        if unit_id not in self._known:
            self._known[unit_id] = tuple(self._periods(unit_id))
        for period, codes in self._known[unit_id]:
            from_on = max(period.from_on, during.from_on)
            until_on = earlier(period.until_on, during.until_on)
            if until_on is None or from_on < until_on:
                yield Interval(from_on, until_on), codes

    def _periods(self, unit_id: int) -> Iterator[Period]:
        """Yield periods of different lines, one after the other, from ever until ever."""
        turns: list[tuple[date, frozenset[str]]] = []
        for day, tree in self._trees:
            codes = frozenset(unit.code for unit in tree.line(unit_id))
            if not turns or turns[-1][1] != codes:
                turns.append((day, codes))
        for (day, codes), (until_on, _) in pairwise(turns):
            yield Interval(day, until_on), codes
        yield Interval(turns[-1][0], None), turns[-1][1]
