"""The queue of the worker (huey): what it does by the clock, and how it is woken for more.

Nothing is only in the queue. What is to be sent or made is a row in the database, taken with a
lease; the queue says no more than "look whether there is something". So it may be lost, doubled or
out of reach, and nothing is.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from threading import Lock

from huey import Huey, PostgresHuey, RedisHuey, SqliteHuey, crontab
from huey.serializer import SignedSerializer
from sqlalchemy.engine import URL, make_url

from elearning.config import Settings

NAME = "elearning"
LOGGER = logging.getLogger("elearning.worker")
EVERY_MINUTE, EVERY_TEN_MINUTES = crontab(minute="*"), crontab(minute="*/10")
EVERY_HOUR = crontab(minute="0")
# By then the transaction that wrote the row has ended.
SECONDS_UNTIL_COMMITTED = 1
# The worker's own reading blocks for a second at a time.
REDIS_TIMEOUTS = {"socket_connect_timeout": "5", "socket_timeout": "10"}
Act = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Duties:
    """What the worker does; each does nothing when there is nothing to do."""

    send: Act
    remind: Act
    forget: Act
    change_awards: Act
    make_files: Act


def build_queue(settings: Settings) -> Huey:
    """Return the queue of the settings; what stands in it is signed, as it is code to be run."""
    url = make_url(settings.jobs_url)
    serializer = SignedSerializer(secret=settings.secret_key, salt=NAME)
    if url.get_backend_name() == "sqlite":
        file = Path(url.database or "")
        file.parent.mkdir(parents=True, exist_ok=True)
        return SqliteHuey(NAME, filename=str(file), results=False, serializer=serializer)
    if url.get_backend_name() == "postgresql":
        return PostgresHuey(NAME, dsn=_dsn(url), results=False, serializer=serializer)
    return RedisHuey(NAME, url=_with_timeouts(url), results=False, serializer=serializer)


def attach(queue: Huey, duties: Duties) -> Act:
    """Let the queue do these by the clock; return what asks for the files at once."""
    make_files = _one_by_one(duties.make_files)
    for name, when, act in (
        ("send", EVERY_MINUTE, _one_by_one(duties.send)),
        ("remind", EVERY_TEN_MINUTES, _one_by_one(duties.remind)),
        ("forget", EVERY_TEN_MINUTES, _one_by_one(duties.forget)),
        ("change_awards", EVERY_HOUR, _one_by_one(duties.change_awards)),
        ("look_for_files", EVERY_MINUTE, make_files),
    ):
        queue.periodic_task(when, name=name)(act)
    woken = queue.task(name="make_files")(make_files)
    return lambda: woken.schedule(delay=SECONDS_UNTIL_COMMITTED)


def _one_by_one(act: Act) -> Act:
    """Let a duty be left out while this worker still does the one before.

    The queue names what is to be done after the module of this function, alike wherever it is used.
    """
    lock = Lock()

    def alone() -> None:
        if lock.acquire(blocking=False):
            try:
                act()
            finally:
                lock.release()

    return alone


def wake_for_files(settings: Settings) -> None:
    """Let a worker look at once whether there are files to make, not only after a minute."""
    try:
        queue = build_queue(settings)
        attach(queue, Duties(*[_nothing] * len(fields(Duties))))()
        queue.storage.close()
    except Exception:
        # Whatever keeps the queue from answering: the worker finds the row by itself.
        LOGGER.warning("the queue of the worker is out of reach", exc_info=True)


def _nothing() -> None:
    """Stand for a duty where none is done: only its name is needed."""


def _with_timeouts(url: URL) -> str:
    """Return the address of a Redis that nobody waits long for, unless it says how long."""
    waiting = REDIS_TIMEOUTS | {name: str(given) for name, given in url.query.items()}
    return url.set(query=waiting).render_as_string(hide_password=False)


def _dsn(url: URL) -> str:
    return url.set(drivername="postgresql").render_as_string(hide_password=False)
