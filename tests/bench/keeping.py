"""Measure what privacy costs: noting who reads, checking the audit log, leaving no byte behind.

`python -m tests.bench.keeping --persons 100000` measures it for a large institution on SQLite.
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.services.audit_log import Act, audit_breaks, record
from elearning.services.generate_institution import BASIS, generate_institution
from elearning.services.hr_scope import HrScope, whole_institution
from elearning.services.reading_log import Reading, note_readings
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.engine import begin_reading, build_engine, leave_no_bytes, one_transaction
from elearning.storage.schema import migrate
from tests.bench.completion import DAY, TRAININGS
from tests.bench.report import Figure, Goal
from tests.databases import TODAY

PERSONS = 15_000
ENTRIES = 100_000
ENTRIES_AT_ONCE = 2_000
READINGS = 200
MEGABYTE = 1_000_000
CLOCK = SetClock(TODAY)


def figures(persons: int = PERSONS) -> Iterator[Figure]:
    """Return the figures for the table of `make bench`."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        path = Path(folder) / "bench.sqlite3"
        engine = build_engine(f"sqlite:///{path}")
        migrate(engine)
        with one_transaction(engine) as session:
            generate_institution(session, persons=persons, seed=1, trainings=TRAININGS, today=DAY)
        yield _noting(engine)
        yield from _checking(engine)
        yield from _rewriting(engine, path, persons)
        engine.dispose()


def _noting(engine: Engine) -> Figure:
    """Return the time of one note, in a transaction of its own that is on the disk at its end."""
    with Session(engine) as session:
        begin_reading(session)
        scope = whole_institution(session, day=DAY)
    times = [_milliseconds(engine, scope) for _ in range(READINGS)]
    bare = [_milliseconds(engine, None) for _ in range(READINGS)]
    floor = median(bare)
    return Figure(
        "noting that a list was read, ms", "sqlite", median(times), floor=floor,
        ratio=median(times) / floor,
    )  # fmt: skip


def _milliseconds(engine: Engine, scope: HrScope | None) -> float:
    """Return how long a note takes; without a scope, how long one bare row does."""
    began = time.perf_counter()
    with one_transaction(engine) as session:
        if scope is None:
            row = {"subject": uuid4().hex}
            session.connection().exec_driver_sql(
                "INSERT INTO throttle VALUES (:subject, 1, '2027-03-03 09:00:00.000000')", row
            )
        else:
            reading = Reading(AuditKind.PEOPLE_READ, BASIS, scope, DAY)
            note_readings(session, reading, actor_id=uuid4(), clock=CLOCK)
    return (time.perf_counter() - began) * 1000


def _checking(engine: Engine) -> Iterator[Figure]:
    """Return how long it takes to check a long log."""
    for _ in range(ENTRIES // ENTRIES_AT_ONCE):
        with one_transaction(engine) as session:
            acts = (
                Act(AuditKind.PEOPLE_READ, uuid4(), None, {AuditFact.TRAINING: BASIS})
                for _ in range(ENTRIES_AT_ONCE)
            )
            record(session, *acts, clock=CLOCK)
    began = time.perf_counter()
    with Session(engine) as session:
        begin_reading(session)
        assert list(audit_breaks(session, clock=CLOCK)) == []
    seconds = time.perf_counter() - began
    yield Figure(f"audit verify, {ENTRIES:,} entries, s", "sqlite", seconds, Goal(10))


def _rewriting(engine: Engine, path: Path, persons: int) -> Iterator[Figure]:
    """Return how long the file takes to be written anew, during which nobody can write."""
    yield Figure(f"size, {persons:,} persons, MB", "sqlite", path.stat().st_size / MEGABYTE)
    began = time.perf_counter()
    assert leave_no_bytes(engine)
    yield Figure(f"VACUUM, {persons:,} persons, s", "sqlite", time.perf_counter() - began)


if __name__ == "__main__":
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=PERSONS)
    for each in figures(parser.parse_args().persons):
        beside = "" if each.floor is None else f" (a bare row {each.floor:.2f})"
        sys.stdout.write(f"{each.name:40} {each.value:10.2f}{beside}\n")
        sys.stdout.flush()
