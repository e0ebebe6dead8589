"""One question, four answers: the page, the CSV, the workbook and the data say the same."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from flask import Flask

from elearning.services.people_filter import StatusFilter
from elearning.storage.people import Role, Unit
from elearning.storage.roster import RosterImport
from elearning.web.hr import sheet
from tests.builders import an_award
from tests.databases import TODAY
from tests.pages.hr import OverviewPage, PeoplePage, TableOnPage
from tests.pages.html import elements
from tests.pages.page import visit
from tests.pages.workbook import Cell, read_workbook
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

__all__ = ["staff", "units"]
DAY = TODAY.date()


@pytest.fixture
def central(new_client: NewClient, arrange: Arrange) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.HR_CENTRAL)


def data(client: StrictClient, address: str) -> Any:  # noqa: ANN401 - JSON
    return json.loads(client.get(address).get_data())


def as_text(cells: list[Cell]) -> list[str]:
    return ["" if each is None else str(each) for each in cells]


def of_width(cells: list[Cell], width: int) -> list[str]:
    return as_text([*cells, *[None] * (width - len(cells))])


@pytest.mark.usefixtures("staff")
class TestPeople:
    """The people in every form."""

    def test_are_the_same_in_every_file(self, central: StrictClient) -> None:
        for status, order, name in product(("", *StatusFilter), ("", "-due_on"), ("", "e")):
            asked = f"?status={status}&volgorde={order}&naam={name}"
            rows = people_in(csv_rows(central, f"/hr/mensen.csv{asked}"))
            found = data(central, f"/hr/mensen.json{asked}")["rows"]
            assert [as_text(list(each.values())) for each in found] == rows, asked
            book = read_workbook(central.get(f"/hr/mensen.xlsx{asked}").get_data())
            assert [of_width(line, 6) for line in book[1:]] == rows, asked

    def test_are_those_of_the_page(self, central: StrictClient) -> None:
        screen = PeoplePage.open(central).table.rows
        found = data(central, "/hr/mensen.json")["rows"]
        assert [[each["name"], each["unit"], each["status"]] for each in found] == [
            row[:3] for row in screen
        ]

    def test_keep_their_types_in_a_workbook(self, central: StrictClient) -> None:
        book = read_workbook(central.get("/hr/mensen.xlsx?naam=Bram").get_data())
        assert book[1] == [
            "Bram",
            "arts nl",
            "Voldaan, verloopt binnenkort",
            date(2027, 1, 15),
            None,
            DAY + timedelta(days=8),
        ]

    def test_bring_what_they_are_along_in_every_file(self, central: StrictClient) -> None:
        asked = "?status=late&eenheid=law"
        rows = csv_rows(central, f"/hr/mensen.csv{asked}")
        head = dict(rows[: rows.index([])])
        about = data(central, f"/hr/mensen.json{asked}")["about"]
        book = read_workbook(central.get(f"/hr/mensen.xlsx{asked}").get_data(), sheet=2)
        assert about == head
        assert {str(line[0]): of_width(line, 2)[1] for line in book} == head

    def test_of_a_name_like_a_formula_are_text_in_a_workbook(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        names = ["=1+1", "https://evil.example", "{=1}", "-2"]
        with arrange() as session:
            for name in names:
                a_learner(session, name, units["arts"])
        book = read_workbook(central.get("/hr/mensen.xlsx").get_data())
        assert set(names) <= {line[0] for line in book}

    def test_a_workbook_is_made_in_the_background_for_more_rows_than_one_waits_for(
        self, central: StrictClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        assert "XLSX" in " ".join(text for text, _ in PeoplePage.open(central).page.links)
        for page in ("people_page", "people_files"):
            monkeypatch.setattr(f"elearning.web.hr.{page}.MOST_XLSX_ROWS", 7)
        people = PeoplePage.open(central)
        assert "XLSX" not in " ".join(text for text, _ in people.page.links)
        assert people.page.form("Maak 8 rijen als XLSX").action.startswith("/hr/bestanden?")
        assert central.get("/hr/mensen.xlsx").status_code == 303

    def test_that_expire_soon_are_those_within_the_term(self, central: StrictClient) -> None:
        assert PeoplePage.open(central).narrow(verloopt="30").names == ["Bram"]
        assert PeoplePage.open(central, "/hr/mensen?verloopt=31").names != ["Bram"]


@pytest.mark.usefixtures("staff")
class TestUnits:
    """Every unit in one table."""

    def test_are_the_same_on_the_page_and_in_every_file(self, central: StrictClient) -> None:
        rows = people_in(csv_rows(central, "/hr/eenheden.csv"))
        found = data(central, "/hr/eenheden.json")["rows"]
        assert [as_text(list(each.values())) for each in found] == rows
        book = read_workbook(central.get("/hr/eenheden.xlsx").get_data())
        assert [of_width(line, 12) for line in book[1:]] == rows
        table = TableOnPage(next(elements(visit(central, "/hr/eenheden").root, "table")))
        shown = [[cell.strip() for cell in row] for row in table.rows]
        assert shown == [
            [name, *(each or "–" for each in figures)] for _code, name, _level, *figures in rows
        ]

    def test_hold_each_person_once_in_each_unit_and_in_all_above(
        self, central: StrictClient
    ) -> None:
        found = {each["unit"]: each for each in data(central, "/hr/eenheden.json")["rows"]}
        counted = {code: each["counted"] for code, each in found.items()}
        assert counted == {"institution": 6, "arts": 4, "history": 2, "law": 3}
        assert found["law"]["exempt"] == found["law"]["paused"] == 1
        five = ("valid", "open", "in_grace", "overdue", "lapsed")
        assert all(sum(each[name] for name in five) == each["counted"] for each in found.values())

    def test_can_be_asked_for_below_one_unit(self, central: StrictClient) -> None:
        found = data(central, "/hr/eenheden.json?eenheid=arts")["rows"]
        assert [(each["unit"], each["level"]) for each in found] == [("arts", 0), ("history", 1)]


@pytest.mark.usefixtures("staff")
class TestTime:
    """As of a day, and as known on a day."""

    def test_what_was_not_known_then_is_not_told(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            person = a_learner(session, "Zeynep", units["arts"])
            an_award(session, person=person, recorded_at=TODAY)
        now = PeoplePage.open(central, "/hr/mensen?naam=zeynep").table.rows
        then = PeoplePage.open(central, "/hr/mensen?naam=zeynep&bekend=2027-03-02").table.rows
        assert (now[0][2], then[0][2]) == ("Voldaan", "Open")

    def test_the_day_as_known_on_stays_in_links_files_and_words(
        self, central: StrictClient
    ) -> None:
        found = OverviewPage.open(central, "/hr?bekend=2027-02-01")
        assert "zoals bekend op 1 februari 2027" in found.page.text
        people = PeoplePage(found.page.follow("Bekijk alle medewerkers"))
        assert "zoals bekend op 1 februari 2027" in people.page.text
        about = data(central, "/hr/mensen.json?bekend=2027-02-01")["about"]
        assert about["Zoals bekend op"] == "2027-02-01"

    @pytest.mark.parametrize("address", ["/hr/mensen", "/hr/vrijstellingen"])
    def test_a_list_as_known_on_a_day_says_so_in_a_field_that_can_be_emptied(
        self, central: StrictClient, address: str
    ) -> None:
        page = visit(central, f"{address}?bekend=2027-02-01")
        assert page.form("Toon").values["bekend"] == "2027-02-01"
        now = page.form("Toon").submit(bekend="")
        assert "zoals bekend op" not in now.text
        assert "bekend" not in now.form("Toon").values

    def test_today_and_later_are_what_is_known_now(self, central: StrictClient) -> None:
        for day in ("2027-03-03", "2028-01-01", "nonsense", "0001-01-01"):
            assert ", zoals bekend op" not in visit(central, f"/hr?bekend={day}").text

    def test_the_line_of_twelve_months_says_its_figures_in_a_table(
        self, central: StrictClient
    ) -> None:
        found = OverviewPage.open(central)
        assert found.trend.rows[0] == ["1 apr 2026", "0% (0 van 8)"]
        assert found.trend.rows[-1] == ["3 mrt 2027", "33% (2 van 6)"]
        assert len(found.trend.rows) == 13
        assert "Van 0% op 1 apr 2026 naar 33% op 3 mrt 2027." in found.page.text

    def test_who_fell_due_in_the_year_and_was_in_time(self, central: StrictClient) -> None:
        text = OverviewPage.open(central).page.follow("Op tijd, per maand").text
        assert "0 van 2 medewerkers" in text
        assert "3 keer" in text


def test_files_take_as_many_statements_for_many_as_for_one(
    app: Flask, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
) -> None:
    addresses = [f"/hr/{page}.{kind}" for page in ("mensen", "eenheden") for kind in sheet.FileKind]
    with arrange() as session:
        a_learner(session, "first", units["arts"])
    few = [statements_of(app, central, address) for address in addresses]
    with arrange() as session:
        for number in range(60):
            an_award(session, person=a_learner(session, f"p{number}", units["arts"]))
    assert [statements_of(app, central, address) for address in addresses] == few


def test_equal_files_are_equal_to_the_byte(central: StrictClient, units: dict[str, Unit]) -> None:
    assert units
    for kind in sheet.FileKind:
        address = f"/hr/eenheden.{kind}"
        assert central.get(address).get_data() == central.get(address).get_data()


@pytest.mark.usefixtures("staff")
def test_the_file_of_units_names_no_filters_that_it_has_not(central: StrictClient) -> None:
    about = data(central, "/hr/eenheden.json")["about"]
    assert not {"Status", "Verloopt", "Naam bevat"} & about.keys()
    assert {"Training", "Eenheid", "Stand op", "Wat telt"} <= about.keys()


@pytest.mark.usefixtures("staff")
def test_figures_say_of_which_day_the_roster_is_that_they_rest_on(
    central: StrictClient, arrange: Arrange
) -> None:
    assert "Er is nog geen personeelsbestand verwerkt." in visit(central, "/hr").text
    none = data(central, "/hr/mensen.json")["about"]["Personeelsbestand"]
    assert none == "er is geen personeelsbestand verwerkt"
    with arrange() as session:
        applied_at = datetime.combine(DAY - timedelta(days=3), time(9), UTC)
        session.add(
            RosterImport(
                as_of=DAY - timedelta(days=4),
                applied_at=applied_at,
                digest="",
                counts={},
                problems=[],
            )
        )
    assert "rusten op het personeelsbestand van 27 februari 2027" in visit(central, "/hr").text
    for page in ("mensen", "eenheden", "op-tijd", "vrijstellingen"):
        about = data(central, f"/hr/{page}.json")["about"]
        assert about["Personeelsbestand"] == "2027-02-27", page
    before = visit(central, f"/hr?bekend={DAY - timedelta(days=5)}&dag=2027-02-01").text
    assert "rusten op" not in before
