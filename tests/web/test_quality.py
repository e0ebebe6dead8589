"""The quality of the data in the browser: counts, lists, files, and who read names."""

from __future__ import annotations

import json

import pytest
from flask import Flask
from sqlalchemy import select

from elearning.services.data_quality import Check
from elearning.services.roster_row import Trouble
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.people import Role, Unit
from elearning.storage.roster import RosterImport
from elearning.web.hr.sheet import FileKind
from tests.builders import PASSWORD, a_person, an_account
from tests.databases import TODAY
from tests.pages.hr import PeoplePage, TableOnPage
from tests.pages.html import elements
from tests.pages.page import visit
from tests.pages.sign_in import SignInPage
from tests.pages.workbook import read_workbook
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import (
    NewClient,
    a_colleague,
    csv_rows,
    people_in,
    signed_in_as,
    statements_of,
    units,
)
from tests.web.test_hr_files import as_text, of_width

__all__ = ["units"]
PAGE = "/hr/gegevens-kwaliteit"


@pytest.fixture
def central(new_client: NewClient, arrange: Arrange) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.HR_CENTRAL)


@pytest.fixture
def trouble(arrange: Arrange, units: dict[str, Unit]) -> None:
    """Add somebody without an address, two of one name, and a roster with a row left out."""
    with arrange() as session:
        a_colleague(session, "Aad", units["arts"]).email = None
        for _ in range(2):
            a_colleague(session, "Bea", units["law"])
        session.add(
            RosterImport(
                as_of=TODAY.date(),
                applied_at=TODAY,
                applied_by=None,
                digest="",
                counts={},
                problems=[[7, "unit", Trouble.NO_UNIT.value]],
                undone_at=None,
            )
        )


def kinds(arrange: Arrange) -> list[str | None]:
    with arrange() as session:
        return list(session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)))


@pytest.mark.usefixtures("trouble")
class TestThePages:
    """Counts first; names in the lists only."""

    def test_the_first_page_counts_and_says_what_to_do(
        self, central: StrictClient, arrange: Arrange
    ) -> None:
        page = visit(central, PAGE)
        table = TableOnPage(next(elements(page.root, "table")))
        counts = {row[0]: row[1] for row in table.rows}
        assert counts == {
            "Medewerkers zonder eenheid": "0",
            "Medewerkers zonder e-mailadres": "1",
            "Meer dan één keer dezelfde naam": "2",
            "Meer dan één keer hetzelfde e-mailadres": "0",
            "Het hoofddienstverband is afgelopen": "0",
            "Wel een account, nooit een dienstverband": "1",
            "Eenheden zonder medewerkers": "1",
            "Overgeslagen rijen van het laatste personeelsbestand": "1",
        }
        assert "Het laatste personeelsbestand is van vandaag." in page.text
        assert "Ze krijgen geen herinneringen." in page.text
        assert "Aad" not in page.text
        assert kinds(arrange) == []

    def test_a_list_holds_who_it_is_about(self, central: StrictClient) -> None:
        page = visit(central, PAGE).follow("Meer dan één keer dezelfde naam")
        rows = PeoplePage(page).table.rows
        assert [(row[0], row[2]) for row in rows] == [("Bea", "law nl")] * 2
        left_out = visit(central, PAGE).follow(
            "Overgeslagen rijen van het laatste personeelsbestand"
        )
        assert PeoplePage(left_out).table.rows[0][0] == "7"
        assert "Niets gevonden" in visit(central, f"{PAGE}/same_address").text

    def test_what_is_no_check_is_not_there(self, central: StrictClient) -> None:
        assert central.get(f"{PAGE}/nergens").status_code == 404
        assert central.get(f"{PAGE}/nergens/lijst.csv").status_code == 404

    @pytest.mark.parametrize("check", Check)
    def test_the_files_say_what_the_list_says(self, central: StrictClient, check: Check) -> None:
        page = PeoplePage.open(central, f"{PAGE}/{check}")
        address = f"{PAGE}/{check}/lijst"
        rows = people_in(csv_rows(central, f"{address}.csv"))
        shown = page.table.rows if page.has_table else []
        assert [[cell or "–" for cell in row] for row in rows] == shown
        found = json.loads(central.get(f"{address}.json").get_data())["rows"]
        assert [as_text(list(each.values())) for each in found] == rows
        book = read_workbook(central.get(f"{address}.xlsx").get_data())
        assert [of_width(line, 3) for line in book[1:]] == rows

    def test_reading_names_is_noted_and_other_lists_are_not(
        self, central: StrictClient, arrange: Arrange
    ) -> None:
        for check in (Check.EMPTY_UNIT, Check.ROW_REFUSED):
            central.get(f"{PAGE}/{check}")
        assert kinds(arrange) == []
        central.get(f"{PAGE}/no_address")
        central.get(f"{PAGE}/no_address/lijst.csv")
        assert kinds(arrange) == [AuditKind.DETAILS_READ] * 2

    def test_everybody_sees_that_somebody_looked(
        self, central: StrictClient, new_client: NewClient, arrange: Arrange
    ) -> None:
        with arrange() as session:
            name = an_account(session, person=a_person(session, name="Noor")).sign_in_name
        central.get(f"{PAGE}/no_address")
        client = new_client()
        SignInPage.open(client, "/inloggen?next=/privacy").send(name, PASSWORD)
        seen = visit(client, "/wat-ziet-hr").text
        assert "Zocht in het personeelsbestand naar gegevens om te herstellen" in seen

    def test_pages_hold_fifty(
        self, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            for number in range(60):
                a_colleague(session, f"p{number:02}", units["arts"]).email = None
        first = PeoplePage.open(central, f"{PAGE}/no_address")
        assert (len(first.names), first.table.caption) == (50, "61 regels")
        assert len(PeoplePage(first.page.follow("Volgende pagina")).names) == 11


@pytest.mark.usefixtures("trouble")
def test_pages_take_as_many_statements_for_many_as_for_one(
    app: Flask, central: StrictClient, arrange: Arrange, units: dict[str, Unit]
) -> None:
    lists = [f"{PAGE}/{check}" for check in Check]
    addresses = [PAGE, *lists, *(f"{lists[1]}/lijst.{kind}" for kind in FileKind)]
    few = [statements_of(app, central, each) for each in addresses]
    with arrange() as session:
        for _ in range(40):
            a_colleague(session, "Same", units["arts"]).email = None
    assert [statements_of(app, central, each) for each in addresses] == few
