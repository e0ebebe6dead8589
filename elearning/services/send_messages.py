"""Send what waits in the outbox: each message once, by as many workers as there are.

A worker takes a few messages in hand for a while (a lease), sends them outside any transaction, and
notes what became of each. Only a crash between the mail server's "accepted" and that note can make
a message go twice, and then with the same Message-ID. This is the one use case that makes its own
transactions: no lock may be held while a mail server is slow (docs/decisions/0002-transactions.md).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID, uuid4

from sqlalchemy import or_, select, update
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM, Clock
from elearning.learning.letter import Letter, Outcome, read_text
from elearning.learning.reminders import Closure, is_open
from elearning.learning.training import Training
from elearning.services.still_due import still_due
from elearning.storage.outbox import MessageState, MessageTemplate, OutboxMessage
from elearning.storage.people import Person

AT_ONCE = 20
LEASE = timedelta(minutes=10)
# Longest that one message may take: five answers of the server, each up to a minute.
LEFT_FOR_ONE = timedelta(minutes=5)
FIRST_BACK_OFF = timedelta(minutes=1)
LONGEST_BACK_OFF = timedelta(hours=6)
GIVEN_UP_AFTER = timedelta(days=5)
FAILURES_IN_A_ROW = 3


class Post(Protocol):
    """Hands letters to a mail server."""

    def send(self, letter: Letter) -> Outcome:
        """Send one letter, and say what became of it; raises nothing."""
        ...

    def close(self) -> None:
        """Say goodbye to the server."""
        ...


@dataclass(frozen=True, slots=True)
class Drained:
    """What one round did; `later` were not accepted now and are tried again."""

    sent: int = 0
    given_up: int = 0
    later: int = 0
    is_reachable: bool = True


@dataclass(frozen=True, slots=True)
class Sending:
    """What a round works with; `begin` gives a transaction that is committed at its end.

    Once `is_stopping`, the message in hand is finished, and the others are given back.
    """

    begin: Callable[[], AbstractContextManager[Session]]
    post: Post
    trainings: Mapping[str, Training]
    closures: Sequence[Closure]
    clock: Clock
    is_stopping: Callable[[], bool] = field(default=lambda: False)

    def is_open(self) -> bool:
        """Say whether messages may go now."""
        return is_open(self.clock.now().astimezone(AMSTERDAM), self.closures)


def send_messages(sending: Sending) -> Drained:
    """Send everything that may go now; stops when the mail server cannot be reached."""
    total = Drained()
    try:
        while sending.is_open() and not sending.is_stopping():
            done = _send_some(sending)
            if done is None:
                break
            total = _added(total, done)
            if not done.is_reachable:
                break
    finally:
        sending.post.close()
    return total


def _added(one: Drained, other: Drained) -> Drained:
    return Drained(
        one.sent + other.sent,
        one.given_up + other.given_up,
        one.later + other.later,
        other.is_reachable,
    )


def _send_some(sending: Sending) -> Drained | None:
    """Take some messages in hand and send them; None when none is left."""
    lease = uuid4()
    with sending.begin() as session:
        letters, dropped = _take(session, lease, sending)
    if not letters and not dropped:
        return None
    done, failures = Drained(given_up=dropped), 0
    ends_at = sending.clock.now() + LEASE - LEFT_FOR_ONE
    for letter in letters:
        if sending.is_stopping() or sending.clock.now() >= ends_at:
            break
        if failures == FAILURES_IN_A_ROW:
            break
        outcome = sending.post.send(letter)
        failures = failures + 1 if outcome is Outcome.UNREACHABLE else 0
        with sending.begin() as session:
            done = _added(done, _settle(session, lease, letter, outcome, sending.clock.now()))
    with sending.begin() as session:
        _release(session, lease)
    return replace(done, is_reachable=failures < FAILURES_IN_A_ROW)


def _take(session: Session, lease: UUID, sending: Sending) -> tuple[list[Letter], int]:
    """Lease the messages that have waited longest; drop those that nobody needs any more."""
    now = sending.clock.now()
    message = OutboxMessage
    columns = (message.body, message.attempts, message.queued_at, message.template)
    statement = (
        select(message.id, message.person_id, *columns)
        .where(
            message.state == MessageState.QUEUED,
            message.next_try_at <= now,
            or_(message.leased_until.is_(None), message.leased_until <= now),
        )
        .order_by(message.next_try_at, message.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    rows = session.execute(statement).all()
    if not rows:
        return [], 0
    ids = [row.id for row in rows]
    due = _needed(session, {row.id: row.template for row in rows}, sending)
    session.execute(
        update(message)
        .where(message.id.in_(ids))
        .values(lease=lease, leased_until=now + LEASE)
        .execution_options(synchronize_session=False)
    )
    emails = _addresses(session, [row.person_id for row in rows])
    letters, dropped = [], 0
    for row in rows:
        address = emails.get(row.person_id)
        if row.id not in due or not address:
            _close(session, lease, row.id, MessageState.GIVEN_UP, now)
            dropped += 1
            continue
        letters.append(Letter(row.id, address, read_text(row.body), row.attempts, row.queued_at))
    return letters, dropped


def _needed(
    session: Session, templates: Mapping[UUID, MessageTemplate], sending: Sending
) -> set[UUID]:
    """Return those that still have to go: all that are no reminder, whatever happened since."""
    reminders = [each for each, kind in templates.items() if kind is MessageTemplate.REMINDER]
    if not reminders:
        return set(templates)
    due = still_due(
        session, message_ids=reminders, trainings=sending.trainings, clock=sending.clock
    )
    return due | (set(templates) - set(reminders))


def _addresses(session: Session, people: Sequence[UUID]) -> dict[UUID, str | None]:
    rows = session.execute(select(Person.id, Person.email).where(Person.id.in_(people)))
    return {row.id: row.email for row in rows}


def _settle(
    session: Session, lease: UUID, letter: Letter, outcome: Outcome, now: datetime
) -> Drained:
    if outcome is Outcome.ACCEPTED:
        _close(session, lease, letter.id, MessageState.SENT, now)
        return Drained(sent=1)
    is_too_old = outcome is Outcome.NOT_NOW and now - letter.queued_at >= GIVEN_UP_AFTER
    if outcome is Outcome.REFUSED or is_too_old:
        _close(session, lease, letter.id, MessageState.GIVEN_UP, now)
        return Drained(given_up=1)
    attempts = letter.attempts + 1
    _update(session, lease, letter.id, attempts=attempts, next_try_at=now + back_off(attempts))
    return Drained(later=1)


def back_off(attempts: int) -> timedelta:
    """Return how long to wait after so many attempts: twice as long each time, up to six hours."""
    return min(FIRST_BACK_OFF * (1 << min(attempts - 1, 12)), LONGEST_BACK_OFF)


def _close(
    session: Session, lease: UUID, message_id: UUID, state: MessageState, now: datetime
) -> None:
    _update(session, lease, message_id, state=state, settled_at=now)


def _update(session: Session, held: UUID, message_id: UUID, **values: object) -> None:
    """Change a message that is still in this worker's hands, and let go; another's stays."""
    mine = update(OutboxMessage).where(OutboxMessage.id == message_id, OutboxMessage.lease == held)
    changed = mine.values(**values, lease=None, leased_until=None)
    session.execute(changed.execution_options(synchronize_session=False))


def _release(session: Session, lease: UUID) -> None:
    """Give back what was not tried, as it was."""
    session.execute(
        update(OutboxMessage)
        .where(OutboxMessage.lease == lease)
        .values(lease=None, leased_until=None)
        .execution_options(synchronize_session=False)
    )
