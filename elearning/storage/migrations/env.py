"""Alembic's entry: runs on the connection that `elearning.storage.schema` hands in."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, cast

from alembic import context
from alembic.autogenerate.api import AutogenContext
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text

from elearning.storage.base import UtcDateTime
from elearning.storage.models import Base


def render_item(kind: str, item: object, _autogenerate: AutogenContext) -> str | Literal[False]:
    """Write our own types as the plain types they are, so that revisions never import us."""
    is_instant = kind == "type" and isinstance(item, UtcDateTime)
    return "sa.DateTime(timezone=True)" if is_instant else False


@contextmanager
def foreign_keys_wait(connection: Connection) -> Iterator[None]:
    """Let SQLite rebuild a table that others refer to; it cannot alter one in place.

    With its foreign keys on, dropping the old copy would delete what refers to it. They can only be
    switched between transactions, and `refuse_loose_ends` looks before each revision commits.
    """
    raw: Any = connection.connection.driver_connection
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        raw.execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        if is_sqlite:
            raw.execute("PRAGMA foreign_keys=ON")


def refuse_loose_ends(*, ctx: MigrationContext, **_told: object) -> None:
    """Undo a revision that left a row referring to nothing."""
    if ctx.dialect.name != "sqlite" or ctx.connection is None:
        return
    loose = ctx.connection.execute(text("PRAGMA foreign_key_check")).all()
    if loose:
        raise RuntimeError(f"the revision leaves rows that refer to nothing: {loose[:5]}")


connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=True,
    compare_type=True,
    transaction_per_migration=True,
    render_item=render_item,
    on_version_apply=cast("Any", refuse_loose_ends),
)
with foreign_keys_wait(connection), context.begin_transaction():
    context.run_migrations()
