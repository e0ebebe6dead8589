"""A workbook made in the background holds what the page of its very list shows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from flask import Flask, url_for
from sqlalchemy import select

from elearning.clock import SetClock
from elearning.storage.jobs import ExportJob
from elearning.storage.people import Role, Unit
from elearning.web.hr.file_maker import make_files
from elearning.web.hr.people_list import EVERYONE, LISTS
from tests.builders import (
    PASSWORD,
    a_person,
    a_role,
    a_unit,
    an_account,
    an_appointment,
    an_award,
    an_obligation,
)
from tests.pages.hr import TableOnPage
from tests.pages.html import elements
from tests.pages.page import Page, visit
from tests.pages.sign_in import SignInPage
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_files import fetch, rows_of_csv, rows_of_workbook

# For each list filters that leave something in it, and who of the example stands in it then.
ASKED = {
    "hr.people": [("", "ABDEGLNOV"), ("status=to_do", "AEGLNO"), ("volgorde=-unit", "BLADEGNOV")],
    "lists.expiring": [("", "DV"), ("verloopt=30", "D"), ("eenheid=arts", "DV")],
    "lists.late": [("", "OELG"), ("status=in_grace", "G"), ("status=lapsed", "L")],
    "lists.new": [("", "BAN"), ("sinds=90", "BANGO"), ("status=to_do&volgorde=name", "AN")],
}
CASES = [(each, *case) for each in LISTS for case in ASKED[each]]


@pytest.fixture(autouse=True)
def low_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("people_page", "people_files", "sheet"):
        monkeypatch.setattr(f"elearning.web.hr.{module}.MOST_XLSX_ROWS", 0)


@pytest.fixture
def officer(
    arrange: Arrange, clock: SetClock, new_client: Callable[[], StrictClient]
) -> StrictClient:
    """Return the browser of HR of an institution with somebody for each list."""
    today = clock.today()

    def days(number: int) -> date:
        return today + timedelta(days=number)

    with arrange() as session:
        root = a_unit(session, code="top")
        arts, law = (a_unit(session, code=code, parent=root) for code in ("arts", "law"))

        def somebody(
            name: str, opened: int, due: int, obtained: int | None, ends: int = 0, unit: Unit = arts
        ) -> None:
            person = a_person(session, name=name)
            an_appointment(session, person=person, unit=unit)
            an_obligation(session, person=person, opened_on=days(opened), due_on=days(due))
            if obtained is not None:
                an_award(session, person=person, obtained_on=days(obtained), valid_until=days(ends))

        somebody("A nieuw", -10, 50, None)
        somebody("B nieuw en klaar", -5, 55, -1, 700, law)
        somebody("D verloopt gauw", -800, -740, -715, 20)
        somebody("E te laat", -200, -140, None)
        somebody("G net te laat", -70, -3, None)
        somebody("L verlopen", -900, -840, -830, -100, law)
        somebody("N nieuw", -20, 40, None)
        somebody("O langer te laat", -85, -200, None)
        somebody("V verloopt later", -800, -740, -650, 80)
        person = a_person(session, name="Petra Personeel")
        a_role(session, person=person, role=Role.HR_CENTRAL)
        name = an_account(session, person=person).sign_in_name
    client = new_client()
    SignInPage.open(client, "/inloggen?next=/privacy").send(name, PASSWORD)
    return client


def names(page: Page) -> list[str]:
    return [row[0] for row in TableOnPage(next(elements(page.root, "table"))).rows]


def test_every_list_that_can_be_asked_for_is_tried() -> None:
    assert ASKED.keys() == LISTS.keys()


@pytest.mark.parametrize(("listed", "filters", "initials"), CASES)
def test_the_workbook_of_a_list_holds_what_its_page_shows(
    app: Flask, officer: StrictClient, arrange: Arrange, listed: str, filters: str, initials: str
) -> None:
    with app.test_request_context():
        path, csv = url_for(listed), url_for(f"{listed}_csv")
    page = visit(officer, f"{path}?{filters}")
    assert "".join(name[0] for name in names(page)) == initials
    order = next(form for form in page.forms if "/hr/bestanden" in form.action)
    made = order.submit()
    make_files(app, lambda: False)
    href = next(href for text, href in visit(officer, made.address).links if "XLSX" in text)
    status, content = fetch(officer, href)
    assert status == 200
    rows = rows_of_workbook(content)
    assert [row[0] for row in rows[1:]] == names(page)
    assert rows == rows_of_csv(officer, f"{csv}?{filters}")
    with arrange() as session:
        question = session.scalars(select(ExportJob.question)).one()
    assert (f"lijst={listed}" in question) is (listed != EVERYONE.endpoint)
