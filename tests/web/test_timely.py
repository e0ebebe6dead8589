"""The page about being in time: figures in words, months, files, and what is counted."""

from __future__ import annotations

import json
from datetime import date

import pytest
from flask import Flask

from elearning.storage.people import Role, Unit
from elearning.web.hr.sheet import FileKind
from tests.builders import an_award
from tests.pages.hr import OverviewPage, TableOnPage
from tests.pages.html import elements
from tests.pages.page import Page, visit
from tests.pages.workbook import read_workbook
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import (
    NewClient,
    a_learner,
    csv_rows,
    people_in,
    signed_in_as,
    staff,
    statements_of,
    units,
)
from tests.web.test_hr_files import as_text, of_width

__all__ = ["staff", "units"]
PAGE = "/hr/op-tijd"


@pytest.fixture
def central(new_client: NewClient, arrange: Arrange) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.HR_CENTRAL)


@pytest.fixture
def of_arts(new_client: NewClient, arrange: Arrange, units: dict[str, Unit]) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.HR_UNIT, units["arts"])


@pytest.fixture
def cohort(arrange: Arrange, units: dict[str, Unit]) -> None:
    """Add three who fell due in two months, of whom one was in time."""
    with arrange() as session:
        in_time = a_learner(session, "Aisha", units["arts"], due_on=date(2027, 1, 20))
        an_award(session, person=in_time, obtained_on=date(2027, 1, 20))
        a_learner(session, "Bram", units["law"], due_on=date(2027, 1, 31))
        late = a_learner(session, "Chen", units["arts"], due_on=date(2026, 11, 5))
        an_award(session, person=late, obtained_on=date(2026, 12, 5))


def months(page: Page) -> dict[str, list[str]]:
    table = TableOnPage(next(elements(page.root, "table")))
    return {row[0]: row[1:] for row in table.rows}


@pytest.mark.usefixtures("cohort")
class TestTheFigures:
    """Of a year unless told otherwise."""

    def test_say_who_was_in_time_and_how_often_it_was_completed(
        self, central: StrictClient
    ) -> None:
        page = visit(central, PAGE)
        assert "1 van 3 medewerkers die moesten voldoen waren op tijd (33%)" in page.text
        assert "2 keer afgerond" in page.text
        assert "Van 1 april 2026 tot en met 3 maart 2027." in page.text
        found = months(page)
        assert next(iter(found)) == "april 2026"
        assert list(found)[-1] == "maart 2027"
        assert found["januari 2027"] == ["2", "1", "50%", "1"]
        assert found["november 2026"] == ["1", "0", "0%", "0"]
        assert found["december 2026"] == ["0", "0", "–", "1"]

    def test_are_of_the_days_and_the_unit_that_are_asked_for(self, central: StrictClient) -> None:
        page = (
            visit(central, PAGE)
            .form("Toon")
            .submit(van="2027-01-10", dag="2027-01-25", eenheid="arts")
        )
        assert months(page) == {"januari 2027": ["1", "1", "100%", "1"]}

    def test_are_those_of_the_scope(self, of_arts: StrictClient) -> None:
        assert "1 van 2 medewerkers die moesten voldoen" in visit(of_arts, PAGE).text

    def test_are_one_step_from_the_overview(self, central: StrictClient) -> None:
        overview = OverviewPage.open(central).page
        assert "1 van 3 medewerkers" in overview.follow("Op tijd, per maand").text

    @pytest.mark.parametrize(
        "asked", ["van=2027-12-31", "van=x", "van=0001-01-01", "van=2027-02-30&dag=9999-12-31"]
    )
    def test_answer_an_odd_address_calmly(self, central: StrictClient, asked: str) -> None:
        page = visit(central, f"{PAGE}?{asked}")
        assert len(months(page)) <= 61
        assert "Je ziet nu de cijfers vanaf" in page.text


@pytest.mark.usefixtures("cohort")
def test_the_files_say_what_the_page_says(central: StrictClient) -> None:
    asked = "?van=2026-11-01"
    shown = list(months(visit(central, f"{PAGE}{asked}")).values())
    rows = people_in(csv_rows(central, f"{PAGE}.csv{asked}"))
    assert [row[0] for row in rows] == ["2026-11", "2026-12", "2027-01", "2027-02", "2027-03"]
    assert [[due, met, completed] for _, due, met, _, completed in rows] == [
        [due, met, completed] for due, met, _, completed in shown
    ]
    found = json.loads(central.get(f"{PAGE}.json{asked}").get_data())
    assert [as_text(list(each.values())) for each in found["rows"]] == rows
    assert "De laatste dag op tijd viel in deze dagen" in found["about"]["Wat telt"]
    assert "Afgerond (aantal): Hoe vaak" in found["about"]["Wat telt"]
    assert "Naam bevat" not in found["about"]
    book = read_workbook(central.get(f"{PAGE}.xlsx{asked}").get_data())
    assert [of_width(line, 5) for line in book[1:]] == rows


def test_it_takes_as_many_statements_for_many_as_for_one(
    app: Flask, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
) -> None:
    addresses = [PAGE, *(f"{PAGE}.{kind}" for kind in FileKind)]
    with arrange() as session:
        a_learner(session, "first", units["arts"], due_on=date(2027, 1, 1))
    few = [statements_of(app, central, each) for each in addresses]
    with arrange() as session:
        for number in range(40):
            person = a_learner(session, f"p{number}", units["law"], due_on=date(2027, 1, 2))
            an_award(session, person=person)
    assert [statements_of(app, central, each) for each in addresses] == few
    assert max(few) <= 25
