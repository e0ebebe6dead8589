"""Inserting unless it is there: true exactly once, on either database."""

from datetime import timedelta

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.errors import TooManyTries
from elearning.services.learning_key import ensure_learning_key
from elearning.services.throttle import Limit, count_try
from elearning.storage.engine import one_transaction
from elearning.storage.security import Throttle
from elearning.storage.statements import insert_if_absent
from tests.builders import a_person


def test_the_first_insert_says_true_and_the_second_false(session: Session, clock: SetClock) -> None:
    row = {"bucket": "b", "tries": 1, "window_ends_at": clock.now()}
    assert insert_if_absent(session, Throttle, row)
    assert not insert_if_absent(session, Throttle, row)


def test_a_limit_closes_after_its_tries(session: Session, clock: SetClock) -> None:
    limit = Limit("test", tries=3, window=timedelta(minutes=1))
    for _ in range(3):
        count_try(session, limit=limit, subject="x", key="k", clock=clock)
    with pytest.raises(TooManyTries):
        count_try(session, limit=limit, subject="x", key="k", clock=clock)


def test_a_learning_key_is_made_once(engine: Engine) -> None:
    with one_transaction(engine) as session:
        person_id = a_person(session).id
    keys = set()
    for _ in range(3):
        with one_transaction(engine) as session:
            keys.add(ensure_learning_key(session, person_id=person_id))
    assert len(keys) == 1
