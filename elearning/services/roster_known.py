"""Which roster the figures rest on: the last one that counted at a moment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from elearning.storage.roster import RosterImport


def roster_known(session: Session, known_at: datetime | None) -> RosterImport | None:
    """Return the roster that counted at a moment, or that counts now; None where there is none."""
    stands = RosterImport.undone_at.is_(None)
    if known_at is not None:
        stands = or_(stands, RosterImport.undone_at > known_at)
    statement = select(RosterImport).where(stands).order_by(RosterImport.id.desc()).limit(1)
    if known_at is not None:
        statement = statement.where(RosterImport.applied_at <= known_at)
    return session.scalars(statement).one_or_none()
