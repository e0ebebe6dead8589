"""With a person: an adviser prints codes, a learner uses one, and nobody can tell afterwards."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from sqlalchemy import select

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.learning.training_code import make_code
from elearning.services.publish_content import publish_content
from elearning.services.training_codes import BATCHES, PER_PERSON
from elearning.storage.audit import AuditEntry
from elearning.storage.completion import Award
from elearning.storage.people import Account, Role
from elearning.storage.training_code import TrainingCode
from tests.builders import a_person, a_role, an_account, an_obligation
from tests.pages.html import elements, words
from tests.pages.learner import HomePage
from tests.pages.page import Form, Page, visit
from tests.practice_content import ADVISER, BASIS, CHECK_ONLY
from tests.web.conftest import Arrange, SignIn
from tests.web.strict_client import StrictClient

NewClient = Callable[[], StrictClient]
NEVER_PRINTED = str(make_code(b"never printed"))
REFUSED = "We kunnen deze code niet gebruiken."


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    """Return the miniature content."""
    return practice


@pytest.fixture
def account(arrange: Arrange, library: Library, clock: SetClock) -> Account:
    """Return the account of Noor de Wit, who must hold the basis."""
    with arrange() as session:
        publish_content(session, library=library, clock=clock)
        person = a_person(session)
        an_obligation(session, person=person, training_id=BASIS)
        return an_account(session, person=person)


@pytest.fixture
def adviser(arrange: Arrange, new_client: NewClient, sign_in: SignIn) -> StrictClient:
    """Return the browser of a confidential adviser, with a training of their own."""
    with arrange() as session:
        person = a_person(session, name="Samira el Khatib")
        a_role(session, person=person, role=Role.ADVISER)
        an_obligation(session, person=person, training_id=ADVISER)
        account = an_account(session, person=person)
    client = new_client()
    sign_in(client, account)
    return client


def printed(page: Page) -> list[str]:
    """Return the codes on a page."""
    return [words(each) for each in elements(page.root, "code")]


def a_batch(adviser: StrictClient, training: str = BASIS, number: int = 3) -> list[str]:
    form = visit(adviser, "/codes").form("Maak de codes")
    return printed(form.submit(training=training, number=str(number)))


def code_form(client: StrictClient) -> Form:
    return visit(client, "/anders").form("Gebruik deze code")


class TestPrinting:
    """A batch without names, shown once."""

    def test_a_batch_has_as_many_codes_as_asked_and_each_is_another(
        self, adviser: StrictClient
    ) -> None:
        codes = a_batch(adviser, number=20)
        assert len(set(codes)) == 20
        assert all(len(each) == 19 for each in codes)

    def test_each_slip_says_what_it_is_for_and_until_when(self, adviser: StrictClient) -> None:
        form = visit(adviser, "/codes").form("Maak de codes")
        page = form.submit(training=BASIS, number="1")
        slip = next(each for each in elements(page.root, "li") if each.get("class") == "card")
        assert words(slip).startswith("De basis")
        assert "http://localhost/anders, tot en met 29 augustus 2027" in words(slip)
        assert "Noor" not in page.text

    def test_opening_the_page_again_shows_no_code(self, adviser: StrictClient) -> None:
        (code,) = a_batch(adviser, number=1)
        assert code not in visit(adviser, "/codes").text

    def test_a_training_of_ones_own_is_not_offered(self, adviser: StrictClient) -> None:
        form = visit(adviser, "/codes").form("Maak de codes")
        assert ADVISER not in form.offered("training")
        assert BASIS in form.offered("training")
        refused = form.submit(training=ADVISER, number="1", status=422)
        assert printed(refused) == []

    @pytest.mark.parametrize("number", ["0", "51", "-1", "veel", ""])
    def test_a_number_that_does_not_fit_is_said(self, adviser: StrictClient, number: str) -> None:
        form = visit(adviser, "/codes").form("Maak de codes")
        page = form.submit(training=BASIS, number=number, status=422)
        assert "Kies een heel getal van 1 tot en met 50" in page.text

    def test_the_menu_leads_there_for_advisers_only(
        self, adviser: StrictClient, signed_in: StrictClient
    ) -> None:
        assert visit(adviser, "/").href("Codes") == "/codes"
        assert "/codes" not in [href for _, href in visit(signed_in, "/").links]
        visit(signed_in, "/codes", status=404)

    def test_batches_are_limited_in_a_day(self, adviser: StrictClient) -> None:
        form = visit(adviser, "/codes").form("Maak de codes")
        for _ in range(BATCHES.tries):
            form.submit(training=BASIS, number="1")
        form.submit(training=BASIS, number="1", status=429)


class TestUsing:
    """The same award, at once."""

    def test_a_code_gives_the_certificate(
        self, adviser: StrictClient, signed_in: StrictClient
    ) -> None:
        (code,) = a_batch(adviser, number=1)
        page = code_form(signed_in).submit(code=code.lower().replace("-", " "))
        assert page.address == "/"
        assert "Je certificaat staat klaar" in page.response.text
        home = HomePage.open(signed_in)
        assert {task.status for task in home.tasks} == {"Voldaan"}
        assert "Noor de Wit" in home.page.follow("Open je certificaat").text

    def test_whatever_is_wrong_with_it_the_answer_is_the_same(
        self, adviser: StrictClient, signed_in: StrictClient, arrange: Arrange
    ) -> None:
        (elsewhere,) = a_batch(adviser, CHECK_ONLY, 1)
        answers = set()
        for code in (elsewhere, NEVER_PRINTED, "ABCD"):
            page = code_form(signed_in).submit(code=code, status=422)
            assert REFUSED in page.text
            answers.add(page.text)
        assert len(answers) == 1
        with arrange() as session:
            assert session.scalars(select(Award)).all() == []
            assert len(session.scalars(select(TrainingCode)).all()) == 1

    def test_a_used_code_is_refused_as_one_that_never_was(
        self,
        adviser: StrictClient,
        signed_in: StrictClient,
        new_client: NewClient,
        arrange: Arrange,
        sign_in: SignIn,
    ) -> None:
        (code,) = a_batch(adviser, number=1)
        code_form(signed_in).submit(code=code)
        with arrange() as session:
            person = a_person(session, name="Sam Vreemd")
            an_obligation(session, person=person, training_id=BASIS)
            other = an_account(session, person=person)
        client = new_client()
        sign_in(client, other)
        used = code_form(client).submit(code=code, status=422)
        unknown = code_form(client).submit(code=NEVER_PRINTED, status=422)
        assert used.text == unknown.text

    def test_nothing_typed_is_asked_for(self, signed_in: StrictClient) -> None:
        page = code_form(signed_in).submit(code="", status=422)
        assert "Vul de code in" in page.text
        assert page.title.startswith("Fout:")

    def test_trying_often_is_stopped_and_the_count_is_kept(
        self, adviser: StrictClient, signed_in: StrictClient, clock: SetClock
    ) -> None:
        (code,) = a_batch(adviser, number=1)
        for _ in range(PER_PERSON.tries):
            code_form(signed_in).submit(code=NEVER_PRINTED, status=422)
        page = code_form(signed_in).submit(code=code, status=429)
        assert "Probeer het over een uur opnieuw." in page.text
        clock.instant += PER_PERSON.window - (PER_PERSON.window / 60)
        code_form(signed_in).submit(code=code, status=429)

    def test_who_is_not_signed_in_is_led_to_do_so(self, client: StrictClient) -> None:
        page = visit(client, "/anders")
        assert page.href("Log in om een code te gebruiken") == "/inloggen?next=/anders"

    def test_using_one_leaves_no_line_in_the_log(
        self, adviser: StrictClient, signed_in: StrictClient, caplog: pytest.LogCaptureFixture
    ) -> None:
        (code,) = a_batch(adviser, number=1)
        form = code_form(signed_in)
        caplog.clear()
        with caplog.at_level(logging.DEBUG):
            form.send(code=code)
        assert [each for each in caplog.records if each.name.startswith("elearning")] == []

    def test_the_audit_log_says_the_same_as_for_every_award(
        self, adviser: StrictClient, signed_in: StrictClient, arrange: Arrange
    ) -> None:
        (code,) = a_batch(adviser, number=1)
        code_form(signed_in).submit(code=code)
        with arrange() as session:
            award = session.scalars(select(Award)).one()
            said = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        about = [each for each in said if each.subject_id == award.id]
        assert {str(each.kind) for each in about} == {"award_given", "certificate_issued"}
        assert {each.actor_id for each in about} == {None}
