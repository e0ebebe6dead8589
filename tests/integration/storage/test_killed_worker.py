"""Workers of the real server killed while they answer: each answered step is there, once."""

import os
import random
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.services.publish_content import publish_content
from elearning.storage.engine import one_transaction
from elearning.storage.learning_state import AttemptStep
from tests.bench.server import Server, children, serving
from tests.builders import PASSWORD, an_account
from tests.integration.storage.browsing import Browser
from tests.sealing import write_key
from tests.shipped_content import CONVERSATION, OVERLAY

HITS = 4
MOST_KILLS = 200
LEARNERS = 2
PATIENCE_SECONDS = 30
# A step and the page after it take about this long, so a kill may fall anywhere in them.
MOMENT_SECONDS = 0.06


@pytest.mark.either_database
def test_a_worker_killed_in_mid_post_loses_nothing_it_answered_and_doubles_nothing(
    engine: Engine, database_url: str, clock: SetClock, tmp_path: Path, proved_library: Library
) -> None:
    with one_transaction(engine) as session:
        publish_content(session, library=proved_library, clock=clock)
        names = [an_account(session).sign_in_name for _ in range(LEARNERS)]
    write_key(tmp_path / "keys")
    environment = {
        **os.environ,
        "ELEARNING_MODE": "demo",
        "ELEARNING_INSTANCE": str(tmp_path),
        "ELEARNING_DATABASE_URL": database_url,
        "ELEARNING_OVERLAY": str(OVERLAY),
    }
    with serving("elearning.web.wsgi:app", environment, tmp_path / "server.log") as server:
        browsers = play_while_workers_die(server, names)
    answered = [step for browser in browsers for step in browser.acknowledged]
    with Session(engine) as session:
        kept = [
            (str(row.attempt_id), row.turn, row.choice_id)
            for row in session.scalars(select(AttemptStep))
        ]
    assert hits(browsers) >= HITS
    assert sorted(answered) == sorted(kept)


def play_while_workers_die(server: Server, names: list[str]) -> list[Browser]:
    """Let each learner play on while workers are killed; return their browsers."""
    browsers = [Browser(server.port) for _ in names]
    for browser, name in zip(browsers, names, strict=True):
        browser.sign_in(name, PASSWORD)
    enough = threading.Event()
    with ThreadPoolExecutor(LEARNERS) as pool:
        playing = [pool.submit(play_until, enough.is_set, browser) for browser in browsers]
        try:
            kill_workers(server, browsers)
        finally:
            enough.set()
        for each in playing:
            each.result()
    return browsers


def play_until(is_enough: Callable[[], bool], browser: Browser) -> None:
    """Play run after run; the last one is finished as well."""
    while not is_enough():
        browser.play(CONVERSATION)


def kill_workers(server: Server, browsers: list[Browser]) -> None:
    """Kill workers until enough of them died over somebody's step.

    Each kill waits for one more answered step, so that people get on however slow the machine is.
    """
    pause = threading.Event()
    for _ in range(MOST_KILLS):
        wait_for_a_step(browsers)
        pause.wait(random.uniform(0, MOMENT_SECONDS))  # noqa: S311 - any moment will do
        workers = children(server.pid)
        if workers:
            os.kill(random.choice(workers), signal.SIGKILL)  # noqa: S311 - either will do
        if hits(browsers) >= HITS:
            return


def wait_for_a_step(browsers: list[Browser]) -> None:
    """Wait until one more step was answered, but not for ever."""
    before, deadline = answered_steps(browsers), time.monotonic() + PATIENCE_SECONDS
    while answered_steps(browsers) == before and time.monotonic() < deadline:
        time.sleep(0.002)


def answered_steps(browsers: list[Browser]) -> int:
    """Return how many steps were answered so far."""
    return sum(len(browser.acknowledged) for browser in browsers)


def hits(browsers: list[Browser]) -> int:
    """Return how many steps got no answer because their worker was killed."""
    return sum(browser.unanswered_posts for browser in browsers)
