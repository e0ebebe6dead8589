"""Messages: queued with the decision, sent once, lost never; a dead mail server blocks nobody."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.config import SmtpTls, read_settings
from elearning.integrations.letters import Sender, html, plain
from elearning.integrations.smtp_post import SmtpPost
from elearning.learning.reminders import Closure, Why
from elearning.services.forget_messages import forget_old_messages
from elearning.services.hr_scope import hr_scope
from elearning.services.plan_reminders import plan_reminders
from elearning.services.queue_reminders import queue_all_reminders
from elearning.services.reminder_text import Occasion, reminder_text
from elearning.services.send_messages import Drained, Sending, send_messages
from elearning.services.sign_in import Grant
from elearning.storage.engine import one_transaction
from elearning.storage.outbox import MessageState, OutboxMessage, OutboxSlot
from elearning.storage.people import Person, Role, Unit
from tests.builders import (
    TRAINING,
    a_person,
    a_unit,
    an_absence,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
)
from tests.databases import TODAY
from tests.mail_sink import Sink, mail_sink
from tests.trainings import a_training

TRAININGS = {TRAINING: a_training(), "adviser": a_training("adviser")}
DAY = TODAY.date()
SOON = DAY + timedelta(days=5)
SENDER = Sender(
    "leren@instelling.example",
    {"nl": "Voorbeelduniversiteit", "en": "Example University"},
    "https://leren.instelling.example",
)
# Nothing that tells what the training is about may be read over a shoulder.
FORBIDDEN = (
    "seks", "sex", "geweld", "violence", "misbruik", "abuse", "verkracht", "rape", "onthull",
    "disclos", "slachtoffer", "victim", "survivor", "overlev", "intimidat", "harass", "aanrand",
    "assault", "trauma", "melding", "eerste reactie", "first response", "veilig", "safe",
)  # fmt: skip


@pytest.fixture
def unit(session: Session) -> Unit:
    return a_unit(session)


def staff(session: Session, unit: Unit, *names: str, due_on: date = SOON) -> list[Person]:
    people = [a_person(session, name=name) for name in names]
    for person in people:
        an_appointment(session, person=person, unit=unit)
        an_obligation(session, person=person, due_on=due_on)
    return people


def queue(session: Session, clock: SetClock, *closures: Closure) -> int:
    return queue_all_reminders(session, trainings=TRAININGS, closures=closures, clock=clock)


def sending(engine: Engine, clock: SetClock, sink: Sink, *closures: Closure) -> Sending:
    settings = read_settings(
        {
            "ELEARNING_MODE": "demo",
            "ELEARNING_SECRET_KEY": "0" * 32,
            "ELEARNING_SMTP_HOST": "127.0.0.1",
            "ELEARNING_SMTP_PORT": str(sink.port),
            "ELEARNING_SMTP_TLS": SmtpTls.NONE,
            "ELEARNING_SMTP_FROM": SENDER.address,
            "ELEARNING_SMTP_TIMEOUT": "1",
        }
    )
    post = SmtpPost(settings, SENDER, clock)
    return Sending(lambda: one_transaction(engine), post, TRAININGS, closures, clock)


def states(session: Session) -> dict[MessageState, int]:
    session.expire_all()
    statement = select(OutboxMessage.state, func.count()).group_by(OutboxMessage.state)
    found = {row[0]: row[1] for row in session.execute(statement)}
    session.rollback()
    return found


@contextmanager
def nobody_listens() -> Iterator[Sink]:
    with mail_sink() as sink:
        port = sink.port
    yield Sink(port=port)


def test_the_plan_says_who_gets_one_and_why_others_do_not(
    session: Session, unit: Unit, clock: SetClock
) -> None:
    due, nowhere, away, done, exempt = staff(session, unit, "a", "b", "c", "d", "e")
    staff(session, unit, "f", due_on=DAY + timedelta(days=60))
    nowhere.email = None
    an_absence(session, person=away, from_on=DAY, until_on=DAY + timedelta(days=40))
    an_award(session, person=done)
    obligation = an_obligation(session, person=exempt, training_id="adviser", due_on=SOON)
    an_exemption(session, obligation=obligation, from_on=DAY, until_on=SOON)
    session.flush()
    scope = hr_scope(session, grants=[Grant(Role.HR_CENTRAL, None)], day=DAY)
    plan = plan_reminders(
        session, scope=scope, trainings=TRAININGS, training_ids=(TRAINING,), clock=clock
    )
    assert {str(each).replace("-", "") for each in plan.mails} == {due.id.hex, exempt.id.hex}
    assert plan.counts() == {Why.NO_ADDRESS: 1, Why.NOT_YET: 1, Why.PAUSED: 1, Why.DONE: 1}
    of_adviser = plan_reminders(
        session, scope=scope, trainings=TRAININGS, training_ids=("adviser",), clock=clock
    )
    assert of_adviser.counts() == {Why.EXEMPT: 1}


def test_queueing_twice_queues_once_and_two_trainings_make_one_message(
    session: Session, unit: Unit, clock: SetClock
) -> None:
    (person,) = staff(session, unit, "a")
    an_obligation(session, person=person, training_id="adviser", due_on=SOON)
    assert (queue(session, clock), queue(session, clock)) == (1, 0)
    assert session.scalar(select(func.count()).select_from(OutboxSlot)) == 2
    session.rollback()
    assert states(session) == {}, "what was not decided in the end is not sent"


def test_every_message_arrives_once_in_the_language_of_the_person(
    session: Session, unit: Unit, engine: Engine, clock: SetClock
) -> None:
    staff(session, unit, *"abcdefghijklmnopqrstuvwxyz")
    english = a_person(session, language="en")
    an_appointment(session, person=english, unit=unit)
    an_obligation(session, person=english, due_on=SOON)
    assert queue(session, clock) == 27
    session.commit()
    with mail_sink() as sink:
        assert send_messages(sending(engine, clock, sink)) == Drained(sent=27)
        assert send_messages(sending(engine, clock, sink)) == Drained()
    assert len({to for to, _ in sink.accepted}) == len(sink.accepted) == 27
    found = dict(sink.accepted)
    mail = message_from_bytes(found[str(english.email)], policy=policy.default)
    assert isinstance(mail, EmailMessage)
    assert mail["Subject"] == "Reminder: required training, by 8 March"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert states(session) == {MessageState.SENT: 27}


def test_a_server_that_refuses_drops_and_hangs_loses_and_doubles_nothing(
    session: Session, unit: Unit, engine: Engine, clock: SetClock
) -> None:
    staff(session, unit, *"abcdefghij")
    queue(session, clock)
    session.commit()
    with mail_sink("550", "451", "drop", "", "hang") as sink:
        first = send_messages(sending(engine, clock, sink))
        assert first == Drained(sent=6, given_up=1, later=3)
        assert send_messages(sending(engine, clock, sink)) == Drained(), "they wait a minute"
        clock.instant += timedelta(minutes=1)
        assert send_messages(sending(engine, clock, sink)) == Drained(sent=3)
    addresses = [to for to, _ in sink.accepted]
    assert len(set(addresses)) == len(addresses) == 9
    assert states(session) == {MessageState.SENT: 9, MessageState.GIVEN_UP: 1}


def test_a_dead_server_loses_nothing_and_is_not_asked_for_each_message(
    session: Session, unit: Unit, engine: Engine, clock: SetClock
) -> None:
    staff(session, unit, *"abcdefghij")
    queue(session, clock)
    session.commit()
    with nobody_listens() as dead:
        done = send_messages(sending(engine, clock, dead))
    assert done == Drained(later=3, is_reachable=False)
    clock.instant += timedelta(hours=1)
    with mail_sink() as sink:
        assert send_messages(sending(engine, clock, sink)) == Drained(sent=10)
    assert states(session) == {MessageState.SENT: 10}


def test_several_workers_at_once_send_each_message_once(
    session: Session, unit: Unit, engine: Engine, clock: SetClock
) -> None:
    staff(session, unit, *(f"Person {number}" for number in range(90)))
    queue(session, clock)
    session.commit()
    with mail_sink() as sink:
        workers = [
            threading.Thread(target=send_messages, args=(sending(engine, clock, sink),))
            for _ in range(4)
        ]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    addresses = [to for to, _ in sink.accepted]
    assert len(set(addresses)) == len(addresses) == 90
    assert states(session) == {MessageState.SENT: 90}


def test_two_processes_at_once_send_each_message_once(
    session: Session, unit: Unit, database_url: str, clock: SetClock
) -> None:
    staff(session, unit, *(f"Person {number}" for number in range(120)))
    queue(session, clock)
    session.commit()
    with mail_sink() as sink:
        command = [sys.executable, "-m", "tests.integration.sending_process"]
        processes = [
            subprocess.Popen(
                [*command, database_url, str(sink.port)], stdout=subprocess.PIPE, text=True
            )
            for _ in range(2)
        ]
        sent = [int(each.communicate(timeout=60)[0]) for each in processes]
    addresses = [to for to, _ in sink.accepted]
    assert len(set(addresses)) == len(addresses) == sum(sent) == 120
    assert states(session) == {MessageState.SENT: 120}


def test_a_worker_that_is_told_to_stop_ends_the_message_in_hand_and_gives_back_the_others(
    session: Session, unit: Unit, engine: Engine, clock: SetClock
) -> None:
    staff(session, unit, *"abcdefghij")
    queue(session, clock)
    session.commit()
    with mail_sink() as sink:
        told = replace(sending(engine, clock, sink), is_stopping=lambda: len(sink.accepted) == 3)
        assert send_messages(told) == Drained(sent=3)
        assert send_messages(sending(engine, clock, sink)) == Drained(sent=7)
    assert len({to for to, _ in sink.accepted}) == len(sink.accepted) == 10


def test_a_worker_that_died_leaves_its_messages_to_others_after_its_lease(
    session: Session, unit: Unit, engine: Engine, clock: SetClock
) -> None:
    staff(session, unit, "a")
    queue(session, clock)
    session.commit()
    row = session.scalars(select(OutboxMessage)).one()
    row.lease, row.leased_until = row.id, clock.now() + timedelta(minutes=10)
    session.commit()
    with mail_sink() as sink:
        assert send_messages(sending(engine, clock, sink)) == Drained()
        clock.instant += timedelta(minutes=10)
        assert send_messages(sending(engine, clock, sink)) == Drained(sent=1)


def test_nothing_goes_at_night_or_while_the_institution_is_closed(
    session: Session, unit: Unit, engine: Engine, clock: SetClock
) -> None:
    staff(session, unit, "a")
    closed = Closure(DAY, DAY + timedelta(days=1))
    queue(session, clock, closed)
    session.commit()
    with mail_sink() as sink:
        assert send_messages(sending(engine, clock, sink, closed)) == Drained()
        clock.instant += timedelta(hours=9)
        assert send_messages(sending(engine, clock, sink, closed)) == Drained()
        clock.instant += timedelta(hours=15)
        assert send_messages(sending(engine, clock, sink, closed)) == Drained(sent=1)


def test_who_completed_meanwhile_gets_no_message(
    session: Session, unit: Unit, engine: Engine, clock: SetClock
) -> None:
    (person,) = staff(session, unit, "a")
    queue(session, clock)
    an_award(session, person=person, obtained_on=DAY)
    session.commit()
    with mail_sink() as sink:
        assert send_messages(sending(engine, clock, sink)) == Drained(given_up=1)
    assert sink.accepted == []


def test_a_message_is_gone_thirty_days_after_it_was_queued(
    session: Session, unit: Unit, clock: SetClock
) -> None:
    staff(session, unit, "a")
    queue(session, clock)
    clock.instant += timedelta(days=30, seconds=-1)
    assert forget_old_messages(session, clock=clock) == 0
    clock.instant += timedelta(seconds=1)
    assert forget_old_messages(session, clock=clock) == 1


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_no_message_says_what_it_is_about_and_links_lead_to_the_site_only(lang: str) -> None:
    for flags in range(8):
        kinds = [bool(flags & bit) for bit in (1, 2, 4)]
        text = reminder_text(Occasion(SOON, *kinds), lang)
        for words in (text.subject, plain(text, SENDER), html(text, SENDER)):
            assert not [word for word in FORBIDDEN if word in words.lower()]
            assert words.count("http") == words.count(SENDER.base_url)
        assert "<img" not in html(text, SENDER)
        assert len(plain(text, SENDER).split()) <= 90


def test_the_words_differ_for_each_occasion() -> None:
    flags = [[bool(n & bit) for bit in (1, 2, 4)] for n in range(8)]
    subjects = {reminder_text(Occasion(SOON, *each), "nl").subject for each in flags}
    assert len(subjects) == 6
