"""Fixtures for both databases: migrated once, empty at the start of every test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.storage.engine import build_engine
from elearning.storage.models import Base
from elearning.storage.schema import migrate
from tests import postgres

BOTH = [
    pytest.param("sqlite", marks=pytest.mark.sqlite),
    pytest.param("postgresql", marks=pytest.mark.postgresql),
]
# A Wednesday morning, far from a change of the clock, of the month and of the year.
TODAY = datetime(2027, 3, 3, 9, 0, tzinfo=UTC)
_lease: list[int] = []


def pytest_configure(config: pytest.Config) -> None:
    """Agree on one folder for the run, and keep what lives in it alive while this process lives."""
    is_worker = hasattr(config, "workerinput")
    folder = postgres.inherited_folder() if is_worker else postgres.make_folder()
    _lease.append(postgres.hold(folder))


def pytest_unconfigure(config: pytest.Config) -> None:
    """Let go; a folder that no cluster was started in is nobody else's to remove."""
    os.close(_lease.pop())
    if not hasattr(config, "workerinput"):
        postgres.remove_unused()


def empties_the_log(engine: Engine) -> bool:
    """Empty SQLite's write-ahead log, and nothing else; say whether that could be done."""
    connection = engine.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("PRAGMA query_only=0")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        row = cursor.fetchone()
    finally:
        connection.close()
    return row is not None and row[0] == 0


@pytest.fixture(scope="session")
def postgresql() -> postgres.Cluster:
    """Return the run's PostgreSQL; skip without one on a laptop, fail without one in CI."""
    try:
        return postgres.running_cluster()
    except postgres.PostgresqlMissing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing), pytrace=False)
        pytest.skip(str(missing))


@pytest.fixture(scope="session")
def postgresql_template(
    postgresql: postgres.Cluster, worker_name: str
) -> Iterator[tuple[str, Engine]]:
    """Return this worker's own migrated database and an engine to empty it with."""
    name = f"tests_{worker_name}"
    create_database(postgresql, name)
    engine = build_engine(postgresql.url(name))
    migrate(engine)
    yield postgresql.url(name), engine
    engine.dispose()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a migrated SQLite file, to be copied for each test."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite3"
    engine = build_engine(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def worker_name() -> str:
    """Return the name of this pytest-xdist worker, or `main`."""
    return os.environ.get("PYTEST_XDIST_WORKER", "main")


@pytest.fixture
def sqlite_copy(sqlite_template: Path, tmp_path: Path) -> Path:
    """Return the path of a migrated, empty SQLite file."""
    return Path(shutil.copyfile(sqlite_template, tmp_path / "database.sqlite3"))


@pytest.fixture(params=BOTH)
def database_kind(request: pytest.FixtureRequest) -> str:
    """Return `sqlite` and `postgresql`: whoever asks for a database runs once on each."""
    return str(request.param)


@pytest.fixture
def database_url(request: pytest.FixtureRequest, database_kind: str) -> str:
    """Return the address of a migrated, empty database."""
    if database_kind == "sqlite":
        return f"sqlite:///{request.getfixturevalue('sqlite_copy')}"
    url, engine = cast("tuple[str, Engine]", request.getfixturevalue("postgresql_template"))
    empty(engine)
    return url


@pytest.fixture
def blank_database_url(
    request: pytest.FixtureRequest, database_kind: str, tmp_path: Path
) -> Iterator[str]:
    """Return the address of a database without any table."""
    if database_kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'blank.sqlite3'}"
        return
    cluster = cast("postgres.Cluster", request.getfixturevalue("postgresql"))
    name = f"blank_{uuid4().hex}"
    create_database(cluster, name)
    yield cluster.url(name)
    administer(cluster, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """Return an engine on a migrated, empty database."""
    engine = build_engine(database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """Return a session that is rolled back at the end, unless the test commits it."""
    with Session(engine) as session:
        yield session


@pytest.fixture
def clock() -> SetClock:
    """Return a clock that stands still on `TODAY`; set `clock.instant` to move it."""
    return frozen_clock()


def frozen_clock() -> SetClock:
    """Return the same clock, for programs that tests start."""
    return SetClock(TODAY)


def create_database(cluster: postgres.Cluster, name: str) -> None:
    """Create an empty database."""
    administer(cluster, f'CREATE DATABASE "{name}"')


def administer(cluster: postgres.Cluster, statement: str) -> None:
    """Run one statement outside any transaction, in the cluster's own database."""
    engine = build_engine(cluster.url("postgres"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(statement))
    engine.dispose()


def empty(engine: Engine) -> None:
    """Delete every row: with few rows, that is several times as fast as TRUNCATE."""
    tables = reversed(Base.metadata.sorted_tables)
    with engine.begin() as connection:
        connection.exec_driver_sql(";".join(str(table.delete()) for table in tables))
