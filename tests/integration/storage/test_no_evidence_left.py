"""Once HR has decided, no byte of the evidence is in the database, its log or a backup."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.learning.prior import LARGEST_BYTES, Refusal
from elearning.services.decide_prior import approve, decline
from elearning.services.prior_learning import take_back
from elearning.services.prior_requests import forget_old_requests
from elearning.services.publish_content import publish_content
from elearning.storage.engine import leave_no_bytes, one_transaction
from elearning.storage.prior_learning import PriorLearning
from elearning.storage.sqlite_library import LIBRARY
from tests.builders import a_person, a_request, an_obligation
from tests.practice_content import BASIS, practice_library
from tests.sealing import an_issuing

SECRET = "a secret key that is used in tests only"  # noqa: S105 - of tests only
# Any sixteen bytes of it stand nowhere else.
EVIDENCE = b"%PDF-1.7 " + Random(7).randbytes(LARGEST_BYTES // 2)  # noqa: S311 - no secret
WINDOW, STRIDE = 16, 1021
PIECES = [EVIDENCE[start : start + WINDOW] for start in range(9, len(EVIDENCE) - WINDOW, STRIDE)]
ON_SQLITE = pytest.mark.parametrize(
    "database_kind", [pytest.param("sqlite", marks=pytest.mark.sqlite)], indirect=True
)
Goes = Callable[[Session, "Case"], None]


class Case:
    """A request that waits, and who may decide on it."""

    def __init__(self, engine: Engine, library: Library, clock: SetClock) -> None:
        """Let somebody ask, with a file of a megabyte."""
        self.issuing = an_issuing(library, SECRET, clock)
        self.clock = clock
        with one_transaction(engine) as session:
            publish_content(session, library=library, clock=clock)
            person = a_person(session)
            an_obligation(session, person=person, training_id=BASIS)
            self.person_id: UUID = person.id
            self.officer: UUID = a_person(session).id
            self.request: UUID = a_request(session, person=person, evidence=EVIDENCE).id


def by_approval(session: Session, case: Case) -> None:
    approve(session, request_id=case.request, actor_id=case.officer, issuing=case.issuing)


def by_refusal(session: Session, case: Case) -> None:
    decline(
        session,
        request_id=case.request,
        reason=Refusal.NOT_LISTED,
        actor_id=case.officer,
        clock=case.clock,
    )


def taken_back(session: Session, case: Case) -> None:
    take_back(session, person_id=case.person_id)


def past_its_limit(session: Session, case: Case) -> None:
    case.clock.instant += timedelta(days=61)
    assert forget_old_requests(session, clock=case.clock) == 1


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    return practice_library(tmp_path_factory.mktemp("evidence") / "content")


def pieces_in(engine: Engine) -> int:
    """Count pieces of the evidence in every file of SQLite, and in a backup of it."""
    path = Path(str(engine.url.database))
    copy = path.parent / "copy-of-it"
    with closing(LIBRARY.connect(path)) as here, closing(LIBRARY.connect(copy)) as there:
        here.backup(there)
    kept = b"\n".join(each.read_bytes() for each in (*path.parent.glob(f"{path.name}*"), copy))
    copy.unlink()
    return sum(piece in kept for piece in PIECES)


@pytest.mark.parametrize(
    "database_kind", [pytest.param("sqlite", marks=pytest.mark.sqlite)], indirect=True
)
@pytest.mark.parametrize("goes", [by_approval, by_refusal, taken_back, past_its_limit])
def test_no_byte_of_it_is_left(
    engine: Engine, library: Library, clock: SetClock, goes: Goes
) -> None:
    case = Case(engine, library, clock)
    assert pieces_in(engine) > len(PIECES) // 2
    with one_transaction(engine) as session:
        goes(session, case)
    assert leave_no_bytes(engine)
    assert pieces_in(engine) == 0


@pytest.mark.parametrize("goes", [by_approval, by_refusal, taken_back, past_its_limit])
def test_no_row_of_it_is_left(
    engine: Engine, library: Library, clock: SetClock, goes: Goes
) -> None:
    case = Case(engine, library, clock)
    with one_transaction(engine) as session:
        goes(session, case)
        assert session.scalars(select(PriorLearning.id)).all() == []
