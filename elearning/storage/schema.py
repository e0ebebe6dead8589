"""Bring a database to the revision this program needs, and refuse to serve any other."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from elearning.errors import SchemaOutOfDate

MIGRATIONS = Path(__file__).parent / "migrations"


def configuration(connection: Connection | None = None) -> Config:
    """Return Alembic's configuration, without any file, for an open connection."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def head() -> str:
    """Return the newest revision."""
    newest = ScriptDirectory.from_config(configuration()).get_current_head()
    if newest is None:
        raise RuntimeError("there are no migrations")
    return newest


def revision_of(engine: Engine) -> str | None:
    """Return the revision a database is at; None for an empty one."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine, target: str = "head") -> None:
    """Bring the database to `target`, each revision in a transaction of its own."""
    with engine.connect() as connection:
        command.upgrade(configuration(connection), target)


def require_head(engine: Engine) -> None:
    """Raise `SchemaOutOfDate` unless the database is at the newest revision."""
    found = revision_of(engine)
    if found != head():
        raise SchemaOutOfDate(
            f"the database is at revision {found or 'none'}, this program needs {head()}; "
            "run `elearning migrate`"
        )
