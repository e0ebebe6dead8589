"""Requests to let a training elsewhere count, and what became of those that do not.

A request goes with the decision, its evidence with it (services/decide_prior.py). What is left is
the award, or for a while the answer to its owner.
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from elearning.learning.prior import EvidenceKind, Refusal
from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about


class PriorLearning(Base):
    """What somebody asks, one at a time; until it is sent nobody else can see it."""

    __tablename__ = "prior_learning"
    __table_args__ = (
        CheckConstraint("(evidence IS NULL) = (evidence_kind IS NULL)", name="evidence_has_kind"),
    )

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.REQUEST)
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        unique=True,
        info=about(PersonalData.COMPLETION, "who", Kept.REQUEST),
    )
    training_id: Mapped[str] = mapped_column(
        info=about(PersonalData.COMPLETION, "which training", Kept.REQUEST)
    )
    code: Mapped[str] = mapped_column(
        info=about(PersonalData.COMPLETION, "what was done elsewhere, closed list", Kept.REQUEST)
    )
    completed_on: Mapped[date] = mapped_column(
        info=about(PersonalData.COMPLETION, "day on which it was completed", Kept.REQUEST)
    )
    drafted_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "when it was filled in", Kept.REQUEST)
    )
    sent_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime,
        index=True,
        info=about(PersonalData.NONE, "when it was sent; none is not yet", Kept.REQUEST),
    )
    evidence_kind: Mapped[EvidenceKind | None] = mapped_column(
        info=about(PersonalData.NONE, "PDF, PNG or JPEG", Kept.REQUEST)
    )
    evidence: Mapped[bytes | None] = mapped_column(
        deferred=True,
        info=about(
            PersonalData.COMPLETION, "the file that shows it, without its name", Kept.REQUEST
        ),
    )


class PriorAnswer(Base):
    """That a request was declined, for who made it; gone with the next request."""

    __tablename__ = "prior_answer"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=True,
        info=about(PersonalData.COMPLETION, "who", Kept.ANSWER),
    )
    training_id: Mapped[str] = mapped_column(
        info=about(PersonalData.COMPLETION, "which training", Kept.ANSWER)
    )
    reason: Mapped[Refusal] = mapped_column(
        info=about(PersonalData.COMPLETION, "why it does not count, closed list", Kept.ANSWER)
    )
    answered_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "when", Kept.ANSWER)
    )
