"""Units, people, their appointments, roles and local accounts."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from elearning.folding import folded
from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about
from elearning.storage.facts import Known


class Role(StrEnum):
    """What a person may do; every person with an account is a learner as well."""

    LEARNER = "learner"
    ADVISER = "adviser"
    HR_UNIT = "hr_unit"
    HR_CENTRAL = "hr_central"
    AUTHOR = "author"
    ADMIN = "admin"
    BOARD = "board"
    WORKS_COUNCIL = "works_council"
    MANAGER = "manager"
    AUDITOR = "auditor"


class Level(StrEnum):
    """What a role within HR's reach opens: only counts, or the people by name."""

    COUNTS = "counts"
    NAMED = "named"


class Unit(Base):
    """A faculty, department or service; where it stands in the tree, and when, says `UnitPlace`."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.INSTITUTION)
    )
    code: Mapped[str] = mapped_column(
        unique=True, info=about(PersonalData.NONE, "key in the roster", Kept.INSTITUTION)
    )
    name_nl: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "shown in Dutch", Kept.INSTITUTION)
    )
    name_en: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "shown in English", Kept.INSTITUTION)
    )


class Person(Base):
    """Someone on the roster or with an account."""

    __tablename__ = "person"

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.IDENTITY, "key", Kept.WHILE_EMPLOYED)
    )
    external_id: Mapped[str] = mapped_column(
        unique=True,
        info=about(PersonalData.IDENTITY, "key in the roster, never e-mail", Kept.WHILE_EMPLOYED),
    )
    display_name: Mapped[str] = mapped_column(
        info=about(PersonalData.IDENTITY, "shown, and printed on certificates", Kept.WHILE_EMPLOYED)
    )
    sort_name: Mapped[str] = mapped_column(
        info=about(PersonalData.IDENTITY, "the name without accents, to sort", Kept.WHILE_EMPLOYED)
    )
    email: Mapped[str | None] = mapped_column(
        info=about(PersonalData.IDENTITY, "to reach the person", Kept.WHILE_EMPLOYED)
    )
    language: Mapped[str] = mapped_column(
        info=about(PersonalData.IDENTITY, "language of pages and messages", Kept.WHILE_EMPLOYED)
    )

    @validates("display_name")
    def _keep_sort_name(self, _key: str, name: str) -> str:
        self.sort_name = folded(name)
        return name


class Account(Base):
    """A local account; the person signs in with e-mail address and password."""

    __tablename__ = "account"

    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        primary_key=True,
        info=about(PersonalData.IDENTITY, "whose account", Kept.ACCOUNT),
    )
    sign_in_name: Mapped[str] = mapped_column(
        unique=True,
        info=about(PersonalData.IDENTITY, "e-mail address, in lower case", Kept.ACCOUNT),
    )
    password_hash: Mapped[str] = mapped_column(
        info=about(PersonalData.SECURITY, "argon2id hash", Kept.ACCOUNT)
    )
    used_on: Mapped[date] = mapped_column(
        info=about(PersonalData.SECURITY, "day it was made, or of the last sign-in", Kept.ACCOUNT)
    )
    person: Mapped[Person] = relationship(lazy="joined", innerjoin=True)


class RoleGrant(Base):
    """A role of a person within a unit and everything below it, for a training, for a time.

    A grant that is taken back on its first day opens nothing: its days are then none.
    """

    __tablename__ = "role_grant"
    __table_args__ = (
        CheckConstraint("until_on IS NULL OR until_on >= from_on", name="ends_after"),
    )

    id: Mapped[int] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.WHILE_EMPLOYED)
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        index=True,
        info=about(PersonalData.WORK, "who holds the role", Kept.WHILE_EMPLOYED),
    )
    role: Mapped[Role] = mapped_column(
        info=about(PersonalData.WORK, "what the person may do", Kept.WHILE_EMPLOYED)
    )
    unit_id: Mapped[int | None] = mapped_column(
        ForeignKey("unit.id"),
        info=about(PersonalData.WORK, "where; empty is the institution", Kept.WHILE_EMPLOYED),
    )
    training_id: Mapped[str | None] = mapped_column(
        info=about(PersonalData.WORK, "for which; empty is every training", Kept.WHILE_EMPLOYED)
    )
    level: Mapped[Level] = mapped_column(
        info=about(PersonalData.WORK, "only counts, or names as well", Kept.WHILE_EMPLOYED)
    )
    from_on: Mapped[date] = mapped_column(
        info=about(PersonalData.WORK, "first day", Kept.WHILE_EMPLOYED)
    )
    until_on: Mapped[date | None] = mapped_column(
        info=about(PersonalData.WORK, "first day without the role", Kept.WHILE_EMPLOYED)
    )
    given_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"),
        info=about(PersonalData.WORK, "who gave it; none is unknown", Kept.WHILE_EMPLOYED),
    )
    given_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime,
        info=about(PersonalData.WORK, "when it was given; none is unknown", Kept.WHILE_EMPLOYED),
    )


class Appointment(Known, Base):
    """A person works in a unit during the half-open interval [starts_on, ends_on)."""

    __tablename__ = "appointment"
    __table_args__ = (
        CheckConstraint("ends_on IS NULL OR ends_on > starts_on", name="ends_after"),
        # Whole for the overview, with what rules are about: it reads everybody, and then never the
        # table itself.
        Index(
            "ix_appointment_person",
            "person_id",
            "unit_id",
            "starts_on",
            "ends_on",
            "retracted_at",
            "category",
            "function_tags",
        ),
    )

    id: Mapped[int] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.WHILE_EMPLOYED)
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        info=about(PersonalData.WORK, "who works there", Kept.WHILE_EMPLOYED),
    )
    unit_id: Mapped[int] = mapped_column(
        ForeignKey("unit.id"),
        index=True,
        info=about(PersonalData.WORK, "where", Kept.WHILE_EMPLOYED),
    )
    roster_number: Mapped[str | None] = mapped_column(
        info=about(PersonalData.WORK, "which appointment, in the roster", Kept.WHILE_EMPLOYED)
    )
    category: Mapped[str] = mapped_column(
        info=about(PersonalData.WORK, "academic or support staff", Kept.WHILE_EMPLOYED)
    )
    function_tags: Mapped[str] = mapped_column(
        info=about(PersonalData.WORK, "what the work is, as sorted tags", Kept.WHILE_EMPLOYED)
    )
    fte_percent: Mapped[int] = mapped_column(
        info=about(PersonalData.WORK, "size of the appointment", Kept.WHILE_EMPLOYED)
    )
    is_primary: Mapped[bool] = mapped_column(
        info=about(PersonalData.WORK, "main appointment", Kept.WHILE_EMPLOYED)
    )
    starts_on: Mapped[date] = mapped_column(
        info=about(PersonalData.WORK, "first day", Kept.WHILE_EMPLOYED)
    )
    ends_on: Mapped[date | None] = mapped_column(
        info=about(PersonalData.WORK, "first day after", Kept.WHILE_EMPLOYED)
    )
    first_seen_on: Mapped[date] = mapped_column(
        info=about(PersonalData.WORK, "day the roster first had it", Kept.WHILE_EMPLOYED)
    )


class Absence(Known, Base):
    """A person is away during [from_on, until_on); the reason is never asked and never kept."""

    __tablename__ = "absence"
    __table_args__ = (CheckConstraint("until_on > from_on", name="ends_after"),)

    id: Mapped[int] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.WHILE_EMPLOYED)
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        index=True,
        info=about(PersonalData.WORK, "who is away", Kept.WHILE_EMPLOYED),
    )
    from_on: Mapped[date] = mapped_column(
        info=about(PersonalData.WORK, "first day away", Kept.WHILE_EMPLOYED)
    )
    until_on: Mapped[date] = mapped_column(
        info=about(PersonalData.WORK, "first day back", Kept.WHILE_EMPLOYED)
    )


# One open primary appointment per person; a roster that says otherwise is refused as ambiguous.
Index(
    "uq_appointment_primary",
    Appointment.person_id,
    unique=True,
    sqlite_where=text("is_primary AND ends_on IS NULL AND retracted_at IS NULL"),
    postgresql_where=text("is_primary AND ends_on IS NULL AND retracted_at IS NULL"),
)
