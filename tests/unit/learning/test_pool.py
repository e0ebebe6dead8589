"""A pool: drawn once per person, another scenario at the next try, and the way one took stays."""

from datetime import date, timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from elearning.learning.pool import Run, at_hand, drawn, way_like
from elearning.learning.training import PartGroup, ScenarioPart, Ways
from elearning.scenario.ids import ScenarioId

NAMES = ("zaal", "reis", "gang")
DAY = date(2027, 3, 3)


def ways(name: str) -> Ways:
    return ScenarioId(name), ScenarioId(f"{name}-lezen")


PART = ScenarioPart("bijzonder", PartGroup.PRACTISE, tuple(ways(name) for name in NAMES), {})


def failed(scenario_id: ScenarioId, *, on: date = DAY) -> Run:
    return Run(scenario_id, on, has_ended=True, has_passed=False)


def open_run(scenario_id: ScenarioId, *, on: date = DAY) -> Run:
    return Run(scenario_id, on, has_ended=False, has_passed=False)


def passed(scenario_id: ScenarioId, *, on: date = DAY) -> Run:
    return Run(scenario_id, on, has_ended=True, has_passed=True)


@given(token=st.text())
def test_the_same_person_is_offered_the_same_every_time(token: str) -> None:
    assert at_hand(PART, token, ()) == at_hand(PART, token, ())
    assert at_hand(PART, token, ()) in PART.pool


def test_people_are_spread_over_the_whole_pool() -> None:
    first = [at_hand(PART, f"token {number}", ()) for number in range(300)]
    assert {first.count(each) > 60 for each in PART.pool} == {True}


@given(token=st.text(), purpose=st.text())
def test_a_draw_turns_the_pool_and_leaves_nothing_out(token: str, purpose: str) -> None:
    found = drawn(NAMES, token, purpose)
    assert sorted(found) == sorted(NAMES)
    place = NAMES.index(found[0])
    assert found == NAMES[place:] + NAMES[:place]


@given(token=st.text(), reads=st.booleans(), days=st.lists(st.integers(0, 9), min_size=6))
def test_every_try_that_did_not_pass_brings_another_until_all_were_tried(
    token: str, days: list[int], *, reads: bool
) -> None:
    runs: list[Run] = []
    offered = []
    for days_ago in sorted(days[: 2 * len(NAMES)], reverse=True):
        offered.append(at_hand(PART, token, runs))
        runs.append(failed(offered[-1][reads], on=DAY - timedelta(days=days_ago)))
    assert set(offered[:3]) == set(PART.pool)
    assert offered[3:] == offered[:3]


@given(token=st.text(), reads=st.booleans(), order=st.randoms())
def test_in_which_order_the_runs_of_a_day_come_makes_no_difference(
    token: str, order: Random, *, reads: bool
) -> None:
    runs = [failed(ways(name)[reads]) for name in ("zaal", "zaal", "reis")]
    shuffled = list(runs)
    order.shuffle(shuffled)
    assert at_hand(PART, token, shuffled) == at_hand(PART, token, runs) == ways("gang")
    assert way_like(ways("gang"), PART, shuffled) == way_like(ways("gang"), PART, runs)


@given(token=st.text(), name=st.sampled_from(NAMES), reads=st.booleans())
def test_what_is_open_goes_on_and_what_was_passed_stays(
    token: str, name: str, *, reads: bool
) -> None:
    played = ways(name)[reads]
    for run in (open_run(played), passed(played)):
        found = at_hand(PART, token, (run,))
        assert found == ways(name)
        assert way_like(found, PART, (run,)) == played


@given(token=st.text(), name=st.sampled_from(NAMES))
def test_who_read_is_offered_to_read_at_the_next_try(token: str, name: str) -> None:
    runs = (failed(ways(name)[1]),)
    found = at_hand(PART, token, runs)
    assert found != ways(name)
    assert way_like(found, PART, runs) == found[1]


def test_a_pass_stays_in_its_way_whatever_was_tried_after_it() -> None:
    later = DAY + timedelta(days=1)
    runs = (passed(ways("zaal")[1]), failed(ways("zaal")[0], on=later))
    assert way_like(at_hand(PART, "x", runs), PART, runs) == ways("zaal")[1]


def test_runs_of_other_parts_make_no_difference() -> None:
    assert at_hand(PART, "x", (failed(ScenarioId("elders")),)) == at_hand(PART, "x", ())
