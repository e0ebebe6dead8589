"""Timely completion: the cohort by due day, who is censored, and who was in time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.learning.award import AwardDates
from elearning.learning.status import (
    CompletionStatus,
    Facts,
    Interval,
    ObligationDates,
    standing_on,
)
from elearning.learning.timely import FellDue, due_day, fell_due
from elearning.learning.validity import Validity

VALIDITY = Validity(months=24, renewal_window_days=60, grace_days=14, due_days=60)
ONE = timedelta(days=1)
DUE = date(2027, 3, 1)
FIRST, LAST = date(2027, 1, 1), date(2027, 12, 31)
OBLIGATION = ObligationDates(Interval(date(2027, 1, 1), None), DUE, ())
SOMEBODY = Facts((Interval(date(2020, 1, 1), None),), (), (OBLIGATION,), ())
IN_THE_COHORT = {CompletionStatus.VALID, CompletionStatus.OPEN, CompletionStatus.IN_GRACE}
IN_TIME, LATE = (FellDue(DUE, True),), (FellDue(DUE, False),)


def an_award(
    obtained_on: date,
    valid_until: date | None = date(2029, 1, 1),
    *,
    withdrawn_on: date | None = None,
    replaced_on: date | None = None,
) -> AwardDates:
    return AwardDates(obtained_on, obtained_on, valid_until, withdrawn_on, replaced_on)


def fell(facts: Facts = SOMEBODY, **changes: object) -> tuple[FellDue, ...]:
    return fell_due(replace(facts, **changes), FIRST, LAST, VALIDITY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("awards", "expected"),
    [
        ((), LATE),
        ((an_award(DUE),), IN_TIME),
        ((an_award(DUE - ONE),), IN_TIME),
        ((an_award(DUE + ONE),), LATE),
        ((an_award(date(2025, 1, 1), DUE + ONE),), IN_TIME),
        ((an_award(date(2025, 1, 1), DUE),), LATE),
    ],
)
def test_in_time_is_who_is_valid_on_the_due_day(
    awards: tuple[AwardDates, ...], expected: tuple[FellDue, ...]
) -> None:
    assert fell(awards=awards) == expected


def test_a_leaver_on_the_due_day_counts_and_one_before_it_is_censored() -> None:
    start = date(2020, 1, 1)
    assert fell(appointments=(Interval(start, DUE + ONE),)) == LATE
    assert fell(appointments=(Interval(start, DUE),)) == ()
    assert fell(appointments=(Interval(start, DUE), Interval(DUE, None))) == LATE


def test_an_obligation_that_closed_before_the_due_day_is_censored() -> None:
    closing = replace(OBLIGATION, applies=Interval(FIRST, DUE))
    assert fell(obligations=(closing,)) == ()
    assert fell(obligations=(replace(closing, applies=Interval(FIRST, DUE + ONE)),)) == LATE


def test_paused_over_the_due_day_falls_due_thirty_days_after_the_return() -> None:
    away = Interval(DUE - 10 * ONE, DUE + 30 * ONE)
    moved = DUE + 60 * ONE
    assert fell(absences=(away,)) == (FellDue(moved, False),)
    assert fell(absences=(away,), awards=(an_award(moved),)) == (FellDue(moved, True),)
    assert fell(absences=(Interval(DUE - ONE, DUE + ONE),)) == LATE
    assert fell(absences=(Interval(DUE - ONE, None),)) == ()


def test_an_absence_after_the_due_day_moves_nothing() -> None:
    assert fell(absences=(Interval(DUE + ONE, DUE + 90 * ONE),)) == LATE


def test_an_absence_before_the_due_day_leaves_thirty_days() -> None:
    away = Interval(DUE - 60 * ONE, DUE - 10 * ONE)
    assert due_day(OBLIGATION, (away,)) == DUE + 20 * ONE


def test_who_is_exempt_on_the_due_day_is_not_in_the_cohort() -> None:
    exempt = replace(OBLIGATION, exemptions=(Interval(DUE, DUE + ONE),))
    assert fell(obligations=(exempt,)) == ()
    before = replace(OBLIGATION, exemptions=(Interval(FIRST, DUE),))
    assert fell(obligations=(before,)) == LATE


def test_an_award_that_was_taken_back_by_the_due_day_does_not_count_and_a_later_one_does() -> None:
    assert fell(awards=(an_award(FIRST, withdrawn_on=DUE),)) == LATE
    assert fell(awards=(an_award(FIRST, withdrawn_on=DUE + ONE),)) == IN_TIME
    # As known before the withdrawal was heard of, there is none.
    assert fell(awards=(an_award(FIRST),)) == IN_TIME


def test_an_early_renewal_is_one_person_in_time_once() -> None:
    old = an_award(date(2025, 2, 1), DUE - 9 * ONE, replaced_on=FIRST)
    assert fell(awards=(old, an_award(FIRST))) == IN_TIME
    assert fell(awards=(old,)) == LATE


def test_of_two_rules_the_earliest_due_day_counts() -> None:
    later = replace(OBLIGATION, due_on=DUE + 20 * ONE)
    assert fell(obligations=(OBLIGATION, later)) == LATE


def test_only_the_days_that_are_asked_for_count() -> None:
    assert fell_due(SOMEBODY, DUE, DUE, VALIDITY) == LATE
    assert fell_due(SOMEBODY, DUE + ONE, LAST, VALIDITY) == ()
    assert fell_due(SOMEBODY, FIRST, DUE - ONE, VALIDITY) == ()


offsets = st.integers(-80, 80).map(lambda days: DUE + timedelta(days=days))
intervals = st.tuples(offsets, st.integers(1, 90)).map(
    lambda drawn: Interval(drawn[0], drawn[0] + timedelta(days=drawn[1]))
)


@given(
    st.lists(intervals, max_size=3),
    st.lists(intervals, max_size=2),
    st.lists(st.tuples(offsets, st.none() | offsets), max_size=3),
)
def test_the_status_of_the_due_day_says_the_same(
    absences: list[Interval],
    exemptions: list[Interval],
    awards: list[tuple[date, date | None]],
) -> None:
    facts = replace(
        SOMEBODY,
        absences=tuple(absences),
        obligations=(
            replace(
                OBLIGATION,
                applies=Interval(date(2026, 1, 1), None),
                exemptions=tuple(exemptions),
            ),
        ),
        awards=tuple(an_award(day, until) for day, until in awards if until is None or until > day),
    )
    for each in fell(facts):
        there = standing_on(facts, each.on, VALIDITY)
        assert there.status in IN_THE_COHORT
        assert each.is_in_time is (there.status is CompletionStatus.VALID)
        if not each.is_in_time:
            assert there.due_on == each.on
