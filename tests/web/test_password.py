"""Choosing a password with a link, and changing one's own: what opens, closes and is counted."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.services.choose_password import LINKS
from elearning.services.invite_account import VALID, invite
from elearning.services.sign_in import PER_ACCOUNT
from elearning.storage.people import Account, Person
from tests.builders import PASSWORD, a_person, an_appointment
from tests.pages.page import visit
from tests.pages.password import NEW, PasswordPage
from tests.pages.sign_in import SignInPage
from tests.web.conftest import Arrange, SignIn
from tests.web.strict_client import StrictClient

NewClient = Callable[[], StrictClient]
EASY = "welkom123456"
NO_MORE = "Deze link werkt niet meer. Vraag om een nieuwe."


def make_link(session: Session, person: Person, clock: SetClock, *, again: bool = False) -> str:
    """Return the code of a new link."""
    number = person.external_id
    return invite(session, number=number, sign_in_name=None, again=again, clock=clock).code


@pytest.fixture
def noor(arrange: Arrange) -> Person:
    """Return somebody who works here and has no account."""
    with arrange() as session:
        person = a_person(session)
        an_appointment(session, person=person)
        return person


@pytest.fixture
def code(arrange: Arrange, noor: Person, clock: SetClock) -> str:
    with arrange() as session:
        return make_link(session, noor, clock)


def test_a_link_leads_to_the_sign_in_page_and_in(
    client: StrictClient, noor: Person, code: str
) -> None:
    page = PasswordPage.by_link(client).choose(code)
    assert page.address == "/inloggen"
    assert "Je wachtwoord is ingesteld. Log ermee in." in page.text
    assert SignInPage(page).sign_in(str(noor.email), NEW).address == "/"


def test_the_page_is_neutral_and_says_of_no_link_whether_it_works(client: StrictClient) -> None:
    page = PasswordPage.by_link(client).page
    assert page.heading == "Kies een wachtwoord"
    assert not page.has_exit()
    assert page.response.headers["Cache-Control"] == "no-store"


def test_the_whole_link_may_be_pasted(client: StrictClient, code: str) -> None:
    pasted = f" http://localhost/inloggen/wachtwoord?lang=nl#{code} "
    assert PasswordPage.by_link(client).choose(pasted).address == "/inloggen"


def test_who_was_signed_in_in_this_browser_no_longer_is(signed_in: StrictClient, code: str) -> None:
    PasswordPage.by_link(signed_in).choose(code)
    assert visit(signed_in, "/").address.startswith("/inloggen")


@pytest.mark.parametrize("why", ["unknown", "used", "expired", "replaced"])
def test_a_link_that_does_not_work_gets_one_answer_whatever_the_reason(
    client: StrictClient,
    new_client: NewClient,
    arrange: Arrange,
    noor: Person,
    code: str,
    clock: SetClock,
    why: str,
) -> None:
    if why == "used":
        PasswordPage.by_link(new_client()).choose(code)
    elif why == "expired":
        clock.instant += VALID
    elif why == "replaced":
        with arrange() as session:
            make_link(session, session.get_one(Person, noor.id), clock, again=True)
    sent = "a guess" if why == "unknown" else code
    page = PasswordPage.by_link(client).try_in_vain(code=sent)
    assert page.error == NO_MORE
    assert sent not in page.page.response.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"password": "kort"}, "Gebruik minstens 12 tekens"),
        ({"password": EASY}, "Dit is makkelijk te raden."),
        ({"password": "noor de wit 2026"}, "Dit is makkelijk te raden."),
        ({"again": "iets anders dan dat"}, "Dit is niet hetzelfde als het nieuwe wachtwoord"),
        ({"password": ""}, "Vul een nieuw wachtwoord in"),
        ({"password": f"{NEW} " * 50}, "Dit is te lang voor een wachtwoord"),
    ],
)
def test_a_password_that_cannot_be_used_leaves_the_link_good(
    client: StrictClient, code: str, typed: dict[str, str], said: str
) -> None:
    page = PasswordPage.by_link(client).try_in_vain(status=422, code=code, **typed)
    assert page.error.startswith(said)
    assert page.page.title.startswith("Fout: ")
    assert page.form.values["code"] == code
    assert page.form.values["password"] == ""
    assert page.choose(code).address == "/inloggen"


def test_tries_are_counted_although_they_are_refused(client: StrictClient, code: str) -> None:
    page = PasswordPage.by_link(client)
    for _ in range(LINKS.tries):
        page = page.try_in_vain(code="a guess")
    closed = page.try_in_vain(code=code, status=429)
    assert closed.error == "Probeer het over 15 minuten opnieuw."


def test_a_form_without_its_token_sets_no_password(client: StrictClient, code: str) -> None:
    sent = {"code": code, "password": NEW, "again": NEW}
    assert client.post("/inloggen/wachtwoord", data=sent).status_code == 400
    assert PasswordPage.by_link(client).choose(code).address == "/inloggen"


def test_no_log_has_the_code_or_the_password(
    client: StrictClient, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.set_level(logging.INFO, logger="sqlalchemy.engine")
    page = PasswordPage.by_link(client).try_in_vain(code=code, password=EASY)
    page.choose(code)
    assert "POST /inloggen/wachtwoord" in caplog.text
    assert not any(each in caplog.text for each in (code, NEW, EASY))


class TestChangingOnesOwn:
    """Under the account menu."""

    def test_this_browser_stays_and_others_are_signed_out(
        self, signed_in: StrictClient, new_client: NewClient, account: Account, sign_in: SignIn
    ) -> None:
        other, before = new_client(), signed_in.get_cookie("session")
        sign_in(other, account)
        page = visit(signed_in, "/").follow("Wachtwoord wijzigen")
        page = PasswordPage(page).change(PASSWORD)
        assert "Je wachtwoord is gewijzigd." in page.text
        assert visit(signed_in, "/").address == "/"
        assert visit(other, "/").address.startswith("/inloggen")
        thief = new_client()
        assert before is not None
        thief.set_cookie("session", before.value)
        assert visit(thief, "/").address.startswith("/inloggen")
        assert SignInPage.open(other).sign_in(account.sign_in_name, NEW).address == "/"

    def test_another_password_of_now_is_refused_and_counted(self, signed_in: StrictClient) -> None:
        page = PasswordPage.own(signed_in)
        for _ in range(PER_ACCOUNT.tries):
            page = page.try_in_vain(current="a guess")
            assert page.error == "Dit is niet je huidige wachtwoord."
        closed = page.try_in_vain(current=PASSWORD, status=429)
        assert closed.error == "Probeer het over 15 minuten opnieuw."

    def test_an_easy_one_is_refused(self, signed_in: StrictClient) -> None:
        page = PasswordPage.own(signed_in)
        page = page.try_in_vain(current=PASSWORD, password=EASY)
        assert page.error.startswith("Dit is makkelijk te raden.")
        assert page.form.values["current"] == ""

    def test_who_is_not_signed_in_is_led_to_the_door(self, client: StrictClient) -> None:
        assert visit(client, "/wachtwoord").address == "/inloggen?next=/wachtwoord"
