"""Signed-in sessions and counters against guessing; shared by all worker processes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about


class SignedInSession(Base):
    """A browser that is signed in; the cookie's token is never stored, only its SHA-256."""

    __tablename__ = "signed_in_session"

    token_digest: Mapped[str] = mapped_column(
        primary_key=True, info=about(PersonalData.SECURITY, "SHA-256 of the token", Kept.SESSION)
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        index=True,
        info=about(PersonalData.SECURITY, "who is signed in", Kept.SESSION),
    )
    expires_at: Mapped[datetime] = mapped_column(
        UtcDateTime,
        index=True,
        info=about(PersonalData.SECURITY, "ends at the latest", Kept.SESSION),
    )


class Throttle(Base):
    """A counter of tries for one bucket; the bucket is a keyed digest, never a name or address."""

    __tablename__ = "throttle"

    bucket: Mapped[str] = mapped_column(
        primary_key=True, info=about(PersonalData.SECURITY, "keyed digest", Kept.THROTTLE)
    )
    tries: Mapped[int] = mapped_column(
        info=about(PersonalData.SECURITY, "tries in the window", Kept.THROTTLE)
    )
    window_ends_at: Mapped[datetime] = mapped_column(
        UtcDateTime,
        index=True,
        info=about(PersonalData.SECURITY, "when it is forgotten", Kept.THROTTLE),
    )
