"""Assignment rules: who must hold which training, as data over appointments."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, about
from elearning.storage.facts import Known


class AssignmentRule(Known, Base):
    """Whoever has an appointment that meets the predicate must hold the training."""

    __tablename__ = "assignment_rule"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on > from_on", name="ends_after"),
        Index(
            "uq_assignment_rule_code",
            "code",
            unique=True,
            sqlite_where=text("retracted_at IS NULL"),
            postgresql_where=text("retracted_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.INSTITUTION)
    )
    code: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "name that its corrections share", Kept.INSTITUTION)
    )
    training_id: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "what must be held", Kept.INSTITUTION)
    )
    predicate: Mapped[dict[str, Any]] = mapped_column(
        JSON, info=about(PersonalData.NONE, "which appointments", Kept.INSTITUTION)
    )
    from_on: Mapped[date] = mapped_column(
        info=about(PersonalData.NONE, "first day", Kept.INSTITUTION)
    )
    until_on: Mapped[date | None] = mapped_column(
        info=about(PersonalData.NONE, "first day it no longer assigns", Kept.INSTITUTION)
    )
    due_days: Mapped[int] = mapped_column(
        info=about(PersonalData.NONE, "days to complete it", Kept.INSTITUTION)
    )
    made_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"),
        info=about(PersonalData.WORK, "who made it", Kept.WHILE_EMPLOYED),
    )
