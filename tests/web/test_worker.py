"""The worker: reminders once a working day, forgetting in its hour, a queue that may be lost."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import Engine, func, select

from elearning.cli.worker import Worker
from elearning.clock import SetClock
from elearning.config import Settings, SmtpTls, read_settings
from elearning.content.library import Library
from elearning.errors import SettingsInvalid
from elearning.integrations.job_queue import Duties, attach, build_queue, wake_for_files
from elearning.learning.award_change import Effect
from elearning.services.more_time import hear_later
from elearning.services.publish_content import publish_content
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.award_change import AwardChange
from elearning.storage.completion import Award
from elearning.storage.outbox import MessageState, OutboxMessage, QuietUntil
from elearning.storage.people import Unit
from elearning.web.hr.file_maker import make_files
from tests.builders import a_person, a_unit, an_appointment, an_obligation
from tests.databases import TODAY
from tests.integration.services.changes import Office, with_policy
from tests.mail_sink import mail_sink
from tests.ports import free_port
from tests.practice_content import BASIS
from tests.redis_server import redis_server
from tests.web.conftest import Arrange

SOON = TODAY.date() + timedelta(days=5)


@pytest.fixture
def worker(
    app: Flask, library: Library, settings: Settings, engine: Engine, clock: SetClock
) -> Iterator[Worker]:
    queue = build_queue(settings)
    make = partial(make_files, app)
    yield Worker(with_mail(settings, port=1), library, queue, engine, clock, make)
    queue.storage.close()


def with_mail(settings: Settings, *, port: int) -> Settings:
    return replace(
        settings,
        smtp_host="127.0.0.1",
        smtp_port=port,
        smtp_tls=SmtpTls.NONE,
        smtp_from="leren@instelling.example",
    )


@pytest.fixture
def unit(arrange: Arrange) -> Unit:
    with arrange() as session:
        return a_unit(session)


def due(arrange: Arrange, unit: Unit) -> None:
    with arrange() as session:
        person = a_person(session)
        an_appointment(session, person=person, unit=unit)
        an_obligation(session, person=person, due_on=SOON)


def states(arrange: Arrange) -> dict[MessageState, int]:
    statement = select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)
    with arrange() as session:
        return {row[0]: row[1] for row in session.execute(statement)}


def test_reminders_are_queued_once_a_working_day_and_in_its_hours(
    worker: Worker, arrange: Arrange, unit: Unit, clock: SetClock
) -> None:
    due(arrange, unit)
    clock.instant = TODAY - timedelta(hours=3)
    worker.remind()
    assert states(arrange) == {}
    clock.instant = TODAY
    worker.remind()
    due(arrange, unit)
    worker.remind()
    assert states(arrange) == {MessageState.QUEUED: 1}
    clock.instant = TODAY + timedelta(days=1)
    worker.remind()
    assert states(arrange) == {MessageState.QUEUED: 2}


def test_an_institution_without_reminders_gets_none(
    worker: Worker, arrange: Arrange, unit: Unit
) -> None:
    due(arrange, unit)
    institution = worker.library.institution
    policy = replace(institution.messages, has_reminders=False)
    worker.library = replace(worker.library, institution=replace(institution, messages=policy))
    worker.remind()
    assert states(arrange) == {}


def test_without_a_mail_server_nothing_is_queued_by_the_clock_and_what_waits_waits(
    worker: Worker, arrange: Arrange, unit: Unit
) -> None:
    due(arrange, unit)
    has_mail, worker.settings = worker.settings, replace(worker.settings, smtp_host=None)
    worker.remind()
    assert states(arrange) == {}
    worker.settings = has_mail
    worker.remind()
    worker.settings = replace(worker.settings, smtp_host=None)
    worker.send()
    assert states(arrange) == {MessageState.QUEUED: 1}


def test_before_the_first_roster_there_is_nobody_to_remind(
    worker: Worker, arrange: Arrange
) -> None:
    worker.remind()
    assert states(arrange) == {}


def test_what_waits_is_sent_where_there_is_a_mail_server(
    worker: Worker, arrange: Arrange, unit: Unit
) -> None:
    due(arrange, unit)
    worker.remind()
    with mail_sink() as sink:
        worker.settings = with_mail(worker.settings, port=sink.port)
        worker.send()
    assert states(arrange) == {MessageState.SENT: 1}
    assert len(sink.accepted) == 1


def test_what_is_past_its_limit_is_forgotten_in_the_hour_of_the_settings_only(
    worker: Worker, arrange: Arrange, clock: SetClock
) -> None:
    with arrange() as session:
        hear_later(session, person_id=a_person(session).id, clock=clock)

    def wishes() -> int:
        with arrange() as session:
            return session.scalar(select(func.count()).select_from(QuietUntil)) or 0

    clock.instant = TODAY + timedelta(days=8)
    worker.forget()
    worker.settings = replace(worker.settings, retention_hour=3)
    worker.forget()
    assert wishes() == 1
    clock.instant = clock.instant.replace(hour=2)
    worker.forget()
    assert wishes() == 0


class TestAnotherEnd:
    """What two people of HR decided, and that is more than a request carries out."""

    @pytest.fixture
    def library(self, practice: Library) -> Library:
        return with_policy(practice, 12)

    @pytest.fixture
    def decided(self, arrange: Arrange, library: Library, clock: SetClock) -> None:
        """Let it be decided that awards of two years last one, of which there are three."""
        with arrange() as session:
            publish_content(session, library=library, clock=clock)
            asks, decides = a_person(session).id, a_person(session).id
            office = Office(session, library, clock, asks, decides)
            for _ in range(3):
                office.holder(date(2026, 9, 1), date(2028, 9, 1))
            office.confirm(office.ask(Effect.SHORTEN))

    @pytest.mark.usefixtures("decided")
    def test_is_given_to_every_award_once_and_logged_once(
        self, worker: Worker, arrange: Arrange, caplog: pytest.LogCaptureFixture
    ) -> None:
        caplog.set_level("INFO", logger="elearning.worker")
        for _ in range(3):
            worker.change_awards()
        assert caplog.messages == ["3 awards have another end"]
        with arrange() as session:
            ends = session.scalars(select(Award.valid_until).order_by(Award.recorded_at)).all()
            kinds = session.scalars(select(AuditEntry.kind)).all()
        assert ends == [date(2028, 9, 1)] * 3 + [date(2027, 9, 1)] * 3
        assert kinds.count(AuditKind.CHANGE_DONE) == 1

    @pytest.mark.usefixtures("decided")
    def test_waits_for_the_next_run_where_the_worker_is_stopping(
        self, worker: Worker, arrange: Arrange
    ) -> None:
        worker.is_stopping = lambda: True
        worker.change_awards()
        with arrange() as session:
            assert len(session.scalars(select(Award)).all()) == 3
            assert session.scalars(select(AwardChange)).one().done_at is None
        worker.is_stopping = lambda: False
        worker.change_awards()
        with arrange() as session:
            assert session.scalars(select(AwardChange)).one().done_at is not None

    @pytest.mark.usefixtures("decided")
    def test_is_said_to_wait_where_the_content_no_longer_knows_it(
        self, worker: Worker, arrange: Arrange, caplog: pytest.LogCaptureFixture
    ) -> None:
        worker.library = replace(worker.library, trainings={})
        worker.change_awards()
        with arrange() as session:
            change = session.scalars(select(AwardChange)).one()
        assert caplog.messages == [f"change {change.id} waits: no training {BASIS!r}"]

    def test_is_looked_for_every_hour(self, settings: Settings) -> None:
        queue, done = build_queue(settings), list[str]()
        acts = [partial(done.append, each.name) for each in fields(Duties)]
        attach(queue, Duties(*acts))
        at_three = datetime(2027, 3, 3, 3, 0)  # noqa: DTZ001 - the queue asks by its own clock
        later = {each.name for each in queue.read_periodic(at_three + timedelta(minutes=10))}
        for each in queue.read_periodic(at_three):
            if each.name not in later:
                each.execute()
        queue.storage.close()
        assert done == ["change_awards"]


@pytest.mark.both_databases
def test_the_queue_is_woken_on_either_database(
    settings: Settings, blank_database_url: str, database_kind: str
) -> None:
    if database_kind == "postgresql":
        # One of its own: what huey makes in the others would stay for the tests that follow.
        settings = replace(settings, jobs_url=blank_database_url)
    assert_it_is_woken(settings)


def test_the_queue_is_woken_in_a_redis(settings: Settings) -> None:
    with redis_server() as url:
        assert_it_is_woken(replace(settings, jobs_url=url))


def assert_it_is_woken(settings: Settings) -> None:
    wake_for_files(settings)
    queue, done = build_queue(settings), list[str]()
    attach(queue, Duties(*[lambda: done.append("files")] * len(fields(Duties))))
    waiting = queue.pending()
    assert len(waiting) == 1
    waiting[0].execute()
    assert done == ["files"]
    queue.storage.flush_all()
    queue.storage.close()


def test_what_stands_in_a_redis_without_our_signature_is_not_done(settings: Settings) -> None:
    with redis_server() as url:
        settings = replace(settings, jobs_url=url)
        wake_for_files(replace(settings, secret_key=secrets.token_hex()))
        queue = build_queue(settings)
        with pytest.raises(ValueError, match="mismatch"):
            queue.dequeue()
        wake_for_files(settings)
        attach(queue, Duties(*[lambda: None] * len(fields(Duties))))
        task = queue.dequeue()
        queue.storage.close()
    assert task is not None
    assert task.name == "make_files"


def test_a_redis_out_of_reach_is_logged_and_keeps_nobody(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    wake_for_files(replace(settings, jobs_url=f"redis://127.0.0.1:{free_port()}/0"))
    assert caplog.messages == ["the queue of the worker is out of reach"]


def test_a_redis_without_its_package_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("elearning.config.find_spec", lambda _name: None)
    with pytest.raises(SettingsInvalid, match=r"JOBS_URL needs the package redis"):
        read_settings({"ELEARNING_MODE": "demo", "ELEARNING_JOBS_URL": "redis://localhost"})


@pytest.mark.parametrize(
    ("name", "value"), [("JOBS_URL", "mysql://localhost"), ("RETENTION_HOUR", "24")]
)
def test_settings_of_the_worker_that_cannot_be_are_refused(name: str, value: str) -> None:
    with pytest.raises(SettingsInvalid, match=name):
        read_settings({"ELEARNING_MODE": "demo", f"ELEARNING_{name}": value})


def test_the_queue_of_the_worker_may_not_be_the_file_of_the_database(tmp_path: Path) -> None:
    """The queue opens its file with the SQLite of Python, the database with another."""
    file = tmp_path / "elearning.sqlite3"
    urls = {
        "ELEARNING_DATABASE_URL": f"sqlite:///{file}",
        "ELEARNING_JOBS_URL": f"sqlite:///{tmp_path}/./{file.name}",
    }
    with pytest.raises(SettingsInvalid, match="JOBS_URL must not be the file"):
        read_settings({"ELEARNING_MODE": "demo", "ELEARNING_INSTANCE": str(tmp_path)} | urls)
    on_a_server = dict.fromkeys(urls, "postgresql://localhost/one")
    read_settings({"ELEARNING_MODE": "demo", "ELEARNING_INSTANCE": str(tmp_path)} | on_a_server)
