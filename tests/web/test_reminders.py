"""Reminders: who gets one and why others do not, queued once, and no wish of a learner shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.learning.reminders import Closure
from elearning.services.more_time import hear_later
from elearning.storage.audit import AuditEntry, AuditFact, AuditKind
from elearning.storage.outbox import OutboxMessage
from elearning.storage.people import Person, Role, Unit
from elearning.web.state import KEY
from tests.builders import (
    PASSWORD,
    a_person,
    a_role,
    a_unit,
    an_account,
    an_appointment,
    an_award,
    an_obligation,
)
from tests.databases import TODAY
from tests.pages.hr import RemindersPage
from tests.pages.sign_in import SignInPage
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

DAY = TODAY.date()
SOON = DAY + timedelta(days=5)
BUTTON = "Zet 2 berichten klaar"


@pytest.fixture
def units(arrange: Arrange) -> dict[str, Unit]:
    with arrange() as session:
        root = a_unit(session, code="top")
        arts, law = (a_unit(session, code=code, parent=root) for code in ("arts", "law"))
        return {each.code: each for each in (root, arts, law)}


@pytest.fixture
def people(arrange: Arrange, units: dict[str, Unit]) -> dict[str, Person]:
    """Add two who are due, of whom one would rather hear later, and others who are not."""
    with arrange() as session:
        found = {
            name: someone(session, name, units[code])
            for name, code in (
                ("Aisha", "arts"),
                ("Bram", "law"),
                ("Chen", "arts"),
                ("Daan", "arts"),
            )
        }
        found["Chen"].email = None
        an_award(session, person=found["Daan"])
        return found


def someone(session: Session, name: str, unit: Unit) -> Person:
    person = a_person(session, name=name)
    an_appointment(session, person=person, unit=unit)
    an_obligation(session, person=person, due_on=SOON)
    return person


@pytest.fixture
def enter(new_client: Callable[[], StrictClient], arrange: Arrange) -> Callable[..., StrictClient]:
    def signed_in_as(role: Role, unit: Unit | None = None) -> StrictClient:
        with arrange() as session:
            person = a_person(session, name="Petra Personeel")
            a_role(session, person=person, role=role, unit=unit)
            name = an_account(session, person=person).sign_in_name
        client = new_client()
        SignInPage.open(client, "/inloggen?next=/privacy").send(name, PASSWORD)
        return client

    return signed_in_as


@pytest.fixture
def central(enter: Callable[..., StrictClient]) -> StrictClient:
    return enter(Role.HR_CENTRAL)


def messages(arrange: Arrange) -> list[OutboxMessage]:
    with arrange() as session:
        return list(session.scalars(select(OutboxMessage).order_by(OutboxMessage.next_try_at)))


@pytest.mark.usefixtures("people")
def test_the_page_names_who_gets_one_and_why_others_do_not(central: StrictClient) -> None:
    page = RemindersPage.open(central)
    assert page.people.rows == [
        ["Aisha", "Binnen 7 dagen voor de datum", "8 mrt 2027"],
        ["Bram", "Binnen 7 dagen voor de datum", "8 mrt 2027"],
    ]
    assert page.table("Welke berichten").rows == [["Binnen 7 dagen voor de datum", "2"]]
    assert page.table("Wie er nu geen krijgt, en waarom").rows == [
        ["Geen e-mailadres in het personeelsbestand", "1"],
        ["Hoeft nu niets af te ronden", "1"],
    ]
    of_reason = RemindersPage(page.page.follow("Geen e-mailadres in het personeelsbestand"))
    assert of_reason.people.rows == [["Chen"]]
    assert "Geen e-mailadres in het personeelsbestand" in of_reason.page.headings


@pytest.mark.usefixtures("people")
def test_the_words_are_shown_in_both_languages(central: StrictClient) -> None:
    text = RemindersPage.open(central).page.text
    assert "Herinnering: verplichte training, uiterlijk 8 maart" in text
    assert "Reminder: required training, by 8 March" in text


@pytest.mark.usefixtures("people")
def test_pressing_twice_queues_once_and_says_so(central: StrictClient, arrange: Arrange) -> None:
    form = RemindersPage.open(central).page.form(BUTTON)
    first = form.submit()
    assert "2 berichten staan klaar." in first.text
    second = RemindersPage(form.submit())
    assert "Deze berichten staan al klaar." in second.page.text
    assert len(messages(arrange)) == 2
    assert second.table("De wachtrij").rows[0] == ["Wacht", "2"]
    assert "Alles wat nu aan de beurt is, staat klaar" in second.page.text
    with arrange() as session:
        queued = session.scalars(
            select(AuditEntry).where(AuditEntry.kind == AuditKind.REMINDERS_QUEUED)
        ).one()
    assert f'"{AuditFact.COUNT}": "2"' in str(queued.facts)
    assert queued.actor_id is not None


def test_what_changed_since_it_was_looked_at_is_not_queued(
    central: StrictClient, arrange: Arrange, units: dict[str, Unit], people: dict[str, Person]
) -> None:
    assert people
    form = RemindersPage.open(central).page.form(BUTTON)
    with arrange() as session:
        someone(session, "Esra", units["law"])
    page = form.submit()
    assert "Er is niets klaargezet." in page.text
    assert messages(arrange) == []
    page.form("Zet 3 berichten klaar").submit()
    assert len(messages(arrange)) == 3


@pytest.mark.usefixtures("people")
def test_hr_of_a_unit_sees_and_queues_its_own_people_only(
    enter: Callable[..., StrictClient], units: dict[str, Unit], arrange: Arrange
) -> None:
    client = enter(Role.HR_UNIT, units["arts"])
    page = RemindersPage.open(client)
    assert [row[0] for row in page.people.rows] == ["Aisha"]
    assert client.get("/hr/herinneringen?eenheid=law").status_code == 404
    page.page.form("Zet 1 bericht klaar").submit()
    assert len(messages(arrange)) == 1


def test_a_wish_to_hear_later_moves_the_moment_and_shows_nowhere(
    central: StrictClient, arrange: Arrange, people: dict[str, Person], clock: SetClock
) -> None:
    before = RemindersPage.open(central).page.text
    with arrange() as session:
        hear_later(session, person_id=people["Bram"].id, clock=clock)
    page = RemindersPage.open(central).page
    assert page.text == before
    page.form(BUTTON).submit()
    now, later = messages(arrange)
    assert (now.person_id, later.person_id) == (people["Aisha"].id, people["Bram"].id)
    assert now.next_try_at == clock.now()
    assert later.next_try_at.date() == DAY + timedelta(days=7)


def test_a_wish_holds_what_waits_already(
    central: StrictClient, arrange: Arrange, people: dict[str, Person], clock: SetClock
) -> None:
    RemindersPage.open(central).page.form(BUTTON).submit()
    with arrange() as session:
        hear_later(session, person_id=people["Aisha"].id, clock=clock)
    assert [each.next_try_at > clock.now() for each in messages(arrange)] == [False, True]


def test_names_that_were_read_are_in_the_log(
    central: StrictClient, arrange: Arrange, people: dict[str, Person]
) -> None:
    assert people
    RemindersPage.open(central)
    with arrange() as session:
        assert session.scalars(select(AuditEntry.kind)).all() == [AuditKind.PEOPLE_READ]


def test_nobody_to_remind_is_said(central: StrictClient, units: dict[str, Unit]) -> None:
    assert units
    page = RemindersPage.open(central).page
    assert "Nog niemand toegewezen" in page.text
    assert "Er is geen mailserver ingesteld" in page.text


@pytest.mark.usefixtures("people")
def test_reminders_that_are_switched_off_cannot_be_queued(
    app: Flask, central: StrictClient, arrange: Arrange
) -> None:
    form = RemindersPage.open(central).page.form(BUTTON)
    state = app.extensions[KEY]
    library = state.library
    policy = replace(library.institution.messages, has_reminders=False)
    institution = replace(library.institution, messages=policy)
    app.extensions[KEY] = replace(state, library=replace(library, institution=institution))
    page = RemindersPage.open(central).page
    assert "Herinneringen staan uit" in page.text
    assert BUTTON not in page.text
    assert form.send().status_code == 409
    assert messages(arrange) == []


@pytest.mark.usefixtures("people")
def test_on_days_that_are_closed_the_page_says_when_messages_go(
    app: Flask, central: StrictClient
) -> None:
    state = app.extensions[KEY]
    policy = replace(
        state.library.institution.messages,
        closures=(Closure(DAY, DAY + timedelta(days=2)),),
    )
    institution = replace(state.library.institution, messages=policy)
    app.extensions[KEY] = replace(state, library=replace(state.library, institution=institution))
    assert "de eerstvolgende vanaf vrijdag 5 maart, 09:00" in RemindersPage.open(central).page.text
