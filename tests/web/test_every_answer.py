"""What holds for every answer, whoever asks: headers, cookies, and no write by a GET."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, event, select
from werkzeug.test import TestResponse

from elearning.clock import SetClock
from elearning.config import Mode, Settings
from elearning.content.library import Library
from elearning.storage.engine import begin_reading
from elearning.storage.models import Base
from elearning.storage.people import Role
from elearning.web.extensions import db
from elearning.web.factory import create_app
from tests.web.conftest import Arrange
from tests.web.every_route import (
    FIGURES_ONLY,
    FILES,
    HR_LISTS,
    QUALITY_LISTS,
    Settler,
    World,
    all_calls,
    browser_of,
)
from tests.web.strict_client import StrictClient

NewClient = Callable[[], StrictClient]
TWO_YEARS = "max-age=63072000; includeSubDomains"
# The one thing that is counted by looking: guesses of codes, in a table without addresses.
# Look-ups are counted, and who reads names or takes figures along stands in the log.
LOGGED = {"audit_entry", "audit_head"}
WRITES_WHAT_WAS_READ = {
    "verify.show": {"throttle"},
    "verify.badge": {"throttle"},
    "assignment.check": LOGGED,
    "people_list.check": LOGGED,
    "access.overview": LOGGED,
    "access.check": LOGGED,
    **{f"exemptions.{step}": LOGGED for step in ("who", "why", "check", "end")},
    **{f"give_role.{step}": LOGGED for step in ("role", "over", "check")},
    "withdrawal.overview": LOGGED,
    "elsewhere.overview": LOGGED,
    "elsewhere.show": LOGGED,
    "elsewhere.evidence": LOGGED,
    "elsewhere.check": LOGGED,
    "files.download": LOGGED,
    "roster.changes": LOGGED,
    "reminders.show": LOGGED,
    **{f"access.{kind}": LOGGED for kind in FILES},
    **{f"quality.{page}": LOGGED for page in QUALITY_LISTS},
    **{page: LOGGED for page in HR_LISTS if page not in FIGURES_ONLY},
    **{f"{page}_{kind}": LOGGED for page in HR_LISTS for kind in FILES},
}
# What caches may keep: no cookie is read or set there, and nobody is known.
ALIKE_FOR_EVERYBODY = {"GET figure.show -"}
POLICY = {
    "default-src": "'none'",
    "base-uri": "'none'",
    "frame-ancestors": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
}


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    return practice


@pytest.fixture
def world(arrange: Arrange, library: Library, clock: SetClock, settings: Settings) -> World:
    with arrange() as session:
        return Settler(session, library, clock, settings.secret_key).world()


def everything_stored(arrange: Arrange) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    with arrange() as session:
        begin_reading(session)
        return {
            table.name: sorted((tuple(row) for row in session.execute(select(table))), key=repr)
            for table in Base.metadata.sorted_tables
        }


@pytest.mark.parametrize("role", [Role.LEARNER, Role.HR_CENTRAL])
def test_looking_changes_nothing_but_who_looked(
    app: Flask, world: World, new_client: NewClient, arrange: Arrange, role: Role
) -> None:
    me = world.people[role]
    with app.app_context():
        engine = db.engine
    before = everything_stored(arrange)
    with noting_writes(engine) as writes:
        for call in all_calls(app, world, me):
            if call.method != "GET":
                continue
            writes.clear()
            browser_of(new_client(), me).get(call.path, buffered=True)
            if writes:
                after = everything_stored(arrange)
                changed = {name for name, rows in after.items() if rows != before[name]}
                assert changed <= WRITES_WHAT_WAS_READ.get(call.endpoint, set()), call.name
                before = after
    assert everything_stored(arrange) == before


@contextmanager
def noting_writes(engine: Engine) -> Iterator[list[str]]:
    """Note every statement that is not known to write nothing: a look at all rows takes long."""
    writes: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.split(maxsplit=1)[0].upper() not in {"SELECT", "PRAGMA"}:
            writes.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield writes
    event.remove(engine, "before_cursor_execute", note)


def policy_of(response: TestResponse) -> Mapping[str, str]:
    """Return the content security policy by its directives."""
    parts = (each.strip().partition(" ") for each in response.headers[CSP].split(";"))
    return {name: values for name, _, values in parts}


CSP = "Content-Security-Policy"


class TestInProduction:
    """The settings of a real institution, reached over TLS."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return replace(settings, mode=Mode.PRODUCTION, base_url="https://localhost")

    @pytest.fixture
    def browser(self, new_client: NewClient, app: Flask) -> StrictClient:
        app.config["PREFERRED_URL_SCHEME"] = "https"
        client = new_client()
        client.environ_base["wsgi.url_scheme"] = "https"
        client.environ_base["HTTP_REFERER"] = "https://localhost/"
        return client

    def test_every_answer_has_every_header(
        self, app: Flask, world: World, browser: StrictClient
    ) -> None:
        for role in (Role.LEARNER, Role.HR_UNIT):
            me = world.people[role]
            client = browser_of(browser, me)
            for call in [each for each in all_calls(app, world, me) if each.method == "GET"]:
                assert_headers(client.get(call.path, buffered=True), call.name)

    def test_an_error_page_has_them_too(self, browser: StrictClient) -> None:
        for method, path, data, status in (
            ("GET", "/bestaat-niet", {}, 404),
            ("DELETE", "/", {}, 405),
            ("POST", "/weergave", {"theme": "dark"}, 400),
            ("POST", "/inloggen", {"email": "x" * 300_000}, 413),
            ("GET", "/static/nergens", {}, 404),
            ("POST", "/verlaat", {}, 303),
        ):
            response = browser.open(path, method=method, data=data)
            assert response.status_code == status
            assert_headers(response, path)

    def test_every_cookie_is_for_tls_and_out_of_reach_of_scripts(
        self, app: Flask, world: World, browser: StrictClient
    ) -> None:
        me = world.people[Role.LEARNER]
        set_cookies = [browser.get("/inloggen?lang=en").headers.getlist("Set-Cookie")]
        client = browser_of(browser, me)
        set_cookies += [
            call.send(client).headers.getlist("Set-Cookie") for call in all_calls(app, world, me)
        ]
        found = {cookie.partition("=")[0]: cookie for some in set_cookies for cookie in some}
        assert set(found) == {"__Host-session", "lang", "theme"}
        for cookie in found.values():
            attributes = set(cookie.split("; ")[1:])
            assert {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"} <= attributes
            assert not any(each.startswith("Domain") for each in attributes)


def test_cookies_are_for_tls_also_behind_a_proxy_that_says_nothing(
    settings: Settings, clock: SetClock, library: Library
) -> None:
    """The proxy ends TLS and is not trusted to say so; the address of the site says it."""
    production = replace(settings, mode=Mode.PRODUCTION, base_url="https://localhost")
    client = create_app(production, clock=clock, library=library).test_client()
    for cookie in client.get("/inloggen?lang=en").headers.getlist("Set-Cookie"):
        assert "Secure" in cookie.split("; ")


def test_without_tls_nothing_insists_on_it(client: StrictClient) -> None:
    assert "Strict-Transport-Security" not in client.get("/inloggen").headers


def assert_headers(response: TestResponse, where: str) -> None:
    """Check what the strict client does not check already."""
    assert response.headers["Strict-Transport-Security"] == TWO_YEARS, where
    assert POLICY.items() <= policy_of(response).items(), where
    assert "Server" not in response.headers or "Werkzeug" not in response.headers["Server"]
    if response.mimetype == "text/html":
        kept = "public, max-age=3600" if where in ALIKE_FOR_EVERYBODY else "no-store"
        assert response.headers["Cache-Control"] == kept, where


def test_only_trusted_hosts_are_answered(client: StrictClient) -> None:
    for host in ("evil.example", "localhost.evil.example", "", "localhost:1@evil"):
        response = client.get("/inloggen", headers={"Host": host})
        assert response.status_code == 400
        assert "evil" not in response.text
