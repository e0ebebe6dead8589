"""HR withdraws a certificate with four eyes: one asks on the page, a colleague confirms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.services.seal import Issuing
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.completion import Award
from elearning.storage.people import Account, Role
from elearning.web.withdrawal.views import DECISIONS_A_PAGE
from tests.builders import TRAINING, a_person, a_role, a_withdrawal, an_account, an_award
from tests.databases import TODAY
from tests.pages.hr import TableOnPage
from tests.pages.html import elements
from tests.pages.page import Page, visit
from tests.pages.verify import VerifyPage
from tests.web.conftest import Arrange, SignIn
from tests.web.strict_client import StrictClient
from tests.web.test_hr import statements_of

ADDRESS = "/hr/intrekken"


@pytest.fixture
def award(arrange: Arrange, account: Account, issuing: Issuing) -> Award:
    """Return the award of Noor de Wit, with its certificate."""
    with arrange() as session:
        award = an_award(session, person=account.person)
        issue_certificate(session, award=award, issuing=issuing)
        return award


@pytest.fixture
def officers(
    arrange: Arrange, new_client: Callable[[], StrictClient], sign_in: SignIn
) -> tuple[StrictClient, StrictClient]:
    """Return the browsers of two people of HR."""
    browsers = []
    for name in ("Wouter Hendriks", "Ilse Bakker"):
        with arrange() as session:
            person = a_person(session, name=name)
            a_role(session, person=person, role=Role.HR_CENTRAL)
            officer = an_account(session, person=person)
            session.refresh(officer)
        browsers.append(new_client())
        sign_in(browsers[-1], officer)
    return browsers[0], browsers[1]


def ask(browser: StrictClient, number: str, *, status: int = 200) -> Page:
    """Fill in the form and send it."""
    form = visit(browser, ADDRESS).form("Vraag aan")
    return form.submit(number=number, training=TRAINING, reason="not_met", status=status)


def standing(client: StrictClient, award: Award, issuing: Issuing) -> str:
    """Return what anybody reads who checks the code."""
    return VerifyPage.open(client, str(code_of(award.id, issuing.secret_key))).status


def test_one_asks_and_another_confirms(
    officers: tuple[StrictClient, StrictClient],
    client: StrictClient,
    account: Account,
    award: Award,
    issuing: Issuing,
) -> None:
    first, second = officers
    asked = ask(first, account.person.external_id)
    assert "De aanvraag is bewaard" in asked.text
    assert "een collega moet het bevestigen" in asked.text
    assert standing(client, award, issuing) == "Geldig"
    seen = visit(second, ADDRESS)
    assert "Wouter Hendriks" in seen.text
    assert "De training is niet afgerond" in seen.text
    confirmed = seen.form("Trek het in").submit()
    assert "Er is nu geen aanvraag." in confirmed.text
    assert standing(client, award, issuing) == "Ingetrokken"


@pytest.mark.usefixtures("award")
def test_a_decision_can_be_read_afterwards_with_who_decided_and_why(
    officers: tuple[StrictClient, StrictClient], account: Account
) -> None:
    first, second = officers
    page = ask(first, account.person.external_id)
    assert "Er is nog niets besloten." in page.text
    visit(second, ADDRESS).form("Trek het in").submit()
    (table,) = elements(visit(first, ADDRESS).root, "table")
    assert TableOnPage(table).caption == "1 besluit"
    assert TableOnPage(table).rows == [
        [
            "3 mrt 2027",
            account.person.display_name,
            "Eerste reactie: de basis",
            "15 jan 2027",
            "Ingetrokken",
            "De training is niet afgerond",
            "Wouter Hendriks",
            "Ilse Bakker",
        ]
    ]


def test_many_decisions_are_read_a_page_at_a_time(
    officers: tuple[StrictClient, StrictClient], arrange: Arrange
) -> None:
    leave_as_it_was(arrange, DECISIONS_A_PAGE + 1)
    first = visit(officers[0], ADDRESS)
    (table,) = elements(first.root, "table")
    assert len(TableOnPage(table).rows) == DECISIONS_A_PAGE
    (table,) = elements(first.follow("Volgende pagina").root, "table")
    assert [row[0] for row in TableOnPage(table).rows] == ["3 mrt 2027"]


def test_the_number_of_statements_does_not_grow_with_the_decisions(
    app: Flask, officers: tuple[StrictClient, StrictClient], arrange: Arrange
) -> None:
    leave_as_it_was(arrange, 2)
    few = statements_of(app, officers[0], ADDRESS)
    leave_as_it_was(arrange, DECISIONS_A_PAGE)
    assert statements_of(app, officers[0], ADDRESS) == few


def leave_as_it_was(arrange: Arrange, count: int) -> None:
    """Let requests about that many people have been declined, one a day."""
    with arrange() as session:
        for days in range(count):
            asked = a_withdrawal(session, award=an_award(session, person=a_person(session)))
            asked.decided_at, asked.is_confirmed = TODAY + timedelta(days=days), False


def test_whoever_it_is_about_sees_that_somebody_looked_and_not_why(
    officers: tuple[StrictClient, StrictClient],
    client: StrictClient,
    sign_in: SignIn,
    arrange: Arrange,
    account: Account,
    award: Award,
) -> None:
    ask(officers[0], account.person.external_id)
    visit(officers[1], ADDRESS)
    with arrange() as session:
        read = session.scalars(
            select(AuditEntry.subject_id).where(AuditEntry.kind == AuditKind.PERSON_READ)
        ).all()
    assert read == [award.person_id] * 2
    sign_in(client, account)
    page = visit(client, "/wat-ziet-hr")
    *_, looks = elements(page.root, "table")
    assert sorted(row[1:3] for row in TableOnPage(looks).rows) == [
        [name, "Bekeek een pagina over jou alleen"] for name in ("Ilse Bakker", "Wouter Hendriks")
    ]
    assert "intrek" not in page.text.lower()


def test_who_asked_is_offered_no_confirmation_and_cannot_send_one(
    officers: tuple[StrictClient, StrictClient],
    client: StrictClient,
    account: Account,
    award: Award,
    issuing: Issuing,
) -> None:
    first, second = officers
    page = ask(first, account.person.external_id)
    with pytest.raises(AssertionError, match="no button"):
        page.form("Trek het in")
    action = visit(second, ADDRESS).form("Trek het in").element.get("action", "")
    token = page.form("Laat het zoals het is").values["csrf_token"]
    assert first.post(action, data={"csrf_token": token}).status_code == 409
    assert standing(client, award, issuing) == "Geldig"


def test_who_asked_can_take_it_back(
    officers: tuple[StrictClient, StrictClient],
    client: StrictClient,
    account: Account,
    award: Award,
    issuing: Issuing,
) -> None:
    page = ask(officers[0], account.person.external_id)
    taken_back = page.form("Laat het zoals het is").submit()
    assert "Er is nu geen aanvraag." in taken_back.text
    assert standing(client, award, issuing) == "Geldig"


@pytest.mark.usefixtures("award")
def test_asking_again_says_that_it_waits(
    officers: tuple[StrictClient, StrictClient], account: Account
) -> None:
    ask(officers[0], account.person.external_id)
    page = ask(officers[1], account.person.external_id, status=422)
    assert "Dit is al aangevraagd." in page.text


def test_a_number_of_nobody_is_said_beside_the_field(
    officers: tuple[StrictClient, StrictClient],
) -> None:
    page = ask(officers[0], "000", status=422)
    assert "Niemand met dit nummer heeft een certificaat van deze training" in page.text
