"""Many writers at once, and writers killed while they write: nothing lost, nothing doubled."""

import json
import subprocess
import sys
from collections import Counter
from uuid import UUID

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.scenario.ids import ChoiceId
from elearning.scenario.play import replay
from elearning.services.publish_content import publish_content
from elearning.storage.engine import one_transaction
from elearning.storage.learning_state import Attempt, AttemptStep
from elearning.storage.security import Throttle
from tests.builders import a_person
from tests.shipped_content import CONVERSATION, ROOT, shipped_library

HERE = "tests.integration.storage"
WRITERS = 8
TIMES = 150
KILLS = 25


def test_writers_at_once_lose_no_update_and_never_find_the_database_locked(
    engine: Engine, database_url: str, clock: SetClock
) -> None:
    with one_transaction(engine) as session:
        session.add(Throttle(bucket="counter", tries=0, window_ends_at=clock.now()))
    writers = [
        subprocess.Popen(
            [sys.executable, "-m", f"{HERE}.counting", database_url, str(TIMES)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(WRITERS)
    ]
    for writer in writers:
        print("go", file=writer.stdin, flush=True)
    said = [writer.communicate()[1] for writer in writers]
    assert said == [""] * WRITERS
    assert [writer.returncode for writer in writers] == [0] * WRITERS
    with Session(engine) as session:
        assert session.scalars(select(Throttle.tries)).one() == WRITERS * TIMES


def test_a_killed_writer_loses_nothing_it_acknowledged_and_doubles_nothing(
    engine: Engine, database_url: str, clock: SetClock
) -> None:
    with one_transaction(engine) as session:
        publish_content(session, library=shipped_library(), clock=clock)
        person_id = a_person(session).id
    acknowledged = play_and_be_killed(database_url, person_id)
    assert len(acknowledged) > KILLS
    with Session(engine) as session:
        steps = [
            (str(row.attempt_id), row.turn, row.choice_id)
            for row in session.scalars(
                select(AttemptStep).order_by(AttemptStep.attempt_id, AttemptStep.turn)
            )
        ]
        attempts = session.scalars(select(Attempt)).all()
    assert Counter(steps).most_common(1)[0][1] == 1
    assert set(acknowledged) <= set(steps)
    # The very last player may have died after its commit and before its answer.
    assert len(set(steps) - set(acknowledged)) <= 1
    assert sum(attempt.ended_on is None for attempt in attempts) <= 1
    for attempt in attempts:
        assert_playable([step for step in steps if step[0] == str(attempt.id)])
    assert_sound(engine)


def play_and_be_killed(url: str, person_id: UUID) -> list[tuple[str, int, str]]:
    """Return the steps that the players saw committed."""
    finished = subprocess.run(
        [sys.executable, "-m", f"{HERE}.playing", url, str(person_id), str(KILLS)],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    )
    return [tuple(json.loads(line)) for line in finished.stdout.splitlines()]


def assert_playable(steps: list[tuple[str, int, str]]) -> None:
    """Check that a log has no gap and can be replayed from the beginning."""
    assert [turn for _, turn, _ in steps] == list(range(1, len(steps) + 1))
    replay(
        shipped_library().scenario(CONVERSATION).scenario,
        [ChoiceId(choice) for _, _, choice in steps],
    )


def assert_sound(engine: Engine) -> None:
    """Check the file's own structure, where the database offers that."""
    if engine.dialect.name != "sqlite":
        return
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []
