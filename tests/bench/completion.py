"""Measure the overviews of HR on a generated institution, also in `make bench`.

`python -m tests.bench.completion --persons 100000` says more of each figure. Everything runs in
this process, without a server: what is measured is reading and answering. Each figure is the best
of several, in seconds of the wall clock and of this process's own CPU; the goals are the reference
figures of the design, on the wall clock. On PostgreSQL its own processes work as well.
"""

from __future__ import annotations

import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from flask import Flask
from flask_babel import Babel
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.services.completion_counts import tally
from elearning.services.completion_overview import unit_lines
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.completion_table import people_page, people_rows
from elearning.services.completion_trend import trend
from elearning.services.generate_institution import ADVISER, BASIS, generate_institution
from elearning.services.hr_scope import hr_scope
from elearning.services.import_roster import apply_roster, look_over_roster
from elearning.services.people_filter import PeopleFilter, SortKey
from elearning.services.roster_row import COLUMNS
from elearning.services.sign_in import Grant
from elearning.storage.engine import begin_reading, build_engine
from elearning.storage.facts import known
from elearning.storage.people import Appointment, Person, Role, Unit
from elearning.storage.schema import migrate
from elearning.web.hr.export import Making, people_sheet
from elearning.web.hr.filters import Asked
from elearning.web.hr.sheet import FileKind, Sheet, as_file, write_workbook
from tests.bench.cluster import durable_cluster
from tests.bench.report import Figure, Goal
from tests.bench.settled import settled, wait_a_night
from tests.databases import TODAY, create_database
from tests.trainings import a_training

DAY = TODAY.date()
TITLE = {"nl": "Training", "en": "Training"}
TRAININGS = {
    each.id: replace(each, title=TITLE)
    for each in (a_training(BASIS), a_training(ADVISER, satisfies=(BASIS,)))
}
TREND_DAYS = tuple(DAY - timedelta(days=730 - number) for number in range(731))
BY_NAME = PeopleFilter(None, "", SortKey.NAME, is_descending=False, lang="nl")
ASKED = Asked(
    training_id=BASIS, unit_code="", status=None, name="", sort=SortKey.NAME, is_descending=False,
    day=DAY, is_today=True, page=1, expires_in=None, known_on=None,
)  # fmt: skip
ROUNDS = 3
AT_HAND = "… the CSV from rows at hand,"
# Seconds at 15,000 and at 100,000 persons (design: completion, "Reference figures to beat").
GOALS = {
    "rate of the institution": (0.061, 0.632),
    "every unit with all above": (0.039, 0.354),
    "trend over 731 days": (None, 0.65),
    "people, one page of fifty": (0.3, 1.0),
    "people, every row as CSV": (None, 0.41),
    # The reference takes 0.632 s for the statuses of as many people: its CSV cannot hold that.
    f"{AT_HAND} 100,000 rows": (None, 0.41),
    "people, every row as XLSX": (None, 8.8),
}
SIZES = 15_000, 100_000


@dataclass(frozen=True, slots=True)
class Timed:
    """One figure."""

    name: str
    wall: float
    cpu: float


def main() -> None:
    """Measure what was asked for, and print one table."""
    chosen = _arguments()
    for figure in _on(chosen.database, chosen.persons):
        _say(figure, chosen.persons)


def figures(database: str) -> Iterator[Figure]:
    """Measure on one database, at both sizes, for the table of `make bench`."""
    for at, persons in enumerate(SIZES):
        for each in _on(database, persons):
            bound = GOALS.get(each.name, (None, None))[at]
            goal = None if bound is None else Goal(bound)
            yield Figure(f"{each.name}, {persons:,}: s", database, each.wall, goal)


def _arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=15_000)
    parser.add_argument("--database", choices=PLACES, default="sqlite")
    return parser.parse_args()


def _on(database: str, persons: int) -> Iterator[Timed]:
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        PLACES[database](Path(folder)) as engine,
    ):
        migrate(engine)
        with Session(engine) as session, session.begin():
            yield _once("generating", lambda: _generate(session, persons))
        wait_a_night(engine)
        with settled():
            yield from _measured(engine, persons)


def _measured(engine: Engine, persons: int) -> Iterator[Timed]:
    with Session(engine) as session:
        # As every page does.
        begin_reading(session)
        query = _query(session)
        yield _best("rate of the institution", lambda: tally(session, query).rates())
        yield _best("every unit with all above", lambda: unit_lines(session, query))
        yield _best("trend over 731 days", lambda: trend(session, query, TREND_DAYS))
        yield _best(
            "people, one page of fifty",
            lambda: people_page(session, query, BY_NAME, page=3, page_size=50),
        )
        yield _best("people, every row", lambda: people_rows(session, query, BY_NAME))
        yield from _files(session, query, persons)
        roster = _roster(session, persons)
    yield from _rosters(engine, roster)


def _generate(session: Session, persons: int) -> int:
    return generate_institution(session, persons=persons, seed=1, trainings=TRAININGS, today=DAY)


