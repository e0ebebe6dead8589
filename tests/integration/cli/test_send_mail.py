"""`elearning send-mail` sends what waits, queues when asked to, and loses nothing without a server.

It says how many and never who: what it prints ends up in logs.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from elearning.clock import SetClock
from elearning.storage.engine import one_transaction
from elearning.storage.outbox import MessageState, OutboxMessage
from tests.builders import TRAINING, a_person, a_unit, an_appointment, an_obligation
from tests.integration.cli.command_line import run
from tests.mail_sink import mail_sink
from tests.shipped_content import OVERLAY

ADDRESS = "iemand@instelling.example"
NO_SERVER = "Mail is not set up (ELEARNING_SMTP_HOST); messages wait.\n"


@pytest.fixture(autouse=True)
def installation(
    database_url: str, tmp_path: Path, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set the command line to an installation, on a working day, without a mail server."""
    monkeypatch.setenv("ELEARNING_MODE", "demo")
    monkeypatch.setenv("ELEARNING_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ELEARNING_DATABASE_URL", database_url)
    monkeypatch.setenv("ELEARNING_OVERLAY", str(OVERLAY))
    monkeypatch.setattr("elearning.cli.send_mail.SystemClock", lambda: clock)


@pytest.fixture
def somebody(engine: Engine, clock: SetClock) -> Engine:
    """Return a database with one person who is to be reminded."""
    with one_transaction(engine) as session:
        person = a_person(session)
        person.email = ADDRESS
        an_appointment(session, person=person, unit=a_unit(session))
        due_on = clock.today() + timedelta(days=5)
        an_obligation(session, person=person, training_id=TRAINING, due_on=due_on)
    return engine


def set_mail(monkeypatch: pytest.MonkeyPatch, port: int) -> None:
    """Set the command line to a mail server on this machine."""
    monkeypatch.setenv("ELEARNING_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("ELEARNING_SMTP_PORT", str(port))
    monkeypatch.setenv("ELEARNING_SMTP_TLS", "none")
    monkeypatch.setenv("ELEARNING_SMTP_FROM", "leren@instelling.example")
    monkeypatch.setenv("ELEARNING_SMTP_TIMEOUT", "2")


def states(engine: Engine) -> list[MessageState]:
    """Return what became of the messages."""
    with one_transaction(engine) as session:
        return list(session.scalars(select(OutboxMessage.state)))


def test_what_is_due_is_queued_and_sent_once(
    somebody: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_sink() as sink:
        set_mail(monkeypatch, sink.port)
        first, second = run("send-mail", "--remind"), run("send-mail", "--remind")
    assert first.output == "Queued: 1 reminders.\nSent 1, given up 0, again later 0.\n"
    assert second.output == "Queued: 0 reminders.\nSent 0, given up 0, again later 0.\n"
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert [address for address, _ in sink.accepted] == [ADDRESS]
    assert states(somebody) == [MessageState.SENT]


def test_nothing_is_queued_unless_asked_for(
    somebody: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_sink() as sink:
        set_mail(monkeypatch, sink.port)
        assert run("send-mail").output == "Sent 0, given up 0, again later 0.\n"
    assert (sink.accepted, states(somebody)) == ([], [])


def test_without_a_mail_server_messages_wait(somebody: Engine) -> None:
    result = run("send-mail", "--remind")
    assert (result.exit_code, result.output) == (0, f"Queued: 1 reminders.\n{NO_SERVER}")
    assert states(somebody) == [MessageState.QUEUED]


def test_a_server_that_cannot_be_reached_is_said_and_loses_nothing(
    somebody: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with mail_sink() as gone:
        port = gone.port
    set_mail(monkeypatch, port)
    result = run("send-mail", "--remind")
    assert result.output == "Queued: 1 reminders.\nSent 0, given up 0, again later 1.\n"
    assert states(somebody) == [MessageState.QUEUED]


@pytest.mark.usefixtures("somebody")
def test_half_a_mail_server_is_refused_at_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ELEARNING_SMTP_HOST", "127.0.0.1")
    result = run("send-mail")
    assert result.exit_code != 0
    assert "ELEARNING_SMTP_FROM must be the address" in str(result.exception) + result.output
