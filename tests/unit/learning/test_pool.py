"""A pool: drawn once per person, another scenario at the next try, and the way one took stays."""

from hypothesis import given
from hypothesis import strategies as st

from elearning.learning.pool import Run, at_hand, way_like
from elearning.learning.training import PartGroup, ScenarioPart, Ways
from elearning.scenario.ids import ScenarioId

NAMES = ("zaal", "reis", "gang")


def ways(name: str) -> Ways:
    return ScenarioId(name), ScenarioId(f"{name}-lezen")


PART = ScenarioPart("bijzonder", PartGroup.PRACTISE, tuple(ways(name) for name in NAMES))


def failed(scenario_id: ScenarioId) -> Run:
    return Run(scenario_id, has_ended=True, has_passed=False)


@given(person=st.text())
def test_the_same_person_is_offered_the_same_every_time(person: str) -> None:
    assert at_hand(PART, person, ()) == at_hand(PART, person, ())
    assert at_hand(PART, person, ()) in PART.pool


def test_people_are_spread_over_the_whole_pool() -> None:
    drawn = [at_hand(PART, f"person {number}", ()) for number in range(300)]
    assert {drawn.count(each) > 60 for each in PART.pool} == {True}


@given(person=st.text(), reads=st.booleans())
def test_every_try_that_did_not_pass_brings_another_until_all_were_tried(
    person: str, *, reads: bool
) -> None:
    runs: list[Run] = []
    offered = []
    for _ in range(2 * len(NAMES)):
        offered.append(at_hand(PART, person, runs))
        runs.append(failed(offered[-1][reads]))
    assert set(offered[:3]) == set(PART.pool)
    assert offered[3:] == offered[:3]


@given(person=st.text(), name=st.sampled_from(NAMES), reads=st.booleans())
def test_what_is_open_goes_on_and_what_was_passed_stays(
    person: str, name: str, *, reads: bool
) -> None:
    played = ways(name)[reads]
    for run in (Run(played, has_ended=False, has_passed=False), Run(played, True, True)):
        found = at_hand(PART, person, (run,))
        assert found == ways(name)
        assert way_like(found, PART, (run,)) == played


@given(person=st.text(), name=st.sampled_from(NAMES))
def test_who_read_is_offered_to_read_at_the_next_try(person: str, name: str) -> None:
    runs = (failed(ways(name)[1]),)
    found = at_hand(PART, person, runs)
    assert found != ways(name)
    assert way_like(found, PART, runs) == found[1]


def test_runs_of_other_parts_make_no_difference() -> None:
    assert at_hand(PART, "x", (failed(ScenarioId("elders")),)) == at_hand(PART, "x", ())
