"""Frozen reports: HR freezes and reads all, others read what is shown of their units."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.content.library import Library
from elearning.content.report_policy import ReportPolicy
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.people import Role, Unit
from elearning.storage.reports import BoardReport
from elearning.web.state import KEY, State
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
from tests.pages.workbook import read_workbook
from tests.practice_content import BASIS
from tests.reports import a_report, institution
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

NewClient = Callable[[], StrictClient]
FEW = {"arts": 9, "law": 20, "music": 30}


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    return practice


@pytest.fixture
def units(arrange: Arrange) -> dict[str, Unit]:
    with arrange() as session:
        root = a_unit(session, code="instelling")
        parts = [a_unit(session, code=code, parent=root) for code in FEW]
        return {each.code: each for each in (root, *parts)}


@dataclass(frozen=True)
class Desk:
    """Signs people in."""

    new_client: NewClient
    arrange: Arrange

    def of(self, role: Role, unit: Unit | None = None) -> StrictClient:
        """Return the browser of somebody with a role."""
        with self.arrange() as session:
            person = a_person(session, name=f"Iemand {role}")
            a_role(session, person=person, role=role, unit=unit)
            name = an_account(session, person=person).sign_in_name
        client = self.new_client()
        SignInPage.open(client, "/inloggen?next=/privacy").send(name, PASSWORD)
        return client


@pytest.fixture
def desk(new_client: NewClient, arrange: Arrange) -> Desk:
    return Desk(new_client, arrange)


def a_frozen(arrange: Arrange, faculties: dict[str, int], day: date = date(2027, 3, 1)) -> str:
    with arrange() as session:
        lines = institution(faculties)
        return str(a_report(session, lines=lines, training_id=BASIS, day=day).id)


def table(page: Page) -> TableOnPage:
    return TableOnPage(next(elements(page.root, "table")))


@pytest.mark.usefixtures("units")
def test_hr_freezes_what_the_board_reads_without_small_groups(
    app: Flask, desk: Desk, arrange: Arrange, units: dict[str, Unit]
) -> None:
    with_policy(app, smallest_group=10)
    with arrange() as session:
        for code, number in FEW.items():
            for place in range(number):
                person = a_person(session)
                an_appointment(session, person=person, unit=units[code])
                an_obligation(session, person=person, training_id=BASIS)
                if place % 2:
                    an_award(session, person=person, training_id=BASIS)
    hr = desk.of(Role.HR_CENTRAL)
    page = visit(hr, "/hr").follow("Verslagen").form("Leg deze cijfers vast").submit()
    assert "Het verslag ligt vast" in page.text
    assert table(page).rows[1][:4] == ["arts nl", "9", "44%", "4"]
    client = desk.of(Role.BOARD)
    board = visit(client, "/").follow("Verslagen")
    assert table(board).rows[0][1] == "49%"
    report = visit(client, address(board))
    assert report.heading == "Verslag van 3 maart 2027"
    assert table(report).rows == [
        ["instelling nl", "59", "49%", "100%", "0%"],
        ["arts nl", *["niet getoond"] * 4],
        ["law nl", *["niet getoond"] * 4],
        ["music nl", "30", "50%", "100%", "0%"],
    ]
    assert "Groepen van minder dan 10 medewerkers laten we niet zien" in report.text
    with arrange() as session:
        kinds = session.scalars(select(AuditEntry.kind)).all()
    assert AuditKind.REPORT_FROZEN in kinds


def test_a_day_on_which_nobody_counts_is_not_frozen_for_good(
    desk: Desk, arrange: Arrange, units: dict[str, Unit]
) -> None:
    hr = desk.of(Role.HR_CENTRAL)
    form = visit(hr, "/hr/bestuursverslag").form("Leg deze cijfers vast")
    page = form.submit(status=422)
    assert "Op deze dag hoefde niemand deze training te doen" in page.text
    with arrange() as session:
        assert session.scalar(select(func.count()).select_from(BoardReport)) == 0
        somebody_counts(session, units["law"])
    form.submit()
    assert "hoefde niemand" in form.submit(status=422, dag="2010-01-01").text


def somebody_counts(session: Session, unit: Unit) -> None:
    person = a_person(session)
    an_appointment(session, person=person, unit=unit)
    an_obligation(session, person=person, training_id=BASIS)


def test_a_second_report_of_the_same_days_is_the_first_and_says_so(
    desk: Desk, arrange: Arrange, units: dict[str, Unit]
) -> None:
    hr = desk.of(Role.HR_CENTRAL)
    with arrange() as session:
        somebody_counts(session, units["law"])
    first = visit(hr, "/hr/bestuursverslag").form("Leg deze cijfers vast").submit()
    second = visit(hr, "/hr/bestuursverslag").form("Leg deze cijfers vast").submit()
    assert second.address == first.address
    assert "Dit verslag was er al, vastgelegd op 3 maart 2027" in second.text
    assert "Het verslag ligt vast" not in second.text


def address(page: Page) -> str:
    return next(href for _, href in page.links if href.startswith("/verslag/"))


def test_a_day_to_come_and_a_day_that_is_none_are_refused_beside_the_field(
    desk: Desk, units: dict[str, Unit]
) -> None:
    form = visit(desk.of(Role.HR_CENTRAL), "/hr/bestuursverslag").form("Leg deze cijfers vast")
    assert units
    for day in ("2030-01-01", "1999-01-01", "gisteren"):
        page = form.submit(status=422, dag=day)
        assert "Kies een dag" in page.text or "Kies vandaag of een eerdere dag" in page.text


class TestTheFiles:
    """CSV, workbook and JSON hold what the page shows, and no more."""

    def test_all_hold_the_same_and_the_digest_is_that_of_the_json(
        self, desk: Desk, arrange: Arrange
    ) -> None:
        report_id, client = a_frozen(arrange, FEW), desk.of(Role.WORKS_COUNCIL)
        shown = table(visit(client, f"/verslag/{report_id}")).rows
        text = client.get(f"/verslag/{report_id}.csv").get_data().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
        found = rows[rows.index([]) + 2 :]
        plain = [[cell.rstrip("%") for cell in row[1:]] for row in shown]
        assert [row[3:] for row in found] == plain
        book = read_workbook(client.get(f"/verslag/{report_id}.xlsx").get_data())
        assert [[str(cell) for cell in row[3:]] for row in book[1:]] == plain
        data = client.get(f"/verslag/{report_id}.json").get_data()
        assert hashlib.sha256(data).hexdigest()[:16] in visit(client, f"/verslag/{report_id}").text
        assert [each["people"] for each in json.loads(data)["units"]] == [59, None, None, 30]

    def test_hr_gets_every_figure_and_the_very_text_that_was_stored(
        self, desk: Desk, arrange: Arrange
    ) -> None:
        report_id, client = a_frozen(arrange, FEW), desk.of(Role.HR_CENTRAL)
        data = json.loads(client.get(f"/hr/bestuursverslag/{report_id}.json").get_data())
        assert [each["people"] for each in data["units"]] == [59, 9, 20, 30]
        for kind in ("csv", "xlsx"):
            assert client.get(f"/hr/bestuursverslag/{report_id}.{kind}").status_code == 200


class TestAManager:
    """A manager sees the units of the role, as everybody else sees them."""

    def test_sees_own_units_only(
        self, desk: Desk, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        report_id = a_frozen(arrange, FEW)
        client = desk.of(Role.MANAGER, units["music"])
        page = visit(client, f"/verslag/{report_id}")
        assert [row[0] for row in table(page).rows] == ["music nl"]
        data = client.get(f"/verslag/{report_id}.json").get_data()
        assert hashlib.sha256(data).hexdigest()[:16] in page.text
        assert b"law" not in data
        assert b"arts" not in data

    def test_of_a_hidden_unit_reads_why(
        self, desk: Desk, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        report_id = a_frozen(arrange, FEW)
        page = visit(desk.of(Role.MANAGER, units["law"]), f"/verslag/{report_id}")
        assert "Dit cijfer laten we niet zien" in page.text
        assert "Groepen van minder dan 10 medewerkers" in page.text

    def test_reads_no_names(self, desk: Desk, units: dict[str, Unit]) -> None:
        client = desk.of(Role.MANAGER, units["law"])
        for path in ("/hr", "/hr/mensen", "/hr/eenheden", "/hr/bestuursverslag", "/hr/toegang"):
            assert client.get(path).status_code == 404


def with_policy(app: Flask, **changes: object) -> None:
    """Let the institution say something else about figures."""
    state: State = app.extensions[KEY]
    policy: ReportPolicy = replace(state.library.institution.reports, **changes)  # type: ignore[arg-type]
    institution_ = replace(state.library.institution, reports=policy)
    app.extensions[KEY] = replace(state, library=replace(state.library, institution=institution_))


class TestThePublicFigure:
    """One figure of the institution, where it wants that, from the newest report."""

    def test_is_there_for_everybody_with_its_day_and_without_units(
        self, client: StrictClient, arrange: Arrange
    ) -> None:
        assert "Er is nog geen cijfer." in visit(client, "/cijfer").text
        a_frozen(arrange, FEW)
        a_frozen(arrange, {**FEW, "law": 40}, day=date(2027, 2, 1))
        page = visit(client, "/cijfer")
        assert "49%" in page.text
        assert "van 59 medewerkers hebben voldaan" in page.text
        assert "1 maart 2027" in page.text
        assert not any(each in page.text for each in FEW)
        assert page.response.headers["X-Robots-Tag"] == "noindex"
        assert "Set-Cookie" not in page.response.headers

    def test_of_too_few_is_a_sentence(self, client: StrictClient, arrange: Arrange) -> None:
        a_frozen(arrange, {"arts": 4, "law": 5})
        page = visit(client, "/cijfer")
        assert "Een cijfer over minder dan 10 mensen" in page.text
        assert "%" not in page.text.replace("100%", "")

    def test_is_not_there_unless_the_institution_wants_it(
        self, app: Flask, client: StrictClient
    ) -> None:
        with_policy(app, public_training=None)
        assert client.get("/cijfer").status_code == 404

    def test_may_be_found_where_the_institution_says_so(
        self, app: Flask, client: StrictClient
    ) -> None:
        with_policy(app, may_be_indexed=True)
        answer = client.get("/cijfer")
        assert "X-Robots-Tag" not in answer.headers
        assert 'name="robots"' not in answer.text
