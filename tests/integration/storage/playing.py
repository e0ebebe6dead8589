"""A program that plays a scenario again and again, and is killed while it does.

It forks a player for each kill, so that the slow part, loading content, is done once. A player says
each step on a pipe as soon as it is committed, as a worker answers the browser; what was on its way
when it died is sent again by the next one, as somebody would who saw no answer.
"""

import json
import os
import random
import signal
import sys
import time
from dataclasses import dataclass
from typing import Any, NoReturn
from uuid import UUID

from sqlalchemy import Engine, event

from elearning.content.library import Library
from elearning.scenario.ids import ChoiceId
from elearning.scenario.play import offered
from elearning.services.play_scenario import Run, make_choice, open_run, start_attempt
from elearning.storage.engine import build_engine, one_transaction
from tests.databases import frozen_clock
from tests.shipped_content import CONVERSATION, shipped_library

LONGEST_LIFE_SECONDS = 0.03


@dataclass(frozen=True, slots=True)
class Player:
    """Who plays, where, and what died on its way and is sent again."""

    library: Library
    engine: Engine
    person_id: UUID
    acknowledge: int

    def play(self, unanswered: list[Any] | None) -> NoReturn:
        """Play until killed."""
        if unanswered is not None:
            attempt_id, turn, choice_id = unanswered
            self.choose(UUID(attempt_id), turn, ChoiceId(choice_id))
        while True:
            run = self.current()
            choice = random.choice(offered(run.playable.scenario, run.position))  # noqa: S311
            self.choose(run.log.id, run.log.next_turn, choice.id)

    def current(self) -> Run:
        """Return the open run; start one if the last one has ended."""
        with one_transaction(self.engine) as session:
            where: dict[str, Any] = {
                "library": self.library,
                "person_id": self.person_id,
                "scenario_id": CONVERSATION,
            }
            run = open_run(session, **where)
            if run is None:
                start_attempt(session, clock=frozen_clock(), **where)
                run = open_run(session, **where)
        if run is None:
            raise RuntimeError("the run that was started is not open")
        return run

    def choose(self, attempt_id: UUID, turn: int, choice_id: ChoiceId) -> None:
        """Make a choice in a transaction of its own; say so before and after."""
        step = [str(attempt_id), turn, choice_id]
        self.say("sent", step)
        with one_transaction(self.engine) as session:
            make_choice(
                session,
                library=self.library,
                person_id=self.person_id,
                scenario_id=CONVERSATION,
                attempt_id=attempt_id,
                turn=turn,
                choice_id=choice_id,
                clock=frozen_clock(),
            )
        self.say("done", step)

    def say(self, what: str, step: list[Any]) -> None:
        """Write one line to the pipe, whole or not at all."""
        os.write(self.acknowledge, f"{json.dumps([what, step])}\n".encode())


def die_while_writing(engine: Engine, after_steps: int, *, at_commit: bool) -> None:
    """Die as under `kill -9` in a writing transaction: after its insert, or at its commit."""
    inserted = 0

    def count(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        nonlocal inserted
        inserted += statement.startswith("INSERT INTO attempt_step")
        if not at_commit:
            die_when_due()

    def die_when_due(*_: object) -> None:
        if inserted >= after_steps:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "after_cursor_execute", count)
    if at_commit:
        event.listen(engine, "commit", die_when_due)


def live_and_die(
    library: Library, url: str, person_id: UUID, unanswered: list[Any] | None, nth: int
) -> list[list[Any]]:
    """Fork a player, see it killed, and return what it said."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        engine = build_engine(url)
        if nth % 3:
            die_while_writing(engine, 1 + nth % 5, at_commit=nth % 3 == 1)
        Player(library, engine, person_id, writing).play(unanswered)
    os.close(writing)
    with os.fdopen(reading, "rb") as said:
        first = said.readline()
        if nth % 3 == 0:
            time.sleep(random.uniform(0, LONGEST_LIFE_SECONDS))  # noqa: S311
            os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return [json.loads(line) for line in (first, *said)]


def main(url: str, person_id: UUID, kills: int) -> None:
    """Have players killed, and print every step that was acknowledged."""
    unanswered: list[Any] | None = None
    for nth in range(kills):
        for what, step in live_and_die(shipped_library(), url, person_id, unanswered, nth):
            unanswered = step if what == "sent" else None
            if what == "done":
                print(json.dumps(step))  # noqa: T201 - read by the test


if __name__ == "__main__":
    main(sys.argv[1], UUID(sys.argv[2]), int(sys.argv[3]))
