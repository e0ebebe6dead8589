"""What belongs to a certificate besides its words: what its issuer signed of it."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, about


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
