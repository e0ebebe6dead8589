"""Frozen reports: written once, never changed; a viewer without names gets `shown` and no more."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Text, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about


class ReportChanged(TypeError):
    """A program tried to change a frozen report: a mistake in the program, never of a person."""


class BoardReport(Base):
    """The figures of a training for a day, as known at a moment; one for each day of knowledge."""

    __tablename__ = "board_report"
    __table_args__ = (UniqueConstraint("training_id", "day", "known_on"),)

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.REPORT)
    )
    training_id: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "about which training", Kept.REPORT)
    )
    day: Mapped[date] = mapped_column(
        info=about(PersonalData.NONE, "the day of the figures", Kept.REPORT)
    )
    known_on: Mapped[date] = mapped_column(
        info=about(PersonalData.NONE, "as known on which day", Kept.REPORT)
    )
    frozen_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "when it was frozen", Kept.REPORT)
    )
    frozen_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"),
        info=about(PersonalData.WORK, "who froze it", Kept.WHILE_EMPLOYED),
    )
    full: Mapped[str] = mapped_column(
        Text,
        info=about(
            PersonalData.COMPLETION, "counts per unit, also of very small ones, JSON", Kept.REPORT
        ),
    )
    full_digest: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "SHA-256 of the counts", Kept.REPORT)
    )
    shown: Mapped[str] = mapped_column(
        Text,
        info=about(PersonalData.NONE, "the same without small groups, JSON", Kept.REPORT),
    )
    shown_digest: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "SHA-256 of what is shown", Kept.REPORT)
    )


@event.listens_for(BoardReport, "before_update")
def _refuse_changes(_mapper: Mapper[Any], _connection: object, _row: BoardReport) -> None:
    raise ReportChanged("a frozen report does not change")
