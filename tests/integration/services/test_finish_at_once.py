"""Two requests that finish a training at the same moment give one award, and never none."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier
from uuid import UUID

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.services.attempts import all_attempts
from elearning.storage.completion import Award, Certificate
from elearning.storage.engine import begin_reading, one_transaction
from tests.integration.services.learner import Learner
from tests.practice_content import OTHER_TALK, QUIZ, QUIZ_WELL, TALK

PATIENCE_SECONDS = 20
A_MOMENT_SECONDS = 0.2
ROUNDS = 3
LastStep = tuple[str, UUID]


@pytest.fixture
def last_steps(learner: Learner) -> dict[str, LastStep]:
    """Bring the learner to the last choice of both conversations; all else is done."""
    learner.complete_module()
    learner.play(QUIZ, *QUIZ_WELL)
    steps = {talk: (talk, learner.play(talk, "ruimte")) for talk in (TALK, OTHER_TALK)}
    learner.session.commit()
    return steps


@pytest.fixture
def pool() -> Iterator[ThreadPoolExecutor]:
    """Return two workers."""
    with ThreadPoolExecutor(max_workers=2) as workers:
        yield workers


def finish(learner: Learner, engine: Engine, step: LastStep, ready: Callable[[], object]) -> int:
    """Make the last choice in a transaction of its own, as a request does; count what it gave."""
    scenario_id, attempt_id = step
    ready()
    with one_transaction(engine) as session:
        own = replace(learner, session=session)
        own.choose(attempt_id, 2, "wijzen", scenario_id)
        return len(own.finish())


def what_is_stored(engine: Engine, person_id: UUID) -> tuple[int, int, list[int]]:
    """Return how many awards and certificates there are, and how long each run is."""
    with Session(engine) as session:
        begin_reading(session)
        awards = session.scalars(select(Award.id)).all()
        certificates = session.scalars(select(Certificate.award_id)).all()
        lengths = [len(log.choices) for log in all_attempts(session, person_id=person_id)]
    return len(awards), len(certificates), sorted(lengths)


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_the_last_two_parts_at_once_give_one_award(
    learner: Learner,
    engine: Engine,
    last_steps: dict[str, LastStep],
    pool: ThreadPoolExecutor,
    _round: int,
) -> None:
    barrier = Barrier(2, timeout=PATIENCE_SECONDS)
    given = [
        pool.submit(finish, learner, engine, step, barrier.wait) for step in last_steps.values()
    ]
    assert sorted(each.result(PATIENCE_SECONDS) for each in given) == [0, 1]
    assert what_is_stored(engine, learner.person_id) == (1, 1, [1, 2, 2])


@pytest.mark.parametrize("_round", range(ROUNDS))
def test_a_double_click_on_the_last_choice_gives_one_award(
    learner: Learner,
    engine: Engine,
    last_steps: dict[str, LastStep],
    pool: ThreadPoolExecutor,
    _round: int,
) -> None:
    finish(learner, engine, last_steps[OTHER_TALK], lambda: None)
    barrier = Barrier(2, timeout=PATIENCE_SECONDS)
    given = [pool.submit(finish, learner, engine, last_steps[TALK], barrier.wait) for _ in range(2)]
    assert sorted(each.result(PATIENCE_SECONDS) for each in given) == [0, 1]
    assert what_is_stored(engine, learner.person_id) == (1, 1, [1, 2, 2])


def test_starting_twice_at_once_opens_one_run(
    learner: Learner, engine: Engine, pool: ThreadPoolExecutor
) -> None:
    learner.session.commit()
    barrier = Barrier(2, timeout=PATIENCE_SECONDS)

    def start() -> UUID:
        barrier.wait()
        with one_transaction(engine) as session:
            return replace(learner, session=session).start(TALK)

    started = [pool.submit(start) for _ in range(2)]
    assert len({each.result(PATIENCE_SECONDS) for each in started}) == 1


ON_POSTGRESQL = [pytest.param("postgresql", marks=pytest.mark.postgresql)]


# SQLite has one writer at a time, so the second could not even begin.
@pytest.mark.parametrize("database_kind", ON_POSTGRESQL, indirect=True)
def test_the_second_waits_for_the_first_and_sees_what_it_did(
    learner: Learner, engine: Engine, last_steps: dict[str, LastStep], pool: ThreadPoolExecutor
) -> None:
    """Each has made its own last choice and cannot see that of the other: the worst order."""
    with Session(engine) as one, Session(engine) as two:
        first, second = replace(learner, session=one), replace(learner, session=two)
        for own, (scenario_id, attempt_id) in zip(
            (first, second), last_steps.values(), strict=True
        ):
            own.choose(attempt_id, 2, "wijzen", scenario_id)
        assert first.finish() == ()
        waiting: Future[int] = pool.submit(lambda: len(second.finish()))
        with pytest.raises(TimeoutError):
            waiting.result(A_MOMENT_SECONDS)
        one.commit()
        assert waiting.result(PATIENCE_SECONDS) == 1
        two.commit()
    assert what_is_stored(engine, learner.person_id) == (1, 1, [1, 2, 2])
