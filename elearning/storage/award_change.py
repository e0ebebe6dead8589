"""Decisions that give awards that exist another end, and which awards came of each.

A decision is about a rule of the institution, never about a person; the awards themselves say the
rest (docs/decisions/0015-policy-by-new-awards.md).
"""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from elearning.learning.award_change import Effect
from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about


class AwardChange(Base):
    """A version of a training applied to awards that exist: one asks, another decides."""

    __tablename__ = "award_change"
    __table_args__ = (
        Index(
            "uq_award_change_open",
            "training_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.INSTITUTION)
    )
    training_id: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "which training", Kept.INSTITUTION)
    )
    effect: Mapped[Effect] = mapped_column(
        info=about(PersonalData.NONE, "shorten, extend or limit", Kept.INSTITUTION)
    )
    version_on: Mapped[date] = mapped_column(
        info=about(PersonalData.NONE, "first day of the version of the training", Kept.INSTITUTION)
    )
    effective_on: Mapped[date] = mapped_column(
        info=about(PersonalData.NONE, "before this day no award ends by it", Kept.INSTITUTION)
    )
    requested_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"),
        info=about(PersonalData.WORK, "who made the request", Kept.WHILE_EMPLOYED),
    )
    requested_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "when it was asked", Kept.INSTITUTION)
    )
    decided_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"),
        info=about(PersonalData.WORK, "who decided", Kept.WHILE_EMPLOYED),
    )
    decided_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "when it was decided", Kept.INSTITUTION)
    )
    is_confirmed: Mapped[bool | None] = mapped_column(
        info=about(PersonalData.NONE, "applied, or left as it was", Kept.INSTITUTION)
    )
    done_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "since when no award waits", Kept.INSTITUTION)
    )


class ChangedAward(Base):
    """An award that took the place of another one because a rule changed, not the person."""

    __tablename__ = "changed_award"

    award_id: Mapped[UUID] = mapped_column(
        ForeignKey("award.id", ondelete="CASCADE"),
        primary_key=True,
        info=about(PersonalData.COMPLETION, "the award with another end", Kept.WITH_AWARD),
    )
    change_id: Mapped[UUID] = mapped_column(
        ForeignKey("award_change.id"),
        info=about(PersonalData.NONE, "which change of a rule", Kept.WITH_AWARD),
    )
