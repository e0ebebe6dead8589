"""What somebody types, chooses or leaves by is found nowhere but where it must be.

The address of a certificate's code is that code, and the name that HR looks for stands in the
address of a list: those are looked up, not confided. Everything else is sent in a body.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from elearning.clock import SetClock
from elearning.config import Settings
from elearning.content.library import Library
from elearning.services import play_scenario
from elearning.services.publish_content import publish_content
from elearning.storage.engine import begin_reading
from elearning.storage.models import Base
from elearning.storage.people import Account, Role
from tests.pages.html import elements, parse
from tests.pages.learner import EndPage, TurnPage, begin
from tests.pages.page import TYPED, Form, Page, arrive, visit
from tests.practice_content import MODULE_ID, TALK, practice_library
from tests.web.conftest import Arrange, SignIn
from tests.web.every_route import Settler, World, all_calls, browser_of
from tests.web.strict_client import StrictClient

NewClient = Callable[[], StrictClient]
CANARY = "Kanarie-7Q4W-in-de-mijn"
ENDINGS = {"/gegevens/vergeten", "/uitloggen", "/verlaat"}
IN_AN_ADDRESS_BY_DESIGN = {"/v"}
# Options with names that stand nowhere else, so that they can be looked for everywhere.
CHOICES = {
    "ruimte": "kanariegeel",
    "kort": "kanariegroen",
    "verder": "kanariezwart",
    "wijzen": "kanariewit",
}
TELLING = (*CHOICES.values(), CANARY, "kanarie")


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    changes = {f"- id: {old}": f"- id: {new}" for old, new in CHOICES.items()}
    return practice_library(tmp_path_factory.mktemp("canary") / "content", changes=changes)


@pytest.fixture(autouse=True)
def log(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    """Listen to every logger there is, from before the application is made.

    SQLAlchemy says each statement at INFO; at DEBUG it says each row, which no setting asks for.
    """
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy.pool", "werkzeug", "elearning"):
        caplog.set_level(logging.DEBUG, logger=name)
    caplog.set_level(logging.INFO, logger="sqlalchemy.engine")
    return caplog


@pytest.fixture
def world(arrange: Arrange, library: Library, clock: SetClock, settings: Settings) -> World:
    with arrange() as session:
        return Settler(session, library, clock, settings.secret_key).world()


@pytest.fixture
def browser(world: World, new_client: NewClient) -> FlaskClient:
    """Return the browser of a learner."""
    return browser_of(new_client(), world.people[Role.LEARNER])


@dataclass(frozen=True, slots=True)
class Sent:
    """A form that was sent with a canary in it, and the answer."""

    action: str
    response: TestResponse


def told_by(response: TestResponse) -> str:
    """Return everything that an answer tells besides its page: addresses and cookies."""
    cookies = " ".join(response.headers.getlist("Set-Cookie"))
    return unquote(f"{response.location or ''} {response.request.full_path} {cookies}").lower()


def kept_in(client: FlaskClient) -> str:
    """Return what the cookie of a browser says once it is opened."""
    with client.session_transaction() as kept:
        return repr(dict(kept)).lower()


def posting_forms(app: Flask, world: World, client: FlaskClient) -> Iterator[Form]:
    """Yield each form of the site that is sent in a body, once per address and fields."""
    seen: set[tuple[str, frozenset[str]]] = set()
    for call in all_calls(app, world, world.people[Role.LEARNER]):
        if call.method != "GET":
            continue
        answer = client.get(call.path, buffered=True)
        if answer.mimetype != "text/html" or answer.status_code != HTTPStatus.OK:
            continue
        for form in Page(client, answer, parse(answer.text)[0]).all_forms:
            key = (form.action, frozenset(fields_of(form)))
            if form.element.get("method") == "post" and key not in seen:
                seen.add(key)
                yield form


def fields_of(form: Form) -> list[str]:
    """Return the names of the fields that carry what somebody enters."""
    named = [
        each.get("name", "")
        for each in elements(form.element, "input", "textarea", "select")
        if each.get("type", "text") in {*TYPED, "radio", "checkbox"}
    ]
    return sorted({name for name in named if name} - {"csrf_token"})


def send_canaries(app: Flask, world: World, new_client: NewClient) -> Iterator[Sent]:
    """Send every form with a canary in every field; each from a browser that is signed in."""
    seen_signed_out = posting_forms(app, world, new_client())
    seen = posting_forms(app, world, browser_of(new_client(), world.people[Role.LEARNER]))
    # What ends the session or the runs comes last: all the others need them.
    for form in sorted([*seen_signed_out, *seen], key=lambda form: form.action in ENDINGS):
        own = browser_of(new_client(), world.people[Role.LEARNER], spare=True)
        token = visit(own, "/pauze").exit_form.values["csrf_token"]
        data = {**dict.fromkeys(fields_of(form), CANARY), "csrf_token": token}
        yield Sent(form.action, own.post(form.action, data=data, buffered=True))


def test_what_is_typed_into_any_form_is_in_no_log_no_address_and_no_cookie(
    app: Flask, world: World, new_client: NewClient, log: pytest.LogCaptureFixture
) -> None:
    sent = list(send_canaries(app, world, new_client))
    turn = f"/oefenen/{TALK}/{world.people[Role.LEARNER].attempt_id}/2"
    statuses = {each.action: each.response.status_code for each in sent}
    assert {"/inloggen", "/v", "/weergave", *ENDINGS} <= set(statuses)
    assert statuses[turn] == statuses[f"/onderdeel/{MODULE_ID}/vraag"] == 422
    for each in sent:
        assert each.response.status_code < 500, each.action
        if each.action not in IN_AN_ADDRESS_BY_DESIGN:
            assert CANARY.lower() not in told_by(each.response), each.action
    assert "POST /inloggen" in log.text
    assert CANARY.lower() not in log.text.lower()


def test_no_choice_is_in_a_log_an_address_or_a_cookie(
    browser: FlaskClient, log: pytest.LogCaptureFixture
) -> None:
    log.clear()
    turn = begin(browser, TALK)
    assert turn.number == 2
    again = EndPage(turn.play("kanariezwart", "kanariewit")).start_again()
    first = again.form.send(choice="kanariegeel")
    second = TurnPage(arrive(browser, first)).form.send(choice="kanariewit")
    practice = TurnPage.open(browser, f"{again.run}/1").form.send(choice="kanariegroen")
    for response in (first, second, practice):
        assert response.status_code == 303
        assert "kanarie" not in told_by(response)
    assert "kanarie" not in kept_in(browser)
    assert "POST /oefenen/<scenario_id>/<uuid:attempt_id>/<int:turn>" in log.text
    assert not any(word in log.text.lower() for word in TELLING)


def test_a_choice_that_meets_an_error_of_ours_is_in_no_log(
    browser: FlaskClient, log: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_args: object, **named: object) -> None:
        raise RuntimeError(f"cannot take {named}")

    turn = begin(browser, TALK)
    monkeypatch.setattr(play_scenario, "choose", fails)
    monkeypatch.setattr(play_scenario, "insert_if_absent", fails)
    page = turn.choose(CANARY, status=500)
    assert page.response.status_code == 500
    assert "Traceback" in log.text or "RuntimeError" in log.text
    assert CANARY.lower() not in log.text.lower()
    monkeypatch.undo()
    assert TurnPage.open(browser, turn.address).number == turn.number


def test_nothing_that_was_refused_is_stored(
    app: Flask, world: World, new_client: NewClient, arrange: Arrange
) -> None:
    list(send_canaries(app, world, new_client))
    assert CANARY.lower() not in repr(everything_stored(arrange)).lower()


def test_leaving_in_mid_conversation_ends_the_session_and_leaves_nothing_else(
    arrange: Arrange,
    account: Account,
    signed_in: StrictClient,
    sign_in: SignIn,
    library: Library,
    clock: SetClock,
    log: pytest.LogCaptureFixture,
) -> None:
    with arrange() as session:
        publish_content(session, library=library, clock=clock)
    turn = begin(signed_in, TALK)
    before = row_counts(arrange)
    log.clear()
    response = turn.page.exit_form.send()
    visit(signed_in, "/pauze")
    visit(signed_in, "/hulp")
    visit(signed_in, "/anders")
    assert response.status_code == 303
    assert [record for record in log.records if record.name.startswith("elearning")] == []
    assert row_counts(arrange) == {**before, "signed_in_session": before["signed_in_session"] - 1}
    assert visit(signed_in, turn.address).response.request.path == "/inloggen"
    sign_in(signed_in, account)
    assert TurnPage.open(signed_in, turn.address).number == turn.number


def row_counts(arrange: Arrange) -> dict[str, int]:
    """Return the number of rows per table."""
    with arrange() as session:
        begin_reading(session)
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0
            for table in Base.metadata.sorted_tables
        }


def everything_stored(arrange: Arrange) -> list[tuple[Any, ...]]:
    """Return every row of every table."""
    with arrange() as session:
        begin_reading(session)
        return [
            tuple(row)
            for table in Base.metadata.sorted_tables
            for row in session.execute(select(table))
        ]
