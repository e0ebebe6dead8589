"""What expires, what is past the date, who is new: each a filter of the one table of people."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from elearning.storage.audit import AuditEntry, AuditFact, AuditKind
from elearning.storage.people import Role, Unit
from elearning.web.hr.sheet import FileKind
from tests.builders import an_award, an_obligation
from tests.databases import TODAY
from tests.pages.hr import OverviewPage, PeoplePage
from tests.pages.page import visit
from tests.pages.workbook import read_workbook
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import (
    NewClient,
    a_colleague,
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
DAY = TODAY.date()
LISTS = ("/hr/verloopt", "/hr/over-de-datum", "/hr/nieuw")


@pytest.fixture
def central(new_client: NewClient, arrange: Arrange) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.HR_CENTRAL)


@pytest.fixture
def of_arts(new_client: NewClient, arrange: Arrange, units: dict[str, Unit]) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.HR_UNIT, units["arts"])


@pytest.fixture
def newcomers(arrange: Arrange, units: dict[str, Unit]) -> None:
    """Add three whose obligation opened today, last month and two months ago."""
    with arrange() as session:
        for name, days in (("Ilse", 0), ("Jan", 30), ("Karim", 59)):
            opened_on = DAY - timedelta(days=days)
            an_obligation(
                session,
                person=a_colleague(session, name, units["arts" if name == "Jan" else "law"]),
                opened_on=opened_on,
                due_on=opened_on + timedelta(days=60),
            )


@pytest.mark.usefixtures("staff")
class TestWhatExpires:
    """Whose validity ends soon."""

    def test_holds_who_is_valid_and_for_how_long(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            for name, days in (("Lot", 30), ("Mo", 31), ("Nel", 90), ("Olaf", 91)):
                valid_until = DAY + timedelta(days=days)
                person = a_learner(session, name, units["arts"])
                an_award(session, person=person, valid_until=valid_until)
        found = PeoplePage.open(central, "/hr/verloopt")
        assert found.page.heading == "Verloopt binnenkort"
        assert found.table.columns == ["Naam", "Eenheid", "Geldig tot en met", "Behaald op"]
        assert found.names == ["Bram", "Lot", "Mo", "Nel"]
        assert found.narrow(verloopt="30").names == ["Bram", "Lot"]
        assert found.narrow(verloopt="60").names == ["Bram", "Lot", "Mo"]
        assert found.table.sorted_by == {"Geldig tot en met": "ascending"}

    def test_says_so_when_nothing_does(self, of_arts: StrictClient) -> None:
        nobody = PeoplePage.open(of_arts, "/hr/verloopt?dag=2026-01-01")
        assert "In deze tijd verloopt er niets" in nobody.page.text


@pytest.mark.usefixtures("staff")
class TestWhatIsPastTheDate:
    """Grace, overdue and lapsed, apart."""

    def test_shows_the_three_groups_apart_and_leads_to_each(self, central: StrictClient) -> None:
        page = OverviewPage.open(central, "/hr/over-de-datum")
        assert list(page.figures) == [
            "1 hoogstens 14 dagen over de datum",
            "1 langer over de datum, nog niet eerder gedaan",
            "1 eerder gedaan, en dat is verlopen",
        ]
        groups = [PeoplePage.open(central, href).names for href in page.figures.values()]
        assert groups == [["Daan"], ["Esra"], ["Femke"]]

    def test_holds_them_together_by_the_day_that_passed_first(self, central: StrictClient) -> None:
        assert PeoplePage.open(central, "/hr/over-de-datum").names == ["Femke", "Esra", "Daan"]

    def test_cannot_be_asked_for_who_is_in_time(self, central: StrictClient) -> None:
        found = PeoplePage.open(central, "/hr/over-de-datum?status=valid&verloopt=30&sinds=30")
        assert found.names == ["Femke", "Esra", "Daan"]

    def test_blames_nobody(self, central: StrictClient) -> None:
        text = visit(central, "/hr/over-de-datum").text.casefold()
        assert "niemand hoeft de zijne te vertellen" in text
        assert [word for word in ("te laat", "verzuim", "nalatig", "fout") if word in text] == []


@pytest.mark.usefixtures("staff", "newcomers")
class TestWhoIsNew:
    """Whose obligation opened in the last days."""

    def test_holds_since_when_by_when_and_the_status(self, central: StrictClient) -> None:
        found = PeoplePage.open(central, "/hr/nieuw")
        assert found.table.rows == [
            ["Ilse", "law nl", "3 mrt 2027", "2 mei 2027", "Open", "–"],
            ["Jan", "arts nl", "1 feb 2027", "2 apr 2027", "Open", "–"],
        ]
        assert found.table.sorted_by == {"Toegewezen sinds": "descending"}

    def test_can_go_back_further_and_be_narrowed(self, central: StrictClient) -> None:
        found = PeoplePage.open(central, "/hr/nieuw").narrow(sinds="60")
        assert found.names == ["Ilse", "Jan", "Karim"]
        assert found.sort("Toegewezen sinds").names == ["Karim", "Jan", "Ilse"]
        assert found.narrow(eenheid="law").names == ["Ilse", "Karim"]
        assert found.narrow(naam="kar").names == ["Karim"]
        assert found.narrow(status="valid").names == []

    def test_is_of_the_day_that_is_asked_for(self, central: StrictClient) -> None:
        found = PeoplePage.open(central, "/hr/nieuw")
        assert found.page.form().values["dag"] == "2027-03-03"
        assert found.narrow(dag="2027-02-01").names == ["Jan", "Karim"]

    def test_holds_nobody_outside_the_scope(self, of_arts: StrictClient) -> None:
        assert PeoplePage.open(of_arts, "/hr/nieuw?sinds=90").names == ["Jan"]

    def test_counts_the_first_day_of_two_obligations(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            person = a_learner(session, "Lena", units["law"])
            an_obligation(
                session,
                person=person,
                opened_on=DAY - timedelta(days=3),
                closed_on=DAY + timedelta(days=3),
            )
        assert "Lena" not in PeoplePage.open(central, "/hr/nieuw").names

    def test_stands_by_status_as_everybody_does_who_expires_soon_first(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            for name, days in (("Bas", 700), ("Cato", 20)):
                person = a_colleague(session, name, units["law"])
                an_obligation(session, person=person, opened_on=DAY - timedelta(days=5))
                an_award(session, person=person, valid_until=DAY + timedelta(days=days))
        new = PeoplePage.open(central, "/hr/nieuw?sinds=90").sort("Status")
        everybody = PeoplePage.open(central).sort("Status")
        names = [name for name in everybody.names if name in set(new.names)]
        assert new.names == names == ["Cato", "Bas", "Ilse", "Jan", "Karim"]


@pytest.mark.usefixtures("staff", "newcomers")
@pytest.mark.parametrize("address", LISTS)
class TestEveryList:
    """What holds for each of them."""

    @pytest.mark.parametrize("asked", ["", "?naam=a", "?eenheid=law&volgorde=-name", "?sinds=90"])
    def test_is_the_same_on_the_page_and_in_every_file(
        self, central: StrictClient, address: str, asked: str
    ) -> None:
        page = PeoplePage.open(central, f"{address}{asked}")
        rows = people_in(csv_rows(central, f"{address}.csv{asked}"))
        assert [row[0] for row in rows] == page.names
        found = json.loads(central.get(f"{address}.json{asked}").get_data())
        assert [as_text(list(each.values())) for each in found["rows"]] == rows
        book = read_workbook(central.get(f"{address}.xlsx{asked}").get_data())
        width = len(page.table.columns) if page.has_table else 0
        assert [of_width(line, width) for line in book[1:]] == rows
        head = csv_rows(central, f"{address}.csv{asked}")
        assert found["about"] == dict(head[: head.index([])])
        assert found["about"]["Lijst"] == page.page.heading

    def test_is_noted_as_a_reading_of_names(
        self, central: StrictClient, arrange: Arrange, address: str
    ) -> None:
        central.get(address)
        central.get(f"{address}.csv")
        with arrange() as session:
            entries = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
        assert [each.kind for each in entries] == [
            AuditKind.PEOPLE_READ,
            AuditKind.PEOPLE_EXPORTED,
        ]
        assert AuditFact.TRAINING in (entries[0].facts or "")

    def test_takes_as_many_statements_for_many_as_for_one(
        self,
        app: Flask,
        central: StrictClient,
        arrange: Arrange,
        units: dict[str, Unit],
        address: str,
    ) -> None:
        addresses = [address, *(f"{address}.{kind}" for kind in FileKind)]
        few = [statements_of(app, central, each) for each in addresses]
        with arrange() as session:
            for number in range(60):
                person = a_colleague(session, f"p{number:02}", units["arts"])
                an_obligation(session, person=person, opened_on=DAY, due_on=DAY)
                valid_until = DAY + timedelta(days=20 - number)
                an_award(session, person=person, valid_until=valid_until)
        assert [statements_of(app, central, each) for each in addresses] == few
        assert max(few) <= 32

    @pytest.mark.parametrize(
        "query", ["pagina=x", "dag=2027-02-30", "status=nonsense", "volgorde=--x", "verloopt=31"]
    )
    def test_answers_an_odd_address_calmly(
        self, central: StrictClient, address: str, query: str
    ) -> None:
        assert central.get(f"{address}?{query}").status_code == 200

    def test_says_how_it_was_on_an_earlier_day_as_known_then(
        self, central: StrictClient, address: str
    ) -> None:
        text = visit(central, f"{address}?dag=2026-12-01&bekend=2026-12-02").text
        assert "stand op 1 december 2026, zoals bekend op 2 december 2026" in text


class TestTheMenu:
    """Every page of HR in groups; what somebody may not open is not in it."""

    def test_leads_to_every_page(self, central: StrictClient, units: dict[str, Unit]) -> None:
        assert units
        page = visit(central, "/hr")
        for name in (
            "Alle eenheden",
            "Nieuw",
            "Over de datum",
            "Personeelsbestand",
            "Intrekkingen",
        ):
            assert page.follow(name).heading

    def test_leaves_out_what_is_for_the_whole_institution(self, of_arts: StrictClient) -> None:
        names = [text for text, _ in visit(of_arts, "/hr").links]
        assert "Verloopt binnenkort" in names
        assert "Personeelsbestand" not in names

    def test_says_where_one_is(self, central: StrictClient, units: dict[str, Unit]) -> None:
        assert units
        current = [
            each.get("href")
            for each in visit(central, "/hr/nieuw").root.iter()
            if each.get("aria-current") == "page"
        ]
        assert current == ["/hr", "/hr/nieuw"]
