"""Statements that need a word more than SQLAlchemy's own, the same on both databases."""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import CursorResult, Delete, literal
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from elearning.storage.base import Base


def insert_if_absent(session: Session, model: type[Base], values: dict[str, Any]) -> bool:
    """Insert one row and return True; leave an existing one alone and return False."""
    is_sqlite = session.get_bind().dialect.name == "sqlite"
    insert = sqlite.insert if is_sqlite else postgresql.insert
    # A row comes back only for a row that went in. The row count would not do: on PostgreSQL it is
    # -1 for every such insert.
    statement = insert(model).values(**values).on_conflict_do_nothing().returning(literal(1))
    return session.execute(statement).first() is not None


def delete_rows(session: Session, statement: Delete) -> int:
    """Delete and return how many rows went."""
    return cast("CursorResult[Any]", session.execute(statement)).rowcount
