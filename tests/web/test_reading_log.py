"""Who reads names is noted, and whoever the names are of sees it."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.people import Level, Person, Role
from tests.builders import (
    PASSWORD,
    TRAINING,
    a_person,
    a_role,
    a_unit,
    an_account,
    an_appointment,
    an_obligation,
)
from tests.pages.hr import TableOnPage
from tests.pages.html import elements
from tests.pages.page import visit
from tests.pages.sign_in import SignInPage
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient


@pytest.fixture
def names(arrange: Arrange) -> tuple[str, str]:
    """Return who signs in: somebody of HR of the arts, and somebody who works there."""
    with arrange() as session:
        arts = a_unit(session, code="arts", parent=a_unit(session, code="top"))
        officer, noor = a_person(session, name="Petra Personeel"), a_person(session, name="Noor")
        a_role(session, person=officer, role=Role.HR_UNIT, unit=arts)
        an_appointment(session, person=noor, unit=arts)
        an_obligation(session, person=noor)
        accounts = [an_account(session, person=each) for each in (officer, noor)]
        return accounts[0].sign_in_name, accounts[1].sign_in_name


def enter(client: StrictClient, name: str) -> StrictClient:
    SignInPage.open(client, "/inloggen?next=/privacy").send(name, PASSWORD)
    return client


def kinds(arrange: Arrange) -> list[str | None]:
    with arrange() as session:
        return list(session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)))


def test_lists_and_files_are_noted_and_figures_on_a_page_are_not(
    client: StrictClient, arrange: Arrange, names: tuple[str, str]
) -> None:
    enter(client, names[0])
    for address in ("/hr", "/hr/eenheden", "/hr/mensen", "/hr/mensen.csv", "/hr/eenheden.json"):
        assert client.get(address).status_code == 200
    read, saved = AuditKind.PEOPLE_READ, AuditKind.PEOPLE_EXPORTED
    assert kinds(arrange) == [read, saved, AuditKind.COUNTS_EXPORTED]


def test_whoever_stands_in_the_list_sees_who_looked(
    client: StrictClient, arrange: Arrange, names: tuple[str, str]
) -> None:
    enter(client, names[1])
    assert "Petra Personeel" not in visit(client, "/wat-ziet-hr").text
    other = client.application.test_client()
    assert isinstance(other, StrictClient)
    other.foreign, other.untranslated = client.foreign, client.untranslated
    enter(other, names[0]).get("/hr/mensen?naam=iemand")
    assert "Petra Personeel" in visit(client, "/wat-ziet-hr").text
    with arrange() as session:
        facts = session.scalars(select(AuditEntry.facts)).one()
    assert facts is not None
    assert "iemand" not in facts


def test_who_looks_all_day_stands_there_once_for_each_kind_of_look(
    client: StrictClient, arrange: Arrange, names: tuple[str, str]
) -> None:
    officer = client.application.test_client()
    assert isinstance(officer, StrictClient)
    officer.foreign, officer.untranslated = client.foreign, client.untranslated
    enter(officer, names[0])
    for address in ("/hr/mensen", "/hr/mensen?dag=2027-03-02", "/hr/mensen.csv", "/hr/mensen.json"):
        assert officer.get(address).status_code == 200
    assert len(kinds(arrange)) == 4
    enter(client, names[1])
    *_, looks = elements(visit(client, "/wat-ziet-hr").root, "table")
    assert [row[1:3] for row in TableOnPage(looks).rows] == [
        ["Petra Personeel", "Bekeek een lijst van jouw afdeling"],
        ["Petra Personeel", "Bewaarde een lijst van jouw afdeling als bestand"],
    ]


def test_a_page_about_one_person_is_noted_with_who_it_is_about(
    client: StrictClient, arrange: Arrange, names: tuple[str, str]
) -> None:
    with arrange() as session:
        noor = session.scalars(select(Person.id).where(Person.display_name == "Noor")).one()
    enter(client, names[0])
    assert client.get(f"/hr/vrijstellingen/nieuw/{noor}").status_code == 200
    with arrange() as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.kind, entry.subject_id) == (AuditKind.PERSON_READ, noor)
        assert json.loads(entry.facts or "") == {"reason": "exemption", "training": TRAINING}


def test_a_form_that_comes_back_with_a_name_is_noted_as_well(
    client: StrictClient, arrange: Arrange, names: tuple[str, str]
) -> None:
    """The answer refuses, so nothing else of it is kept."""
    enter(client, names[0])
    why = visit(client, "/hr/vrijstellingen/nieuw?zoek=Noor").follow("Noor")
    back = why.form("Controleer").submit(reden="other_employer", tot="2027-09-01")
    before = kinds(arrange)
    action = back.form("Geef deze vrijstelling").element.get("action", "")
    token = back.form("Geef deze vrijstelling").values["csrf_token"]
    answer = client.post(action, data={"csrf_token": token, "reden": "", "tot": ""})
    assert answer.status_code == 422
    assert "Noor" in answer.text
    assert kinds(arrange) == [*before, AuditKind.PERSON_READ]


def test_a_name_that_cannot_be_noted_is_not_shown(
    client: StrictClient, arrange: Arrange, names: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with arrange() as session:
        noor = session.scalars(select(Person.id).where(Person.display_name == "Noor")).one()
    enter(client, names[0])

    def fails(*_args: object, **_kwargs: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("elearning.web.reading.note_readings", fails)
    client.application.config["PROPAGATE_EXCEPTIONS"] = False
    answer = client.get(f"/hr/vrijstellingen/nieuw/{noor}")
    assert answer.status_code == 500
    assert "Noor" not in answer.text


@pytest.mark.parametrize(("level", "status"), [(Level.NAMED, 200), (Level.COUNTS, 404)])
def test_a_role_for_counts_opens_no_names(
    client: StrictClient, arrange: Arrange, level: Level, status: int
) -> None:
    with arrange() as session:
        unit, person = a_unit(session), a_person(session)
        a_role(session, person=person, role=Role.HR_UNIT, unit=unit, level=level)
        name = an_account(session, person=person).sign_in_name
    enter(client, name)
    assert client.get("/hr/mensen").status_code == status


def test_a_role_for_another_training_opens_nothing_of_this_one(
    client: StrictClient, arrange: Arrange
) -> None:
    with arrange() as session:
        person = a_person(session)
        a_unit(session)
        a_role(session, person=person, role=Role.HR_CENTRAL, training_id="adviser")
        name = an_account(session, person=person).sign_in_name
    enter(client, name)
    assert client.get("/hr/mensen?training=adviser").status_code == 200
    assert client.get("/hr/mensen?training=lecturer-basis").status_code == 404
    assert client.get("/hr/rooster").status_code == 404
