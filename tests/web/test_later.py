"""Later: a week without messages, seen by nobody, and two weeks more; nobody asks why."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import select

from elearning.clock import SetClock
from elearning.services.derive_obligations import derive_obligations
from elearning.storage.completion import Obligation
from elearning.storage.facts import known
from elearning.storage.outbox import QuietUntil
from elearning.storage.people import Account, Person
from elearning.storage.rules import AssignmentRule
from tests.builders import KNOWN_AT, a_unit, an_appointment, an_obligation
from tests.databases import TODAY
from tests.pages.page import visit
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

DAY = TODAY.date()
DUE = DAY + timedelta(days=20)
LATER = DUE + timedelta(days=14)


def must_complete(arrange: Arrange, account: Account) -> None:
    with arrange() as session:
        person = session.get_one(Person, account.person_id)
        unit = a_unit(session)
        an_appointment(session, person=person, unit=unit, starts_on=DUE - timedelta(60))
        session.add(
            AssignmentRule(
                code="all",
                training_id="lecturer-basis",
                predicate={"all": []},
                from_on=date(2026, 1, 1),
                until_on=None,
                due_days=60,
                made_by=None,
                recorded_at=KNOWN_AT,
            )
        )
        an_obligation(
            session,
            person=person,
            opened_on=DUE - timedelta(60),
            due_on=DUE,
            rule_code="all",
        )


def due_days(arrange: Arrange) -> list[date]:
    with arrange() as session:
        return list(session.scalars(select(Obligation.due_on).where(known(Obligation, None))))


def test_a_day_can_be_put_off_once_and_stays_so_when_obligations_are_derived(
    signed_in: StrictClient, arrange: Arrange, account: Account, clock: SetClock
) -> None:
    must_complete(arrange, account)
    form = visit(signed_in, "/later").form("Meer tijd, tot en met 6 april 2027")
    page = form.submit()
    assert due_days(arrange) == [LATER]
    assert "Meer tijd" not in visit(signed_in, "/later").text
    assert form.send().status_code == 409
    with arrange() as session:
        assert derive_obligations(session, clock=clock).changed == 0
    assert due_days(arrange) == [LATER]
    assert page.heading == "Liever later?"


def test_a_week_without_messages_can_be_asked_for_again(
    signed_in: StrictClient, arrange: Arrange, clock: SetClock
) -> None:
    form = visit(signed_in, "/later").form("Een week geen bericht")
    form.submit()
    clock.instant += timedelta(minutes=30)
    assert "Je krijgt geen bericht vóór 10 maart 2027." in form.submit().text
    with arrange() as session:
        assert session.scalars(select(QuietUntil.until_on)).all() == [DAY + timedelta(days=7)]
