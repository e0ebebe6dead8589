"""The access review: who has which role, confirmed as seen, ended after a second look."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from elearning.clock import SetClock
from elearning.services.audit_log import Act, record
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.people import Role, RoleGrant
from tests.builders import PASSWORD, a_person, a_role, a_unit, an_account
from tests.databases import TODAY
from tests.pages.hr import TableOnPage
from tests.pages.html import elements
from tests.pages.page import Page, visit
from tests.pages.sign_in import SignInPage
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import statements_of

NewClient = Callable[[], StrictClient]


@pytest.fixture
def hr(client: StrictClient, arrange: Arrange) -> StrictClient:
    """Return the browser of HR; a manager's role ends soon, and a board member's has no end."""
    with arrange() as session:
        petra = a_person(session, name="Petra Personeel")
        a_role(session, person=petra, role=Role.HR_CENTRAL)
        name = an_account(session, person=petra).sign_in_name
        law = a_unit(session, code="law", parent=a_unit(session, code="top"))
        manager = a_role(session, person=a_person(session, name="Lea"), role=Role.MANAGER, unit=law)
        manager.until_on = TODAY.date() + timedelta(days=9)
        manager.given_by = petra.id
        ended = a_role(session, person=a_person(session, name="Oud"), role=Role.AUTHOR)
        ended.until_on = TODAY.date()
        a_role(session, person=a_person(session, name="Bo"), role=Role.BOARD)
    SignInPage.open(client, "/inloggen?next=/privacy").send(name, PASSWORD)
    return client


def rows(page: Page) -> list[list[str]]:
    return TableOnPage(next(elements(page.root, "table"))).rows


def kinds(arrange: Arrange) -> list[AuditKind | None]:
    with arrange() as session:
        return list(session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)))


def test_every_role_that_runs_is_there_with_what_stands_out(hr: StrictClient) -> None:
    page = visit(hr, "/hr").follow("Toegang")
    found = [row[:6] for row in rows(page)]
    assert found == [
        ["Bo", "Bestuur", "De instelling", "Geen namen", "geen laatste dag", "–"],
        ["Lea", "Leidinggevende", "law nl", "Geen namen", "11 mrt 2027, binnenkort",
         "Petra Personeel"],
        ["Petra Personeel", "HR van de instelling", "De instelling", "Met namen",
         "geen laatste dag", "–"],
    ]  # fmt: skip
    assert "Lopen binnen 30 dagen af: 1. Zonder laatste dag: 2." in page.text


def test_a_review_is_logged_with_its_day_and_the_next_reader_sees_it(
    hr: StrictClient, arrange: Arrange
) -> None:
    page = visit(hr, "/hr/toegang")
    assert "heeft niemand deze rollen gecontroleerd" in page.text
    after = page.form("Deze rollen kloppen").submit()
    assert "Laatst gecontroleerd op 3 maart 2027 door Petra Personeel: 3 rollen." in after.text
    read = AuditKind.ACCESS_READ
    assert kinds(arrange) == [read, AuditKind.ACCESS_REVIEWED, read]
    assert rows(after)[2][6] == "3 mrt 2027"


def test_roles_that_changed_meanwhile_are_shown_again(hr: StrictClient, arrange: Arrange) -> None:
    form = visit(hr, "/hr/toegang").form("Deze rollen kloppen")
    with arrange() as session:
        a_role(session, person=a_person(session, name="Nieuw"), role=Role.ADMIN)
    page = form.submit(status=422)
    assert "De rollen zijn veranderd" in page.text
    assert "Nieuw" in page.text
    assert kinds(arrange) == [AuditKind.ACCESS_READ] * 2


def test_a_role_ends_after_a_second_look_and_opens_nothing_from_then_on(
    hr: StrictClient, arrange: Arrange, clock: SetClock
) -> None:
    with arrange() as session:
        lea = session.scalars(select(RoleGrant).where(RoleGrant.role == Role.MANAGER)).one()
    check = visit(hr, "/hr/toegang").follow(f"Beëindig rol {lea.id}")
    assert check.heading == "De rol van Lea beëindigen?"
    after = check.form("Beëindig deze rol").submit()
    assert "Lea" not in [row[0] for row in rows(after)]
    with arrange() as session:
        assert session.get_one(RoleGrant, lea.id).until_on == clock.today()
    assert kinds(arrange) == [
        AuditKind.ACCESS_READ,
        AuditKind.PERSON_READ,
        AuditKind.ROLE_ENDED,
        AuditKind.ACCESS_READ,
    ]
    visit(hr, f"/hr/toegang/{lea.id}", status=404)


def test_nobody_ends_their_own_role(hr: StrictClient, arrange: Arrange) -> None:
    with arrange() as session:
        own = session.scalars(select(RoleGrant.id).where(RoleGrant.role == Role.HR_CENTRAL)).one()
    page = visit(hr, f"/hr/toegang/{own}")
    assert "Dit is je eigen rol" in page.text
    assert page.forms == []


def test_the_files_hold_every_role_and_taking_them_along_is_noted(
    hr: StrictClient, arrange: Arrange
) -> None:
    text = hr.get("/hr/toegang/lijst.csv").get_data().decode("utf-8-sig")
    found = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    body = found[found.index([]) + 2 :]
    assert [row[2] for row in body] == ["Bo", "Lea", "Petra Personeel"]
    assert body[1][8] == "2027-03-11"
    for kind in ("xlsx", "json"):
        assert hr.get(f"/hr/toegang/lijst.{kind}").status_code == 200
    assert kinds(arrange) == [AuditKind.ACCESS_EXPORTED] * 3


def test_the_number_of_statements_does_not_grow_with_the_roles(
    app: Flask, hr: StrictClient, arrange: Arrange
) -> None:
    few = statements_of(app, hr, "/hr/toegang")
    with arrange() as session:
        for _ in range(30):
            a_role(session, person=a_person(session), role=Role.AUTHOR)
    assert statements_of(app, hr, "/hr/toegang") == few


def test_what_somebody_does_as_a_learner_is_no_last_act(
    hr: StrictClient, arrange: Arrange, clock: SetClock
) -> None:
    with arrange() as session:
        bo = session.scalars(select(RoleGrant.person_id).where(RoleGrant.role == Role.BOARD)).one()
        record(session, Act(AuditKind.BADGE_SHARED, bo, bo), clock=clock)
    assert rows(visit(hr, "/hr/toegang"))[0][6] == "–"
