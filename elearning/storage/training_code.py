"""One-time codes for doing a training with a person; there is no column for who used one.

A code comes from a batch without names. Using it deletes its row, in the transaction of the award:
what stays is an award like any other.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy.orm import Mapped, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, about


class TrainingCode(Base):
    """A code that was printed and not used yet."""

    __tablename__ = "training_code"

    code_digest: Mapped[str] = mapped_column(
        primary_key=True,
        info=about(PersonalData.SECURITY, "keyed digest of an unused code", Kept.UNTIL_USED),
    )
    training_id: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "which training it is for", Kept.UNTIL_USED)
    )
    expires_on: Mapped[date] = mapped_column(
        index=True, info=about(PersonalData.NONE, "first day it is worth nothing", Kept.UNTIL_USED)
    )
