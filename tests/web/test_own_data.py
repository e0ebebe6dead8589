"""People take along all that is kept about them, and nobody else; and forget what they did."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from http import HTTPStatus
from typing import cast
from zipfile import ZipFile

import pytest
from pypdf import PdfReader
from pypdf.generic import BooleanObject, DictionaryObject
from sqlalchemy import func, select

from elearning.clock import SetClock
from elearning.config import Settings
from elearning.content.library import Library
from elearning.services.own_data import LEFT_OUT, OWNERS
from elearning.storage.completion import Award
from elearning.storage.learning_state import Attempt, LearningLink
from elearning.storage.models import Base
from elearning.storage.people import Person, Role
from tests.pages.page import visit
from tests.web.conftest import Arrange
from tests.web.every_route import ELSEWHERE, Settler, World, browser_of
from tests.web.strict_client import StrictClient

NewClient = Callable[[], StrictClient]
FORMULA = '=HYPERLINK("http://x")'


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    return practice


@pytest.fixture
def world(arrange: Arrange, library: Library, clock: SetClock, settings: Settings) -> World:
    with arrange() as session:
        return Settler(session, library, clock, settings.secret_key).world()


@pytest.fixture
def browser(world: World, new_client: NewClient) -> StrictClient:
    """Return the browser of the adviser, who also has a role."""
    client = browser_of(new_client(), world.people[Role.ADVISER])
    assert isinstance(client, StrictClient)
    return client


def test_the_json_file_has_every_table_and_column_of_the_person(
    browser: StrictClient, world: World
) -> None:
    me = world.people[Role.ADVISER]
    told = json.loads(browser.get("/gegevens/json").text)
    tables = told["tables"]
    assert [*tables] == [*OWNERS]
    for name, rows in tables.items():
        for row in rows:
            left_out = {each.split(".")[1] for each in LEFT_OUT if each.startswith(f"{name}.")}
            assert row.keys() == set(Base.metadata.tables[name].columns.keys()) - left_out
    assert tables["person"][0]["display_name"] == me.name
    own_key = tables["person"][0]["id"]
    account = {"person_id": own_key, "sign_in_name": me.email, "used_on": "2027-03-03"}
    assert tables["account"] == [account]
    assert [row["choice_id"] for row in tables["attempt_step"]] == ["geheim"]
    assert [row["role"] for row in tables["role_grant"]] == ["adviser"]
    assert me.code in tables["signed_certificate"][0]["statement"]
    assert {row["kind"] for row in tables["audit_entry"]} == {"certificate_issued"}
    assert told["purposes"]["award"]["obtained_on"] == "day met"
    empty = {name for name, rows in tables.items() if not rows}
    unused = {
        "account_invite",
        "changed_award",
        "outbox_message",
        "outbox_slot",
        "prior_answer",
        "quiet_until",
    }
    assert empty == {"absence", "module_page", "roster_missing"} | unused


def test_nobody_else_is_in_it(browser: StrictClient, world: World) -> None:
    others = [person for role, person in world.people.items() if role is not Role.ADVISER]
    files = [browser.get(f"/gegevens/{kind}").data for kind in ("json", "pdf")]
    files += [each.encode() for each in csvs(browser).values()]
    for person in (*others, world.other):
        for secret in (person.name, person.email, str(person.award_id), str(person.attempt_id)):
            assert not any(secret.encode() in each for each in files), secret
    assert world.other.name == ELSEWHERE


def test_the_csv_files_say_what_the_json_file_says(browser: StrictClient) -> None:
    tables = json.loads(browser.get("/gegevens/json").text)["tables"]
    found = csvs(browser)
    assert [*found] == [f"{name}.csv" for name, rows in tables.items() if rows]
    for name, text in found.items():
        rows = list(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter=";"))
        expected = tables[name.removesuffix(".csv")]
        assert [{*row} for row in rows] == [{*row} for row in expected]
        assert len(rows) == len(expected)


def test_a_name_that_is_a_formula_is_a_word_in_the_csv(
    browser: StrictClient, world: World, arrange: Arrange
) -> None:
    with arrange() as session:
        name = world.people[Role.ADVISER].name
        session.scalars(
            select(Person).where(Person.display_name == name)
        ).one().display_name = FORMULA
    person = csvs(browser)["person.csv"]
    assert "'=HYPERLINK" in person
    assert ";=HYPERLINK" not in person
    assert ';"=HYPERLINK' not in person


@pytest.mark.parametrize(
    ("lang", "title"), [("nl", "Wat er over jou bewaard wordt"), ("en", "What is kept about you")]
)
def test_the_pdf_can_be_read_in_either_language(
    browser: StrictClient, world: World, lang: str, title: str
) -> None:
    response = browser.get(f"/gegevens/pdf?lang={lang}")
    assert response.mimetype == "application/pdf"
    reader = PdfReader(io.BytesIO(response.data))
    text = " ".join(page.extract_text() for page in reader.pages)
    assert title in text
    assert world.people[Role.ADVISER].name in text
    catalog = reader.root_object
    assert cast("DictionaryObject", catalog["/MarkInfo"])["/Marked"] == BooleanObject(value=True)
    assert str(catalog["/Lang"]).startswith(lang)
    assert response.data == browser.get(f"/gegevens/pdf?lang={lang}").data


def test_a_name_without_letters_for_the_pdf_leads_to_the_page(
    browser: StrictClient, world: World, arrange: Arrange
) -> None:
    with arrange() as session:
        name = world.people[Role.ADVISER].name
        session.scalars(
            select(Person).where(Person.display_name == name)
        ).one().display_name = "Noor \N{DUCK}"
    response = browser.get("/gegevens/pdf")
    assert response.mimetype == "text/html"
    assert "niet alle letters" in response.text
    assert "Noor" in browser.get("/gegevens/json").text


def test_what_was_done_is_forgotten_at_once_and_what_was_obtained_stays(
    browser: StrictClient, arrange: Arrange, settings: Settings
) -> None:
    before = counts(arrange)
    form = visit(browser, "/gegevens").form("Nu vergeten")
    response = form.send(is_sure="y")
    assert response.status_code == HTTPStatus.SEE_OTHER
    after = counts(arrange)
    assert after == {
        **before,
        "learning_link": before["learning_link"] - 1,
        "attempt": before["attempt"] - 1,
    }
    assert "is vergeten" in browser.get("/gegevens").text
    assert "niets bewaard" in browser.get("/gegevens").text
    assert len(settings.erased.read_text(encoding="utf-8").split()) == 1
    assert json.loads(browser.get("/gegevens/json").text)["tables"]["attempt_step"] == []


def test_without_a_tick_nothing_is_forgotten(browser: StrictClient, arrange: Arrange) -> None:
    before = counts(arrange)
    response = visit(browser, "/gegevens").form("Nu vergeten").send()
    assert response.status_code == HTTPStatus.UNPROCESSABLE_ENTITY
    assert "Zet een vinkje" in response.text
    assert counts(arrange) == before


def csvs(browser: StrictClient) -> dict[str, str]:
    """Return the CSV files inside the ZIP."""
    with ZipFile(io.BytesIO(browser.get("/gegevens/csv").data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def counts(arrange: Arrange) -> dict[str, int]:
    """Return how many rows there are of what one did, and of what one obtained."""
    with arrange() as session:
        return {
            model.__tablename__: session.scalar(select(func.count()).select_from(model)) or 0
            for model in (LearningLink, Attempt, Award)
        }
