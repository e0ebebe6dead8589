"""`elearning worker`: send, remind, make files, change awards, forget; runs until stopped."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

import click
from huey import Huey
from sqlalchemy import Engine

from elearning.cli.apply_retention import BYTES_ARE_LEFT, forget, report
from elearning.cli.send_mail import sending_of
from elearning.clock import AMSTERDAM, Clock, SystemClock
from elearning.config import Settings, read_settings
from elearning.content.library import Library
from elearning.integrations.job_queue import Duties, attach, build_queue
from elearning.integrations.seal import KeySeal
from elearning.integrations.signing_keys import KeyFolder
from elearning.services.carry_out_change import carry_out_all
from elearning.services.queue_reminders import queue_all_reminders
from elearning.services.seal import Issuing
from elearning.services.send_messages import Sending, send_messages
from elearning.storage.engine import build_engine, leave_no_bytes, one_transaction
from elearning.storage.schema import require_head
from elearning.web.factory import create_app
from elearning.web.hr.file_maker import make_files
from elearning.web.state import KEY

LOGGER = logging.getLogger("elearning.worker")
REMINDED_ON, FORGOT_ON = "reminded-on", "forgot-on"
# Two, so that a large file does not keep messages waiting.
THREADS = 2
LONGEST_SLEEP_SECONDS = 1.0
IsStopping = Callable[[], bool]


@dataclass(slots=True)
class Worker:
    """What one worker works with; several may run at once, on one machine or on more."""

    settings: Settings
    library: Library
    queue: Huey
    engine: Engine
    clock: Clock
    make: Callable[[IsStopping], None]
    is_stopping: IsStopping = field(default=lambda: False)

    def duties(self) -> Duties:
        """Return what it does."""
        return Duties(self.send, self.remind, self.forget, self.change_awards, self.make_files)

    def send(self) -> None:
        """Send what waits; without a mail server it goes on waiting."""
        if not self.settings.has_mail:
            return
        done = send_messages(self._sending())
        if done.sent or done.given_up or done.later:
            LOGGER.info("sent %d, given up %d, later %d", done.sent, done.given_up, done.later)

    def remind(self) -> None:
        """Queue reminders once a working day, in its hours; a second worker finds none.

        Not without a mail server: once there is one, everybody would get what is long past.
        """
        policy, sending = self.library.institution.messages, self._sending()
        is_wanted = policy.has_reminders and self.settings.has_mail
        if not is_wanted or not sending.is_open() or self._did_today(REMINDED_ON):
            return
        with sending.begin() as session:
            queued = queue_all_reminders(
                session,
                trainings=sending.trainings,
                closures=policy.closures,
                clock=sending.clock,
            )
        self._note_today(REMINDED_ON)
        LOGGER.info("queued %d reminders", queued)

    def forget(self) -> None:
        """Forget what is past its limit, in the hour that the settings name."""
        hour = self.settings.retention_hour
        if hour is None or self._now().hour != hour or self._did_today(FORGOT_ON):
            return
        LOGGER.info(report(forget(self.settings, self.library, self.engine, self.clock)))
        if leave_no_bytes(self.engine):
            self._note_today(FORGOT_ON)
        else:
            LOGGER.warning(BYTES_ARE_LEFT)

    def change_awards(self) -> None:
        """Give awards the end that was decided on, as `elearning policy go-on` does."""
        done = carry_out_all(
            lambda: one_transaction(self.engine),
            issuing=self._issuing(),
            is_stopping=self.is_stopping,
        )
        if done.awards:
            LOGGER.info("%d awards have another end", done.awards)
        for change_id, reason in done.stuck:
            LOGGER.warning("change %s waits: %s", change_id, reason)

    def make_files(self) -> None:
        """Make the files that wait."""
        self.make(self.is_stopping)

    def _sending(self) -> Sending:
        return sending_of(self.settings, self.library, self.engine, self.clock, self.is_stopping)

    def _issuing(self) -> Issuing:
        """Return what signs, with the key of this moment."""
        settings = self.settings
        seal = KeySeal(KeyFolder(settings.keys).active)
        return Issuing(self.library, settings.secret_key, settings.base_url, seal, self.clock)

    def _now(self) -> datetime:
        return self.clock.now().astimezone(AMSTERDAM)

    def _did_today(self, what: str) -> bool:
        return bool(self.queue.get(what, peek=True) == self._now().date().isoformat())

    def _note_today(self, what: str) -> None:
        self.queue.put(what, self._now().date().isoformat())


@click.command()
def command() -> None:
    """Work until stopped; SIGTERM lets it end what it has in hand, or give it back."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    for each in ("alembic", "huey"):
        logging.getLogger(each).setLevel(logging.WARNING)
    settings = read_settings(os.environ)
    engine, queue = build_engine(settings.database_url), build_queue(settings)
    require_head(engine)
    app = create_app(settings)
    library: Library = app.extensions[KEY].library
    make = partial(make_files, app)
    worker = Worker(settings, library, queue, engine, SystemClock(), make)
    begin = attach(queue, worker.duties())
    consumer = queue.create_consumer(
        workers=THREADS,
        worker_type="thread",
        max_delay=LONGEST_SLEEP_SECONDS,
        graceful_signal="TERM",
    )
    worker.is_stopping = consumer.stop_flag.is_set
    begin()
    LOGGER.info("the worker runs")
    consumer.run()
    engine.dispose()
    LOGGER.info("the worker has stopped")
