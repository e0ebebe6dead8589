"""Messages of the example institution: addresses that lead nowhere, and what went this week."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from uuid import uuid5

from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.reminders import Slot
from elearning.services.reminder_text import Occasion, reminder_text
from elearning.storage.completion import Obligation
from elearning.storage.outbox import (
    MessageState,
    MessageTemplate,
    OutboxMessage,
    OutboxSlot,
)
from elearning.storage.people import Person

SENT_DAYS_AGO = 3
SENT = 2
# One in so many colleagues is not to be reached, as on a real roster.
WITHOUT_ADDRESS = 9


def demo_address(number: int) -> str | None:
    """Return the address of a colleague; the domain exists nowhere."""
    return None if number % WITHOUT_ADDRESS == 0 else f"medewerker{number}@demo.example"


def add_messages(
    session: Session, due: Iterable[tuple[Person, Obligation]], *, clock: Clock
) -> None:
    """Let a few of those who are past their day have had a message this week."""
    sent_at = clock.now() - timedelta(days=SENT_DAYS_AGO)
    for person, obligation in islice(due, SENT):
        occasion = Occasion(obligation.due_on, is_past=True, is_renewal=False, is_several=False)
        message = OutboxMessage(
            id=uuid5(person.id, "message"),
            person_id=person.id,
            template=MessageTemplate.REMINDER,
            body=reminder_text(occasion, person.language).stored(),
            state=MessageState.SENT,
            queued_at=sent_at,
            next_try_at=sent_at,
            attempts=1,
            settled_at=sent_at,
        )
        session.add(message)
        session.flush()
        session.add(
            OutboxSlot(
                message_id=message.id,
                person_id=person.id,
                training_id=obligation.training_id,
                due_on=obligation.due_on,
                template=MessageTemplate.REMINDER,
                slot=Slot.DAY_AFTER,
            )
        )
