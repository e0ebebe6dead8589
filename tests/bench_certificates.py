"""How long certificates take: `python -m tests.bench_certificates`, and in `make bench`."""

from __future__ import annotations

import random
import statistics
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from time import perf_counter
from uuid import uuid4

from sqlalchemy import Engine
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.integrations.typst_pdf import (
    badge_attachment,
    render_certificate,
    statement_attachment,
)
from elearning.learning.certificate_code import make_code
from elearning.services.give_award import give_award
from elearning.services.held_certificates import held_certificate
from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.services.seal import Issuing
from elearning.services.verify_certificate import verify_code
from elearning.storage.completion import Award, AwardKind
from elearning.storage.engine import build_engine, one_transaction
from elearning.storage.people import Person
from elearning.storage.schema import migrate
from tests.bench.report import Figure, Goal
from tests.databases import frozen_clock
from tests.sealing import BASE_URL, an_issuing
from tests.shipped_content import shipped_library

SECRET = "a key for measuring, long enough to be one"  # noqa: S105 - guards nothing
TRAINING = "lecturer-basis"
ONE_BY_ONE = 200
BATCH = 5_000
LOOK_UPS = 1_000
MOST_ISSUE_MS = 100.0
MOST_TIME_RATIO = 1.1


def figures(*, batch: int = BATCH) -> Iterator[Figure]:
    """Measure on SQLite: one certificate at a time, a whole cohort, and what a look-up costs."""
    clock = frozen_clock()
    issuing = an_issuing(shipped_library(), SECRET, clock)
    with _database() as engine:
        awards, times = _issued_one_by_one(engine, issuing)
        p95 = statistics.quantiles(times, n=20)[-1]
        yield Figure("certificate issued, with its PDF: p95 ms", "sqlite", p95, Goal(MOST_ISSUE_MS))
        yield Figure("… median ms", "sqlite", statistics.median(times))
        yield Figure(
            f"certificates issued per second, {batch:,} in one transaction",
            "sqlite",
            _issued_at_once(engine, issuing, batch),
        )
        yield from _timings(engine, awards, clock)


def _issued_one_by_one(engine: Engine, issuing: Issuing) -> tuple[list[Award], list[float]]:
    """Issue each in a transaction of its own, as a learner who is done has it happen."""
    awards, times = [], []
    for number in range(ONE_BY_ONE + 1):
        started = perf_counter()
        with Session(engine, expire_on_commit=False) as session, session.begin():
            award = _issue(session, issuing, number)
        with Session(engine, expire_on_commit=False) as session:
            held = held_certificate(
                session,
                person_id=award.person_id,
                award_id=award.id,
                lang="nl",
                secret_key=SECRET,
                base_url=BASE_URL,
            )
        render_certificate(
            held.document,
            attachments=(
                statement_attachment(held.document, held.statement),
                badge_attachment(held.document, held.badge),
            ),
        )
        times.append((perf_counter() - started) * 1000)
        awards.append(award)
    return awards[1:], times[1:]  # the first one loads fonts and contexts


def _issued_at_once(engine: Engine, issuing: Issuing, batch: int) -> float:
    started = perf_counter()
    with one_transaction(engine) as session:
        for number in range(batch):
            _issue(session, issuing, number)
            session.expunge_all()
    return batch / (perf_counter() - started)


def _timings(engine: Engine, awards: list[Award], clock: SetClock) -> Iterator[Figure]:
    """Compare the time of a look-up of unknown and malformed codes, in turn and by medians."""
    texts: dict[str, Callable[[int], str]] = {
        "known": lambda number: str(code_of(awards[number % len(awards)].id, SECRET)),
        "unknown": lambda _: str(make_code(uuid4().bytes)),
        "malformed": lambda _: f"{make_code(uuid4().bytes)}"[:-1] + "U",
    }
    times: dict[str, list[float]] = {kind: [] for kind in texts}
    chance = random.Random(1)  # noqa: S311 - an order, not a secret
    with Session(engine) as session:
        for number in range(LOOK_UPS):
            # In another order each time: a look-up after a long one finds less in the caches.
            for kind in chance.sample(sorted(texts), len(texts)):
                text = texts[kind](number)
                started = perf_counter()
                verify_code(session, text=text, secret_key=SECRET, clock=clock)
                times[kind].append((perf_counter() - started) * 1000)
    medians = {kind: statistics.median(found) for kind, found in times.items()}
    for kind, median in medians.items():
        yield Figure(f"look-up of a {kind} code: median ms", "sqlite", median)
    pair = sorted((medians["unknown"], medians["malformed"]))
    yield Figure(
        "look-up, unknown beside malformed: ratio",
        "sqlite",
        pair[1] / pair[0],
        Goal(MOST_TIME_RATIO),
    )


def _issue(session: Session, issuing: Issuing, number: int) -> Award:
    person = Person(
        id=uuid4(),
        external_id=uuid4().hex,
        display_name=f"Noor de Wit {number}",
        email=None,
        language="nl",
    )
    session.add(person)
    session.flush()
    today = issuing.clock.today()
    award = Award(
        id=uuid4(),
        person_id=person.id,
        training_id=TRAINING,
        sequence=1,
        content_version="0" * 64,
        obtained_on=today,
        valid_from=today,
        valid_until=today + timedelta(days=730),
        kind=AwardKind.COMPLETED,
        supersedes_id=None,
        withdrawn_on=None,
        recorded_at=issuing.clock.now(),
    )
    give_award(session, award=award, clock=issuing.clock)
    issue_certificate(session, award=award, issuing=issuing)
    return award


@contextmanager
def _database() -> Iterator[Engine]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        engine = build_engine(f"sqlite:///{Path(folder) / 'certificates.sqlite3'}")
        migrate(engine)
        yield engine
        engine.dispose()


if __name__ == "__main__":
    for figure in figures():
        sys.stdout.write(f"{figure.name}: {figure.value:.2f} {figure.goal or ''}\n")
        sys.stdout.flush()
