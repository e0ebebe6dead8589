"""Sittings: when the next one is best, and what waits where days in between are a rule."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from elearning.learning.spacing import calendar, done_on, held_back, waiting
from elearning.learning.training import (
    LearningRecord,
    ModulePart,
    PartGroup,
    PartStatus,
    PassLimits,
    Plan,
    ScenarioOutcome,
    ScenarioPart,
    Sitting,
    Training,
    progress,
)
from elearning.learning.validity import Validity
from elearning.scenario.ids import ScenarioId

MONDAY, TUESDAY, THURSDAY = date(2027, 3, 1), date(2027, 3, 2), date(2027, 3, 4)
CLEAN = ScenarioOutcome(open_a=0, open_b=0, repaired_a=0)
TALK, READING = ScenarioId("gesprek"), ScenarioId("gesprek-lezen")
PARTS = (
    ModulePart("een", PartGroup.PREPARE, "m1"),
    ModulePart("twee", PartGroup.PREPARE, "m2"),
    ScenarioPart("gesprek", PartGroup.PRACTISE, ((TALK, READING),), None),
    ModulePart("drie", PartGroup.PREPARE, "m3"),
)
PLAN = Plan(
    days_apart=3,
    sittings=(Sitting("A", ("een", "twee")), Sitting("B", ("gesprek",)), Sitting("C", ("drie",))),
)


def a_training(plan: Plan | None = PLAN) -> Training:
    return Training(
        id="basis",
        version="1",
        title={},
        certificate_title={},
        goals={},
        study_load_minutes=60,
        parts=PARTS,
        plan=plan,
        boosters=(),
        limits=PassLimits(0, 0, 0),
        validity=Validity(24, 60, 14, 60),
        policies=(),
        majors=(),
        satisfies=(),
        equivalent_months=frozenset(),
    )


def a_record(
    modules: dict[str, date], passed_on: dict[ScenarioId, date] | None = None
) -> LearningRecord:
    days = passed_on or {}
    return LearningRecord(
        modules_done=modules,
        modules_started=frozenset(modules),
        passed=dict.fromkeys(days, (CLEAN,)),
        passed_on=days,
        scenarios_started=frozenset(days),
    )


def test_a_training_without_a_plan_has_no_calendar() -> None:
    assert calendar(a_training(None), a_record({})) == ()


def test_before_anything_is_done_no_sitting_has_a_day() -> None:
    dates = calendar(a_training(), a_record({}))
    assert [(each.number, each.opens_on, each.is_done) for each in dates] == [
        (1, None, False),
        (2, None, False),
        (3, None, False),
    ]
    assert not any(each.is_early_on(MONDAY) for each in dates)


def test_the_next_sitting_is_best_three_days_after_the_last_part_of_the_one_before() -> None:
    first, second, third = calendar(a_training(), a_record({"m1": MONDAY, "m2": TUESDAY}))
    assert first.is_done
    assert second.opens_on == TUESDAY + timedelta(days=3)
    assert third.opens_on is None


@pytest.mark.parametrize(("day", "is_early"), [(0, True), (2, True), (3, False), (9, False)])
def test_it_is_early_until_that_day_and_not_on_it(day: int, *, is_early: bool) -> None:
    _, second, _ = calendar(a_training(), a_record({"m1": MONDAY, "m2": MONDAY}))
    assert second.is_early_on(MONDAY + timedelta(days=day)) is is_early
    assert second.waits_on(MONDAY + timedelta(days=day)) is is_early


def test_who_went_on_sooner_hears_no_more_of_it_once_that_sitting_is_done() -> None:
    record = a_record({"m1": MONDAY, "m2": MONDAY}, {TALK: MONDAY})
    _, second, third = calendar(a_training(), record)
    assert not second.is_early_on(MONDAY)
    assert third.is_early_on(MONDAY)


def test_as_a_rule_everything_waits_that_comes_after_what_is_not_done() -> None:
    dates = calendar(a_training(), a_record({"m1": MONDAY}))
    assert waiting(dates, THURSDAY) == {"gesprek", "drie"}
    done = calendar(a_training(), a_record({"m1": MONDAY, "m2": MONDAY}))
    assert waiting(done, TUESDAY) == {"gesprek", "drie"}
    assert waiting(done, THURSDAY) == {"drie"}


def test_what_was_begun_is_not_held_back() -> None:
    record = LearningRecord({"m1": MONDAY}, frozenset({"m1", "m3"}), {}, {}, frozenset())
    found = held_back(progress(a_training(), record), {"gesprek", "drie"})
    assert found.statuses == {
        "een": PartStatus.DONE,
        "twee": PartStatus.NOT_STARTED,
        "gesprek": PartStatus.NOT_YET_AVAILABLE,
        "drie": PartStatus.IN_PROGRESS,
    }
    assert not found.is_met


def test_a_part_is_done_on_the_day_of_the_first_way_that_was_passed() -> None:
    record = a_record({}, {TALK: THURSDAY, READING: TUESDAY})
    assert done_on(PARTS[2], record) == TUESDAY
    assert done_on(PARTS[0], record) is None
