"""The completion overview on both databases: who counts, where, and who may see it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.orm import Session

from elearning.errors import NotFound
from elearning.learning.rates import Rates
from elearning.learning.status import CompletionStatus
from elearning.services.completion_overview import overview
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.completion_table import people_page, people_rows
from elearning.services.hr_scope import HrScope, hr_scope
from elearning.services.people_filter import PeopleFilter, Row, SortKey, StatusFilter
from elearning.services.sign_in import Grant
from elearning.storage.people import Person, Role, Unit
from tests.builders import (
    TRAINING,
    a_person,
    a_unit,
    an_absence,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
)
from tests.trainings import a_training

DAY = date(2027, 3, 3)
CENTRAL = Grant(Role.HR_CENTRAL, None)
ADVISER = "adviser"


TRAININGS = {
    TRAINING: a_training(),
    ADVISER: a_training(ADVISER, satisfies=(TRAINING,)),
}


@pytest.fixture
def root(session: Session) -> Unit:
    return a_unit(session, code="institution")


@pytest.fixture
def arts(session: Session, root: Unit) -> Unit:
    return a_unit(session, code="arts", parent=root)


@pytest.fixture
def law(session: Session, root: Unit) -> Unit:
    return a_unit(session, code="law", parent=root)


def a_colleague(session: Session, name: str, *units: Unit) -> Person:
    person = a_person(session, name=name)
    for number, unit in enumerate(units):
        an_appointment(session, person=person, unit=unit, is_primary=number == 0)
    return person


def a_learner(
    session: Session, name: str, *units: Unit, due_on: date = DAY + timedelta(days=30)
) -> Person:
    person = a_colleague(session, name, *units)
    an_obligation(session, person=person, due_on=due_on)
    return person


def scope_of(session: Session, *grants: Grant) -> HrScope:
    return hr_scope(session, grants=grants or (CENTRAL,), day=DAY)


def ask(
    session: Session, *grants: Grant, training_id: str = TRAINING, day: date = DAY
) -> CompletionQuery:
    scope = scope_of(session, *grants)
    return completion_query(TRAININGS, training_id=training_id, scope=scope, day=day)


def a_filter(
    *,
    status: StatusFilter | None = None,
    name: str = "",
    sort: SortKey = SortKey.NAME,
    is_descending: bool = False,
) -> PeopleFilter:
    return PeopleFilter(status, name, sort, is_descending, lang="nl")


def rows(session: Session, *grants: Grant, day: date = DAY) -> dict[str, Row]:
    found = people_rows(session, ask(session, *grants, day=day), a_filter())
    return {row.name: row for row in found}


def per_unit(session: Session, query: CompletionQuery) -> dict[str, Rates]:
    return {each.unit.code: each.rates for each in overview(session, query).units}


def test_two_appointments_in_two_faculties_are_one_person_in_total_and_two_in_the_sum(
    session: Session, arts: Unit, law: Unit
) -> None:
    a_learner(session, "Noor", arts, law)
    found = overview(session, ask(session))
    assert found.rates.counted == 1
    assert [(each.unit.code, each.rates.counted) for each in found.units] == [
        ("arts", 1),
        ("law", 1),
    ]
    assert found.counted_twice == 1


def test_two_appointments_in_one_faculty_count_once_in_it(session: Session, arts: Unit) -> None:
    history, music = a_unit(session, parent=arts), a_unit(session, parent=arts)
    a_learner(session, "Noor", history, music)
    found = overview(session, ask(session))
    assert (found.units[0].rates.counted, found.counted_twice) == (1, 0)


@pytest.mark.usefixtures("law")
def test_a_unit_counts_everyone_below_it(session: Session, arts: Unit) -> None:
    group = a_unit(session, parent=a_unit(session, parent=arts))
    a_learner(session, "Noor", group)
    assert per_unit(session, ask(session))["arts"].counted == 1
    assert per_unit(session, ask(session))["law"].counted == 0


def test_who_works_in_the_unit_itself_has_a_line_so_that_the_sum_holds(
    session: Session, root: Unit, arts: Unit
) -> None:
    a_learner(session, "Noor", root)
    a_learner(session, "Bram", arts)
    found = overview(session, ask(session))
    lines = {each.unit.code: each.is_direct for each in found.units}
    assert lines == {"institution": True, "arts": False}
    assert found.counted_twice == 0


def test_a_unit_with_nothing_below_it_is_not_split(session: Session, arts: Unit) -> None:
    a_learner(session, "Noor", arts)
    scope = scope_of(session).within(scope_of(session).find("arts"))
    query = completion_query(TRAININGS, training_id=TRAINING, scope=scope, day=DAY)
    found = overview(session, query)
    assert (found.rates.counted, found.units) == (1, ())


def test_units_with_most_still_to_do_come_first(session: Session, arts: Unit, law: Unit) -> None:
    an_award(session, person=a_learner(session, "Noor", arts))
    a_learner(session, "Bram", law)
    assert list(per_unit(session, ask(session))) == ["law", "arts"]


def test_each_status_is_counted_once_and_exempt_and_paused_stand_beside(
    session: Session, arts: Unit
) -> None:
    long_ago = DAY - timedelta(days=400)
    an_award(session, person=a_learner(session, "valid", arts))
    an_award(
        session, person=a_learner(session, "expiring", arts), valid_until=DAY + timedelta(days=60)
    )
    a_learner(session, "open", arts)
    an_award(session, person=a_learner(session, "grace", arts, due_on=long_ago), valid_until=DAY)
    lapsed = a_learner(session, "lapsed", arts, due_on=long_ago)
    an_award(session, person=lapsed, valid_until=DAY - timedelta(days=14))
    a_learner(session, "overdue", arts, due_on=DAY - timedelta(days=15))
    exempt = an_obligation(session, person=a_colleague(session, "exempt", arts))
    an_exemption(session, obligation=exempt, from_on=DAY, until_on=DAY + timedelta(days=1))
    away = a_learner(session, "away", arts)
    an_absence(session, person=away, from_on=DAY, until_on=DAY + timedelta(days=28))
    assert overview(session, ask(session)).rates == Rates(
        valid=2, expiring=1, open=1, in_grace=1, lapsed=1, overdue=1, exempt=1, paused=1
    )


def test_a_leaver_counts_until_the_last_day_and_history_stays(session: Session, arts: Unit) -> None:
    person = a_person(session, name="Noor")
    an_appointment(session, person=person, unit=arts, ends_on=DAY)
    an_obligation(session, person=person)
    assert "Noor" in rows(session, day=DAY - timedelta(days=1))
    assert "Noor" not in rows(session)


def test_after_a_transfer_only_the_new_unit_sees_the_person(
    session: Session, arts: Unit, law: Unit
) -> None:
    person = a_person(session, name="Noor")
    an_appointment(session, person=person, unit=arts, ends_on=DAY)
    an_appointment(session, person=person, unit=law, starts_on=DAY)
    an_obligation(session, person=person)
    of_arts, of_law = (Grant(Role.HR_UNIT, unit.id) for unit in (arts, law))
    before = DAY - timedelta(days=1)
    assert list(rows(session, of_arts, day=before)) == ["Noor"]
    assert list(rows(session, of_law, day=before)) == []
    assert list(rows(session, of_arts)) == []
    assert list(rows(session, of_law)) == ["Noor"]


def test_who_has_no_obligation_does_not_count(session: Session, arts: Unit) -> None:
    a_colleague(session, "Noor", arts)
    closed = a_colleague(session, "Bram", arts)
    an_obligation(session, person=closed, closed_on=DAY)
    elsewhere = a_colleague(session, "Sem", arts)
    an_obligation(session, person=elsewhere, training_id=ADVISER)
    assert rows(session) == {}


def test_the_adviser_training_satisfies_the_lecturer_basis_and_not_the_other_way(
    session: Session, arts: Unit
) -> None:
    adviser = a_learner(session, "Noor", arts)
    an_award(session, person=adviser, training_id=ADVISER)
    lecturer = a_colleague(session, "Bram", arts)
    an_obligation(session, person=lecturer, training_id=ADVISER)
    an_award(session, person=lecturer, training_id=TRAINING)
    assert rows(session)["Noor"].standing.status is CompletionStatus.VALID
    about_advisers = people_rows(session, ask(session, training_id=ADVISER), a_filter())
    assert [row.standing.status for row in about_advisers] == [CompletionStatus.OPEN]


def test_a_superseded_award_gives_way_to_its_correction(session: Session, arts: Unit) -> None:
    person = a_learner(session, "Noor", arts)
    wrong = an_award(session, person=person, valid_until=date(2030, 1, 1))
    an_award(session, person=person, replaces=wrong, valid_until=date(2029, 1, 1))
    assert rows(session)["Noor"].standing.valid_until == date(2029, 1, 1)


def test_a_withdrawn_award_no_longer_counts(session: Session, arts: Unit) -> None:
    an_award(session, person=a_learner(session, "Noor", arts), withdrawn_on=DAY)
    assert rows(session)["Noor"].standing.status is CompletionStatus.OPEN
    before = rows(session, day=DAY - timedelta(days=1))["Noor"]
    assert before.standing.status is CompletionStatus.VALID


def test_an_award_for_someone_else_changes_nobody(session: Session, arts: Unit) -> None:
    people = [a_learner(session, name, arts) for name in ("Noor", "Bram", "Sem")]
    before = rows(session)
    an_award(session, person=people[0])
    after = rows(session)
    assert {name for name in before if before[name] != after[name]} == {"Noor"}


def test_hr_of_a_unit_sees_its_subtree_and_no_other_unit_of_the_same_person(
    session: Session, arts: Unit, law: Unit
) -> None:
    group = a_unit(session, code="group", parent=arts)
    a_learner(session, "Noor", group, law)
    a_learner(session, "Bram", law)
    seen = rows(session, Grant(Role.HR_UNIT, arts.id))
    assert list(seen) == ["Noor"]
    assert [unit.code for unit in seen["Noor"].units] == ["group"]


def test_two_appointments_in_one_unit_name_it_once(session: Session, arts: Unit) -> None:
    a_learner(session, "Noor", arts, arts)
    assert [unit.code for unit in rows(session)["Noor"].units] == ["arts"]


def test_hr_of_two_units_sees_both_and_each_person_once(
    session: Session, arts: Unit, law: Unit
) -> None:
    a_learner(session, "Noor", arts, law)
    grants = Grant(Role.HR_UNIT, arts.id), Grant(Role.HR_UNIT, law.id)
    found = overview(session, ask(session, *grants))
    assert (found.rates.counted, found.counted_twice) == (1, 1)
    assert [each.unit.code for each in found.units] == ["arts", "law"]


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize("code", ["law", "institution", "no-such-unit", ""])
def test_a_unit_outside_the_scope_is_not_there(session: Session, arts: Unit, code: str) -> None:
    scope = scope_of(session, Grant(Role.HR_UNIT, arts.id))
    assert scope.find("arts").id == arts.id
    with pytest.raises(NotFound, match="no such unit"):
        scope.find(code)


@pytest.mark.usefixtures("arts")
@pytest.mark.parametrize(
    "grant", [Grant(Role.HR_UNIT, None), Grant(Role.LEARNER, None), Grant(Role.ADMIN, None)]
)
def test_a_grant_that_names_no_unit_or_no_hr_role_opens_nothing(
    session: Session, grant: Grant
) -> None:
    with pytest.raises(NotFound):
        hr_scope(session, grants=[grant], day=DAY)


@pytest.mark.usefixtures("arts")
def test_a_training_that_is_not_served_is_not_there(session: Session) -> None:
    with pytest.raises(NotFound):
        ask(session, training_id="retired")


def test_figures_and_rows_agree_for_every_filter(session: Session, arts: Unit) -> None:
    an_award(session, person=a_learner(session, "a", arts))
    a_learner(session, "b", arts)
    a_learner(session, "c", arts, due_on=DAY - timedelta(days=1))
    a_learner(session, "d", arts, due_on=DAY - timedelta(days=100))
    query = ask(session)
    counts = {
        each: len(people_rows(session, query, a_filter(status=each))) for each in StatusFilter
    }
    rates = overview(session, query).rates
    assert counts == {
        StatusFilter.VALID: rates.valid,
        StatusFilter.EXPIRING: rates.expiring,
        StatusFilter.TO_DO: rates.to_do,
        StatusFilter.OPEN: rates.open,
        StatusFilter.IN_GRACE: rates.in_grace,
        StatusFilter.PAST_DUE: rates.in_grace + rates.late,
        StatusFilter.LATE: rates.late,
        StatusFilter.OVERDUE: rates.overdue,
        StatusFilter.LAPSED: rates.lapsed,
        StatusFilter.EXEMPT: rates.exempt,
        StatusFilter.PAUSED: rates.paused,
    }
    assert (rates.valid, rates.open, rates.in_grace, rates.overdue) == (1, 1, 1, 1)


def test_a_name_is_found_without_its_accents_or_capitals(session: Session, arts: Unit) -> None:
    a_learner(session, "Şerife Gökçe", arts)
    a_learner(session, "Bram", arts)
    found = people_rows(session, ask(session), a_filter(name=" gokce "))
    assert [row.name for row in found] == ["Şerife Gökçe"]


@pytest.mark.parametrize(
    ("order", "expected"),
    [
        ((SortKey.NAME, False), ["Éva", "Noor", "zoë"]),
        ((SortKey.NAME, True), ["zoë", "Noor", "Éva"]),
        ((SortKey.UNIT, False), ["Noor", "Éva", "zoë"]),
        ((SortKey.STATUS, False), ["zoë", "Éva", "Noor"]),
        ((SortKey.STATUS, True), ["Noor", "Éva", "zoë"]),
        ((SortKey.OBTAINED_ON, False), ["zoë", "Éva", "Noor"]),
        ((SortKey.DUE_ON, False), ["Noor", "Éva", "zoë"]),
        ((SortKey.DUE_ON, True), ["Éva", "Noor", "zoë"]),
        ((SortKey.VALID_UNTIL, True), ["zoë", "Éva", "Noor"]),
    ],
)
def test_rows_sort_by_any_column_with_empty_cells_last(
    session: Session, arts: Unit, law: Unit, order: tuple[SortKey, bool], expected: list[str]
) -> None:
    an_award(session, person=a_learner(session, "zoë", law))
    a_learner(session, "Noor", arts, due_on=DAY - timedelta(days=1))
    a_learner(session, "Éva", law, due_on=DAY + timedelta(days=1))
    chosen = a_filter(sort=order[0], is_descending=order[1])
    found = people_rows(session, ask(session), chosen)
    assert [row.name for row in found] == expected


def test_pages_hold_every_row_once_and_a_page_too_far_is_the_last(
    session: Session, arts: Unit
) -> None:
    for number in range(5):
        a_learner(session, f"p{number}", arts)
    query = ask(session)

    def page(number: int) -> tuple[int, list[str]]:
        found = people_page(session, query, a_filter(), page=number, page_size=2)
        assert (found.found, found.everyone, found.pages) == (5, 5, 3)
        return found.page, [row.name for row in found.rows]

    assert page(1) == (1, ["p0", "p1"])
    assert page(2) == (2, ["p2", "p3"])
    assert page(3) == page(99) == (3, ["p4"])
    assert page(-1) == page(0) == page(1)


@pytest.mark.usefixtures("arts")
def test_no_people_is_one_empty_page(session: Session) -> None:
    found = people_page(session, ask(session), a_filter(), page=1, page_size=50)
    assert (found.rows, found.found, found.everyone, found.pages) == ((), 0, 0, 1)


@contextmanager
def counted_statements(engine: Engine) -> Iterator[list[str]]:
    seen: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    event.listen(engine, "before_cursor_execute", listen)
    yield seen
    event.remove(engine, "before_cursor_execute", listen)


@pytest.mark.usefixtures("law")
@pytest.mark.parametrize("role", [Role.HR_CENTRAL, Role.HR_UNIT])
def test_the_number_of_statements_does_not_grow_with_the_number_of_people(
    engine: Engine, session: Session, arts: Unit, role: Role
) -> None:
    grant = CENTRAL if role is Role.HR_CENTRAL else Grant(role, arts.id)

    def statements() -> int:
        with counted_statements(engine) as seen:
            query = ask(session, grant)
            people_page(session, query, a_filter(), page=1, page_size=50)
        return len(seen)

    a_learner(session, "first", arts)
    few = statements()
    for number in range(60):
        an_award(session, person=a_learner(session, f"p{number}", arts))
    assert statements() == few <= 16
