"""Managers see who is past the date, by name, only where the institution says so."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from elearning.content.library import Library
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.completion import Obligation
from elearning.storage.people import Person, Role, RoleGrant, Unit
from tests.builders import (
    PASSWORD,
    a_person,
    a_role,
    a_unit,
    an_absence,
    an_account,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
)
from tests.databases import TODAY
from tests.pages.hr import TableOnPage
from tests.pages.html import elements
from tests.pages.page import Page, visit
from tests.pages.sign_in import SignInPage
from tests.practice_content import BASIS, CHECK_ONLY
from tests.web.conftest import Arrange
from tests.web.learner.test_statements import watching
from tests.web.strict_client import StrictClient
from tests.web.test_reports import FEW, NewClient, a_frozen, table, with_policy

ADDRESS = "/verslag/over-de-datum"
DUE = date(2027, 1, 10)
LINK = "Bekijk wie over de datum is"


@pytest.fixture(scope="session")
def library(practice: Library) -> Library:
    return practice


@pytest.fixture
def units(arrange: Arrange) -> dict[str, Unit]:
    """Return a faculty with a department, and one beside it."""
    with arrange() as session:
        root = a_unit(session, code="top")
        arts, law = (a_unit(session, code=code, parent=root) for code in ("arts", "law"))
        dance = a_unit(session, code="dance", parent=arts)
        return {each.code: each for each in (root, arts, law, dance)}


def somebody(
    arrange: Arrange, name: str, unit: Unit, due_on: date = DUE, training_id: str = BASIS
) -> Person:
    """Return somebody of a unit who must hold a training by a day."""
    with arrange() as session:
        person = a_person(session, name=name)
        an_appointment(session, person=person, unit=unit)
        an_obligation(session, person=person, training_id=training_id, due_on=due_on)
        return person


def enter(new_client: NewClient, arrange: Arrange, person: Person) -> StrictClient:
    """Return the browser of somebody."""
    with arrange() as session:
        name = an_account(session, person=session.get_one(Person, person.id)).sign_in_name
    client = new_client()
    SignInPage.open(client, "/inloggen?next=/privacy").send(name, PASSWORD)
    return client


@pytest.fixture
def manager(new_client: NewClient, arrange: Arrange, units: dict[str, Unit]) -> StrictClient:
    """Return the browser of the manager of the arts."""
    with arrange() as session:
        lea = a_person(session, name="Lea Leiding")
        a_role(session, person=lea, role=Role.MANAGER, unit=units["arts"])
    return enter(new_client, arrange, lea)


def rows(page: Page) -> list[list[str]]:
    return [row for each in elements(page.root, "table") for row in TableOnPage(each).rows]


@pytest.mark.usefixtures("units")
class TestWithoutTheRule:
    """The usual: counts, and no names."""

    def test_the_page_is_not_there_and_nothing_leads_to_it(self, manager: StrictClient) -> None:
        elsewhere = "/verslag/zomaar-iets"
        missing, answer = manager.get(elsewhere), manager.get(ADDRESS)
        assert answer.status_code == missing.status_code == 404
        assert answer.text == missing.text.replace(elsewhere, ADDRESS)
        page = visit(manager, "/verslag")
        assert LINK not in page.text
        assert "over de datum" not in page.text
        assert "leidinggevende zien" not in visit(manager, "/wat-ziet-hr").text


class TestWithTheRule:
    """The institution lets managers see names."""

    @pytest.fixture(autouse=True)
    def allowed(self, app: Flask) -> None:
        with_policy(app, names_for_managers=True)

    def test_a_manager_sees_who_is_past_the_date_and_that_day_and_nothing_else(
        self, manager: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        somebody(arrange, "Zoë Laat", units["dance"])
        lapsed = somebody(arrange, "Adam Verlopen", units["arts"])
        with arrange() as session:
            ended = date(2027, 2, 1)
            an_award(session, person=lapsed, obtained_on=date(2025, 2, 1), valid_until=ended)
        page = visit(manager, "/verslag").follow(LINK)
        assert page.heading == "Over de datum"
        assert rows(page) == [["Adam Verlopen", "31 jan 2027"], ["Zoë Laat", "10 jan 2027"]]
        main = next(elements(page.root, "main"))
        text = " ".join(main.itertext())
        for other in ("Verlopen sinds", "2025", "dance", "INF", "%", "Voldaan"):
            assert other not in text

    def test_nobody_else_stands_there(
        self, manager: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        today = TODAY.date()
        arts = units["arts"]
        somebody(arrange, "Elders", units["law"])
        somebody(arrange, "Tijd genoeg", arts, today + timedelta(days=9))
        somebody(arrange, "Net te laat", arts, today - timedelta(days=9))
        somebody(arrange, "Andere training", arts, training_id=CHECK_ONLY)
        done, away = somebody(arrange, "Klaar", arts), somebody(arrange, "Weg", arts)
        free = somebody(arrange, "Vrij", arts)
        with arrange() as session:
            an_award(session, person=done)
            year = timedelta(days=365)
            an_absence(session, person=away, from_on=today - year, until_on=today + year)
            duty = session.scalars(select(Obligation).where(Obligation.person_id == free.id)).one()
            an_exemption(session, obligation=duty, from_on=DUE, until_on=today + year)
        page = visit(manager, ADDRESS)
        assert rows(page) == []
        assert "Niemand in je eenheid is over de datum." in page.text
        assert rows(visit(manager, f"{ADDRESS}?training={CHECK_ONLY}")) == [
            ["Andere training", "10 jan 2027"]
        ]

    @pytest.mark.parametrize("role", [each for each in Role if each is not Role.MANAGER])
    def test_other_roles_do_not_have_the_page(
        self, new_client: NewClient, arrange: Arrange, units: dict[str, Unit], role: Role
    ) -> None:
        with arrange() as session:
            person = a_person(session)
            a_role(session, person=person, role=role, unit=units["arts"])
        assert enter(new_client, arrange, person).get(ADDRESS).status_code == 404

    def test_the_page_ends_with_the_role(
        self, manager: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        somebody(arrange, "Zoë Laat", units["arts"])
        assert rows(visit(manager, ADDRESS)) != []
        with arrange() as session:
            session.scalars(select(RoleGrant)).one().until_on = TODAY.date()
        assert manager.get(ADDRESS).status_code == 404

    def test_a_role_for_one_training_opens_no_other(
        self, new_client: NewClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        with arrange() as session:
            person = a_person(session)
            a_role(session, person=person, role=Role.MANAGER, unit=units["arts"], training_id=BASIS)
        client = enter(new_client, arrange, person)
        assert client.get(ADDRESS).status_code == 200
        assert client.get(f"{ADDRESS}?training={CHECK_ONLY}").status_code == 404
        assert client.get(f"{ADDRESS}?training=nergens").status_code == 404

    def test_each_look_is_noted_and_the_people_of_the_unit_see_it(
        self,
        manager: StrictClient,
        new_client: NewClient,
        arrange: Arrange,
        units: dict[str, Unit],
    ) -> None:
        inside = somebody(arrange, "Binnen", units["dance"], TODAY.date() + timedelta(days=9))
        outside = somebody(arrange, "Buiten", units["law"])
        assert manager.get(ADDRESS).status_code == 200
        with arrange() as session:
            entry = session.scalars(select(AuditEntry)).one()
        assert entry.kind is AuditKind.LATE_READ
        assert json.loads(entry.facts or "") == {
            "day": "2027-03-03",
            "training": BASIS,
            "unit": str(units["arts"].id),
        }
        own = visit(enter(new_client, arrange, inside), "/wat-ziet-hr")
        assert "Lea Leiding" in own.text
        assert "Keek wie van je afdeling over de datum is" in own.text
        assert "kan je leidinggevende je naam zien" in own.text
        assert "Lea Leiding" not in visit(enter(new_client, arrange, outside), "/wat-ziet-hr").text

    def test_what_a_report_hides_stays_hidden(
        self, manager: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        somebody(arrange, "Zoë Laat", units["arts"])
        report_id = a_frozen(arrange, FEW)
        assert table(visit(manager, f"/verslag/{report_id}")).rows == [
            ["arts nl", *["niet getoond"] * 4]
        ]

    def test_the_works_council_reads_that_managers_see_names(
        self, new_client: NewClient, arrange: Arrange
    ) -> None:
        with arrange() as session:
            person = a_person(session)
            a_role(session, person=person, role=Role.WORKS_COUNCIL)
        page = visit(enter(new_client, arrange, person), "/verslag")
        assert "de namen zien van wie over de datum is" in page.text
        assert LINK not in page.text

    def test_many_come_in_pages_with_the_same_number_of_statements(
        self, app: Flask, manager: StrictClient, arrange: Arrange, units: dict[str, Unit]
    ) -> None:
        def statements(page: int) -> int:
            with watching(app) as watched:
                assert len(rows(visit(manager, f"{ADDRESS}?pagina={page}"))) > 0
            return len(watched.statements)

        somebody(arrange, "Een", units["arts"])
        few = statements(1)
        for number in range(60):
            somebody(arrange, f"Nog {number}", units["arts"])
        assert statements(1) == statements(2) == few
        for page in ("9", "9" * 30):
            text = visit(manager, f"{ADDRESS}?pagina={page}").text
            assert ("Pagina 2 van 2" in text) or ("Pagina 1 van 2" in text)
