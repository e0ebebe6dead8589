"""Signing in, out and away: what opens, what closes, and what nobody can find out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from werkzeug.test import TestResponse

from elearning.clock import SetClock
from elearning.config import Mode, Settings
from elearning.storage.people import Account
from tests.builders import PASSWORD, a_person, an_account
from tests.pages.page import Page, arrive, visit
from tests.pages.sign_in import SignInPage
from tests.web.conftest import Arrange, SignIn
from tests.web.strict_client import StrictClient

CLOSED_PAGE = "/"


def session_cookie(client: StrictClient) -> str:
    """Return the cookie as a thief would copy it."""
    cookie = client.get_cookie("session")
    assert cookie is not None
    return cookie.value


def replay(new_client: Callable[[], StrictClient], stolen: str) -> TestResponse:
    """Open a closed page in a fresh browser with a copied cookie."""
    thief = new_client()
    thief.set_cookie("session", stolen)
    return thief.get(CLOSED_PAGE)


def leads_to_sign_in(response: TestResponse) -> bool:
    """Say whether the answer is the way to the sign-in page."""
    location = response.location or ""
    return response.status_code == 303 and location.startswith("/inloggen")


def test_signing_in_leads_to_the_page_that_was_wanted(
    client: StrictClient, account: Account
) -> None:
    page = SignInPage.open(client, CLOSED_PAGE)
    assert page.page.address == "/inloggen?next=/"
    assert page.sign_in(account.sign_in_name, PASSWORD).address == CLOSED_PAGE


def test_the_page_is_neutral_and_waits_for_a_click(client: StrictClient) -> None:
    page = SignInPage.open(client).page
    assert page.heading == "Inloggen"
    assert not page.has_exit()
    assert "refresh" not in page.response.text


def test_the_sign_in_name_is_read_without_case_and_spaces(
    client: StrictClient, account: Account
) -> None:
    page = SignInPage.open(client)
    assert page.sign_in(f" {account.sign_in_name.upper()} ", PASSWORD).address == CLOSED_PAGE


@pytest.mark.parametrize(
    "next_address",
    [
        "//evil.example",
        "///evil.example",
        "////evil.example",
        "/\\evil.example",
        "/\\/evil.example",
        "\\\\evil.example",
        "https:evil.example",
        "https://evil.example",
        "javascript:alert(1)",
        " //evil.example",
        "/\t/evil.example",
        "/ok\r\nSet-Cookie: a=b",
        "",
    ],
)
def test_nobody_is_sent_elsewhere_after_signing_in(
    client: StrictClient, account: Account, next_address: str
) -> None:
    wanted = client.get("/inloggen", query_string={"next": next_address}).request.full_path
    page = SignInPage.open(client, wanted)
    assert page.send(account.sign_in_name, PASSWORD).location == "/"
    again = client.get("/inloggen", query_string={"next": next_address})
    assert again.location == "/"


def test_a_known_and_an_unknown_address_get_the_same_answer(
    new_client: Callable[[], StrictClient], account: Account
) -> None:
    answers = []
    for email in (account.sign_in_name, "nobody@instelling.example"):
        refused = SignInPage.open(new_client()).try_to_sign_in(email, "not the password")
        text = refused.page.response.text.replace(email, "…")
        token = refused.form.values["csrf_token"]
        answers.append((refused.error, text.replace(token, "…")))
    assert answers[0] == answers[1]
    assert answers[0][0] == "Dit e-mailadres en wachtwoord horen niet bij elkaar."


def test_a_form_without_a_password_names_the_field(client: StrictClient, account: Account) -> None:
    refused = SignInPage.open(client).try_to_sign_in(account.sign_in_name, "")
    assert refused.error == "Vul je wachtwoord in"
    assert refused.page.href("Vul je wachtwoord in") == "#password"
    assert refused.page.title.startswith("Fout: ")
    assert refused.form.values["email"] == account.sign_in_name
    assert refused.form.element.get("action", "").endswith("#foutoverzicht")


@pytest.mark.parametrize("email", ["known", "nobody@instelling.example"])
def test_guessing_ends_after_ten_tries_for_known_and_unknown_alike(
    client: StrictClient, account: Account, email: str, clock: SetClock
) -> None:
    name = account.sign_in_name if email == "known" else email
    page = SignInPage.open(client)
    for _ in range(10):
        page.try_to_sign_in(name, "not the password")
    closed = page.try_to_sign_in(name, PASSWORD, status=429)
    assert closed.error == "Probeer het over 15 minuten opnieuw."
    clock.instant += timedelta(minutes=15)
    assert page.send(name, PASSWORD).status_code == (303 if email == "known" else 422)


def test_a_form_without_its_token_signs_nobody_in(client: StrictClient, account: Account) -> None:
    sent = {"email": account.sign_in_name, "password": PASSWORD}
    assert client.post("/inloggen", data=sent).status_code == 400
    assert leads_to_sign_in(client.get(CLOSED_PAGE))


def test_a_form_whose_token_belongs_to_another_browser_signs_nobody_in(
    new_client: Callable[[], StrictClient], account: Account
) -> None:
    others_token = SignInPage.open(new_client()).form.values["csrf_token"]
    form = SignInPage.open(new_client()).form
    sent = form.send(email=account.sign_in_name, password=PASSWORD, csrf_token=others_token)
    assert sent.status_code == 400


def test_signing_in_starts_a_fresh_cookie(client: StrictClient, account: Account) -> None:
    page = SignInPage.open(client)
    before = session_cookie(client)
    page.sign_in(account.sign_in_name, PASSWORD)
    assert session_cookie(client) != before
    with client.session_transaction() as kept:
        assert "csrf_token" not in kept or kept["csrf_token"] not in before


class TestACopiedCookie:
    """A cookie that was captured while it was good is worth nothing after that."""

    def test_opens_the_page_as_long_as_its_owner_is_signed_in(
        self, signed_in: StrictClient, new_client: Callable[[], StrictClient]
    ) -> None:
        assert replay(new_client, session_cookie(signed_in)).status_code == 200

    def test_is_refused_after_signing_out(
        self, signed_in: StrictClient, new_client: Callable[[], StrictClient]
    ) -> None:
        stolen = session_cookie(signed_in)
        sign_out(signed_in)
        assert leads_to_sign_in(replay(new_client, stolen))

    def test_is_refused_after_signing_out_in_another_browser(
        self,
        signed_in: StrictClient,
        new_client: Callable[[], StrictClient],
        account: Account,
        sign_in: SignIn,
    ) -> None:
        stolen = session_cookie(signed_in)
        other = new_client()
        sign_in(other, account)
        sign_out(other)
        assert leads_to_sign_in(replay(new_client, stolen))

    def test_is_refused_after_leaving_quickly(
        self, signed_in: StrictClient, new_client: Callable[[], StrictClient]
    ) -> None:
        stolen = session_cookie(signed_in)
        leave(signed_in)
        assert leads_to_sign_in(replay(new_client, stolen))

    def test_is_refused_after_the_session_hours(
        self,
        signed_in: StrictClient,
        new_client: Callable[[], StrictClient],
        clock: SetClock,
        settings: Settings,
    ) -> None:
        stolen = session_cookie(signed_in)
        clock.instant += timedelta(hours=settings.session_hours)
        assert leads_to_sign_in(replay(new_client, stolen))

    def test_is_refused_after_its_owner_signed_out_and_in_again(
        self,
        signed_in: StrictClient,
        new_client: Callable[[], StrictClient],
        account: Account,
        sign_in: SignIn,
    ) -> None:
        stolen = session_cookie(signed_in)
        sign_out(signed_in)
        sign_in(signed_in, account)
        assert leads_to_sign_in(replay(new_client, stolen))

    def test_of_before_signing_in_opens_nothing_afterwards(
        self, client: StrictClient, new_client: Callable[[], StrictClient], account: Account
    ) -> None:
        page = SignInPage.open(client)
        stolen = session_cookie(client)
        page.sign_in(account.sign_in_name, PASSWORD)
        assert leads_to_sign_in(replay(new_client, stolen))

    def test_with_a_changed_letter_opens_nothing(
        self, signed_in: StrictClient, new_client: Callable[[], StrictClient]
    ) -> None:
        good = session_cookie(signed_in)
        bad = good[:20] + ("A" if good[20] != "A" else "B") + good[21:]
        assert leads_to_sign_in(replay(new_client, bad))

    def test_of_a_person_who_was_removed_opens_nothing(
        self,
        signed_in: StrictClient,
        new_client: Callable[[], StrictClient],
        account: Account,
        arrange: Arrange,
    ) -> None:
        stolen = session_cookie(signed_in)
        with arrange() as session:
            session.delete(session.get_one(Account, account.person_id).person)
        assert leads_to_sign_in(replay(new_client, stolen))


def test_signing_out_says_so_and_offers_the_way_back(signed_in: StrictClient) -> None:
    page = sign_out(signed_in)
    assert page.heading == "Je bent uitgelogd"
    assert page.follow("Opnieuw inloggen").address == "/inloggen"


def test_leaving_ends_the_session_and_goes_to_the_neutral_site(signed_in: StrictClient) -> None:
    response = leave(signed_in)
    assert response.status_code == 303
    assert response.location == "https://www.knmi.nl/"
    assert response.headers["Clear-Site-Data"] == '"cache"'
    assert response.headers["Cache-Control"] == "no-store"
    assert "form-action 'self' https://www.knmi.nl" in response.headers["Content-Security-Policy"]
    assert leads_to_sign_in(signed_in.get(CLOSED_PAGE))


def test_leaving_ends_this_browser_only(
    signed_in: StrictClient,
    new_client: Callable[[], StrictClient],
    account: Account,
    sign_in: SignIn,
) -> None:
    other = new_client()
    sign_in(other, account)
    leave(signed_in)
    assert other.get(CLOSED_PAGE).status_code == 200


def test_leaving_works_for_who_is_not_signed_in(client: StrictClient) -> None:
    page = visit(client, "/hulp")
    assert page.exit_form.send().location == "https://www.knmi.nl/"


def test_leaving_writes_no_line_in_the_log(
    signed_in: StrictClient, caplog: pytest.LogCaptureFixture
) -> None:
    form = visit(signed_in, CLOSED_PAGE).exit_form
    with caplog.at_level("DEBUG"):
        caplog.clear()
        form.send()
    assert not caplog.records


def test_reloading_the_exit_leads_away_too(client: StrictClient) -> None:
    assert client.get("/verlaat").location == "https://www.knmi.nl/"


def test_a_demo_offers_its_accounts(client: StrictClient) -> None:
    assert SignInPage.open(client).offered_accounts


def test_an_offered_account_signs_in_with_one_press(client: StrictClient, arrange: Arrange) -> None:
    page = SignInPage.open(client)
    email = page.offered_accounts[0]
    form = next(each for each in page.page.forms if each.values["email"] == email)
    with arrange() as session:
        an_account(
            session,
            person=a_person(session, name="Voorbeeld Persoon"),
            sign_in_name=email,
            password=form.values["password"],
        )
    assert page.use_offered_account(email).address == CLOSED_PAGE


class TestInProduction:
    """The settings of a real institution."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, mode=Mode.PRODUCTION, base_url="https://localhost")

    def test_no_account_is_offered(self, client: StrictClient) -> None:
        page = SignInPage.open(client)
        assert page.offered_accounts == []
        assert "voorbeeld" not in page.page.text.lower()

    def test_the_cookie_insists_on_tls_and_on_this_host(self, client: StrictClient) -> None:
        response = client.get("/inloggen", base_url="https://localhost")
        cookie = response.headers["Set-Cookie"]
        assert cookie.startswith("__Host-session=")
        assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= set(cookie.split("; "))
        assert response.headers["Strict-Transport-Security"].startswith("max-age=63072000")


