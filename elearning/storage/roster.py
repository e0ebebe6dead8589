"""What became of each roster: enough to end whoever is missing twice, and to undo one day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about


class RosterImport(Base):
    """A roster that was applied; the file itself is not kept."""

    __tablename__ = "roster_import"

    id: Mapped[int] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.ROSTERS)
    )
    as_of: Mapped[date] = mapped_column(
        info=about(PersonalData.NONE, "day the roster is of", Kept.ROSTERS)
    )
    applied_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "when", Kept.ROSTERS)
    )
    applied_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"),
        info=about(PersonalData.WORK, "who; none is the command line", Kept.ROSTERS),
    )
    digest: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "digest of the file", Kept.ROSTERS)
    )
    counts: Mapped[dict[str, Any]] = mapped_column(
        JSON, info=about(PersonalData.NONE, "rows read, new, changed, ended", Kept.ROSTERS)
    )
    problems: Mapped[list[Any]] = mapped_column(
        JSON, info=about(PersonalData.NONE, "numbers of rows left out", Kept.ROSTERS)
    )
    undone_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=about(PersonalData.NONE, "when it was undone", Kept.ROSTERS)
    )


class RosterMissing(Base):
    """An appointment that a roster did not have; missing from the next one too, it ends."""

    __tablename__ = "roster_missing"

    import_id: Mapped[int] = mapped_column(
        ForeignKey("roster_import.id", ondelete="CASCADE"),
        primary_key=True,
        info=about(PersonalData.NONE, "which roster", Kept.ROSTERS),
    )
    appointment_id: Mapped[int] = mapped_column(
        ForeignKey("appointment.id", ondelete="CASCADE"),
        primary_key=True,
        info=about(PersonalData.WORK, "which appointment", Kept.ROSTERS),
    )
    last_seen_on: Mapped[date] = mapped_column(
        info=about(PersonalData.WORK, "last day a roster had it", Kept.ROSTERS)
    )


class RosterUpload(Base):
    """A roster that somebody looks over before applying it; gone as soon as they decide."""

    __tablename__ = "roster_upload"

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.UPLOAD)
    )
    uploaded_by: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        info=about(PersonalData.WORK, "who, and nobody else may apply it", Kept.UPLOAD),
    )
    uploaded_at: Mapped[datetime] = mapped_column(
        UtcDateTime, index=True, info=about(PersonalData.NONE, "when", Kept.UPLOAD)
    )
    content: Mapped[bytes] = mapped_column(
        info=about(PersonalData.IDENTITY, "the file, compressed", Kept.UPLOAD)
    )
