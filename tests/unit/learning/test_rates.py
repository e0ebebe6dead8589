"""Rates add up, round the careful way, and never count a person twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.learning.award import AwardDates
from elearning.learning.rates import Rates, Share, rates_of
from elearning.learning.status import (
    CompletionStatus,
    Facts,
    Interval,
    ObligationDates,
    Standing,
    standing_on,
)
from elearning.learning.validity import Validity

VALIDITY = Validity(months=24, renewal_window_days=60, grace_days=14, due_days=60)
START = date(2024, 1, 1)
UNITS = ("arts", "law", "science")


def standing(status: CompletionStatus, *, is_expiring: bool = False) -> Standing:
    return Standing(status, is_expiring, None, None, None)


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (199, 200, "99%"),
        (999_999, 1_000_000, "99%"),
        (200, 200, "100%"),
        (412, 664, "62%"),
        (0, 7, "0%"),
        (0, 0, "–"),
    ],
)
def test_a_share_is_rounded_down_and_nobody_gives_a_dash(part: int, whole: int, shown: str) -> None:
    assert str(Share(part, whole)) == shown


def test_an_empty_unit_has_no_rates_and_no_people() -> None:
    rates = rates_of(())
    assert rates == Rates(0, 0, 0, 0, 0, 0, 0, 0)
    assert [str(rates.coverage), str(rates.on_track), str(rates.overdue_share)] == ["–"] * 3


def test_exempt_and_paused_stand_beside_the_rates() -> None:
    rates = rates_of(standing(status) for status in CompletionStatus)
    assert (rates.counted, rates.exempt, rates.paused, rates.everyone) == (5, 1, 1, 7)


def test_grace_is_neither_on_track_nor_overdue() -> None:
    rates = rates_of([standing(CompletionStatus.IN_GRACE)])
    assert (rates.on_track, rates.overdue_share) == (Share(0, 1), Share(0, 1))
    assert rates.to_do == 1


def test_overdue_counts_the_lapsed_as_well() -> None:
    rates = rates_of([standing(CompletionStatus.OVERDUE), standing(CompletionStatus.LAPSED)])
    assert rates.overdue_share == Share(2, 2)


def test_expiring_people_are_valid() -> None:
    rates = rates_of([standing(CompletionStatus.VALID, is_expiring=True)])
    assert (rates.valid, rates.expiring) == (1, 1)


days = st.integers(-40, 900).map(lambda offset: START + timedelta(days=offset))


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start = draw(days)
    length = draw(st.none() | st.integers(1, 400))
    return Interval(start, None if length is None else start + timedelta(days=length))


@st.composite
def obligations(draw: st.DrawFn) -> ObligationDates:
    applies = draw(intervals())
    due_on = applies.from_on + timedelta(days=draw(st.integers(0, 90)))
    return ObligationDates(applies, due_on, tuple(draw(st.lists(intervals(), max_size=1))))


@st.composite
def awards(draw: st.DrawFn) -> AwardDates:
    valid = draw(intervals())
    withdrawn_on = draw(st.none() | days)
    return AwardDates(valid.from_on, valid.from_on, valid.until_on, withdrawn_on, None)


people = st.builds(
    Facts,
    appointments=st.lists(intervals(), max_size=2).map(tuple),
    absences=st.lists(intervals(), max_size=2).map(tuple),
    obligations=st.lists(obligations(), min_size=1, max_size=2).map(tuple),
    awards=st.lists(awards(), max_size=3).map(tuple),
)


@given(st.lists(people, max_size=12), days)
def test_the_five_shares_add_up_to_n(facts: list[Facts], day: date) -> None:
    rates = rates_of(standing_on(each, day, VALIDITY) for each in facts)
    parts = (rates.valid, rates.open, rates.in_grace, rates.lapsed, rates.overdue)
    assert sum(parts) == rates.counted
    assert rates.expiring <= rates.valid
    assert rates.everyone <= len(facts)


@given(st.lists(st.tuples(people, st.sets(st.sampled_from(UNITS), min_size=1)), max_size=12), days)
def test_the_institution_is_never_more_than_the_sum_of_its_units(
    placed: list[tuple[Facts, set[str]]], day: date
) -> None:
    standings = [(standing_on(facts, day, VALIDITY), units) for facts, units in placed]
    total = rates_of(standing for standing, _ in standings)
    parts = [rates_of(each for each, units in standings if unit in units) for unit in UNITS]
    assert total.counted <= sum(part.counted for part in parts)
    assert total.to_do <= sum(part.to_do for part in parts)


@given(people, days, awards())
def test_an_award_never_makes_anyone_who_counts_worse(
    facts: Facts, day: date, award: AwardDates
) -> None:
    lasting = replace(award, valid_from=START, valid_until=None, withdrawn_on=None)
    before = standing_on(facts, day, VALIDITY).status
    after = standing_on(replace(facts, awards=(*facts.awards, lasting)), day, VALIDITY).status
    untouched = (
        CompletionStatus.NOT_IN_SCOPE,
        CompletionStatus.EXEMPT,
        CompletionStatus.PAUSED,
    )
    assert after is (before if before in untouched or day < START else CompletionStatus.VALID)


@given(people, days)
def test_the_order_in_which_facts_arrive_says_nothing(facts: Facts, day: date) -> None:
    turned = Facts(
        appointments=facts.appointments[::-1],
        absences=facts.absences[::-1],
        obligations=facts.obligations,
        awards=facts.awards[::-1],
    )
    assert standing_on(turned, day, VALIDITY) == standing_on(facts, day, VALIDITY)
