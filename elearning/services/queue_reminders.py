"""Put reminders into the outbox, in the transaction that decides on them; nothing is sent here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM, Clock
from elearning.errors import Conflict, NotFound
from elearning.learning.reminders import Closure, Due, next_open
from elearning.learning.training import Training
from elearning.services.audit_log import Act, record
from elearning.services.completion_query import Key
from elearning.services.hr_scope import HrScope, whole_institution
from elearning.services.plan_reminders import ReminderPlan, plan_reminders
from elearning.services.reminder_text import Occasion, reminder_text
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.outbox import MessageState, MessageTemplate, OutboxMessage, OutboxSlot
from elearning.storage.statements import one_at_a_time

QUEUEING = "queue reminders"


@dataclass(frozen=True, slots=True)
class OutboxState:
    """How the reminders of the institution stand: what waits, and what became of the last 30 days.

    Other messages are not among them: they are about no training.
    """

    queued: int
    sent: int
    given_up: int
    last_sent_at: datetime | None


class PlanChanged(Conflict):
    """Others are due by now than somebody looked at; nothing was queued."""


def queue_reminders(
    session: Session,
    *,
    scope: HrScope,
    trainings: Mapping[str, Training],
    training_ids: Sequence[str],
    closures: Sequence[Closure],
    queued_by: UUID | None,
    clock: Clock,
    expected: int | None = None,
) -> int:
    """Queue what is due now for everybody in the scope; return how many messages that is.

    Who decides on it first takes turns: two at once would tell people twice in a week. Whoever
    looked at a number gets that number, nothing when all is queued already, or `PlanChanged`.
    """
    one_at_a_time(session, QUEUEING)
    plan = plan_reminders(
        session, scope=scope, trainings=trainings, training_ids=training_ids, clock=clock
    )
    if not plan.mails:
        return 0
    if expected not in {None, len(plan.mails)}:
        raise PlanChanged(f"{len(plan.mails)} are due now")
    _write(session, plan, closures, clock.now())
    facts = {AuditFact.COUNT: str(len(plan.mails))}
    if len(training_ids) == 1:
        facts[AuditFact.TRAINING] = training_ids[0]
    act = Act(AuditKind.REMINDERS_QUEUED, actor_id=queued_by, subject_id=None, facts=facts)
    record(session, act, clock=clock)
    return len(plan.mails)


def queue_all_reminders(
    session: Session,
    *,
    trainings: Mapping[str, Training],
    closures: Sequence[Closure],
    clock: Clock,
) -> int:
    """Queue what is due now in the whole institution, by the program itself."""
    try:
        scope = whole_institution(session, day=clock.today())
    except NotFound:  # no roster yet: nobody works anywhere
        return 0
    return queue_reminders(
        session,
        scope=scope,
        trainings=trainings,
        training_ids=tuple(trainings),
        closures=closures,
        queued_by=None,
        clock=clock,
    )


def outbox_state(session: Session) -> OutboxState:
    """Return how many reminders wait, went and were given up: of the institution, never of a unit.

    In a small unit one that waits would tell who asked to hear later.
    """
    statement = (
        select(OutboxMessage.state, func.count(), func.max(OutboxMessage.settled_at))
        .where(OutboxMessage.template == MessageTemplate.REMINDER)
        .group_by(OutboxMessage.state)
    )
    found = {state: (number, last) for state, number, last in session.execute(statement)}
    nothing = (0, None)
    sent, last_sent_at = found.get(MessageState.SENT, nothing)
    return OutboxState(
        queued=found.get(MessageState.QUEUED, nothing)[0],
        sent=sent,
        given_up=found.get(MessageState.GIVEN_UP, nothing)[0],
        last_sent_at=last_sent_at,
    )


def occasion_of(dues: Sequence[Due], day: date) -> Occasion:
    """Return what the words of a message about these depend on: the first day decides."""
    first = min(dues)
    return Occasion(first.due_on, first.due_on < day, first.is_renewal, len(dues) > 1)


def _write(
    session: Session, plan: ReminderPlan, closures: Sequence[Closure], now: datetime
) -> None:
    body = cache(lambda occasion, lang: reminder_text(occasion, lang).stored())
    opens_at = cache(lambda day: _opens_at(day, now.astimezone(AMSTERDAM), closures))
    messages: list[dict[str, Any]] = []
    slots: list[dict[str, Any]] = []
    for person, dues in plan.mails.items():
        message_id, person_id, day = uuid4(), _uuid(person), plan.goes_on(person)
        messages.append(
            {
                "id": message_id,
                "person_id": person_id,
                "template": MessageTemplate.REMINDER,
                "body": body(occasion_of(dues, day), plan.languages[person]),
                "state": MessageState.QUEUED,
                "queued_at": now,
                "next_try_at": opens_at(day),
                "attempts": 0,
            }
        )
        slots += [
            {
                "message_id": message_id,
                "person_id": person_id,
                "training_id": due.training_id,
                "due_on": due.due_on,
                "template": MessageTemplate.REMINDER,
                "slot": due.slot,
            }
            for due in dues
        ]
    session.execute(insert(OutboxMessage), messages)
    session.execute(insert(OutboxSlot), slots)


def _opens_at(day: date, now: datetime, closures: Sequence[Closure]) -> datetime:
    """Return the first moment from a day on, and not before now, at which messages may go."""
    return next_open(max(now, datetime.combine(day, time(), AMSTERDAM)), closures)


def _uuid(person: Key) -> UUID:
    return person if isinstance(person, UUID) else UUID(str(person))
