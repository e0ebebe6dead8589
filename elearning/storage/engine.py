"""Engines with the rules of each database, and transactions that say whether they write.

SQLite: the driver's own transactions lost 1,000 of 1,200 concurrent updates without an error, and a
deferred BEGIN that later writes fails with "database is locked". So the driver starts none, and
every writing transaction begins with BEGIN IMMEDIATE. WAL with synchronous=FULL lost no
acknowledged commit in simulated power losses; NORMAL did (docs/decisions/0002-transactions.md).
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.orm import Session

from elearning.storage.sqlite_library import LIBRARY, warn_if_old

READ_ONLY = "elearning_read_only"
BUSY_TIMEOUT_SECONDS = 15
# SQLite takes small pieces of memory from one block of each connection, which statements that are
# kept soon fill: with as few as the library allows (pysqlite3 keeps five), HR's overviews take a
# sixth less, and a choice of a learner 2 % more.
KEPT_STATEMENTS = 0
PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "cache_size=-16000",
    "mmap_size=268435456",
    "temp_store=MEMORY",
)
# A statement that waits longer than this on PostgreSQL is an error page, not a stuck worker.
POSTGRESQL_OPTIONS = "-c statement_timeout=10000 -c lock_timeout=8000 -c timezone=UTC"


def engine_options(url: str) -> dict[str, Any]:
    """Return the options for `create_engine`, for a URL of either database."""
    if make_url(url).get_backend_name() == "sqlite":
        return {
            "hide_parameters": True,
            "module": LIBRARY,
            "connect_args": {
                "timeout": BUSY_TIMEOUT_SECONDS,
                "cached_statements": KEPT_STATEMENTS,
            },
        }
    return {
        "hide_parameters": True,
        "pool_pre_ping": True,
        "connect_args": {"options": POSTGRESQL_OPTIONS, "connect_timeout": 5},
    }


def build_engine(url: str) -> Engine:
    """Return an engine that follows the rules above, for the command line and for tests."""
    make_folder(url)
    engine = create_engine(url, **engine_options(url))
    attach_rules(engine)
    return engine


def make_folder(url: str) -> None:
    """Create the folder of a SQLite file, so that the first start needs no manual step."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "sqlite" and parsed.database not in {None, "", ":memory:"}:
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True)


def attach_rules(engine: Engine) -> None:
    """Make an engine begin its own transactions on SQLite; PostgreSQL needs nothing more."""
    if engine.dialect.name != "sqlite":
        return
    warn_if_old()
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)


def _prepare_sqlite(connection: Any, _record: object) -> None:  # noqa: ANN401 - of either library
    connection.isolation_level = None
    for pragma in PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    """Begin at once as a writer, or as a reader that cannot write at all."""
    is_read_only = connection.get_execution_options().get(READ_ONLY, False)
    raw = connection.connection.driver_connection
    if raw is None:
        raise RuntimeError("a transaction needs a connection")
    raw.execute(f"PRAGMA query_only={int(is_read_only)}")
    raw.execute("BEGIN" if is_read_only else "BEGIN IMMEDIATE")


def is_sqlite(session: Session) -> bool:
    """Say whether this is SQLite; the other is PostgreSQL."""
    return session.get_bind().dialect.name == "sqlite"


def begin_reading(session: Session) -> None:
    """Start the session's transaction as one that cannot write, on either database."""
    session.connection(execution_options={READ_ONLY: True, "postgresql_readonly": True})


@contextmanager
def one_transaction(engine: Engine) -> Iterator[Session]:
    """Give the command line a session that commits once at the end, or not at all."""
    with Session(engine) as session, session.begin():
        yield session


def leave_no_bytes(engine: Engine) -> bool:
    """Write SQLite's file anew, so that no byte of a deleted row is left; say whether it worked.

    `secure_delete` overwrites what is deleted where it stands. But a page that was split or filled
    up again keeps a copy of a row that moved, and nothing overwrites that one when the row goes: a
    test finds them. PostgreSQL writes over old rows in its own time (docs/operations.md).
    It does not work while somebody reads all the while: then the write-ahead log cannot be emptied.
    """
    if engine.dialect.name != "sqlite":
        return True
    with _without_transaction(engine) as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        found = cursor.fetchone()
        return found is not None and not found[0]


@contextmanager
def _without_transaction(engine: Engine) -> Iterator[DBAPICursor]:
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        # A pooled connection may have been left as one that only reads.
        cursor.execute("PRAGMA query_only=0")
        yield cursor
    finally:
        connection.close()
