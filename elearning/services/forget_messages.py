"""Forget messages 30 days after they were queued, and wishes to hear later after their day."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.storage.outbox import OutboxMessage, OutboxSlot, QuietUntil
from elearning.storage.statements import delete_rows

KEPT_FOR = timedelta(days=30)


def forget_old_messages(session: Session, *, clock: Clock) -> int:
    """Delete every message past its limit, whatever became of it; return how many.

    What it was about goes along: each moment of a reminder is over well before (23 days at most),
    so nobody is told twice.
    """
    limit = clock.now() - KEPT_FOR
    old = OutboxMessage.queued_at <= limit
    ids = OutboxMessage.__table__.select().with_only_columns(OutboxMessage.id).where(old)
    session.execute(
        delete(OutboxSlot)
        .where(OutboxSlot.message_id.in_(ids))
        .execution_options(synchronize_session=False)
    )
    session.execute(
        delete(QuietUntil)
        .where(QuietUntil.until_on <= clock.today())
        .execution_options(synchronize_session=False)
    )
    return delete_rows(
        session, delete(OutboxMessage).where(old).execution_options(synchronize_session=False)
    )