def _query(session: Session) -> CompletionQuery:
    scope = hr_scope(session, grants=[Grant(Role.HR_CENTRAL, None)], day=DAY)
    return completion_query(TRAININGS, training_id=BASIS, scope=scope, day=DAY)


def _files(session: Session, query: CompletionQuery, persons: int) -> Iterator[Timed]:
    """Make the files that HR gets, from the question to the last byte; and the CSV by itself.

    Not everybody must hold the training, so for as many rows as persons some stand there twice.
    """
    app = Flask(__name__)
    app.config["BABEL_DEFAULT_LOCALE"] = "nl"
    Babel().init_app(app)
    with app.test_request_context():
        making = Making(ASKED, query, "HR", TODAY, "nl", None)

        found = people_rows(session, query, BY_NAME)
        rows = (found + found)[:persons]

        def sheet() -> Sheet:
            return people_sheet(people_rows(session, query, BY_NAME), making)

        yield _best("people, every row as CSV", lambda: as_file(sheet(), FileKind.CSV, "nl").data)
        yield _best(
            f"{AT_HAND} {len(rows):,} rows",
            lambda: as_file(people_sheet(rows, making), FileKind.CSV, "nl").data,
        )
        yield _once(
            "people, every row as XLSX",
            lambda: write_workbook(sheet(), BytesIO(), {"constant_memory": True}),
        )


def _rosters(engine: Engine, roster: bytes) -> Iterator[Timed]:
    """Look a roster of everybody over and apply it: one in fifty has moved."""
    clock = SetClock(TODAY)
    with Session(engine) as session, session.begin():
        plan = look_over_roster(session, content=roster, as_of=DAY, clock=clock)
        yield _once(
            f"roster of {plan.total:,} rows, dry run",
            lambda: look_over_roster(session, content=roster, as_of=DAY, clock=clock),
        )
        yield _once(
            f"roster, apply {len(plan.changed):,} changes",
            lambda: apply_roster(
                session,
                plan=plan,
                content=roster,
                accepted_endings=plan.brake,
                applied_by=None,
                clock=clock,
            ),
        )


def _roster(session: Session, persons: int) -> bytes:
    """Return a file of as many rows as there are persons: everybody who works, and who is new."""
    rows = session.execute(
        select(
            Person.external_id, Appointment.roster_number, Person.display_name, Person.email,
            Person.language, Unit.code, Appointment.category, Appointment.function_tags,
            Appointment.fte_percent, Appointment.is_primary, Appointment.starts_on,
        )
        .join(Person, Person.id == Appointment.person_id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(known(Appointment, None), Appointment.ends_on.is_(None))
        .order_by(Appointment.id)
    ).all()  # fmt: skip
    lines = [";".join(names[0] for names in COLUMNS.values())]
    for number, (*start, unit, category, tags, fte, primary, day) in enumerate(rows):
        moved = rows[number - 1][5] if number % 50 == 0 else unit
        end = (moved, category, tags, fte / 100, "ja" if primary else "nee", day, "")
        lines.append(";".join(str(cell) for cell in (*start, *end)))
    units = [row[5] for row in rows]
    for number in range(persons - len(rows)):
        who = (
            f"nieuw-{number}",
            f"n{number}",
            f"Nieuw {number}",
            f"nieuw-{number}@x.example",
            "nl",
        )
        work = (units[number % len(units)], "support", "", 1, "ja", DAY, "")
        lines.append(";".join(str(cell) for cell in (*who, *work)))
    return "\n".join(lines).encode()


def _once(name: str, work: Callable[[], object]) -> Timed:
    wall, cpu = time.perf_counter(), time.process_time()
    work()
    return Timed(name, time.perf_counter() - wall, time.process_time() - cpu)


def _best(name: str, work: Callable[[], object]) -> Timed:
    rounds = [_once(name, work) for _ in range(ROUNDS)]
    return Timed(name, min(each.wall for each in rounds), min(each.cpu for each in rounds))


def _say(figure: Timed, persons: int) -> None:
    small, large = GOALS.get(figure.name, (None, None))
    goal = small if persons <= 15_000 else large
    beside = "" if goal is None else f"  ≤ {goal:g}"
    sys.stdout.write(f"{figure.name:40} {figure.wall:8.3f} s {figure.cpu:8.3f} s CPU{beside}\n")
    sys.stdout.flush()


@contextmanager
def _sqlite(folder: Path) -> Iterator[Engine]:
    engine = build_engine(f"sqlite:///{folder / 'bench.sqlite3'}")
    yield engine
    engine.dispose()


@contextmanager
def _postgresql(_folder: Path) -> Iterator[Engine]:
    with durable_cluster() as cluster:
        create_database(cluster, "completion")
        engine = build_engine(cluster.url("completion"))
        yield engine
        engine.dispose()


PLACES = {"sqlite": _sqlite, "postgresql": _postgresql}

if __name__ == "__main__":
    main()
