"""The very rows that HR sees of one person, for that person: the same facts, the same rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.errors import NotFound
from elearning.learning.training import Training
from elearning.services.completion_people import everything_about
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.hr_scope import whole_institution
from elearning.services.people_filter import Row
from elearning.storage.completion import Obligation
from elearning.storage.facts import covers, known
from elearning.storage.people import Person


@dataclass(frozen=True, slots=True)
class SeenRow:
    """One row of HR's table with people, and the training that the table is about."""

    training: Training
    row: Row


def what_hr_sees(
    session: Session, *, trainings: Mapping[str, Training], person_id: UUID, day: date
) -> tuple[SeenRow, ...]:
    """Return the person's row in each of HR's tables on a day; none where HR has none."""
    held = _own_trainings(session, person_id, day)
    if not held:
        return ()
    try:
        scope = whole_institution(session, day=day)
    except NotFound:  # no roster yet: nobody works anywhere
        return ()
    queries = (
        completion_query(trainings, training_id=training_id, scope=scope, day=day)
        for training_id in held
        if training_id in trainings
    )
    rows = ((query, _row(session, query, person_id)) for query in queries)
    return tuple(SeenRow(query.training, row) for query, row in rows if row is not None)


def _own_trainings(session: Session, person_id: UUID, day: date) -> tuple[str, ...]:
    rows = session.scalars(
        select(Obligation.training_id)
        .where(
            Obligation.person_id == person_id,
            known(Obligation, None),
            covers(Obligation.opened_on, Obligation.closed_on, day),
        )
        .order_by(Obligation.training_id)
    )
    return tuple(dict.fromkeys(rows))


def _row(session: Session, query: CompletionQuery, person_id: UUID) -> Row | None:
    only = select(Person.id).where(Person.id == person_id)
    found = next(everything_about(session, query, only), None)
    if found is None:
        return None
    name = session.scalars(select(Person.display_name).where(Person.id == person_id)).one()
    return Row(name, query.scope.named(found.unit_ids), found.standing())
