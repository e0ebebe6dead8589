"""Whether a deleted row is really gone from SQLite's file, which is more than it being deleted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from elearning.storage.engine import (
    begin_reading,
    build_engine,
    leave_no_bytes,
)
from tests.databases import empties_the_log

CANARY = "Kanarie-7Q4W"
LENGTHS = (0, 5, 50, 300, 6000)
ROWS = 1500
# A table like ours: random keys, and an index that holds what stands in the row.
TABLE = (
    "CREATE TABLE row (id BLOB PRIMARY KEY, day INTEGER, name TEXT)",
    "CREATE INDEX ix_row_name ON row (name)",
    "CREATE INDEX ix_row_day ON row (day, name)",
)


@pytest.fixture
def busy_file(tmp_path: Path) -> Iterator[Engine]:
    """Return a file in which rows came, changed and went, and of which every canary is deleted."""
    engine = build_engine(f"sqlite:///{tmp_path / 'busy.sqlite3'}")
    random = Random(20)  # noqa: S311 - no secret
    with Session(engine) as session, session.begin():
        run = session.connection().exec_driver_sql
        for statement in TABLE:
            run(statement)
        for number in range(ROWS):
            name = random.choice((CANARY, "Noor")) + "x" * random.choice(LENGTHS)
            run("INSERT INTO row VALUES (?, ?, ?)", (random.randbytes(16), number, name))
            if number % 10 == 0:
                run("UPDATE row SET day = day + 1 WHERE day % 7 = ?", (random.randrange(7),))
    with Session(engine) as session, session.begin():
        run = session.connection().exec_driver_sql
        for number in range(ROWS * 2):
            run("DELETE FROM row WHERE day = ? AND name LIKE ?", (number, f"{CANARY}%"))
    yield engine
    engine.dispose()


def canaries(engine: Engine) -> int:
    """Count what is left in the file and in whatever stands beside it."""
    path = Path(str(engine.url.database))
    files = path.parent.glob(f"{path.name}*")
    return sum(each.read_bytes().count(CANARY.encode()) for each in files)


def test_overwriting_and_an_empty_log_are_not_enough(busy_file: Engine) -> None:
    """When this fails, SQLite has learnt it, and writing the file anew is needed no longer."""
    assert empties_the_log(busy_file)
    assert canaries(busy_file) > 0


def test_after_the_file_is_written_anew_no_byte_is_left(busy_file: Engine) -> None:
    assert leave_no_bytes(busy_file)
    assert canaries(busy_file) == 0


def test_a_reader_in_the_way_is_told(busy_file: Engine) -> None:
    impatient = build_engine(str(busy_file.url))
    event.listen(impatient, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=100"))
    with Session(busy_file) as reader:
        begin_reading(reader)
        reader.connection().exec_driver_sql("SELECT count(*) FROM row").all()
        with Session(impatient) as writer, writer.begin():
            writer.connection().exec_driver_sql("DELETE FROM row WHERE day > 50")
        assert not leave_no_bytes(impatient)
    assert leave_no_bytes(impatient)
    impatient.dispose()
