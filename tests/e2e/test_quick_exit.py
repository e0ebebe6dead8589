"""The quick exit, against a browser that keeps pages to go back to, with and without a script.

The neutral site is answered inside the browser through its own protocol: Playwright's routes would
switch off the very cache that this is about.
"""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

import pytest

from tests.e2e.cast import TALK, Cast
from tests.e2e.pages import Visitor
from tests.e2e.people import Someone, a_learner
from tests.e2e.plays import repaired_play
from tests.e2e.site import Site
from tests.e2e.stage import Admit

pytestmark = pytest.mark.e2e
NEUTRAL = "<!doctype html><title>Weer</title><h1>Weer en klimaat</h1>"


@pytest.fixture
def learner(site: Site) -> Someone:
    return a_learner(site, name="Noor de Wit")


@pytest.fixture(params=[True, False], ids=["with script", "without script"])
def visitor(request: pytest.FixtureRequest, admit: Admit, learner: Someone, cast: Cast) -> Visitor:
    """Return a visitor three pages deep in a conversation, with a neutral site to go to."""
    visitor = admit("nl", learner, has_script=request.param)
    answer_outside(visitor, learner.site.library.institution.exit_url)
    visitor.open("/")
    visitor.open(f"/oefenen/{TALK}")
    visitor.send()
    for choice in repaired_play(cast.scenario(TALK))[:3]:
        visitor.choose(choice)
        visitor.send()
    assert tells_something(visitor)
    return visitor


def test_after_the_exit_nothing_can_be_gone_back_to(visitor: Visitor) -> None:
    visitor.leave_for("Weer en klimaat")
    for _ in range(2):
        visitor.back()
        assert not tells_something(visitor)


def test_a_plain_link_would_leave_everything_to_go_back_to(visitor: Visitor) -> None:
    visitor.page.goto(visitor.site.library.institution.exit_url)
    visitor.back()
    assert tells_something(visitor)


def test_the_browser_keeps_pages_to_go_back_to(admit: Admit, site: Site) -> None:
    visitor = admit("nl")
    answer_outside(visitor, site.library.institution.exit_url)
    visitor.page.goto(site.library.institution.exit_url)
    visitor.page.evaluate("window.isKept = true")
    visitor.open("/inloggen")
    visitor.back()
    assert visitor.page.evaluate("window.isKept")


@pytest.mark.parametrize("visitor", [True], ids=["with script"], indirect=True)
def test_the_page_is_blank_before_anything_travels(visitor: Visitor) -> None:
    session = visitor.page.context.new_cdp_session(visitor.page)
    session.send("Fetch.enable", {"patterns": [{"urlPattern": "*/verlaat"}]})
    visitor.press_exit()
    assert not tells_something(visitor)
    assert visitor.title.strip() == ""
    visitor.sees("Weer en klimaat")


def test_the_exit_ends_what_the_browser_kept(visitor: Visitor, admit: Admit) -> None:
    cookies = visitor.page.context.cookies()
    visitor.leave_for("Weer en klimaat")
    thief = admit("nl")
    thief.page.context.add_cookies(cookies)  # type: ignore[arg-type] # what was read can be written
    thief.open("/")
    assert thief.heading == thief.says("Sign in")


def test_the_exit_leaves_the_place_in_the_conversation(
    visitor: Visitor, admit: Admit, learner: Someone
) -> None:
    visitor.leave_for("Weer en klimaat")
    back = admit("nl", learner)
    back.open(f"/oefenen/{TALK}")
    back.go_on()
    assert back.title.startswith(back.says("Turn %(number)s: %(title)s", number=4, title=""))


def tells_something(visitor: Visitor) -> bool:
    """Say whether what is on the screen tells where the visitor was."""
    library = visitor.site.library
    title = library.scenario(TALK).rendered["nl"].title
    telling = ("Noor", title, visitor.says("Your training"))
    return any(each in f"{visitor.title} {visitor.text}" for each in telling)


def answer_outside(visitor: Visitor, exit_url: str) -> None:
    """Answer for the neutral site, so that no test needs the world."""
    session = visitor.page.context.new_cdp_session(visitor.page)
    body = base64.b64encode(NEUTRAL.encode()).decode()

    def answer(paused: Mapping[str, Any]) -> None:
        headers = [{"name": "Content-Type", "value": "text/html"}]
        session.send(
            "Fetch.fulfillRequest",
            {
                "requestId": paused["requestId"],
                "responseCode": 200,
                "responseHeaders": headers,
                "body": body,
            },
        )

    session.on("Fetch.requestPaused", answer)
    session.send("Fetch.enable", {"patterns": [{"urlPattern": f"{exit_url}*"}]})
