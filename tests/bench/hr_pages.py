"""Measure every page and file of HR on a generated institution: `python -m tests.bench.hr_pages`.

The whole application answers in this process, from the request to the last byte, signed in as
central HR and administrator; only the network and the server's waiting are left out. A page is
asked for in turn with all others, so that nothing stays warm longer than it would for somebody at
work.
"""

from __future__ import annotations

import math
import sys
import tempfile
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from elearning.clock import SystemClock
from elearning.config import read_settings
from elearning.services.generate_institution import generate_institution
from elearning.services.sign_in import open_session
from elearning.storage.people import Level, Person, Role, RoleGrant
from elearning.web.extensions import db
from elearning.web.factory import create_app
from elearning.web.sessions import TOKEN
from elearning.web.state import KEY
from tests.bench.cluster import durable_cluster
from tests.bench.learners import SIGNED_IN_FOR, environment, prepare
from tests.bench.report import Figure, Goal
from tests.bench.settled import settled, wait_a_night
from tests.databases import create_database

# Seconds (p95) for a page, and how often all are asked for, at each of the sizes.
SIZES = 15_000, 100_000
GOALS = 0.3, 1.0
# Of fewer, the p95 would be the slowest: the first, for which everything is still compiled.
ROUNDS = 20, 20
FILES = (".csv", ".xlsx", ".json")
# As people do: another order, a filter, an earlier day.
QUERIES = ("", "?volgorde=-status", "?pagina=7&volgorde=unit", "?naam=de")


@dataclass(slots=True)
class Timed:
    """How long the answers of one address took, in seconds, and how many statements one is.

    `worked` is the processor's time of this process: on a machine that others use as well, it
    tells what the page costs.
    """

    seconds: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)
    statements: int = 0
    size: int = 0

    @property
    def p95(self) -> float:
        """Return the time within which 19 of 20 answers came."""
        return _p95(self.seconds)


def _p95(seconds: list[float]) -> float:
    ordered = sorted(seconds)
    return ordered[math.ceil(0.95 * len(ordered)) - 1]


def main() -> None:
    """Measure what was asked for, and print one line for each address."""
    chosen = _arguments()
    goal = GOALS[chosen.persons > SIZES[0]]
    for address, timed in _on(chosen.database, chosen.persons, chosen.rounds).items():
        is_late = timed.p95 > goal and not _is_file(address)
        _say(
            f"{address:44} p95 {timed.p95:7.3f} s  {_p95(timed.worked):7.3f} s CPU  "
            f"{timed.statements:3} statements {timed.size / 1000:9,.0f} kB"
            f"{'  MISSED' if is_late else ''}"
        )


def figures(database: str) -> Iterator[Figure]:
    """Measure on one database, at both sizes, for the table of `make bench`."""
    for persons, goal, rounds in zip(SIZES, GOALS, ROUNDS, strict=True):
        for address, timed in _on(database, persons, rounds).items():
            bound = None if _is_file(address) else Goal(goal)
            yield Figure(f"{address}, {persons:,}: p95 s", database, timed.p95, bound)


def _on(database: str, persons: int, rounds: int) -> dict[str, Timed]:
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as name,
        PLACES[database](Path(name)) as url,
    ):
        values = environment(Path(name) / "instance", url)
        prepare(values)
        app = create_app(read_settings(values))
        client = _client(app, persons)
        with settled():
            return _measured(app, client, rounds)


def _arguments() -> Namespace:
    parser = ArgumentParser(description=__doc__)
    parser.add_argument("--persons", type=int, default=15_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--database", choices=PLACES, default="sqlite")
    return parser.parse_args()


def _client(app: Flask, persons: int) -> FlaskClient:
    """Fill the database, and return a browser of central HR, who is administrator as well."""
    clock = SystemClock()
    with app.app_context():
        rows = db.session()
        trainings = app.extensions[KEY].library.trainings
        generate_institution(
            rows, persons=persons, seed=1, trainings=trainings, today=clock.today()
        )
        person = Person(
            id=uuid4(), external_id="bench-hr", display_name="HR", email=None, language="nl"
        )
        rows.add(person)
        rows.flush()
        # Giving a role is for an administrator only.
        rows.add_all(
            RoleGrant(
                person_id=person.id,
                role=role,
                level=Level.NAMED if role is Role.HR_CENTRAL else Level.COUNTS,
                from_on=clock.today() - timedelta(days=1),
            )
            for role in (Role.HR_CENTRAL, Role.ADMIN)
        )
        token = open_session(rows, person_id=person.id, clock=clock, lasts=SIGNED_IN_FOR)
        rows.commit()
        db.session.remove()
        wait_a_night(db.engine)
    client = app.test_client()
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("the application has no secret key")
    kept = {TOKEN: token, "_permanent": True}
    client.set_cookie(app.config["SESSION_COOKIE_NAME"], signer.dumps(kept))
    return client


def addresses(app: Flask) -> Iterator[str]:
    """Yield every page and file below /hr that needs nothing but its address."""
    for rule in sorted(app.url_map.iter_rules(), key=lambda each: each.rule):
        if rule.rule.startswith("/hr") and not rule.arguments and "GET" in (rule.methods or ()):
            yield rule.rule
            if rule.rule == "/hr/mensen":
                yield from (f"{rule.rule}{query}" for query in QUERIES if query)


def _is_file(address: str) -> bool:
    return address.endswith(FILES)


def _measured(app: Flask, client: FlaskClient, rounds: int) -> dict[str, Timed]:
    found = {address: Timed() for address in addresses(app)}
    with app.app_context():
        engine = db.engine
    for number in range(rounds):
        for address, timed in found.items():
            # A file takes as long as its rows; one in five tells enough.
            if not _is_file(address) or number % 5 == 0:
                _ask(engine, client, address, timed)
    return {address: timed for address, timed in found.items() if timed.seconds}


def _ask(engine: Engine, client: FlaskClient, address: str, timed: Timed) -> None:
    statements = 0

    def count(*_: object) -> None:
        nonlocal statements
        statements += 1

    event.listen(engine, "after_cursor_execute", count)
    began, cpu = time.perf_counter(), time.process_time()
    answer = client.get(address)
    size = len(answer.data)
    took, worked = time.perf_counter() - began, time.process_time() - cpu
    event.remove(engine, "after_cursor_execute", count)
    if answer.status_code not in {200, 302, 303}:
        raise RuntimeError(f"{address} answered {answer.status_code}")
    timed.seconds.append(took)
    timed.worked.append(worked)
    timed.statements, timed.size = statements, size


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    yield f"sqlite:///{folder / 'bench.sqlite3'}"


@contextmanager
def _postgresql(_folder: Path) -> Iterator[str]:
    with durable_cluster() as cluster:
        create_database(cluster, "pages")
        yield cluster.url("pages")


PLACES: dict[str, Callable[[Path], AbstractContextManager[str]]] = {
    "sqlite": _sqlite,
    "postgresql": _postgresql,
}

if __name__ == "__main__":
    main()
