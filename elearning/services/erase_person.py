"""Erase somebody for good after a request that was granted, and again after a restored backup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import Conflict, NotFound
from elearning.services.audit_log import Act, record
from elearning.services.erasure_ledger import Erasing
from elearning.services.forget_learning import forget_learning_state
from elearning.services.forget_people import forget_people
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.facts import covers, known
from elearning.storage.learning_state import LearningLink
from elearning.storage.people import Appointment, Person


class StillWorksHere(Conflict):
    """The person has an appointment: the next roster would bring them back, as somebody new."""


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restored backup had brought back, and is erased again."""

    people: int
    learners: int


def erase_person(
    session: Session,
    *,
    person_number: str,
    may_work_here: bool,
    erasing: Erasing,
    clock: Clock,
) -> None:
    """Erase who has this number in the roster, in this transaction and for good.

    Raises `NotFound`, and `StillWorksHere` unless that is accepted. The audit log says that
    somebody was erased, and never who.
    """
    person_id = session.scalar(select(Person.id).where(Person.external_id == person_number))
    if person_id is None:
        raise NotFound("nobody has this number")
    if not may_work_here and _works(session, person_id, clock.today()):
        raise StillWorksHere("this person has an appointment")
    erasing.note(person_id)
    forget_people(session, ids=[person_id], clock=clock)
    _log(session, 1, clock)


def erase_again(session: Session, *, erasing: Erasing, clock: Clock) -> Restored:
    """Erase everybody, and all learning state, that the ledger says was erased before."""
    erased = erasing.ledger.digests()
    if not erased:
        return Restored(0, 0)
    people = [each for each in session.scalars(select(Person.id)) if erasing.digest(each) in erased]
    keys = session.scalars(select(LearningLink.learning_key)).all()
    own = [each for each in keys if erasing.digest(each) in erased]
    for learning_key in own:
        forget_learning_state(session, learning_key=learning_key)
    if people:
        forget_people(session, ids=people, clock=clock)
        _log(session, len(people), clock)
    return Restored(len(people), len(own))


def _log(session: Session, count: int, clock: Clock) -> None:
    facts = {AuditFact.COUNT: str(count)}
    record(session, Act(AuditKind.PERSON_ERASED, None, None, facts), clock=clock)


def _works(session: Session, person_id: UUID, today: date) -> bool:
    statement = select(Appointment.id).where(
        Appointment.person_id == person_id,
        known(Appointment, None),
        covers(Appointment.starts_on, Appointment.ends_on, today),
    )
    return session.scalar(statement.limit(1)) is not None
