"""Find somebody to exempt: who works in a scope and must hold a training, by name or number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from elearning.errors import NotFound
from elearning.folding import folded
from elearning.services.completion_query import (
    CompletionQuery,
    counted_appointments,
    read_rows,
)
from elearning.services.unit_tree import UnitNode
from elearning.storage.completion import Exemption, Obligation
from elearning.storage.facts import covers, known
from elearning.storage.people import Appointment, Person

MOST_FOUND = 20
SHORTEST_TEXT = 2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can be exempted; `exempt_until` is there for who is exempt now."""

    id: UUID
    number: str
    name: str
    units: tuple[UnitNode, ...]
    due_on: date
    exempt_until: date | None


def find_candidates(session: Session, query: CompletionQuery, text: str) -> tuple[Candidate, ...]:
    """Return whose name holds the text or whose number it is, in order of name; one more than 20.

    Nothing is found for less than two signs.
    """
    wanted = folded(text)
    if len(wanted) < SHORTEST_TEXT:
        return ()
    fits = or_(
        Person.sort_name.contains(wanted, autoescape=True), Person.external_id == text.strip()
    )
    people = _people(session, query).where(fits).order_by(Person.sort_name, Person.id)
    rows = session.execute(people.limit(MOST_FOUND + 1)).all()
    return _candidates(session, query, rows)


def candidate(session: Session, query: CompletionQuery, person_id: UUID) -> Candidate:
    """Return one of them; raises `NotFound` for anybody else."""
    rows = session.execute(_people(session, query).where(Person.id == person_id)).all()
    if not rows:
        raise NotFound("nobody with this key must hold the training here")
    return _candidates(session, query, rows)[0]


def due_day(session: Session, query: CompletionQuery, person_id: UUID) -> date | None:
    """Return the last day in time of somebody; None for who need not hold the training."""
    rows = session.execute(_people(session, query).where(Person.id == person_id)).all()
    return rows[0][-1] if rows else None


def _people(session: Session, query: CompletionQuery) -> Any:  # noqa: ANN401 - a statement
    """Return who works in the scope and must hold the training, once, with the day it is due."""
    working = select(Appointment.person_id).where(
        counted_appointments(session, query),
        covers(Appointment.starts_on, Appointment.ends_on, query.day),
    )
    return (
        select(
            Person.id,
            Person.external_id,
            Person.display_name,
            Person.sort_name,
            func.min(Obligation.due_on),
        )
        .join(Obligation, Obligation.person_id == Person.id)
        .where(
            Obligation.training_id == query.training.id,
            known(Obligation, None),
            covers(Obligation.opened_on, Obligation.closed_on, query.day),
            Person.id.in_(working),
        )
        .group_by(Person.id, Person.external_id, Person.display_name, Person.sort_name)
    )


def _candidates(
    session: Session, query: CompletionQuery, rows: Sequence[Any]
) -> tuple[Candidate, ...]:
    ids = [row[0] for row in rows]
    units, until = _units(session, query, ids), _exempt_until(session, query, ids)
    return tuple(
        Candidate(
            person_id,
            number,
            name,
            query.scope.named(units.get(person_id, ())),
            due_on,
            until.get(person_id),
        )
        for person_id, number, name, _sort_name, due_on in rows
    )


def _units(
    session: Session, query: CompletionQuery, ids: Sequence[UUID]
) -> dict[UUID, tuple[int, ...]]:
    statement = select(Appointment.person_id, Appointment.unit_id).where(
        counted_appointments(session, query),
        covers(Appointment.starts_on, Appointment.ends_on, query.day),
        Appointment.person_id.in_(ids),
    )
    units: dict[UUID, tuple[int, ...]] = {}
    for person_id, unit_id in session.execute(statement):
        units[person_id] = (*units.get(person_id, ()), unit_id)
    return units


def _exempt_until(
    session: Session, query: CompletionQuery, ids: Sequence[UUID]
) -> dict[UUID, date]:
    statement: Any = select(Exemption.person_id, Exemption.until_on).where(
        Exemption.training_id == query.training.id,
        Exemption.person_id.in_(ids),
        known(Exemption, None),
        covers(Exemption.from_on, Exemption.until_on, query.day),
    )
    return dict(read_rows(session, statement))
