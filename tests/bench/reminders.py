"""How long 5,000 reminders take: `python -m tests.bench.reminders`, and in `make bench`.

Planned, queued in one transaction, and drained by one worker to a mail server on this machine that
accepts everything; that server runs in this very process and shares its time.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from uuid import UUID, uuid4

from sqlalchemy import Engine, insert
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.config import read_settings
from elearning.integrations.letters import Sender
from elearning.integrations.smtp_post import SmtpPost
from elearning.services.hr_scope import whole_institution
from elearning.services.plan_reminders import plan_reminders
from elearning.services.queue_reminders import queue_all_reminders
from elearning.services.send_messages import Drained, Sending, send_messages
from elearning.storage.completion import Basis, Obligation
from elearning.storage.engine import build_engine, one_transaction
from elearning.storage.people import Appointment, Person
from elearning.storage.schema import migrate
from tests.bench.cluster import durable_cluster
from tests.bench.report import Figure, Goal, table
from tests.builders import LONG_AGO, RECORDED_AT, TRAINING, a_unit
from tests.databases import create_database, frozen_clock
from tests.mail_sink import Sink, mail_sink
from tests.postgres import PostgresqlMissing
from tests.trainings import a_training

PERSONS, DUE = 15_000, 5_000
TRAININGS = {TRAINING: a_training()}
SENDER = Sender(
    "leren@instelling.example",
    {"nl": "Voorbeelduniversiteit", "en": "Example University"},
    "https://leren.instelling.example",
)
LONGEST_PLAN_SECONDS, LEAST_PER_SECOND = 5.0, 50.0


def figures(database: str, *, persons: int = PERSONS, due: int = DUE) -> Iterator[Figure]:
    """Measure on one database, in an institution in which one in three is due."""
    clock = frozen_clock()
    with tempfile.TemporaryDirectory(prefix="bench-") as name, PLACES[database](Path(name)) as it:
        migrate(it)
        with one_transaction(it) as session:
            _add_people(session, persons, due, clock)
        planned = _seconds(lambda: _plan(it, clock))
        queued = _seconds(lambda: _queue(it, clock, due))
        with mail_sink() as sink:
            drained = _seconds(lambda: _drain(it, clock, sink, due))
    of = f"{due:,} of {persons:,} people"
    yield Figure(f"reminders planned, {of}: s", database, planned, Goal(LONGEST_PLAN_SECONDS))
    yield Figure("… planned and queued: s", database, queued, Goal(LONGEST_PLAN_SECONDS))
    rate = Goal(LEAST_PER_SECOND, is_least=True)
    yield Figure("… sent by one worker: per second", database, due / drained, rate)


def _plan(engine: Engine, clock: SetClock) -> None:
    with Session(engine) as session:
        scope = whole_institution(session, day=clock.today())
        plan_reminders(
            session, scope=scope, trainings=TRAININGS, training_ids=(TRAINING,), clock=clock
        )


def _queue(engine: Engine, clock: SetClock, due: int) -> None:
    with one_transaction(engine) as session:
        queued = queue_all_reminders(session, trainings=TRAININGS, closures=(), clock=clock)
    assert queued == due


def _drain(engine: Engine, clock: SetClock, sink: Sink, due: int) -> None:
    settings = read_settings(
        {
            "ELEARNING_MODE": "demo",
            "ELEARNING_SECRET_KEY": "0" * 32,
            "ELEARNING_SMTP_HOST": "127.0.0.1",
            "ELEARNING_SMTP_PORT": str(sink.port),
            "ELEARNING_SMTP_TLS": "none",
            "ELEARNING_SMTP_FROM": SENDER.address,
        }
    )
    post = SmtpPost(settings, SENDER, clock)
    done = send_messages(Sending(lambda: one_transaction(engine), post, TRAININGS, (), clock))
    assert done == Drained(sent=due)
    assert len({to for to, _ in sink.accepted}) == len(sink.accepted) == due


def _add_people(session: Session, persons: int, due: int, clock: SetClock) -> None:
    unit, keys = a_unit(session), [uuid4() for _ in range(persons)]
    session.execute(insert(Person), [_person(number, key) for number, key in enumerate(keys)])
    session.execute(insert(Appointment), [_work(key, unit.id) for key in keys])
    soon, later = (clock.today() + timedelta(days=days) for days in (5, 200))
    session.execute(
        insert(Obligation),
        [
            {
                "id": uuid4(),
                "person_id": key,
                "training_id": TRAINING,
                "opened_on": LONG_AGO,
                "due_on": soon if number < due else later,
                "basis": Basis.LISTED,
                "days_later": 0,
                "recorded_at": RECORDED_AT,
            }
            for number, key in enumerate(keys)
        ],
    )


def _person(number: int, key: UUID) -> dict[str, object]:
    name = f"Medewerker {number:05}"
    return {
        "id": key,
        "external_id": f"p{number}",
        "display_name": name,
        "sort_name": name.lower(),
        "email": f"p{number}@instelling.example",
        "language": "en" if number % 2 else "nl",
    }


def _work(key: UUID, unit_id: int) -> dict[str, object]:
    return {
        "person_id": key,
        "unit_id": unit_id,
        "category": "academic",
        "function_tags": "",
        "fte_percent": 100,
        "is_primary": True,
        "starts_on": LONG_AGO,
        "first_seen_on": LONG_AGO,
        "recorded_at": RECORDED_AT,
    }


def _seconds(work: Callable[[], None]) -> float:
    started = perf_counter()
    work()
    return perf_counter() - started


@contextmanager
def _sqlite(folder: Path) -> Iterator[Engine]:
    engine = build_engine(f"sqlite:///{folder / 'bench.sqlite3'}")
    yield engine
    engine.dispose()


@contextmanager
def _postgresql(_folder: Path) -> Iterator[Engine]:
    with durable_cluster() as cluster:
        create_database(cluster, "reminders")
        engine = build_engine(cluster.url("reminders"))
        yield engine
        engine.dispose()


PLACES = {"sqlite": _sqlite, "postgresql": _postgresql}


def main() -> None:
    """Measure on both databases, and print one table."""
    found: list[Figure] = []
    for database in PLACES:
        try:
            found += figures(database)
        except PostgresqlMissing as missing:
            sys.stdout.write(f"{missing}\n")
    sys.stdout.write(table(found) + "\n")


if __name__ == "__main__":
    main()
