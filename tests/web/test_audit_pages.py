"""Who audits reads the log without names, and sees where it is not what was written."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, text

from elearning.clock import SetClock
from elearning.services.audit_log import Act, audit_head, record
from elearning.services.forget_audit_entries import empty_entries_about
from elearning.storage.audit import AuditEntry, AuditFact, AuditKind
from elearning.storage.people import Person, Role
from elearning.web.audit.pages import MOST_BREAKS
from elearning.web.audit.views import ENTRIES_A_PAGE
from tests.builders import a_person
from tests.pages.hr import TableOnPage
from tests.pages.html import elements
from tests.pages.page import Page, visit
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient
from tests.web.test_hr import NewClient, signed_in_as, statements_of

LOOKED = (
    "HR of een beheerder keek naar één persoon: voor een vrijstelling, een rol of een intrekking."
)
LOG, CHECK = "/logboek", "/logboek/controle"


@pytest.fixture
def auditor(new_client: NewClient, arrange: Arrange) -> StrictClient:
    return signed_in_as(new_client(), arrange, Role.AUDITOR)


@pytest.fixture
def noor(arrange: Arrange) -> Person:
    with arrange() as session:
        return a_person(session, name="Noor de Wit")


def log(arrange: Arrange, clock: SetClock, *acts: Act) -> None:
    with arrange() as session:
        record(session, *acts, clock=clock)


def rows(page: Page) -> list[list[str]]:
    return [row for table in elements(page.root, "table") for row in TableOnPage(table).rows]


def looked_at(noor: Person, officer: UUID | None = None) -> Act:
    facts = {AuditFact.REASON: "exemption", AuditFact.TRAINING: "lecturer-basis"}
    return Act(AuditKind.PERSON_READ, officer, noor.id, facts)


def test_an_entry_says_what_was_done_by_whom_and_when_and_names_nobody(
    auditor: StrictClient, arrange: Arrange, clock: SetClock, noor: Person
) -> None:
    with arrange() as session:
        officer = a_person(session, name="Petra Puntkomma").id
    log(arrange, clock, looked_at(noor, officer), Act(AuditKind.KEY_ROTATED, None, None))
    page = visit(auditor, LOG)
    assert rows(page) == [
        ["2", "3 mrt 2027 10:00:00", "Vanaf nu tekent een nieuwe sleutel.", "het programma"]
        + ["\N{EN DASH}"] * 2,
        [
            "1",
            "3 mrt 2027 10:00:00",
            LOOKED,
            officer.hex[:8],
            noor.id.hex[:8],
            "een code uit een korte lijst: exemption; de code van een training: lecturer-basis",
        ],
    ]
    assert not any(name in page.text for name in ("Noor", "Puntkomma"))
    assert noor.id.hex not in page.response.text


def test_entries_are_found_by_kind_and_by_day(
    auditor: StrictClient, arrange: Arrange, clock: SetClock, noor: Person
) -> None:
    clock.instant -= timedelta(days=3)
    for _ in range(3):
        log(arrange, clock, looked_at(noor), Act(AuditKind.KEY_ROTATED, None, None))
        clock.instant += timedelta(days=1)
    of_kind = visit(auditor, LOG).form("Toon").submit(soort="person_read")
    assert [row[0] for row in rows(of_kind)] == ["5", "3", "1"]
    of_day = of_kind.form("Toon").submit(van="2027-03-01", tot="2027-03-01")
    assert [row[0] for row in rows(of_day)] == ["3"]
    assert rows(visit(auditor, f"{LOG}?van=2027-03-09")) == []
    assert "Er is geen regel die past." in visit(auditor, f"{LOG}?van=2027-03-09").text


def test_a_day_begins_where_the_institution_is(
    auditor: StrictClient, arrange: Arrange, clock: SetClock, noor: Person
) -> None:
    now = clock.instant
    clock.instant = now.replace(day=2, hour=23, minute=30)
    log(arrange, clock, looked_at(noor))
    clock.instant = now
    (row,) = rows(visit(auditor, f"{LOG}?van=2027-03-03&tot=2027-03-03"))
    assert row[1] == "3 mrt 2027 00:30:00"


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("van=gisteren", "Vul een dag in, zoals 2026-11-23"),
        ("van=0001-01-01", "Vul een dag in, zoals 2026-11-23"),
        ("tot=9999-12-31", "Vul een dag in, zoals 2026-11-23"),
        ("van=2027-03-04&tot=2027-03-03", "De laatste dag komt voor de eerste"),
        ("soort=koffie", "Kies uit de lijst"),
    ],
)
def test_a_filter_that_cannot_be_read_says_so_at_its_field(
    auditor: StrictClient, query: str, said: str
) -> None:
    page = visit(auditor, f"{LOG}?{query}", status=422)
    assert page.text.count(said) == 2


def test_a_digest_is_shown_by_its_beginning(
    auditor: StrictClient, arrange: Arrange, clock: SetClock
) -> None:
    facts = {AuditFact.DIGEST: "0123456789abcdef" * 4}
    log(arrange, clock, Act(AuditKind.REPORT_FROZEN, None, None, facts))
    ((*_, besides),) = rows(visit(auditor, LOG))
    assert (
        besides
        == "een controlegetal van een bestand: 0123456789abcdef01234567\N{HORIZONTAL ELLIPSIS}"
    )


def test_a_long_log_is_read_a_page_at_a_time_with_as_many_statements(
    app: Flask, auditor: StrictClient, arrange: Arrange, clock: SetClock, noor: Person
) -> None:
    log(arrange, clock, looked_at(noor))
    few = statements_of(app, auditor, LOG)
    log(arrange, clock, *[looked_at(noor)] * ENTRIES_A_PAGE)
    first = visit(auditor, f"{LOG}?soort=person_read")
    assert len(rows(first)) == ENTRIES_A_PAGE
    assert [row[0] for row in rows(first.follow("Volgende pagina"))] == ["1"]
    assert statements_of(app, auditor, LOG) == few


def test_what_was_said_of_somebody_erased_is_said_to_be_gone(
    auditor: StrictClient, arrange: Arrange, clock: SetClock, noor: Person
) -> None:
    log(arrange, clock, looked_at(noor))
    with arrange() as session:
        empty_entries_about(session, keys=[noor.id], clock=clock)
    page = visit(auditor, LOG)
    assert rows(page)[1][2] == "Leeggemaakt: dit ging over iemand van wie de gegevens weg zijn."
    assert "Er is niets veranderd, verplaatst of weggehaald" in visit(auditor, CHECK).text


def test_an_untouched_log_is_said_to_be_so_with_its_end(
    auditor: StrictClient, arrange: Arrange, clock: SetClock, noor: Person
) -> None:
    log(arrange, clock, looked_at(noor))
    page = visit(auditor, LOG).follow("Controleer of er niets is veranderd")
    assert "Er is niets veranderd, verplaatst of weggehaald" in page.text
    with arrange() as session:
        assert audit_head(session).chain_digest in page.text
    assert rows(page) == []


def test_each_place_that_was_altered_is_named(
    auditor: StrictClient, arrange: Arrange, clock: SetClock, noor: Person
) -> None:
    log(arrange, clock, *[looked_at(noor)] * 5)
    with arrange() as session:
        session.execute(text("UPDATE audit_entry SET facts = '{}' WHERE number = 2"))
        session.execute(text("DELETE FROM audit_entry WHERE number = 4"))
    page = visit(auditor, CHECK)
    assert "2 plekken zijn niet zoals ze geschreven zijn" in page.text
    assert rows(page) == [["2", "Wat er staat, is veranderd"], ["4", "De regel ontbreekt"]]


def test_of_many_places_the_first_are_shown(
    auditor: StrictClient, arrange: Arrange, clock: SetClock, noor: Person
) -> None:
    log(arrange, clock, *[looked_at(noor)] * (MOST_BREAKS + 1))
    with arrange() as session:
        session.execute(text("UPDATE audit_entry SET facts = '{}'"))
    page = visit(auditor, CHECK)
    assert len(rows(page)) == MOST_BREAKS
    assert "Je ziet de eerste 100." in page.text


def test_reading_the_log_leaves_it_as_it_was(
    auditor: StrictClient, arrange: Arrange, clock: SetClock, noor: Person
) -> None:
    log(arrange, clock, looked_at(noor))
    for address in (LOG, CHECK):
        visit(auditor, address)
    with arrange() as session:
        assert len(session.scalars(select(AuditEntry)).all()) == 1


def test_nobody_else_finds_it_and_who_audits_finds_it_in_the_menu(
    auditor: StrictClient, new_client: NewClient, arrange: Arrange
) -> None:
    assert visit(auditor, "/").follow("Logboek").heading == "Logboek"
    for role in (Role.HR_CENTRAL, Role.ADMIN, Role.BOARD):
        other = signed_in_as(new_client(), arrange, role)
        for address in (LOG, CHECK):
            visit(other, address, status=404)
