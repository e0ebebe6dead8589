"""A training done elsewhere in the browser: asked, looked over, sent, decided, and told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from http import HTTPStatus
from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.services.publish_content import publish_content
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.completion import Award, AwardKind
from elearning.storage.people import Account, Person, Role
from elearning.storage.prior_learning import PriorLearning
from tests.builders import a_person, a_request, a_role, an_account, an_obligation
from tests.pages.page import Page, arrive, visit
from tests.practice_content import BASIS
from tests.web.conftest import Arrange, SignIn
from tests.web.learner.test_statements import watching
from tests.web.strict_client import StrictClient

LINK = "Ik heb al een vergelijkbare training gedaan"
PDF = b"%PDF-1.7 a certificate"
# Larger files would be sent by way of a file of the test client, which it does not close.
SMALL = 50_000
NAME = "mijn-geheime-naam.pdf"
CHOSEN = {"welke": "other-institution", "dag": "2026-10-05"}
NewClient = Callable[[], StrictClient]


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    return practice


@pytest.fixture
def noor(
    arrange: Arrange, library: Library, clock: SetClock, account: Account, signed_in: StrictClient
) -> StrictClient:
    """Return the browser of Noor de Wit, who must hold the basic training."""
    with arrange() as session:
        publish_content(session, library=library, clock=clock)
        an_obligation(session, person=session.get_one(Person, account.person_id), training_id=BASIS)
    return signed_in


@pytest.fixture
def officer(arrange: Arrange, new_client: NewClient, sign_in: SignIn) -> StrictClient:
    with arrange() as session:
        person = a_person(session, name="Wouter Hendriks")
        a_role(session, person=person, role=Role.HR_CENTRAL)
        hr = an_account(session, person=person)
        session.refresh(hr)
    client = new_client()
    sign_in(client, hr)
    return client


def fill(client: StrictClient, content: bytes = PDF, **fields: str) -> Page:
    """Fill in the question with a file, and go where that leads."""
    form = visit(client, "/eerder-gedaan").form("Controleer")
    data = {**form.values, **CHOSEN, **fields, "bestand": (BytesIO(content), NAME)}
    answer = client.post(form.action, data=data, content_type="multipart/form-data")
    status = 200 if answer.status_code == HTTPStatus.SEE_OTHER else answer.status_code
    return arrive(client, answer, status=status)


def ask(client: StrictClient) -> Page:
    return fill(client).form("Verstuur").submit()


def decide(officer: StrictClient, answer: str, button: str) -> Page:
    """Open the request that waits, choose, look it over, and decide."""
    one = visit(officer, "/hr/eerder-gedaan").follow("Noor de Wit")
    return one.form("Controleer").submit(besluit=answer).form(button).submit()


def kinds(arrange: Arrange) -> list[AuditKind | None]:
    with arrange() as session:
        return [*session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number))]


def test_the_home_page_and_that_of_other_ways_lead_to_the_question(noor: StrictClient) -> None:
    assert visit(noor, "/").follow(LINK).heading == LINK
    assert visit(noor, "/anders").follow(LINK).heading == LINK


def test_what_is_filled_in_is_looked_over_before_it_is_sent(
    noor: StrictClient, officer: StrictClient
) -> None:
    check = fill(noor)
    assert check.heading == "Controleer je verzoek"
    assert "5 oktober 2026" in check.text
    assert "Er is nu geen aanvraag." in visit(officer, "/hr/eerder-gedaan").text
    waiting = check.form("Verstuur").submit()
    assert waiting.heading == "Je verzoek wacht"
    assert "wacht op HR, sinds 3 maart 2027" in visit(noor, "/").text


@pytest.mark.parametrize(
    ("evidence", "fields", "message"),
    [
        (b"<svg/>", {}, "Dit is geen PDF-, PNG- of JPEG-bestand"),
        (b"%PDF-" + b" " * SMALL, {}, "Dit bestand is groter dan 2 MB"),
        (PDF, {"dag": ""}, "Vul een dag in"),
        (PDF, {"dag": "2027-03-04"}, "Deze dag is nog niet geweest"),
        (PDF, {"dag": "2020-01-01"}, "Dit is te lang geleden"),
        (PDF, {"welke": "iets"}, "Kies een training"),
    ],
    ids=["no file of these", "too large", "no day", "ahead", "long ago", "not on the list"],
)
def test_what_does_not_fit_is_said_and_not_kept(
    noor: StrictClient,
    arrange: Arrange,
    monkeypatch: pytest.MonkeyPatch,
    evidence: bytes,
    fields: dict[str, str],
    message: str,
) -> None:
    monkeypatch.setattr("elearning.web.prior.form.LARGEST_BYTES", SMALL)
    page = fill(noor, evidence, **fields)
    assert page.response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert message in page.text
    with arrange() as session:
        assert session.scalars(select(PriorLearning)).all() == []


def test_it_can_be_taken_back_while_it_waits(noor: StrictClient, officer: StrictClient) -> None:
    home = ask(noor).form("Trek het in").submit()
    assert "Het verzoek is verwijderd, en een bestand ook." in home.text
    assert "Er is nu geen aanvraag." in visit(officer, "/hr/eerder-gedaan").text


def test_both_get_the_file_to_save_without_its_name(
    noor: StrictClient, officer: StrictClient, arrange: Arrange
) -> None:
    ask(noor)
    one = visit(officer, "/hr/eerder-gedaan").follow("Noor de Wit")
    for client, path in (
        (noor, "/eerder-gedaan/bestand"),
        (officer, one.href("Sla het bestand op om het te bekijken")),
    ):
        answer = client.get(path, buffered=True)
        assert answer.data == PDF
        assert answer.headers["Content-Disposition"] == 'attachment; filename="bestand.pdf"'
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.content_type == "application/pdf"
    assert kinds(arrange)[-1] is AuditKind.PRIOR_FILE_OPENED
    looks = visit(noor, "/wat-ziet-hr").text
    assert "Bekeek je verzoek over een eerdere training" in looks
    assert "Opende het bestand bij dat verzoek" in looks


def test_an_approval_gives_a_certificate_and_says_so_at_home(
    noor: StrictClient, officer: StrictClient, arrange: Arrange
) -> None:
    ask(noor)
    done = decide(officer, "telt-mee", "Laat meetellen")
    assert "Het telt mee." in done.text
    assert "Er is nu geen aanvraag." in done.text
    with arrange() as session:
        award = session.scalars(select(Award)).one()
        assert (award.kind, award.obtained_on) == (AwardKind.EQUIVALENT, date(2026, 10, 5))
        assert session.scalars(select(PriorLearning)).all() == []
    home = visit(noor, "/")
    assert "HR heeft naar je eerdere training gekeken. Die telt mee." in home.text
    assert "elders" not in home.follow("Open je certificaat").text.lower()


def test_a_refusal_says_why_at_home_and_lets_one_ask_again(
    noor: StrictClient, officer: StrictClient
) -> None:
    ask(noor)
    assert "afgewezen" in decide(officer, "not_shown", "Wijs af").text
    home = visit(noor, "/")
    assert "Die telt hier niet mee. Reden: het blijkt niet uit het bestand" in home.text
    assert home.follow(LINK).heading == LINK


def test_on_ones_own_request_a_colleague_has_to_decide(
    noor: StrictClient, arrange: Arrange, account: Account
) -> None:
    ask(noor)
    with arrange() as session:
        a_role(session, person=session.get_one(Person, account.person_id), role=Role.HR_CENTRAL)
    own = visit(noor, "/hr/eerder-gedaan").follow("Noor de Wit")
    assert "Dit is je eigen verzoek, dus een collega moet besluiten." in own.text
    assert own.forms == []
    assert visit(noor, f"{own.address}/controle?besluit=telt-mee").address == own.address
    with arrange() as session:
        assert session.scalars(select(Award)).all() == []


def test_the_number_of_statements_does_not_grow_with_the_requests(
    officer: StrictClient, app: Flask, arrange: Arrange
) -> None:
    def statements() -> int:
        with watching(app) as watched:
            visit(officer, "/hr/eerder-gedaan")
        return len([each for each in watched.statements if "audit" not in str(each)])

    with arrange() as session:
        a_request(session)
    few = statements()
    with arrange() as session:
        for _ in range(20):
            a_request(session)
    assert statements() == few
