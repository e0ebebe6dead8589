"""HR withdraws a certificate with four eyes: one asks on the page, a colleague confirms."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.services.seal import Issuing
from elearning.storage.completion import Award
from elearning.storage.people import Account, Role
from tests.builders import TRAINING, a_person, a_role, an_account, an_award
from tests.pages.page import Page, visit
from tests.pages.verify import VerifyPage
from tests.web.conftest import Arrange, SignIn
from tests.web.strict_client import StrictClient

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
