"""T1: every page of every scenario has the quick exit and the way to help, and each turn a pause.

It is the player that puts them there, so no author can leave them out; here is what holds it.
"""

from __future__ import annotations

import pytest

from tests.pages.html import elements, one
from tests.pages.learner import TurnPage, begin
from tests.pages.page import Page, visit
from tests.practice_content import (
    QUIZ,
    QUIZ_WELL,
    READ_WELL,
    REPAIRED,
    SILENT,
    TALK,
    UNREPAIRED,
    reading_of,
)
from tests.web.strict_client import StrictClient

PLAYS = [
    (TALK, REPAIRED),
    (TALK, UNREPAIRED),
    (TALK, SILENT),
    (reading_of(TALK), READ_WELL),
    (QUIZ, QUIZ_WELL),
]


def pages_of_play(page: Page, choices: tuple[str, ...]) -> list[Page]:
    """Return the page of every turn, and that of the end."""
    pages = [page]
    for choice in choices:
        pages.append(TurnPage(pages[-1]).choose(choice))
    return pages


def ways_on(page: Page) -> set[str]:
    """Return where the links between header and footer lead, without what they carry along."""
    links = elements(one(page.root, "main"), "a")
    return {each.get("href", "").partition("?")[0] for each in links}


@pytest.mark.parametrize("lang", ["nl", "en"])
@pytest.mark.parametrize(("scenario", "choices"), PLAYS)
def test_exit_help_and_pause_are_on_every_node(
    signed_in: StrictClient, scenario: str, choices: tuple[str, ...], lang: str
) -> None:
    visit(signed_in, f"/?lang={lang}")
    *turns, end = pages_of_play(begin(signed_in, scenario).page, choices)
    assert [page.lang for page in (*turns, end)] == [lang] * (len(choices) + 1)
    assert all(page.has_exit() and "/hulp" in ways_on(page) for page in (*turns, end))
    assert all("/pauze" in ways_on(page) for page in turns)
