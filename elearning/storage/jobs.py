"""Files that are made while nobody waits: who asked for what, and how far it is."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about


class JobState(StrEnum):
    """How far a file is."""

    WAITING = "waiting"
    RUNNING = "running"
    READY = "ready"
    FAILED = "failed"


class ExportJob(Base):
    """A workbook that somebody asked for; the file itself lies in the instance folder."""

    __tablename__ = "export_job"
    __table_args__ = (Index("ix_export_job_state", "state", "asked_at"),)

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key, and name of the file", Kept.EXPORT)
    )
    asked_by: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        index=True,
        info=about(PersonalData.WORK, "who asked, and nobody else may fetch it", Kept.EXPORT),
    )
    asked_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "when", Kept.EXPORT)
    )
    question: Mapped[str] = mapped_column(
        info=about(PersonalData.IDENTITY, "the filters, of which one is a name", Kept.EXPORT)
    )
    lang: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "language of the file", Kept.EXPORT)
    )
    state: Mapped[JobState] = mapped_column(
        info=about(PersonalData.NONE, "waiting, running, ready or failed", Kept.EXPORT)
    )
    rows_done: Mapped[int] = mapped_column(
        info=about(PersonalData.NONE, "rows written so far", Kept.EXPORT)
    )
    rows_total: Mapped[int | None] = mapped_column(
        info=about(PersonalData.NONE, "rows there are; none is not counted yet", Kept.EXPORT)
    )
    unit_ids: Mapped[list[Any] | None] = mapped_column(
        JSON, info=about(PersonalData.NONE, "highest units that are in the file", Kept.EXPORT)
    )
    attempts: Mapped[int] = mapped_column(
        info=about(PersonalData.NONE, "how often it was begun", Kept.EXPORT)
    )
    lease: Mapped[UUID | None] = mapped_column(
        info=about(PersonalData.NONE, "which worker has it in hand", Kept.EXPORT)
    )
    leased_until: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "until when it is that worker's", Kept.EXPORT)
    )
