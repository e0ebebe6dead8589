"""Who looked at somebody's status, for that somebody: from the audit log and the roster of then.

An entry about a list counts when, as known at that moment, the person worked in its unit and had to
hold its training on the day that was asked for. A filter is not noted, so a list may have been read
in which the row did not stand. A list of details to put right can hold anybody, so it counts for
everybody, and has no training. What was read of one person alone names that person's key.
"""

from __future__ import annotations

import json
from bisect import bisect_right
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM
from elearning.services.unit_tree import UnitTree, read_tree
from elearning.storage.audit import AuditEntry, AuditFact, AuditKind
from elearning.storage.completion import Obligation
from elearning.storage.facts import known
from elearning.storage.people import Appointment, Person
from elearning.storage.units import UnitPlace

OF_LISTS = (
    AuditKind.PEOPLE_READ,
    AuditKind.PEOPLE_EXPORTED,
    AuditKind.LATE_READ,
    AuditKind.DETAILS_READ,
)
OF_ONE_PERSON = (AuditKind.PERSON_READ, AuditKind.PRIOR_READ, AuditKind.PRIOR_FILE_OPENED)
MOST_LOOKS = 50


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody looked: last at this moment of a day; `name` is None for who is gone."""

    at: datetime
    kind: AuditKind
    training_id: str
    name: str | None


def who_looked(session: Session, *, person_id: UUID) -> tuple[Look, ...]:
    """Return who looked at the person's status, latest first, the last fifty.

    Whoever looks at pages and files of one training all day stands there once for each kind of
    look, and pushes nobody out of sight.
    """
    past = _Past(session, person_id)
    found: dict[Hashable, tuple[datetime, AuditKind, str, UUID | None]] = {}
    entries = session.execute(_entries(person_id)).all()
    for at, kind, actor_id, text in sorted(entries, key=lambda each: each[0]):
        facts = json.loads(text)
        if actor_id != person_id and (kind in OF_ONE_PERSON or past.was_in(at, facts)):
            look = (kind, facts.get(AuditFact.TRAINING, ""), actor_id)
            found[at.astimezone(AMSTERDAM).date(), look] = (at, *look)
    # Of one moment in a fixed order, whichever database found them.
    latest = sorted(found.values(), key=lambda each: (each[0], each[1:3]), reverse=True)
    latest = latest[:MOST_LOOKS]
    names = _names(session, {actor_id for *_, actor_id in latest if actor_id is not None})
    return tuple(
        Look(at, kind, training_id, names.get(actor_id) if actor_id else None)
        for at, kind, training_id, actor_id in latest
    )


def _entries(person_id: UUID) -> Any:  # noqa: ANN401 - a statement
    """Return what was read, once a day for equal readings: rows stay few in a busy year."""
    columns = (AuditEntry.kind, AuditEntry.actor_id, AuditEntry.facts)
    own = and_(AuditEntry.kind.in_(OF_ONE_PERSON), AuditEntry.subject_id == person_id)
    return (
        select(func.max(AuditEntry.recorded_at), *columns)
        .where(or_(AuditEntry.kind.in_(OF_LISTS), own))
        .group_by(func.date(AuditEntry.recorded_at), *columns)
    )


def _names(session: Session, people: set[UUID]) -> dict[UUID, str]:
    rows = session.execute(select(Person.id, Person.display_name).where(Person.id.in_(people)))
    return {row.id: row.display_name for row in rows}


class _Past:
    """Where a person worked and what they had to hold, as known at any moment."""

    def __init__(self, session: Session, person_id: UUID) -> None:
        self._session = session
        self._work = session.scalars(
            select(Appointment).where(Appointment.person_id == person_id)
        ).all()
        self._duties = session.scalars(
            select(Obligation).where(Obligation.person_id == person_id)
        ).all()
        self._changes = sorted(_days_of_change(session))
        self._trees: dict[int, UnitTree] = {}

    def was_in(self, at: datetime, facts: Mapping[str, str]) -> bool:
        """Say whether the person stood in a list: of its training, below its unit, on its day."""
        if AuditFact.TRAINING not in facts:
            return True
        day, unit_id = date.fromisoformat(facts[AuditFact.DAY]), int(facts[AuditFact.UNIT])
        return self._had_to_hold(facts[AuditFact.TRAINING], day, at) and any(
            unit.id == unit_id
            for work in _known_then(self._work, at)
            if _covers(work.starts_on, work.ends_on, day)
            for unit in self._tree(day).line(work.unit_id)
        )

    def _had_to_hold(self, training_id: str, day: date, at: datetime) -> bool:
        return any(
            duty.training_id == training_id and _covers(duty.opened_on, duty.closed_on, day)
            for duty in _known_then(self._duties, at)
        )

    def _tree(self, day: date) -> UnitTree:
        """Return the tree of a day; it is the same between two days of change."""
        period = bisect_right(self._changes, day)
        if period not in self._trees:
            self._trees[period] = read_tree(self._session, day=day)
        return self._trees[period]


def _days_of_change(session: Session) -> set[date]:
    rows = session.execute(
        select(UnitPlace.from_on, UnitPlace.until_on).where(known(UnitPlace, None))
    )
    return {day for row in rows for day in row if day is not None}


def _known_then(facts: Sequence[Any], at: datetime) -> Iterator[Any]:
    for each in facts:
        if each.recorded_at <= at and (each.retracted_at is None or each.retracted_at > at):
            yield each


def _covers(first: date, after_last: date | None, day: date) -> bool:
    return first <= day and (after_last is None or day < after_last)
