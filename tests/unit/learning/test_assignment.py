"""The cases of the design's table: joiner, leaver, rehire, transfer, two rules at once."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.errors import InvalidInput
from elearning.learning.assignment import Duty, Held, Rule, duties, reconciled
from elearning.learning.predicate import EVERYONE, Work, parse_predicate, units_named
from elearning.learning.status import Interval

TODAY = date(2027, 3, 3)
START = date(2026, 1, 1)
DAY = timedelta(days=1)


def rule(
    code: str = "all",
    *,
    predicate: object = EVERYONE,
    since: date = START,
    until: date | None = None,
    due_days: int = 60,
) -> Rule:
    return Rule(code, "basis", parse_predicate(predicate), Interval(since, until), due_days)


def held(
    starts_on: date,
    ends_on: date | None = None,
    *,
    seen_on: date | None = None,
    category: str = "academic",
    units: tuple[str, ...] = ("arts", "root"),
    tags: tuple[str, ...] = (),
    fte: int = 100,
) -> Held:
    work = Work(frozenset(units), category, frozenset(tags), fte)
    return Held(work, Interval(starts_on, ends_on), seen_on or starts_on)


def test_joiner_first_seen_after_start_has_the_whole_term_from_that_day() -> None:
    seen_on = TODAY
    (duty,) = duties([rule()], [held(TODAY - 20 * DAY, seen_on=seen_on)], TODAY)
    assert duty == Duty(seen_on, None, seen_on + 60 * DAY, "all")


def test_a_rule_made_later_opens_on_its_own_first_day() -> None:
    (duty,) = duties([rule(since=TODAY)], [held(START)], TODAY)
    assert (duty.opened_on, duty.due_on) == (TODAY, TODAY + 60 * DAY)


def test_nobody_gets_less_than_fourteen_days_notice() -> None:
    (duty,) = duties([rule()], [held(START)], TODAY)
    assert (duty.opened_on, duty.due_on) == (START, TODAY + 14 * DAY)


def test_a_leaver_is_out_from_the_day_the_last_appointment_ended() -> None:
    ends_on = TODAY + 10 * DAY
    (duty,) = duties([rule()], [held(START, ends_on), held(START, TODAY)], TODAY)
    assert duty.closed_on == ends_on


def test_a_rehire_is_new_again() -> None:
    again = TODAY - 5 * DAY
    first, second = duties([rule()], [held(START, date(2026, 6, 1)), held(again)], TODAY)
    assert (first.closed_on, second.opened_on) == (date(2026, 6, 1), again)
    assert second.due_on == again + 60 * DAY


def test_after_a_transfer_the_obligation_goes_on() -> None:
    before = Duty(START, None, START + 60 * DAY, "all")
    moved = [held(START, TODAY, units=("arts",)), held(TODAY, units=("law",))]
    assert reconciled([before], duties([rule()], moved, TODAY), TODAY) == (before,)


def test_a_transfer_to_a_stricter_rule_is_due_sooner_but_never_within_fourteen_days() -> None:
    before = Duty(TODAY - 10 * DAY, None, TODAY + 50 * DAY, "all")
    strict = rule("strict", predicate={"unit": "law"}, due_days=14)
    moved = [held(TODAY - 10 * DAY, TODAY, units=("arts",)), held(TODAY, units=("law",))]
    (after,) = reconciled([before], duties([rule(), strict], moved, TODAY), TODAY)
    assert after == Duty(before.opened_on, None, TODAY + 14 * DAY, "strict")


def test_of_two_rules_the_earliest_due_counts() -> None:
    (duty,) = duties([rule("slow", due_days=90), rule("quick")], [held(TODAY)], TODAY)
    assert (duty.due_on, duty.rule_code) == (TODAY + 60 * DAY, "quick")


def test_when_one_of_two_rules_ends_the_obligation_goes_on() -> None:
    rules = [rule("a", until=TODAY), rule("b", since=TODAY - 30 * DAY)]
    (duty,) = duties(rules, [held(START)], TODAY)
    assert (duty.opened_on, duty.closed_on) == (START, None)


def test_what_no_rule_asks_for_any_more_ends_today_and_stays_before() -> None:
    before = Duty(START, None, START + 60 * DAY, "all")
    assert reconciled([before], [], TODAY) == (Duty(START, TODAY, before.due_on, "all"),)


def test_an_obligation_that_ended_before_is_left_as_it_was() -> None:
    before = Duty(START, date(2026, 6, 1), START + 60 * DAY, "all")
    assert reconciled([before], [], TODAY) == (before,)


def test_nobody_gets_an_obligation_that_was_over_before_it_was_known() -> None:
    wanted = duties([rule()], [held(START, date(2026, 6, 1))], TODAY)
    assert len(wanted) == 1
    assert reconciled([], wanted, TODAY) == ()


def test_an_appointment_first_seen_after_it_ended_asks_nothing() -> None:
    assert duties([rule()], [held(START, date(2026, 6, 1), seen_on=TODAY)], TODAY) == ()


@pytest.mark.parametrize(
    ("predicate", "matches"),
    [
        ({"all": []}, True),
        ({"any": []}, False),
        ({"unit": "root"}, True),
        ({"unit": "law"}, False),
        ({"category": "academic"}, True),
        ({"tag": "lecturer"}, True),
        ({"tag": "lect"}, False),
        ({"fte_at_least": 40}, True),
        ({"fte_at_least": 41}, False),
        ({"not": {"unit": "law"}}, True),
        ({"all": [{"unit": "arts"}, {"not": {"tag": "lecturer"}}]}, False),
        ({"any": [{"unit": "law"}, {"tag": "lecturer"}]}, True),
    ],
)
def test_a_predicate_is_asked_of_an_appointment(*, predicate: object, matches: bool) -> None:
    work = held(START, tags=("lecturer",), fte=40).work
    assert parse_predicate(predicate).matches(work) is matches


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        [],
        "academic",
        {"unit": ""},
        {"unit": "x" * 101},
        {"tag": 1},
        {"fte_at_least": "40"},
        {"fte_at_least": True},
        {"fte_at_least": 101},
        {"all": {}},
        {"unit": "a", "tag": "b"},
        {"name": "Noor"},
        {"all": [{"any": []}] * 51},
        {"not": {"not": {"not": {"not": {"not": {"not": {"not": {"unit": "a"}}}}}}}},
    ],
)
def test_what_is_no_predicate_is_refused(wrong: object) -> None:
    with pytest.raises(InvalidInput):
        parse_predicate(wrong)


def test_the_units_that_a_predicate_names_can_be_checked() -> None:
    parsed = parse_predicate({"any": [{"unit": "a"}, {"not": {"all": [{"unit": "b"}]}}]})
    assert units_named(parsed) == {"a", "b"}


days = st.integers(-700, 300).map(lambda offset: TODAY + timedelta(days=offset))
lengths = st.none() | st.integers(1, 500)


@st.composite
def appointments(draw: st.DrawFn) -> Held:
    start, length = draw(days), draw(lengths)
    end = None if length is None else start + timedelta(days=length)
    seen_on = min(start + timedelta(days=draw(st.integers(0, 60))), TODAY)
    return held(start, end, seen_on=max(seen_on, start), category=draw(st.sampled_from("ab")))


@st.composite
def rules(draw: st.DrawFn) -> list[Rule]:
    return [
        rule(
            f"r{number}",
            predicate=draw(st.sampled_from([EVERYONE, {"category": "a"}, {"category": "b"}])),
            since=draw(days),
            due_days=draw(st.integers(14, 90)),
        )
        for number in range(draw(st.integers(0, 3)))
    ]


@given(rules(), st.lists(appointments(), max_size=4), st.randoms(use_true_random=False))
def test_the_order_of_import_does_not_matter(
    asked: list[Rule], works: list[Held], random: Random
) -> None:
    expected = duties(asked, works, TODAY)
    random.shuffle(asked)
    random.shuffle(works)
    assert duties(asked, works, TODAY) == expected


@given(rules(), st.lists(appointments(), max_size=4))
def test_deriving_again_changes_nothing(asked: list[Rule], works: list[Held]) -> None:
    wanted = duties(asked, works, TODAY)
    once = reconciled([], wanted, TODAY)
    assert reconciled(once, wanted, TODAY) == once


@given(rules(), st.lists(appointments(), max_size=4), days)
def test_somebody_is_obliged_exactly_while_a_rule_matches_what_they_do(
    asked: list[Rule], works: list[Held], day: date
) -> None:
    is_asked = any(
        each.predicate.matches(work.work)
        and each.effective.covers(day)
        and work.during.covers(day)
        and work.first_seen_on <= day
        for each in asked
        for work in works
    )
    obliged = [
        duty
        for duty in duties(asked, works, TODAY)
        if Interval(duty.opened_on, duty.closed_on).covers(day)
    ]
    assert len(obliged) == is_asked
