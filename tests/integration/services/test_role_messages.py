"""The message about a role: beside reminders, whatever those wait for, and without saying which."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.integrations.letters import html, plain
from elearning.learning.letter import read_text
from elearning.services.forget_messages import forget_old_messages
from elearning.services.grant_role import end_role, give_role
from elearning.services.more_time import hear_later
from elearning.services.queue_reminders import outbox_state
from elearning.services.reminder_text import Occasion, reminder_text
from elearning.services.role_message import role_text
from elearning.services.role_wish import Wish
from elearning.services.send_messages import Drained, send_messages
from elearning.storage.outbox import MessageState, MessageTemplate, OutboxMessage
from elearning.storage.people import Person, Role, RoleGrant
from tests.builders import a_person, a_unit
from tests.integration.services.test_messages import DAY, FORBIDDEN, SENDER, queue, sending, staff
from tests.mail_sink import mail_sink


def give(session: Session, person: Person, clock: SetClock, role: Role = Role.BOARD) -> RoleGrant:
    wish = Wish(person.external_id, role, None, None, None, None)
    return give_role(session, wish=wish, trainings=(), given_by=None, clock=clock)


def waiting(session: Session) -> list[MessageTemplate]:
    wanted = select(OutboxMessage.template).where(OutboxMessage.state == MessageState.QUEUED)
    return sorted(session.scalars(wanted))


def test_it_goes_where_there_is_no_unit_and_no_training_yet(
    session: Session, engine: Engine, clock: SetClock
) -> None:
    lea = a_person(session, name="Lea")
    give(session, lea, clock)
    address = str(lea.email)
    session.commit()
    with mail_sink() as sink:
        assert send_messages(sending(engine, clock, sink)) == Drained(sent=1)
    assert [to for to, _ in sink.accepted] == [address]


def test_it_waits_beside_a_reminder_and_neither_keeps_the_other_up(
    session: Session, engine: Engine, clock: SetClock
) -> None:
    (lea,) = staff(session, a_unit(session), "Lea")
    give(session, lea, clock)
    assert queue(session, clock) == 1
    give(session, lea, clock, Role.WORKS_COUNCIL)
    assert waiting(session) == [MessageTemplate.REMINDER, MessageTemplate.ROLE]
    assert outbox_state(session).queued == 1
    session.commit()
    with mail_sink() as sink:
        assert send_messages(sending(engine, clock, sink)) == Drained(sent=2)


def test_whoever_would_rather_hear_later_hears_of_a_role_and_of_no_training(
    session: Session, engine: Engine, clock: SetClock
) -> None:
    (lea,) = staff(session, a_unit(session), "Lea")
    queue(session, clock)
    give(session, lea, clock)
    hear_later(session, person_id=lea.id, clock=clock)
    session.commit()
    with mail_sink() as sink:
        assert send_messages(sending(engine, clock, sink)) == Drained(sent=1)
    assert waiting(session) == [MessageTemplate.REMINDER]


def test_it_goes_although_the_role_ended_before_it_went(
    session: Session, engine: Engine, clock: SetClock
) -> None:
    grant = give(session, a_person(session), clock)
    end_role(session, grant_id=grant.id, ended_by=None, clock=clock)
    session.commit()
    with mail_sink() as sink:
        assert send_messages(sending(engine, clock, sink)) == Drained(sent=1)


def test_it_is_forgotten_after_thirty_days_as_every_message(
    session: Session, clock: SetClock
) -> None:
    give(session, a_person(session), clock)
    clock.instant += timedelta(days=30)
    assert forget_old_messages(session, clock=clock) == 1


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_it_says_neither_which_role_nor_what_the_site_is_about(lang: str) -> None:
    text = role_text(lang)
    names = [each.value for each in Role if each is not Role.LEARNER]
    for words in (text.subject, plain(text, SENDER), html(text, SENDER)):
        assert not [word for word in (*FORBIDDEN, *names) if word in words.lower().split()]
        assert not [word for word in FORBIDDEN if word in words.lower()]
        assert words.count("http") == words.count(SENDER.base_url)
    assert f"{SENDER.base_url}/gegevens" in plain(text, SENDER)
    assert read_text(text.stored()) == text


def test_a_reminder_that_an_earlier_version_queued_can_still_be_read() -> None:
    text = reminder_text(Occasion(DAY, is_past=False, is_renewal=False, is_several=False), "nl")
    (later, _), (why, _) = text.links
    stored = json.loads(text.stored())
    for each in ("path", "links"):
        del stored[each]
    assert read_text(json.dumps({**stored, "later": later, "why": why})) == text
