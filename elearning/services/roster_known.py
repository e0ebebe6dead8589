"""Which roster the figures rest on: the last one that counted at a moment."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from elearning.storage.roster import RosterImport


def roster_known(session: Session, known_at: datetime | None) -> RosterImport | None:
    """Return the roster that counted at a moment, or that counts now; None where there is none."""
    statement = select(RosterImport).order_by(RosterImport.id.desc()).limit(1)
    is_undone = RosterImport.undone_at.is_not(None)
    if known_at is None:
        return session.scalars(statement.where(~is_undone)).one_or_none()
    stood = or_(~is_undone, RosterImport.undone_at > known_at)
    return session.scalars(
        statement.where(RosterImport.applied_at <= known_at, stood)
    ).one_or_none()
