"""Keep an uploaded roster while somebody looks it over; nobody else can see or apply it."""

from __future__ import annotations

import zlib
from datetime import timedelta
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import NotFound
from elearning.storage.roster import RosterUpload
from elearning.storage.statements import delete_rows

KEPT_FOR = timedelta(days=1)


def stage_roster(session: Session, *, content: bytes, uploaded_by: UUID, clock: Clock) -> UUID:
    """Keep a file and return its key; an earlier one of the same person goes."""
    session.execute(delete(RosterUpload).where(RosterUpload.uploaded_by == uploaded_by))
    row = RosterUpload(
        id=uuid4(),
        uploaded_by=uploaded_by,
        uploaded_at=clock.now(),
        content=zlib.compress(content),
    )
    session.add(row)
    session.flush()
    return row.id


def staged_roster(session: Session, *, upload_id: UUID, uploaded_by: UUID, clock: Clock) -> bytes:
    """Return a file that this person uploaded in the last day; raises `NotFound` otherwise."""
    content = session.scalar(
        select(RosterUpload.content).where(
            RosterUpload.id == upload_id,
            RosterUpload.uploaded_by == uploaded_by,
            RosterUpload.uploaded_at > clock.now() - KEPT_FOR,
        )
    )
    if content is None:
        raise NotFound("no such upload")
    return zlib.decompress(content)


def forget_upload(session: Session, *, upload_id: UUID) -> None:
    """Delete a file that was applied."""
    session.execute(delete(RosterUpload).where(RosterUpload.id == upload_id))


def forget_old_uploads(session: Session, *, clock: Clock) -> int:
    """Delete every file that nobody decided about for a day; return how many."""
    old = RosterUpload.uploaded_at <= clock.now() - KEPT_FOR
    return delete_rows(session, delete(RosterUpload).where(old))
