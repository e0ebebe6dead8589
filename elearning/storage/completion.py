"""Obligations, exemptions, awards and certificates: dated facts; history is never updated.

Nothing here may tell by which route, how often or how fast a person completed (a test reads the
column names); an award says that and when, and that is all.
"""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    UniqueConstraint,
    event,
    false,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from elearning.storage.base import Base, Kept, PersonalData, UtcDateTime, about
from elearning.storage.facts import Known


class AwardKind(StrEnum):
    """How the institution knows that the training was met."""

    COMPLETED = "completed"
    EQUIVALENT = "equivalent"
    IMPORTED = "imported"


class Basis(StrEnum):
    """Why somebody must hold a training."""

    RULE = "rule"
    LISTED = "listed"


class ExemptionCode(StrEnum):
    """The closed list of reasons; none may hint at health or at what someone has been through."""

    OUT_OF_SCOPE_ROLE = "out_of_scope_role"
    ENDS_WITHIN_30_DAYS = "ends_within_30_days"
    OTHER_EMPLOYER = "other_employer"


class Obligation(Known, Base):
    """A person must hold a training; it stays open as long as the training applies.

    With a rule it follows from the person's appointments (services/derive_obligations.py); without
    one, somebody listed the person.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        Index(
            "uq_obligation_open",
            "person_id",
            "training_id",
            unique=True,
            sqlite_where=text("closed_on IS NULL AND retracted_at IS NULL"),
            postgresql_where=text("closed_on IS NULL AND retracted_at IS NULL"),
        ),
        # Few rows, asked for by every overview: whoever was put on a list.
        Index(
            "ix_obligation_listed",
            "training_id",
            "person_id",
            sqlite_where=text("rule_code IS NULL"),
            postgresql_where=text("rule_code IS NULL"),
        ),
        # Whole for the overview: it reads everybody, and then never the table itself.
        Index(
            "ix_obligation_training",
            "training_id",
            "person_id",
            "opened_on",
            "closed_on",
            "due_on",
            "retracted_at",
        ),
    )

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.COMPLETION, "key", Kept.WHILE_EMPLOYED)
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        info=about(PersonalData.COMPLETION, "who", Kept.WHILE_EMPLOYED),
    )
    training_id: Mapped[str] = mapped_column(
        info=about(PersonalData.COMPLETION, "which training", Kept.WHILE_EMPLOYED)
    )
    opened_on: Mapped[date] = mapped_column(
        info=about(PersonalData.COMPLETION, "from when", Kept.WHILE_EMPLOYED)
    )
    due_on: Mapped[date] = mapped_column(
        info=about(PersonalData.COMPLETION, "last day that is in time", Kept.WHILE_EMPLOYED)
    )
    days_later: Mapped[int] = mapped_column(
        server_default=text("0"),
        info=about(PersonalData.COMPLETION, "days by which it is due later", Kept.WHILE_EMPLOYED),
    )
    closed_on: Mapped[date | None] = mapped_column(
        info=about(PersonalData.COMPLETION, "no longer applies from", Kept.WHILE_EMPLOYED)
    )
    basis: Mapped[Basis] = mapped_column(
        info=about(PersonalData.COMPLETION, "why: a rule, or a list", Kept.WHILE_EMPLOYED)
    )
    rule_code: Mapped[str | None] = mapped_column(
        info=about(PersonalData.COMPLETION, "which rule assigned it", Kept.WHILE_EMPLOYED)
    )


class Exemption(Known, Base):
    """What a person must hold does not count during [from_on, until_on), by a closed code.

    It names person and training, not a row of obligation: a correction replaces that row.
    """

    __tablename__ = "exemption"
    __table_args__ = (
        CheckConstraint("until_on > from_on", name="ends_after"),
        Index("ix_exemption_training", "training_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(
        primary_key=True, info=about(PersonalData.NONE, "key", Kept.WHILE_EMPLOYED)
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        info=about(PersonalData.COMPLETION, "who", Kept.WHILE_EMPLOYED),
    )
    training_id: Mapped[str] = mapped_column(
        info=about(PersonalData.COMPLETION, "which training", Kept.WHILE_EMPLOYED)
    )
    code: Mapped[ExemptionCode] = mapped_column(
        info=about(PersonalData.COMPLETION, "closed list", Kept.WHILE_EMPLOYED)
    )
    from_on: Mapped[date] = mapped_column(
        info=about(PersonalData.COMPLETION, "first day", Kept.WHILE_EMPLOYED)
    )
    until_on: Mapped[date] = mapped_column(
        info=about(PersonalData.COMPLETION, "first day it counts again", Kept.WHILE_EMPLOYED)
    )
    granted_by: Mapped[UUID | None] = mapped_column(
        ForeignKey("person.id", ondelete="SET NULL"),
        info=about(PersonalData.WORK, "who granted it", Kept.WHILE_EMPLOYED),
    )


LESS = "{} OR supersedes_id IS NOT NULL AND withdrawn_on IS NOT NULL"


class Award(Base):
    """A person met a training on a day. Append-only, and the same for every way of learning."""

    __tablename__ = "award"
    __table_args__ = (
        # `sequence` makes a second award of the same completion impossible, whoever races.
        UniqueConstraint("person_id", "training_id", "sequence"),
        # Whole for the overview: it reads everybody, and then never the table itself. The day
        # stands before the training, so that two trainings that count cost one search.
        Index(
            "ix_award_person",
            "person_id",
            "valid_from",
            "training_id",
            "valid_until",
            "obtained_on",
            "withdrawn_on",
            "sequence",
        ),
        # To find what took an award's place; most awards took nothing's.
        Index(
            "ix_award_supersedes",
            "supersedes_id",
            sqlite_where=text("supersedes_id IS NOT NULL"),
            postgresql_where=text("supersedes_id IS NOT NULL"),
        ),
        Index(
            "ix_award_less",
            "supersedes_id",
            "valid_from",
            sqlite_where=text(LESS.format("is_earlier = 1")),
            postgresql_where=text(LESS.format("is_earlier")),
        ),
    )

    id: Mapped[UUID] = mapped_column(
        primary_key=True, info=about(PersonalData.COMPLETION, "key", Kept.WITH_AWARD)
    )
    person_id: Mapped[UUID] = mapped_column(
        ForeignKey("person.id", ondelete="CASCADE"),
        info=about(PersonalData.COMPLETION, "who", Kept.WITH_AWARD),
    )
    training_id: Mapped[str] = mapped_column(
        info=about(PersonalData.COMPLETION, "which training", Kept.WITH_AWARD)
    )
    sequence: Mapped[int] = mapped_column(
        info=about(PersonalData.COMPLETION, "first award 1, renewal 2, …", Kept.WITH_AWARD)
    )
    content_version: Mapped[str] = mapped_column(
        info=about(PersonalData.NONE, "version of the training", Kept.WITH_AWARD)
    )
    obtained_on: Mapped[date] = mapped_column(
        info=about(PersonalData.COMPLETION, "day met", Kept.WITH_AWARD)
    )
    valid_from: Mapped[date] = mapped_column(
        info=about(PersonalData.COMPLETION, "first valid day", Kept.WITH_AWARD)
    )
    valid_until: Mapped[date | None] = mapped_column(
        info=about(PersonalData.COMPLETION, "first day no longer valid", Kept.WITH_AWARD)
    )
    kind: Mapped[AwardKind] = mapped_column(
        info=about(PersonalData.COMPLETION, "completed, equivalent or imported", Kept.WITH_AWARD)
    )
    supersedes_id: Mapped[UUID | None] = mapped_column(
        ForeignKey("award.id"),
        info=about(PersonalData.COMPLETION, "the award it replaces", Kept.WITH_AWARD),
    )
    is_earlier: Mapped[bool] = mapped_column(
        server_default=false(),
        info=about(
            PersonalData.COMPLETION, "starts or ends before what it replaces", Kept.WITH_AWARD
        ),
    )
    withdrawn_on: Mapped[date | None] = mapped_column(
        info=about(PersonalData.COMPLETION, "no longer counts from", Kept.WITH_AWARD)
    )
    withdrawal_recorded_at: Mapped[datetime | None] = mapped_column(
        UtcDateTime,
        info=about(PersonalData.COMPLETION, "since when that is known", Kept.WITH_AWARD),
    )
    recorded_at: Mapped[datetime] = mapped_column(
        UtcDateTime, info=about(PersonalData.COMPLETION, "since when known", Kept.WITH_AWARD)
    )


@event.listens_for(Award, "before_insert")
def _compare_with_replaced(_mapper: Mapper[Award], connection: Connection, award: Award) -> None:
    """Note whether an award begins or ends before the one it replaces, whoever gives it.

    The overviews of HR need it: without it they would have to compare everybody's awards.
    """
    if award.supersedes_id is None:
        return
    columns = Award.__table__.c
    statement = select(columns.valid_from, columns.valid_until, columns.obtained_on)
    replaced = connection.execute(statement.where(columns.id == award.supersedes_id)).one_or_none()
    # Not there yet: both are new. To look closer than needed is right, only slower.
    award.is_earlier = replaced is None or (
        award.valid_from < replaced.valid_from
        or (award.valid_until or date.max, award.obtained_on)
        < (replaced.valid_until or date.max, replaced.obtained_on)
    )


class Certificate(Base):
    """The human document of an award, with what is printed on it frozen at issue.

    The code is derived from the installation's key and the award, so that it can be shown again
    to its holder; the database holds its digest only, and a copy of the database verifies nothing.
    """

    __tablename__ = "certificate"

    award_id: Mapped[UUID] = mapped_column(
        ForeignKey("award.id", ondelete="CASCADE"),
        primary_key=True,
        info=about(PersonalData.COMPLETION, "the award", Kept.WITH_AWARD),
    )
    code_digest: Mapped[str] = mapped_column(
        unique=True, info=about(PersonalData.SECURITY, "digest of the code", Kept.WITH_AWARD)
    )
    printed_name: Mapped[str] = mapped_column(
        info=about(PersonalData.IDENTITY, "name at issue, so reprints are equal", Kept.WITH_AWARD)
    )
    name_digest: Mapped[str] = mapped_column(
        info=about(PersonalData.SECURITY, "keyed digest for the name check", Kept.WITH_AWARD)
    )
    document: Mapped[str] = mapped_column(
        info=about(
            PersonalData.NONE,
            "title, goals, load and issuer at issue, JSON nl and en",
            Kept.WITH_AWARD,
        )
    )
    issued_on: Mapped[date] = mapped_column(
        info=about(PersonalData.COMPLETION, "day of issue", Kept.WITH_AWARD)
    )
