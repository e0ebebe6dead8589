"""Links with which somebody chooses a password; each is used up by that."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about


class AccountInvite(Base):
    """A link that waits; its code is never stored, only its SHA-256."""

    __tablename__ = "account_invite"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=True,
        info=about(PersonalData.IDENTITY, "who may choose a password", Kept.INVITE),
    )
    sign_in_name: Mapped[str] = mapped_column(
        unique=True,
        info=about(PersonalData.IDENTITY, "sign-in name, in lower case", Kept.INVITE),
    )
    code_digest: Mapped[str] = mapped_column(
        unique=True,
        info=about(PersonalData.SECURITY, "SHA-256 of the code in the link", Kept.INVITE),
    )
    expires_at: Mapped[datetime] = mapped_column(
        UtcDateTime,
        index=True,
        info=about(PersonalData.SECURITY, "when the link is worth nothing", Kept.INVITE),
    )
