"""What is not right in the roster, found on both databases, and nothing else found."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from elearning.services.data_quality import (
    Check,
    PersonFound,
    RowFound,
    UnitFound,
    finding_counts,
    findings,
    roster_day,
)
from elearning.storage.people import Person, Unit
from elearning.storage.roster import RosterImport
from tests.builders import a_person, a_unit, an_account, an_appointment, an_obligation
from tests.databases import TODAY

DAY = TODAY.date()
ONE = timedelta(days=1)


@pytest.fixture
def arts(session: Session) -> Unit:
    return a_unit(session, code="arts", parent=a_unit(session, code="root"))


def somebody(session: Session, name: str, unit: Unit, *, email: str | None = "own") -> Person:
    person = a_person(session, name=name)
    if email != "own":
        person.email = email
    an_appointment(session, person=person, unit=unit)
    session.flush()
    return person


def found(session: Session, check: Check) -> list[str]:
    return [
        each.name for each in findings(session, check, day=DAY) if isinstance(each, PersonFound)
    ]


def test_a_roster_that_is_right_has_nothing_to_put_right(session: Session, arts: Unit) -> None:
    an_account(session, person=somebody(session, "Noor", arts))
    counts = finding_counts(session, day=DAY)
    assert counts == dict.fromkeys(Check, 0)
    assert roster_day(session) is None


def test_in_no_unit_is_who_must_hold_something_or_works_where_nobody_counts(
    session: Session, arts: Unit
) -> None:
    left = a_person(session, name="Left")
    an_appointment(session, person=left, unit=arts, ends_on=DAY)
    assert found(session, Check.NO_UNIT) == []
    an_obligation(session, person=left)
    nowhere = Unit(code="nowhere", name_nl="", name_en="")
    session.add(nowhere)
    session.flush()
    somebody(session, "Adrift", nowhere)
    assert found(session, Check.NO_UNIT) == ["Adrift", "Left"]
    an_obligation(session, person=somebody(session, "Fine", arts))
    assert found(session, Check.NO_UNIT) == ["Adrift", "Left"]


def test_without_an_address_is_who_works_here_and_cannot_be_written_to(
    session: Session, arts: Unit
) -> None:
    somebody(session, "None", arts, email=None)
    somebody(session, "Blank", arts, email="  ")
    somebody(session, "Fine", arts)
    gone = a_person(session, name="Gone")
    gone.email = None
    session.flush()
    assert found(session, Check.NO_ADDRESS) == ["Blank", "None"]
    (blank, _) = findings(session, Check.NO_ADDRESS, day=DAY)
    assert isinstance(blank, PersonFound)
    assert [unit.code for unit in blank.units] == ["arts"]


def test_the_same_name_is_read_without_case_and_accents(session: Session, arts: Unit) -> None:
    somebody(session, "Zoë de Wit", arts)
    somebody(session, "ZOE DE WIT", arts)
    somebody(session, "Zoë", arts)
    a_person(session, name="Zoë")
    assert sorted(found(session, Check.SAME_NAME)) == ["ZOE DE WIT", "Zoë de Wit"]


def test_the_same_address_is_read_without_case(session: Session, arts: Unit) -> None:
    somebody(session, "One", arts, email="a@x.example")
    somebody(session, "Two", arts, email=" A@x.example")
    for name in ("Three", "Four"):
        somebody(session, name, arts, email=None)
    assert found(session, Check.SAME_ADDRESS) == ["One", "Two"]


def test_the_main_appointment_has_ended_while_another_runs(session: Session, arts: Unit) -> None:
    person = a_person(session, name="Noor")
    an_appointment(session, person=person, unit=arts, ends_on=DAY)
    assert found(session, Check.MAIN_ENDED) == []
    an_appointment(session, person=person, unit=arts, is_primary=False)
    assert found(session, Check.MAIN_ENDED) == ["Noor"]
    an_appointment(session, person=person, unit=arts, starts_on=DAY)
    assert found(session, Check.MAIN_ENDED) == []


def test_an_account_and_never_an_appointment(session: Session, arts: Unit) -> None:
    an_account(session, person=a_person(session, name="Visitor"))
    left = a_person(session, name="Left")
    an_appointment(session, person=left, unit=arts, ends_on=DAY)
    an_account(session, person=left)
    assert found(session, Check.ACCOUNT_ONLY) == ["Visitor"]


def test_a_unit_without_people_has_none_below_it_either(session: Session, arts: Unit) -> None:
    law = a_unit(session, code="law", parent=arts)
    a_unit(session, code="music", parent=law)
    somebody(session, "Noor", law)
    empty = findings(session, Check.EMPTY_UNIT, day=DAY)
    assert [
        (each.unit.code, each.above.code if each.above else None)
        for each in empty
        if isinstance(each, UnitFound)
    ] == [("music", "law")]


def test_rows_left_out_are_those_of_the_last_roster_that_stands(session: Session) -> None:
    for number, undone_at in ((3, None), (9, datetime(2027, 1, 1, tzinfo=UTC))):
        session.add(
            RosterImport(
                as_of=DAY - number * ONE,
                applied_at=TODAY,
                applied_by=None,
                digest="",
                counts={},
                problems=[[number, "unit", "no_unit"], [number, "fte", "no_fte"]],
                undone_at=undone_at,
            )
        )
        session.flush()
    problems = ("unit", "no_unit"), ("fte", "no_fte")
    assert findings(session, Check.ROW_REFUSED, day=DAY) == (RowFound(3, problems),)
    assert roster_day(session) == DAY - 3 * ONE
