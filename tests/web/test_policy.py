"""HR decides with four eyes what another validity does to certificates that exist."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from elearning.content.library import Library
from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.services.seal import Issuing
from elearning.storage.completion import Award
from elearning.storage.people import Account, Role
from tests.builders import a_person, a_role, an_account, an_award
from tests.integration.services.changes import with_policy
from tests.pages.html import elements, words
from tests.pages.page import Page, visit
from tests.pages.verify import VerifyPage
from tests.practice_content import BASIS
from tests.web.conftest import Arrange, SignIn
from tests.web.learner.test_statements import watching
from tests.web.strict_client import StrictClient

ADDRESS = "/hr/beleid"
CHECK = f"{ADDRESS}/vraag/{BASIS}/shorten"
Officers = tuple[StrictClient, StrictClient]


@pytest.fixture
def library(practice: Library) -> Library:
    """Return content in which certificates are valid for a year from today."""
    return with_policy(practice, 12)


@pytest.fixture
def award(arrange: Arrange, account: Account, issuing: Issuing) -> Award:
    """Return the award of Noor de Wit, with its certificate."""
    with arrange() as session:
        award = an_award(
            session,
            person=account.person,
            obtained_on=date(2026, 9, 1),
            valid_until=date(2028, 9, 1),
        )
        issue_certificate(session, award=award, issuing=issuing)
        return award


@pytest.fixture
def officers(arrange: Arrange, new_client: Callable[[], StrictClient], sign_in: SignIn) -> Officers:
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


def standing(client: StrictClient, award: Award, issuing: Issuing) -> str:
    """Return what anybody reads who checks the code."""
    return VerifyPage.open(client, str(code_of(award.id, issuing.secret_key))).status


def facts(page: Page) -> dict[str, str]:
    """Return what the page lists, by its label."""
    listed = [words(each) for each in elements(page.root, "dt", "dd")]
    return dict(zip(listed[::2], listed[1::2], strict=True))


def test_what_can_be_decided_leads_to_its_counts(officers: Officers, award: Award) -> None:
    overview = visit(officers[0], ADDRESS)
    assert "Nieuwe certificaten vanaf 3 maart 2027: 12 maanden. Daarvoor: 24 maanden." in (
        overview.text
    )
    check = overview.follow("Laat bestaande certificaten eerder aflopen")
    assert check.address == CHECK
    assert facts(check) == {
        "Hierdoor loopt geen certificaat af vóór": "2 mei 2027",
        "Houden hun einddatum": "0",
        "Krijgen een eerdere einddatum": "1",
        "Zijn op die eerste dag afgelopen": "0",
        "Zien het op hun startpagina": "1",
    }
    assert award.valid_until == date(2028, 9, 1)


@pytest.mark.usefixtures("award")
def test_a_later_day_is_counted_again_and_asked_for(officers: Officers) -> None:
    later = visit(officers[0], CHECK).form("Tel opnieuw").submit(vanaf="2027-12-01")
    assert facts(later)["Hierdoor loopt geen certificaat af vóór"] == "1 december 2027"
    assert facts(later)["Zijn op die eerste dag afgelopen"] == "1"
    waiting = later.form("Vraag aan").submit()
    assert "1 december 2027" in waiting.text


def test_one_asks_and_another_confirms(
    officers: Officers, client: StrictClient, award: Award, issuing: Issuing
) -> None:
    first, second = officers
    asked = visit(first, CHECK).form("Vraag aan").submit()
    assert "De aanvraag is bewaard" in asked.text
    with pytest.raises(AssertionError, match="no button"):
        asked.form("Voer het uit")
    assert standing(client, award, issuing) == "Geldig"
    seen = visit(second, ADDRESS)
    assert "Wouter Hendriks" in seen.text
    done = seen.form("Voer het uit").submit()
    assert "De certificaten hebben hun nieuwe einddatum." in done.text
    assert "Er is nu geen aanvraag." in done.text
    assert standing(client, award, issuing) == "Vervangen"


def test_the_number_of_statements_does_not_grow_with_the_certificates(
    officers: Officers, app: Flask, arrange: Arrange
) -> None:
    def statements() -> int:
        with watching(app) as watched:
            visit(officers[0], CHECK)
        return len(watched.statements)

    few = statements()
    with arrange() as session:
        for _ in range(20):
            an_award(session, obtained_on=date(2026, 9, 1), valid_until=date(2028, 9, 1))
    assert statements() == few


def test_many_certificates_wait_for_the_job(
    officers: Officers,
    client: StrictClient,
    award: Award,
    issuing: Issuing,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("elearning.services.carry_out_change.AT_ONCE", 0)
    visit(officers[0], CHECK).form("Vraag aan").submit()
    done = visit(officers[1], ADDRESS).form("Voer het uit").submit()
    assert "De certificaten volgen binnen een uur." in done.text
    assert standing(client, award, issuing) == "Geldig"


def test_leaving_it_leaves_every_certificate(
    officers: Officers, client: StrictClient, award: Award, issuing: Issuing
) -> None:
    visit(officers[0], CHECK).form("Vraag aan").submit()
    left = visit(officers[1], ADDRESS).form("Laat het zoals het is").submit()
    assert "Alle certificaten blijven zoals ze zijn." in left.text
    assert standing(client, award, issuing) == "Geldig"


def test_where_every_certificate_keeps_its_end_there_is_nothing_to_ask(officers: Officers) -> None:
    page = visit(officers[0], CHECK)
    assert "Er valt niets aan te vragen" in page.text
    assert [each.action for each in page.forms] == [CHECK]  # the one that counts again


@pytest.mark.usefixtures("award")
def test_asking_twice_is_one_request(officers: Officers) -> None:
    visit(officers[0], CHECK).form("Vraag aan").submit()
    again = visit(officers[1], CHECK).form("Vraag aan").submit()
    assert "Er wacht al iets voor deze training." in again.text
    assert again.text.count("Aangevraagd door") == 1


def test_what_cannot_be_decided_is_not_there(officers: Officers) -> None:
    for asked in (f"{BASIS}/limit", f"{BASIS}/weg", "weg/extend"):
        assert officers[0].get(f"{ADDRESS}/vraag/{asked}").status_code == 404


class TestWithoutAVersion:
    """Content of which nothing changed."""

    @pytest.fixture
    def library(self, practice: Library) -> Library:
        trainings = {BASIS: practice.trainings[BASIS]}
        return replace(practice, trainings=trainings)

    def test_there_is_nothing_to_decide(self, officers: Officers) -> None:
        assert "Er is niets te besluiten." in visit(officers[0], ADDRESS).text