def test_a_request_for_another_host_is_refused(client: StrictClient) -> None:
    assert client.get("/inloggen", headers={"Host": "evil.example"}).status_code == 400


def test_the_other_language_of_a_missing_page_is_still_on_this_site(client: StrictClient) -> None:
    response = client.get("/", environ_overrides={"PATH_INFO": "//evil.example/?x"})
    page = arrive(client, response, status=404)
    assert page.href("English") == "/evil.example/%3Fx?lang=en"


@pytest.mark.parametrize(
    "database_kind", [pytest.param("sqlite", marks=pytest.mark.sqlite)], indirect=True
)
def test_the_file_of_the_database_holds_neither_token_nor_address_of_who_tried(
    signed_in: StrictClient, settings: Settings, account: Account
) -> None:
    SignInPage.open(signed_in, "/uitgelogd")
    with signed_in.session_transaction() as kept:
        token = kept["token"]
    path = Path(settings.database_url.removeprefix("sqlite:///"))
    written = path.read_bytes() + path.with_name(path.name + "-wal").read_bytes()
    assert account.sign_in_name.encode() in written
    assert token.encode() not in written
    assert b"127.0.0" not in written


def sign_out(client: StrictClient) -> Page:
    """Press the button in the account menu."""
    page = visit(client, CLOSED_PAGE)
    return next(each for each in page.all_forms if each.action == "/uitloggen").submit()


def leave(client: StrictClient) -> TestResponse:
    """Press the quick exit."""
    return visit(client, CLOSED_PAGE).exit_form.send()
