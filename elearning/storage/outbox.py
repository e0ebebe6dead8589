"""Messages to be sent, what each was about, and who would rather hear later.

A message is a row before it is anything else: written in the transaction that decides on it, sent
afterwards. Everything here is gone after 30 days (services/forget_messages.py).
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from elearning.learning.reminders import Slot
from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about


class MessageTemplate(StrEnum):
    """Every kind of message."""

    REMINDER = "reminder"
    ROLE = "role"


class MessageState(StrEnum):
    """What became of a message."""

    QUEUED = "queued"
    SENT = "sent"
    GIVEN_UP = "given_up"


class OutboxMessage(Base):
    """One message to one person; nobody has two of a kind that wait."""

    __tablename__ = "outbox_message"
    __table_args__ = (
        Index(
            "uq_outbox_message_waiting",
            "person_id",
            "template",
            unique=True,
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index(
            "ix_outbox_message_next",
            "next_try_at",
            sqlite_where=text("state = 'queued'"),
            postgresql_where=text("state = 'queued'"),
        ),
        Index("ix_outbox_message_person", "person_id", "state", "settled_at"),
    )

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.MESSAGE)
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        info=about(PersonalData.COMPLETION, "to whom", Kept.MESSAGE),
    )
    template: Mapped[MessageTemplate] = mapped_column(
        info=about(PersonalData.NONE, "which kind of message", Kept.MESSAGE)
    )
    body: Mapped[str] = mapped_column(
        info=about(PersonalData.COMPLETION, "the words: a day, no name or training", Kept.MESSAGE)
    )
    state: Mapped[MessageState] = mapped_column(
        info=about(PersonalData.COMPLETION, "queued, sent or given up", Kept.MESSAGE)
    )
    queued_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.COMPLETION, "since when it waits", Kept.MESSAGE)
    )
    next_try_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "not tried before", Kept.MESSAGE)
    )
    attempts: Mapped[int] = mapped_column(
        info=about(PersonalData.NONE, "how often the mail server was asked", Kept.MESSAGE)
    )
    lease: Mapped[UUID | None] = mapped_column(
        info=about(PersonalData.NONE, "which worker has it in hand", Kept.MESSAGE)
    )
    leased_until: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "until when it is that worker's", Kept.MESSAGE)
    )
    settled_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=about(PersonalData.COMPLETION, "when sent or given up", Kept.MESSAGE)
    )


class OutboxSlot(Base):
    """What a message was about, so that nobody is told twice.

    An obligation is named by person, training and due day: a correction replaces its row.
    """

    __tablename__ = "outbox_slot"
    __table_args__ = (UniqueConstraint("person_id", "training_id", "due_on", "template", "slot"),)

    id: Mapped[int] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.MESSAGE)
    )
    message_id: Mapped[UUID] = mapped_column(
        ForeignKey("outbox_message.id", ondelete="CASCADE"),
        index=True,
        info=about(PersonalData.NONE, "which message", Kept.MESSAGE),
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        info=about(PersonalData.COMPLETION, "whose obligation", Kept.MESSAGE),
    )
    training_id: Mapped[str] = mapped_column(
        info=about(PersonalData.COMPLETION, "for which training", Kept.MESSAGE)
    )
    due_on: Mapped[date] = mapped_column(
        info=about(PersonalData.COMPLETION, "last day in time, or of validity", Kept.MESSAGE)
    )
    template: Mapped[MessageTemplate] = mapped_column(
        info=about(PersonalData.NONE, "which kind of message", Kept.MESSAGE)
    )
    slot: Mapped[Slot] = mapped_column(
        info=about(PersonalData.COMPLETION, "at which moment around that day", Kept.MESSAGE)
    )


class QuietUntil(Base):
    """Somebody would rather not hear before a day; no reason is asked, and nobody else sees it."""

    __tablename__ = "quiet_until"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=True,
        info=about(PersonalData.WORK, "who", Kept.UNTIL_THAT_DAY),
    )
    until_on: Mapped[date] = mapped_column(
        info=about(PersonalData.WORK, "first day for a next message", Kept.UNTIL_THAT_DAY)
    )
