"""The roster on both databases: what changes, who ends, what is doubtful, and undoing it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.errors import Conflict, InvalidInput
from elearning.services.assign_training import RuleDraft, add_rule
from elearning.services.import_roster import (
    Applied,
    TooManyEndings,
    apply_roster,
    look_over_roster,
    undo_roster,
)
from elearning.services.roster_plan import RosterPlan
from elearning.services.roster_row import Trouble
from elearning.storage.completion import Obligation
from elearning.storage.facts import known
from elearning.storage.people import Appointment, Person, Unit
from elearning.storage.roster import RosterImport
from tests.builders import TRAINING, a_unit
from tests.databases import TODAY
from tests.trainings import a_training

DAY = TODAY.date()
ONE = timedelta(days=1)
HEADS = (
    "personeelsnummer", "dienstverband", "naam", "e-mail", "eenheid", "categorie", "functies",
    "hoofddienstverband", "begindatum", "laatste_dag",
)  # fmt: skip
Line = dict[str, str]


@pytest.fixture(autouse=True)
def units(session: Session) -> None:
    root = a_unit(session, code="root")
    for code in ("arts", "law"):
        a_unit(session, code=code, parent=root)


def line(number: int, **values: str) -> Line:
    usual = {
        "personeelsnummer": str(number),
        "dienstverband": "1",
        "naam": f"Person {number}",
        "e-mail": f"p{number}@x.example",
        "eenheid": "arts",
        "categorie": "academic",
        "functies": "lecturer",
        "hoofddienstverband": "ja",
        "begindatum": "2026-09-01",
        "laatste_dag": "",
    }
    return {**usual, **values}


def content(lines: Sequence[Line]) -> bytes:
    rows = [HEADS, *([each[head] for head in HEADS] for each in lines)]
    return "\n".join(";".join(row) for row in rows).encode()


def look(session: Session, clock: SetClock, lines: Sequence[Line]) -> RosterPlan:
    return look_over_roster(session, content=content(lines), as_of=clock.today(), clock=clock)


def apply(
    session: Session, clock: SetClock, lines: Sequence[Line], *, endings: int | None = None
) -> Applied:
    applied = apply_roster(
        session,
        plan=look(session, clock, lines),
        content=content(lines),
        accepted_endings=endings,
        applied_by=None,
        clock=clock,
    )
    clock.instant += ONE
    return applied


def works(session: Session) -> dict[tuple[str, str | None], tuple[str, date, date | None]]:
    """Return every appointment as it is known now."""
    rows = session.execute(
        select(
            Person.external_id,
            Appointment.roster_number,
            Unit.code,
            Appointment.starts_on,
            Appointment.ends_on,
        )
        .join(Person, Person.id == Appointment.person_id)
        .join(Unit, Unit.id == Appointment.unit_id)
        .where(known(Appointment, None))
    )
    return {(person, number): (unit, start, end) for person, number, unit, start, end in rows}


def many(count: int) -> list[Line]:
    return [line(number) for number in range(1, count + 1)]


def a_rule(session: Session, clock: SetClock) -> None:
    draft = RuleDraft("all", TRAINING, {"all": []}, clock.today(), None, 60)
    trainings = {TRAINING: a_training()}
    add_rule(session, draft=draft, trainings=trainings, made_by=None, clock=clock)


def test_a_first_roster_brings_people_and_obligations(session: Session, clock: SetClock) -> None:
    a_rule(session, clock)
    applied = apply(session, clock, many(3))
    assert applied.counts["new"] == applied.obligations_opened == 3
    rows = session.scalars(select(Obligation)).all()
    assert {(row.opened_on, row.due_on) for row in rows} == {(DAY, DAY + timedelta(days=60))}


def test_a_dry_run_writes_nothing(session: Session, clock: SetClock) -> None:
    plan = look(session, clock, many(3))
    assert len(plan.new) == 3
    assert not session.new
    assert not session.dirty
    assert session.scalar(select(func.count()).select_from(Person)) == 0


def test_the_same_roster_again_changes_nothing(session: Session, clock: SetClock) -> None:
    apply(session, clock, many(3))
    before = session.scalar(select(func.count()).select_from(Appointment))
    again = apply(session, clock, many(3))
    assert (again.counts["unchanged"], again.counts["new"]) == (3, 0)
    assert session.scalar(select(func.count()).select_from(Appointment)) == before


def test_a_transfer_is_a_changed_row_and_the_obligation_goes_on(
    session: Session, clock: SetClock
) -> None:
    a_rule(session, clock)
    apply(session, clock, many(30))
    ended = line(1, laatste_dag=str(DAY))
    moved = line(1, dienstverband="2", eenheid="law", begindatum=str(DAY + ONE))
    apply(session, clock, [ended, moved, *many(30)[1:]])
    assert works(session)["1", "1"] == ("arts", date(2026, 9, 1), DAY + ONE)
    assert works(session)["1", "2"] == ("law", DAY + ONE, None)
    person = session.scalars(select(Person.id).where(Person.external_id == "1")).one()
    rows = session.scalars(
        select(Obligation).where(Obligation.person_id == person, known(Obligation, None))
    ).all()
    assert [(row.opened_on, row.closed_on) for row in rows] == [(DAY, None)]


def test_missing_once_is_noted_and_missing_twice_ends_at_last_seen(
    session: Session, clock: SetClock
) -> None:
    apply(session, clock, many(30))
    apply(session, clock, many(30)[1:])
    assert works(session)["1", "1"] == ("arts", date(2026, 9, 1), None)
    applied = apply(session, clock, many(30)[1:])
    assert applied.counts["ended"] == 1
    assert works(session)["1", "1"] == ("arts", date(2026, 9, 1), DAY + ONE)


def test_back_in_the_second_roster_means_nothing_happened(
    session: Session, clock: SetClock
) -> None:
    apply(session, clock, many(30))
    apply(session, clock, many(30)[1:])
    apply(session, clock, many(30))
    applied = apply(session, clock, many(30)[1:])
    assert (applied.counts["ended"], applied.counts["missing"]) == (0, 1)


def test_the_same_day_twice_is_one_roster(session: Session, clock: SetClock) -> None:
    apply(session, clock, many(30))
    apply(session, clock, many(30)[1:])
    clock.instant -= ONE
    applied = apply(session, clock, many(30)[1:])
    assert (applied.counts["ended"], applied.counts["missing"]) == (0, 1)


def test_more_than_five_per_cent_endings_need_their_number(
    session: Session, clock: SetClock
) -> None:
    apply(session, clock, many(40))
    assert look(session, clock, many(38)).brake is None
    assert look(session, clock, many(37)).brake == 3
    for wrong in (None, 2, 4):
        with pytest.raises(TooManyEndings, match="3 of 40"):
            apply(session, clock, many(37), endings=wrong)
    apply(session, clock, many(37), endings=3)
    assert len(works(session)) == 40


def test_an_explicit_end_counts_for_the_brake(session: Session, clock: SetClock) -> None:
    apply(session, clock, many(10))
    ended = [line(1, laatste_dag=str(DAY)), *many(10)[1:]]
    assert look(session, clock, ended).brake == 1


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([line(99, **{"e-mail": "P1@x.example"})], [(2, Trouble.OTHER_NUMBER)]),
        ([line(1, naam="Bram Smeets", **{"e-mail": "b@x.example"})], [(2, Trouble.OTHER_PERSON)]),
        (
            [line(1), line(1, dienstverband="2", eenheid="law")],
            [(3, Trouble.TWO_PRIMARY)],
        ),
        (
            [
                line(77),
                line(77, dienstverband="2", naam="Bram Smeets", **{"e-mail": "b@x.example"}),
            ],
            [(3, Trouble.TWO_PEOPLE)],
        ),
    ],
)
def test_what_could_be_somebody_else_is_listed_and_left_as_it_is(
    session: Session, clock: SetClock, lines: list[Line], expected: list[tuple[int, Trouble]]
) -> None:
    apply(session, clock, many(30))
    others = [each for each in many(30) if each["personeelsnummer"] != "1"]
    rest = [*lines, *others, *([line(1)] if lines[0]["personeelsnummer"] != "1" else [])]
    plan = look(session, clock, rest)
    assert [(each.row, each.trouble) for each in plan.ambiguous] == expected
    before = works(session)
    apply(session, clock, rest)
    assert works(session) == before


def test_a_new_name_keeps_the_person(session: Session, clock: SetClock) -> None:
    apply(session, clock, many(3))
    apply(session, clock, [line(1, naam="Person Bakker"), *many(3)[1:]])
    names = session.scalars(select(Person.display_name).where(Person.external_id == "1")).all()
    assert names == ["Person Bakker"]


def test_the_key_is_never_the_address(session: Session, clock: SetClock) -> None:
    apply(session, clock, many(3))
    apply(session, clock, [line(1, **{"e-mail": "new@x.example"}), *many(3)[1:]])
    assert session.scalar(select(func.count()).select_from(Person)) == 3


def test_a_row_left_out_does_not_end_what_it_is_about(session: Session, clock: SetClock) -> None:
    apply(session, clock, many(30))
    for _ in range(3):
        applied = apply(session, clock, [line(1, eenheid="nowhere"), *many(30)[1:]])
        assert (applied.counts["left_out"], applied.counts["missing"]) == (1, 0)
    assert works(session)["1", "1"][2] is None


def test_a_roster_of_tomorrow_or_of_before_the_last_is_refused(
    session: Session, clock: SetClock
) -> None:
    apply(session, clock, many(3))
    for day in (clock.today() + ONE, DAY - ONE):
        with pytest.raises(InvalidInput):
            look_over_roster(session, content=content(many(3)), as_of=day, clock=clock)


def snapshot(session: Session) -> Mapping[str, object]:
    rows = session.scalars(select(Obligation).where(known(Obligation, None))).all()
    return {
        "works": works(session),
        "obligations": sorted((row.person_id, row.opened_on, row.closed_on) for row in rows),
    }


def test_undoing_puts_everything_back_and_deletes_nothing(
    session: Session, clock: SetClock
) -> None:
    a_rule(session, clock)
    apply(session, clock, many(30))
    before, moment = snapshot(session), clock.now() - ONE
    rows_before = session.scalar(select(func.count()).select_from(Appointment)) or 0
    changed = [line(2, eenheid="law"), *many(30)[2:], line(31)]
    applied = apply(session, clock, changed)
    clock.instant -= timedelta(hours=1)
    assert snapshot(session) != before
    undo_roster(session, import_id=applied.import_id, undone_by=None, clock=clock)
    assert snapshot(session) == before
    assert (session.scalar(select(func.count()).select_from(Appointment)) or 0) > rows_before
    past = session.scalars(select(Appointment).where(known(Appointment, moment))).all()
    assert len(past) == 30
    assert session.scalar(select(func.count()).select_from(Person)) == 31


def test_an_undone_roster_is_not_the_last_one(session: Session, clock: SetClock) -> None:
    apply(session, clock, many(30))
    missing = apply(session, clock, many(30)[1:])
    clock.instant -= timedelta(hours=1)
    undo_roster(session, import_id=missing.import_id, undone_by=None, clock=clock)
    clock.instant += ONE
    assert apply(session, clock, many(30)[1:]).counts["ended"] == 0


def test_only_the_last_roster_of_the_last_day_can_be_undone(
    session: Session, clock: SetClock
) -> None:
    first = apply(session, clock, many(3))
    second = apply(session, clock, many(3))
    with pytest.raises(Conflict):
        undo_roster(session, import_id=first.import_id, undone_by=None, clock=clock)
    clock.instant += ONE
    with pytest.raises(Conflict):
        undo_roster(session, import_id=second.import_id, undone_by=None, clock=clock)
    assert session.get_one(RosterImport, second.import_id).undone_at is None


FIRST = [
    *many(60),
    *(
        line(number, dienstverband="2", eenheid="law", hoofddienstverband="nee")
        for number in range(5)
    ),
]
# The next day: somebody moves, somebody leaves, somebody is new, and one appointment is gone.
SECOND = [
    line(1, laatste_dag=str(DAY)),
    line(1, dienstverband="3", eenheid="law", begindatum=str(DAY + ONE)),
    line(99, begindatum=str(DAY)),
    *FIRST[1:-1],
]


@settings(
    max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(first=st.permutations(FIRST), second=st.permutations(SECOND))
def test_the_order_of_the_rows_does_not_matter(
    session: Session, first: list[Line], second: list[Line]
) -> None:
    assert after_importing(session, first, second) == after_importing(session, FIRST, SECOND)


def after_importing(session: Session, *rosters: list[Line]) -> tuple[object, ...]:
    """Import rosters on days that follow, and return what is known then; then undo it all."""
    with session.begin_nested() as here:
        clock = SetClock(TODAY)
        a_rule(session, clock)
        for each in rosters:
            apply(session, clock, each)
        dates = session.execute(
            select(
                Person.external_id,
                Obligation.opened_on,
                Obligation.due_on,
                Obligation.closed_on,
                Obligation.retracted_at,
            )
            .join(Person, Person.id == Obligation.person_id)
            .order_by(Person.external_id, Obligation.recorded_at, Obligation.opened_on)
        )
        found = works(session), [tuple(row) for row in dates]
        here.rollback()
    return found
