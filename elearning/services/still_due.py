"""Which messages of the outbox somebody still needs: who has completed meanwhile gets none."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.reminders import Due, due_or_why
from elearning.learning.training import Training
from elearning.services.completion_people import everything_about
from elearning.services.completion_query import Key, completion_query, key, these_people
from elearning.services.hr_scope import HrScope, whole_institution
from elearning.storage.outbox import OutboxSlot

SLOT = OutboxSlot.__table__.c


class _About(NamedTuple):
    message_id: UUID
    person: Key


def still_due(
    session: Session,
    *,
    message_ids: Sequence[UUID],
    trainings: Mapping[str, Training],
    clock: Clock,
) -> set[UUID]:
    """Return those of these messages of which a training is still to be reminded of today."""
    about: dict[str, list[_About]] = defaultdict(list)
    statement = select(SLOT.training_id, SLOT.message_id, key(SLOT.person_id)).where(
        SLOT.message_id.in_(message_ids)
    )
    for training_id, message_id, person in session.execute(statement):
        if training_id in trainings:
            about[training_id].append(_About(message_id, person))
    scope = whole_institution(session, day=clock.today())
    return {
        each.message_id
        for training_id, messages in about.items()
        for due in [_due(session, scope, trainings, training_id, messages, clock)]
        for each in messages
        if each.person in due
    }


def _due(
    session: Session,
    scope: HrScope,
    trainings: Mapping[str, Training],
    training_id: str,
    messages: Iterable[_About],
    clock: Clock,
) -> set[Key]:
    day = clock.today()
    query = completion_query(trainings, training_id=training_id, scope=scope, day=day)
    among = these_people(session, [each.person for each in messages])
    return {
        each.key
        for each in everything_about(session, query, among)
        if isinstance(due_or_why(training_id, each.standing(), day), Due)
    }
