"""The very rows that HR sees of one person, for that person: the same facts, the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import String, or_, select, type_coerce
from sqlalchemy.orm import Session

from elearning.learning.status import CompletionStatus, standing_on
from elearning.learning.training import Training
from elearning.services.completion_facts import FactsQuery, read_people
from elearning.services.completion_overview import CompletionQuery, completion_query
from elearning.services.hr_scope import HrScope, hr_scope
from elearning.services.people_filter import Row
from elearning.services.sign_in import Grant
from elearning.storage.completion import Obligation
from elearning.storage.people import Appointment, Person, Role


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One row of HR's table with people, and the training that the table is about."""

    training: Training
    row: Row


def what_hr_sees(
    session: Session, *, trainings: Mapping[str, Training], person_id: UUID, day: date
) -> tuple[SeenRow, ...]:
    """Return the person's row in each of HR's tables on a day; none where HR has none."""
    scope = _own_units(session, person_id, day)
    queries = (
        completion_query(trainings, training_id=training_id, scope=scope, day=day)
        for training_id in _own_trainings(session, person_id, day)
        if training_id in trainings
    )
    rows = ((query, _row(session, query, person_id)) for query in queries)
    return tuple(SeenRow(query.training, row) for query, row in rows if row is not None)


def _own_units(session: Session, person_id: UUID, day: date) -> HrScope:
    """Return the units the person works in on a day; HR sees them through these."""
    working = session.scalars(
        select(Appointment.unit_id).where(
            Appointment.person_id == person_id,
            Appointment.starts_on <= day,
            or_(Appointment.ends_on.is_(None), Appointment.ends_on > day),
        )
    ).all()
    whole = hr_scope(session, grants=[Grant(Role.HR_CENTRAL, None)]) if working else None
    units = {} if whole is None else {each: whole.units[each] for each in sorted(set(working))}
    return HrScope(units, tuple(units.values()), is_everything=False)


def _own_trainings(session: Session, person_id: UUID, day: date) -> tuple[str, ...]:
    rows = session.scalars(
        select(Obligation.training_id)
        .where(
            Obligation.person_id == person_id,
            Obligation.opened_on <= day,
            or_(Obligation.closed_on.is_(None), Obligation.closed_on > day),
        )
        .order_by(Obligation.training_id)
    )
    return tuple(dict.fromkeys(rows))


def _row(session: Session, query: CompletionQuery, person_id: UUID) -> Row | None:
    facts = FactsQuery(query.satisfied_by, query.scope, query.day)
    # The facts are kept by the driver's own form of the key (completion_facts).
    key, name = session.execute(
        select(type_coerce(Person.id, String), Person.display_name).where(Person.id == person_id)
    ).one()
    known = read_people(session, facts).get(key)
    if known is None:
        return None
    standing = standing_on(known.facts, query.day, query.training.validity)
    if standing.status is CompletionStatus.NOT_IN_SCOPE:
        return None
    units = tuple(query.scope.units[unit] for unit in sorted(known.unit_ids))
    return Row(name, units, standing)
