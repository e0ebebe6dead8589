"""What belongs to a certificate besides its words: what its issuer signed of it."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about


class WithdrawalReason(StrEnum):
    """The closed list of reasons; HR alone reads them, and none is about what someone is like."""

    ISSUED_IN_ERROR = "issued_in_error"
    WRONG_PERSON = "wrong_person"
    NOT_MET = "not_met"
    HOLDERS_REQUEST = "holders_request"


class SignedCertificate(Base):
    """The signed files of a certificate, as they left the key; a mark stands where its code was.

    They are kept and not made again, so that they outlive the private key and the program.
    """

    __tablename__ = "signed_certificate"

    award_id: Mapped[UUID] = mapped_column(
        ForeignKey("certificate.award_id", ondelete="CASCADE"),
        primary_key=True,
        info=about(PersonalData.COMPLETION, "the certificate", Kept.WITH_AWARD),
    )
    key_id: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "which key signed", Kept.WITH_AWARD)
    )
    statement: Mapped[str] = mapped_column(
        info=about(
            PersonalData.IDENTITY,
            "what is printed, signed, JSON without the code",
            Kept.WITH_AWARD,
        )
    )
    badge: Mapped[str] = mapped_column(
        info=about(
            PersonalData.COMPLETION,
            "the Open Badge, signed, JSON without the code; the name only scrambled",
            Kept.WITH_AWARD,
        )
    )
    shared_on: Mapped[date | None] = mapped_column(
        info=about(
            PersonalData.COMPLETION,
            "since when its holder lets anyone with the address fetch the badge",
            Kept.WITH_AWARD,
        )
    )


class CertificateTheme(Base):
    """How certificates looked at some time; kept so that reprints look the same."""

    __tablename__ = "certificate_theme"

    digest: Mapped[str] = mapped_column(
        primary_key=True,
        info=about(PersonalData.NONE, "SHA-256 of the content", Kept.WHILE_PUBLISHED),
    )
    content: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "colour and logo, JSON", Kept.WHILE_PUBLISHED)
    )


class BadgeStatus(Base):
    """The random place of a badge in the public lists of withdrawn ones.

    A place whose award was forgotten stays void, so that no badge comes back to life.
    """

    __tablename__ = "badge_status"

    place: Mapped[int] = mapped_column(
        primary_key=True,
        autoincrement=False,
        info=about(PersonalData.NONE, "place over all lists, random", Kept.NAMES_NOBODY),
    )
    award_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("award.id", ondelete="SET NULL"),
        unique=True,
        info=about(PersonalData.COMPLETION, "whose badge", Kept.WITH_AWARD),
    )


class Withdrawal(Base):
    """A request to withdraw an award, decided by somebody else than who made it."""

    __tablename__ = "withdrawal"
    __table_args__ = (
        Index(
            "uq_withdrawal_open",
            "award_id",
            unique=True,
            sqlite_where=text("decided_at IS NULL"),
            postgresql_where=text("decided_at IS NULL"),
        ),
    )

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.COMPLETION, "key", Kept.WITH_AWARD)
    )
    award_id: Mapped[UUID] = mapped_column(
        ForeignKey("award.id", ondelete="CASCADE"),
        info=about(PersonalData.COMPLETION, "which award", Kept.WITH_AWARD),
    )
    reason: Mapped[WithdrawalReason] = mapped_column(
        info=about(PersonalData.COMPLETION, "closed list, read by HR alone", Kept.WITH_AWARD)
    )
    requested_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"),
        info=about(PersonalData.WORK, "who made the request", Kept.WITH_AWARD),
    )
    requested_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.WORK, "when it was asked", Kept.WITH_AWARD)
    )
    decided_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"),
        info=about(PersonalData.WORK, "who decided", Kept.WITH_AWARD),
    )
    decided_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime, info=about(PersonalData.WORK, "when it was decided", Kept.WITH_AWARD)
    )
    is_confirmed: Mapped[bool | None] = mapped_column(
        info=about(PersonalData.COMPLETION, "withdrawn, or left as it was", Kept.WITH_AWARD)
    )
