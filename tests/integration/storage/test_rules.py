"""What an engine promises: durable, checked, and unable to write while it reads."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.services.throttle import Limit, count_try
from elearning.storage.engine import (
    begin_reading,
    build_engine,
    one_transaction,
)
from elearning.storage.people import Account, Person
from tests.builders import a_person
from tests.databases import TODAY, empties_the_log

FULL = 2
CANARY = "Canarinha Nergens-Bewaard"


@pytest.fixture
def sqlite(sqlite_copy: Path) -> Iterator[Engine]:
    """Return an engine on a migrated SQLite file."""
    engine = build_engine(f"sqlite:///{sqlite_copy}")
    yield engine
    engine.dispose()


@pytest.mark.sqlite
@pytest.mark.parametrize(
    ("pragma", "expected"),
    [
        ("journal_mode", "wal"),
        ("synchronous", FULL),
        ("foreign_keys", 1),
        ("secure_delete", 1),
        ("query_only", 0),
    ],
)
def test_every_sqlite_connection_follows_the_rules(
    sqlite: Engine, pragma: str, expected: object
) -> None:
    with sqlite.connect() as connection:
        assert connection.exec_driver_sql(f"PRAGMA {pragma}").scalar() == expected


@pytest.mark.sqlite
def test_a_deleted_name_is_in_none_of_the_files(sqlite: Engine, sqlite_copy: Path) -> None:
    with one_transaction(sqlite) as session:
        person = a_person(session, name=CANARY)
    assert CANARY.encode() in all_bytes(sqlite_copy)
    with one_transaction(sqlite) as session:
        session.delete(session.merge(person))
    assert empties_the_log(sqlite)
    assert CANARY.encode() not in all_bytes(sqlite_copy)


def test_a_reading_transaction_cannot_write(session: Session) -> None:
    begin_reading(session)
    assert session.scalars(select(Person)).all() == []
    with pytest.raises(DBAPIError, match=r"readonly database|read-only transaction"):
        a_person(session)


def test_a_connection_that_was_read_with_can_write_again(engine: Engine) -> None:
    with Session(engine) as reading:
        begin_reading(reading)
        assert reading.scalars(select(Person)).all() == []
    with one_transaction(engine) as session:
        a_person(session)
    with Session(engine) as session:
        assert len(session.scalars(select(Person)).all()) == 1


def test_a_reader_waits_for_no_writer_and_sees_only_what_was_committed(engine: Engine) -> None:
    with Session(engine) as writing, Session(engine) as reading:
        a_person(writing)
        begin_reading(reading)
        assert reading.scalars(select(Person)).all() == []


def test_a_row_that_belongs_to_nobody_is_refused(session: Session) -> None:
    session.add(
        Account(person_id=uuid4(), sign_in_name="nobody", password_hash="", used_on=TODAY.date())
    )
    with pytest.raises(IntegrityError):
        session.flush()


def test_one_transaction_keeps_all_or_nothing(engine: Engine) -> None:
    def breaks_off_after_writing() -> None:
        with one_transaction(engine) as session:
            a_person(session)
            raise ConnectionAbortedError

    with pytest.raises(ConnectionAbortedError):
        breaks_off_after_writing()
    with Session(engine) as session:
        assert session.scalars(select(Person)).all() == []


@pytest.mark.sqlite
def test_an_error_message_repeats_no_value(sqlite: Engine) -> None:
    with pytest.raises(DBAPIError) as caught, Session(sqlite) as session:
        session.execute(text("INSERT INTO person (id) VALUES (:secret)"), {"secret": CANARY})
    assert CANARY not in str(caught.value)


def test_a_count_in_a_rolled_back_transaction_does_not_count(
    engine: Engine, clock: SetClock
) -> None:
    limit = Limit("test", tries=1, window=timedelta(minutes=1))
    for _ in range(3):
        with Session(engine) as session:
            count_try(session, limit=limit, subject="x", key="k", clock=clock)
            session.rollback()


def all_bytes(path: Path) -> bytes:
    """Return everything in the database file and the files beside it."""
    return b"".join(each.read_bytes() for each in sorted(path.parent.glob(f"{path.name}*")))
