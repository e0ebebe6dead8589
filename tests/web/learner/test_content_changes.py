"""A new version of the content arrives while somebody is in the middle of the old one."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.config import Settings
from elearning.content.library import Library
from elearning.services.publish_content import publish_content
from elearning.storage.learning_state import PublishedScenario
from elearning.web.extensions import db
from elearning.web.factory import create_app
from tests.pages.learner import EndPage, HomePage, TurnPage, begin
from tests.pages.page import visit
from tests.practice_content import TALK, practice_library
from tests.web.strict_client import StrictClient

CHANGES = {
    "- id: ruimte": "- id: alle_ruimte",
    "## vraag": "## wat_nu",
    "to: vraag": "to: wat_nu",
    '"Wat moet ik nu doen?"': '"En nu dan?"',
    '"What shall I do now?"': '"And now?"',
}


@pytest.fixture
def changed(tmp_path: Path) -> Library:
    """Return the content after an author renamed an option and a node, and rewrote a line."""
    return practice_library(tmp_path / "changed", changes=CHANGES)


@pytest.fixture
def after_the_change(
    settings: Settings, clock: SetClock, changed: Library, signed_in: StrictClient
) -> Iterator[StrictClient]:
    """Return the same browser on the site that serves the new version."""
    app: Flask = create_app(settings, clock=clock, library=changed)
    app.test_client_class = StrictClient
    with app.app_context(), Session(db.engine) as session:
        publish_content(session, library=changed, clock=clock)
        session.commit()
    client = app.test_client()
    assert isinstance(client, StrictClient)
    client.foreign, client.untranslated = signed_in.foreign, []
    cookie = signed_in.get_cookie("session")
    assert cookie is not None
    client.set_cookie("session", cookie.value)
    yield client
    with app.app_context():
        db.engine.dispose()


def test_an_open_run_goes_on_in_its_own_words(
    signed_in: StrictClient, after_the_change: StrictClient
) -> None:
    second = TurnPage(begin(signed_in, TALK).choose("ruimte"))
    later = TurnPage.open(after_the_change, second.address)
    assert later.choices == second.choices
    assert "Wat moet ik nu doen?" in later.page.text
    assert "En nu dan?" not in later.page.text
    end = EndPage(later.choose("wijzen"))
    assert len(end.turns) == 2
    assert visit(signed_in, end.page.address).heading == end.page.heading


def test_a_form_of_the_old_version_still_takes_its_choice(
    signed_in: StrictClient, after_the_change: StrictClient
) -> None:
    first = begin(signed_in, TALK)
    token = TurnPage.open(after_the_change, first.address).form.values["csrf_token"]
    sent = after_the_change.post(first.form.action, data={"choice": "ruimte", "csrf_token": token})
    assert sent.location == f"{first.run}/2#beurt-2"


def test_a_run_that_ended_counts_and_can_be_looked_at_as_it_was(
    signed_in: StrictClient, after_the_change: StrictClient
) -> None:
    end = begin(signed_in, TALK).play("ruimte", "wijzen")
    later = EndPage(visit(after_the_change, end.address))
    assert "Wat moet ik nu doen?" in later.turns[1]
    before, after = (HomePage.open(client).tasks[1] for client in (signed_in, after_the_change))
    assert before == after


def test_starting_again_gives_the_new_version(
    signed_in: StrictClient, after_the_change: StrictClient
) -> None:
    begin(signed_in, TALK).play("ruimte", "zwijgen")
    again = begin(after_the_change, TALK)
    assert "alle_ruimte" in again.choices
    assert "En nu dan?" in again.choose("alle_ruimte").text


def test_a_run_on_an_older_version_that_was_never_proved_counts_no_more(
    signed_in: StrictClient, after_the_change: StrictClient
) -> None:
    begin(signed_in, TALK).play("ruimte", "wijzen")
    assert HomePage.open(after_the_change).tasks[1].status == "Voldaan"
    with after_the_change.application.app_context(), Session(db.engine) as session:
        session.execute(update(PublishedScenario).values(proof_digest=None))
        session.commit()
    assert HomePage.open(after_the_change).tasks[1].status == "Bezig"
