"""Reports of completion as they were made: numbers of units, small ones left out, never changed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, UniqueConstraint, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about
from elearning.storage.facts import FactChanged


class BoardReport(Base):
    """One training at the end of one month; there is one such report, and it stays as it is."""

    __tablename__ = "board_report"
    __table_args__ = (UniqueConstraint("training_id", "as_of"),)

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.REPORT)
    )
    training_id: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "which training", Kept.REPORT)
    )
    as_of: Mapped[date] = mapped_column(
        info=about(PersonalData.NONE, "last day of a month", Kept.REPORT)
    )
    made_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "as known when", Kept.REPORT)
    )
    made_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"),
        info=about(PersonalData.WORK, "who made it", Kept.WHILE_EMPLOYED),
    )
    content: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "units and numbers from k people on, JSON", Kept.REPORT)
    )
    digest: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "SHA-256 of the content", Kept.REPORT)
    )
    small: Mapped[list[Any]] = mapped_column(
        JSON,
        info=about(PersonalData.NONE, "codes of units that were too small", Kept.REPORT),
    )


@event.listens_for(BoardReport, "before_update")
def _refuse_changes(_mapper: Mapper[Any], _connection: object, _row: BoardReport) -> None:
    raise FactChanged("a report that was made is not changed")
