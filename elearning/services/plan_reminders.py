"""Who gets a reminder now, who does not and why: a fixed number of statements, however many people.

Only completion is read: no learning state, and so nothing of how anybody learns.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM, Clock
from elearning.learning.reminders import (
    Due,
    Mailed,
    Slot,
    Why,
    again_on,
    decided,
    due_or_why,
    goes_on,
)
from elearning.learning.training import Training
from elearning.services.completion_people import Placed
from elearning.services.completion_query import (
    PERSON,
    Key,
    completion_query,
    key,
    read_rows,
    these_people,
)
from elearning.services.completion_standings import placed
from elearning.services.hr_scope import HrScope
from elearning.storage.outbox import MessageState, MessageTemplate, OutboxMessage, OutboxSlot
from elearning.storage.outbox import QuietUntil as Quiet

MESSAGE = OutboxMessage.__table__.c
SLOT = OutboxSlot.__table__.c
QUIET = Quiet.__table__.c
Told = tuple[str, date, Slot]


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """Who gets one message about what, in which language, and why others get none.

    `later` are the days before which somebody would rather not hear: for sending, never shown.
    """

    day: date
    mails: Mapping[Key, tuple[Due, ...]]
    left_out: Mapping[Key, Why]
    languages: Mapping[Key, str]
    later: Mapping[Key, date]

    def goes_on(self, person: Key) -> date:
        """Return the first day on which this person's message may go."""
        return goes_on(self.day, self.later.get(person))

    def counts(self) -> dict[Why, int]:
        """Return how many get none for each reason, in the order of the list."""
        found = dict.fromkeys(Why, 0)
        for why in self.left_out.values():
            found[why] += 1
        return {why: number for why, number in found.items() if number}


@dataclass(slots=True)
class _Past:
    """What is known of people who may get a message."""

    languages: dict[Key, str] = field(default_factory=dict)
    addressed: set[Key] = field(default_factory=set)
    told: dict[Key, set[Told]] = field(default_factory=dict)
    again: dict[Key, date | None] = field(default_factory=dict)
    later: dict[Key, date] = field(default_factory=dict)

    def mailed(self, person: Key) -> Mailed:
        """Return it as the rules look at it."""
        return Mailed(
            has_address=person in self.addressed,
            told=frozenset(self.told.get(person, ())),
            again_on=self.again.get(person),
        )


def plan_reminders(
    session: Session,
    *,
    scope: HrScope,
    trainings: Mapping[str, Training],
    training_ids: Iterable[str],
    clock: Clock,
) -> ReminderPlan:
    """Return who of the scope gets a reminder of these trainings now; nothing is written."""
    day = clock.today()
    found: dict[Key, list[Due | Why]] = {}
    for training_id in training_ids:
        query = completion_query(trainings, training_id=training_id, scope=scope, day=day)
        answer_to = _answers(training_id, day)
        for each in placed(session, query):
            found.setdefault(each.key, []).append(answer_to(each))
    due = [person for person, these in found.items() if any(isinstance(e, Due) for e in these)]
    past = _past(session, these_people(session, due)) if due else _Past()
    mails: dict[Key, tuple[Due, ...]] = {}
    left_out: dict[Key, Why] = {}
    for person, these in found.items():
        first = these[0]
        # One reason not to decides by itself, and is what most people have.
        if len(these) == 1 and isinstance(first, Why):
            left_out[person] = first
            continue
        answer = decided(these, past.mailed(person), day)
        if isinstance(answer, Why):
            left_out[person] = answer
        else:
            mails[person] = answer
    return ReminderPlan(day, mails, left_out, past.languages, past.later)


def _answers(training_id: str, day: date) -> Callable[[Placed], Due | Why]:
    """Return `due_or_why` for where people stand; many stand alike, and are asked about once."""
    found: dict[tuple[object, ...], Due | Why] = {}

    def answer_to(each: Placed) -> Due | Why:
        alike = each.status, each.is_expiring, each.due_on, each.ended_on
        if alike not in found:
            found[alike] = due_or_why(training_id, each.standing(), day)
        return found[alike]

    return answer_to


def _past(session: Session, among: Select[tuple[object]]) -> _Past:
    past = _Past()
    people = select(key(PERSON.id), PERSON.language, PERSON.email).where(PERSON.id.in_(among))
    for person, language, email in read_rows(session, people):
        past.languages[person] = language
        if email:
            past.addressed.add(person)
    slots = select(key(SLOT.person_id), SLOT.training_id, SLOT.due_on, SLOT.slot).where(
        SLOT.person_id.in_(among), SLOT.template == MessageTemplate.REMINDER
    )
    for person, training_id, due_on, slot in read_rows(session, slots):
        past.told.setdefault(person, set()).add((training_id, due_on, slot))
    for person, day, later in _waiting(session, among):
        past.again[person] = day
        if later is not None:
            past.later[person] = later
    return past


def _waiting(
    session: Session, among: Select[tuple[object]]
) -> Iterator[tuple[Key, date | None, date | None]]:
    """Yield from when on people may get a next message, and before which day they rather do not."""
    sent = (
        select(MESSAGE.person_id, func.max(MESSAGE.settled_at).label("sent_at"))
        .where(MESSAGE.state == MessageState.SENT, MESSAGE.template == MessageTemplate.REMINDER)
        .group_by(MESSAGE.person_id)
        .subquery()
    )
    statement = (
        select(key(PERSON.id), MESSAGE.id, sent.c.sent_at, QUIET.until_on)
        .outerjoin(
            OutboxMessage.__table__,
            and_(
                MESSAGE.person_id == PERSON.id,
                MESSAGE.state == MessageState.QUEUED,
                MESSAGE.template == MessageTemplate.REMINDER,
            ),
        )
        .outerjoin(sent, sent.c.person_id == PERSON.id)
        .outerjoin(Quiet.__table__, QUIET.person_id == PERSON.id)
        .where(
            PERSON.id.in_(among),
            or_(
                MESSAGE.id.is_not(None),
                sent.c.sent_at.is_not(None),
                QUIET.until_on.is_not(None),
            ),
        )
    )
    for person, waiting, sent_at, until_on in read_rows(session, statement):
        again = date.max if waiting is not None else again_on(_local(sent_at))
        yield person, again, until_on


def _local(moment: datetime | None) -> date | None:
    return None if moment is None else moment.astimezone(AMSTERDAM).date()
