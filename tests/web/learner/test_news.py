"""What changed since a certificate, with the day of each change."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

import pytest
from flask import Flask

from elearning.clock import SetClock
from elearning.content.directory import Dated
from elearning.storage.people import Account, Person
from elearning.web.state import KEY
from tests.builders import an_award
from tests.pages.html import elements, words
from tests.pages.page import Page, visit
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

OBTAINED = date(2027, 1, 15)


@pytest.fixture
def holder(signed_in: StrictClient, arrange: Arrange, account: Account) -> StrictClient:
    """Return the browser of Noor, who has a certificate of 15 January 2027."""
    with arrange() as session:
        person = session.get_one(Person, account.person_id)
        an_award(session, person=person, obtained_on=OBTAINED)
    return signed_in


@contextmanager
def dated(app: Flask, kind: str, entry_id: str, **days: date) -> Iterator[None]:
    """Let an entry of the directory have other days for a while."""
    state = app.extensions[KEY]
    directory = state.library.directory
    entries = getattr(directory, kind)
    entry = entries[entry_id]
    changed: Dated = replace(entry.dated, **days)
    new = replace(directory, **{kind: {**entries, entry_id: replace(entry, dated=changed)}})
    app.extensions[KEY] = replace(state, library=replace(state.library, directory=new))
    yield
    app.extensions[KEY] = state


def items(page: Page) -> list[str]:
    main = next(elements(page.root, "main"))
    return [words(each) for each in elements(main, "li") if each.find("strong") is not None]


def test_when_nothing_changed_it_says_so_and_offers_a_conversation(holder: StrictClient) -> None:
    page = visit(holder, "/nieuw")
    assert "Er is niets veranderd sinds je certificaat van 15 januari 2027." in page.text
    assert items(page) == []


def test_who_has_no_certificate_yet_is_told_that_nothing_is_new(signed_in: StrictClient) -> None:
    assert "Je hebt nog geen certificaat" in visit(signed_in, "/nieuw").text


def test_law_in_force_and_law_to_come_stand_apart_with_their_days(
    holder: StrictClient, app: Flask
) -> None:
    with (
        dated(app, "facts", "no_privilege", effective_on=date(2027, 2, 1)),
        dated(app, "facts", "whw_1_20", effective_on=date(2027, 7, 1)),
    ):
        page = visit(holder, "/nieuw")
    assert page.headings[1:3] == ["Geldt nu", "Geldt nog niet"]
    now, later = items(page)
    assert "Sinds 1 februari 2027" in now
    assert "jurist van je instelling" in now
    assert "Vanaf 1 juli 2027" in later
    assert "(wordt gecontroleerd)" in later


def test_a_service_that_changed_is_shown_as_it_is_now(holder: StrictClient, app: Flask) -> None:
    with dated(app, "resources", "csg", changed_on=date(2027, 3, 1)):
        page = visit(holder, "/nieuw")
    (item,) = items(page)
    assert "Centrum Seksueel Geweld Veranderd op 1 maart 2027" in item
    assert page.href("0800-0188") == "tel:08000188"


def test_what_was_only_looked_at_again_is_folded_away(
    holder: StrictClient, app: Flask, clock: SetClock
) -> None:
    with dated(app, "facts", "csg_window", verified_on=clock.today()):
        page = visit(holder, "/nieuw")
    assert "Er is niets veranderd" in page.text
    (folded,) = elements(next(elements(page.root, "main")), "details")
    assert "Bron gezien op 3 maart 2027" in words(folded)


def test_it_reads_the_same_in_english(holder: StrictClient, app: Flask) -> None:
    with dated(app, "facts", "no_privilege", effective_on=date(2027, 2, 1)):
        page = visit(holder, "/nieuw?lang=en")
    assert page.lang == "en"
    assert "Since 1 February 2027" in page.text
