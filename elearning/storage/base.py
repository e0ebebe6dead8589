"""The declarative base, the column types, and how a column says what it keeps about people.

Every column carries `info=about(...)`: what kind of personal data it holds, why it is kept and for
how long. A test refuses a column without one; the privacy pack is generated from them.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import Enum, StrEnum
from typing import Any, ClassVar

from sqlalchemy import DateTime, MetaData, types
from sqlalchemy import Enum as EnumType
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


class PersonalData(StrEnum):
    """What a column can tell about a person."""

    NONE = "none"
    IDENTITY = "identity"
    WORK = "work"
    COMPLETION = "completion"
    LEARNING = "learning"
    SECURITY = "security"


class Kept(StrEnum):
    """How long a value stays."""

    WHILE_PUBLISHED = "while published"
    WHILE_EMPLOYED = "24 months after the last appointment"
    ACCOUNT = "24 months after the last appointment; without any, after the last sign-in"
    WITH_AWARD = "24 months after the last appointment, with the award"
    LEARNING = "30 days after completion, or 30 idle months"
    SESSION = "until sign-out, at most the session hours"
    THROTTLE = "at most one day"
    UPLOAD = "until it is applied or put aside, at most one day"
    EXPORT = "7 days after it was asked for"
    INVITE = "until used, at most 7 days"
    UNTIL_USED = "until used, at most 180 days"
    MESSAGE = "30 days after it was queued"
    UNTIL_THAT_DAY = "until that day, at most one week"
    REQUEST = "until it is decided or taken back, at most 60 days; not sent, at most one day"
    ANSWER = "30 days, or until the next request"
    AUDIT = "24 months"
    ROSTERS = "24 months; the newest one stays, the next is compared with it"
    REPORT = "7 years"
    INSTITUTION = "as long as the installation: it is about the institution and about nobody"
    NAMES_NOBODY = "as long as the installation: numbers and digests that lead to nobody"


def about(pii: PersonalData, purpose: str, kept: Kept) -> dict[str, Any]:
    """Return the privacy note of one column."""
    return {"pii": pii, "purpose": purpose, "kept": kept}


class Base(DeclarativeBase):
    """The base of every table; bound to the web by Flask-SQLAlchemy, usable without it."""

    metadata = MetaData(naming_convention=NAMES)
    # Enumerations are kept as their values in plain text, alike on every database.
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        Enum: EnumType(
            Enum,
            native_enum=False,
            create_constraint=False,
            length=40,
            values_callable=lambda kind: [member.value for member in kind],
        )
    }


class UtcDateTime(types.TypeDecorator[datetime]):
    """An instant: aware and in UTC in Python, whatever the database keeps."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Refuse naive instants; store UTC."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Give SQLite's naive values their zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)
