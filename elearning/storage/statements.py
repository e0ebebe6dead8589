"""Statements that need a word more than SQLAlchemy's own, the same on both databases."""

from __future__ import annotations

from functools import cache
from typing import Any, cast
from zlib import crc32

from sqlalchemy import CursorResult, Delete, Insert, Update, func, literal, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from elearning.storage.base import Base
from elearning.storage.engine import is_sqlite


def insert_if_absent(session: Session, model: type[Base], values: dict[str, Any]) -> bool:
    """Insert one row and return True; leave an existing one alone and return False."""
    connection = session.connection()
    statement = _insert_if_absent(model, connection.dialect.name)
    return connection.execute(statement, values).first() is not None


@cache
def _insert_if_absent(model: type[Base], dialect: str) -> Insert:
    """Return the statement, built once per table; the columns come with the values."""
    insert = sqlite.insert if dialect == "sqlite" else postgresql.insert
    # A row comes back only for a row that went in. The row count would not do: on PostgreSQL it is
    # -1 for every such insert.
    return insert(model).on_conflict_do_nothing().returning(literal(1))


def delete_rows(session: Session, statement: Delete) -> int:
    """Delete and return how many rows went."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def update_rows(session: Session, statement: Update) -> int:
    """Update and return how many rows changed."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount


def one_at_a_time(session: Session, what: str) -> None:
    """Wait until nobody else does the same, and keep others waiting until the transaction ends.

    On SQLite every writer is alone already.
    """
    if not is_sqlite(session):
        session.execute(select(func.pg_advisory_xact_lock(crc32(what.encode()))))
