"""Where a unit stands in the tree, and during which days: it can move, merge, close, be renamed."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, about
from elearning.storage.facts import Known

# Days in which a tree is asked about or changed; what lies outside is a slip of the keys.
FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)


class UnitPlace(Known, Base):
    """A unit stands below another during [from_on, until_on); the institution below none.

    With `is_merged` it has no line of its own any more: who is still appointed there counts in the
    unit above. Days without a place count the same way, in the unit it last stood below.
    """

    __tablename__ = "unit_place"
    __table_args__ = (CheckConstraint("until_on IS NULL OR until_on > from_on", name="ends_after"),)

    id: Mapped[int] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.INSTITUTION)
    )
    unit_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id"),
        index=True,
        info=about(PersonalData.NONE, "which unit", Kept.INSTITUTION),
    )
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id"),
        info=about(PersonalData.NONE, "below which unit", Kept.INSTITUTION),
    )
    is_merged: Mapped[bool] = mapped_column(
        info=about(PersonalData.NONE, "gone up into that unit", Kept.INSTITUTION)
    )
    from_on: Mapped[date] = mapped_column(
        info=about(PersonalData.NONE, "first day", Kept.INSTITUTION)
    )
    until_on: Mapped[date | None] = mapped_column(
        info=about(PersonalData.NONE, "first day elsewhere, or closed", Kept.INSTITUTION)
    )
    name_nl: Mapped[str | None] = mapped_column(
        info=about(PersonalData.NONE, "name in these days, where not its own", Kept.INSTITUTION)
    )
    name_en: Mapped[str | None] = mapped_column(
        info=about(PersonalData.NONE, "the same in English", Kept.INSTITUTION)
    )
