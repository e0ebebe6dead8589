"""Merging plays: what is kept of a play, and what may be forgotten."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearning.problem import ProblemSeverity
from elearning.scenario.model import Scenario
from elearning.scenario.parse import Parsed
from elearning.scenario.play import begin, choose, is_over, offered
from elearning.scenario.prove.formula import TRUE, Formula, is_passed
from elearning.scenario.prove.machine import Machine
from elearning.scenario.prove.outlook import outlooks
from elearning.scenario.prove.prover import prove
from tests.unit.scenario.builders import (
    a_choice,
    a_competency,
    a_node,
    a_scenario,
    an_ending,
    an_error,
)
from tests.unit.scenario.large import a_large_scenario, a_tangled_scenario
from tests.unit.scenario.provable import parsed_of, provable
from tests.unit.scenario.sound import a_sound_scenario

LONGEST_WALK = 12


def _machine(scenario: Scenario, goal: Formula = TRUE) -> Machine:
    return Machine(scenario, outlooks(scenario), goal)


@settings(deadline=None)
@given(provable(), st.data())
def test_a_situation_stepped_to_is_the_one_read_off_the_position(
    parsed: Parsed, data: st.DataObject
) -> None:
    scenario = parsed.scenario
    everything, passing = _machine(scenario), _machine(scenario, is_passed(scenario))
    position, situation, alive = begin(scenario), everything.start(), passing.start()
    for _ in range(LONGEST_WALK):
        assert situation is not None
        assert everything.at(position) == situation
        assert passing.at(position) == alive
        steps = {everything.moves[m].choice.id: then for m, then in everything.onward(situation)}
        on_offer = () if is_over(scenario, position) else offered(scenario, position)
        assert list(steps) == [each.id for each in on_offer]
        if not on_offer:
            break
        chosen = data.draw(st.sampled_from(list(steps)))
        onward = passing.onward(alive) if alive is not None else []
        alive = {passing.moves[m].choice.id: then for m, then in onward}.get(chosen)
        position, situation = choose(scenario, position, chosen), steps[chosen]


def _states(scenario: Scenario) -> int:
    figures = prove(parsed_of(scenario)).figures
    assert figures is not None
    return figures.states


def _two_ways(one: dict[str, int], other: dict[str, int], cut: int) -> Scenario:
    return a_scenario(
        a_node("een", a_choice("a", "twee", points=one), a_choice("b", "twee", points=other)),
        a_node("twee", a_choice("door", "einde", points={"C2": 1})),
        an_ending(),
        competencies=(a_competency("C2", high=9, cut=cut),),
    )


@pytest.mark.parametrize(
    ("one", "other", "is_same"), [(5, 6, True), (4, 5, True), (3, 5, False), (1, 2, False)]
)
def test_points_above_a_certain_cut_and_below_a_lost_one_are_alike(
    one: int, other: int, *, is_same: bool
) -> None:
    # Three situations without points; those that can pass are counted once more.
    same = _states(_two_ways({"C2": 4}, {"C2": 4}, cut=4))
    found = _states(_two_ways({"C2": one}, {"C2": other}, cut=4))
    assert (found == same) is is_same


def test_a_flag_that_nothing_ahead_asks_about_is_forgotten() -> None:
    def scenario(guard: str) -> Scenario:
        return a_scenario(
            a_node("een", a_choice("a", "twee", sets=("gezegd",)), a_choice("b", "twee")),
            a_node("twee", a_choice("door", "einde", when=guard), a_choice("of", "einde")),
            an_ending(),
            flags=("gezegd",),
            passes_when="open_A == 0",
        )

    assert _states(scenario("open_A == 0")) == 6
    assert _states(scenario("gezegd")) == 8


def test_an_error_past_its_last_repair_counts_and_is_otherwise_forgotten() -> None:
    scenario = a_scenario(
        a_node(
            "een", a_choice("a", "twee", raises=("CE1",)), a_choice("b", "twee", raises=("CE2",))
        ),
        a_node("twee", a_choice("door", "drie")),
        a_node("drie", a_choice("door", "einde")),
        an_ending(),
        errors=(an_error("CE1"), an_error("CE2", within=1)),
        passes_when="open_B <= 1",
    )
    assert _states(scenario) == 8


def test_the_cap_is_said_clearly_and_gives_no_figures() -> None:
    proof = prove(parsed_of(a_sound_scenario()), most_states=3)
    assert (proof.verdict, proof.figures, proof.is_proved) == ("not proved", None, False)
    (problem,) = (each for each in proof.problems if each.severity is ProblemSeverity.ERROR)
    assert problem.code == "R9"
    assert problem.message == "not proved: this scenario has more than 3 different situations"


def test_the_cap_is_the_number_of_situations_that_may_be_visited() -> None:
    assert prove(parsed_of(a_sound_scenario()), most_states=20).is_proved


def test_a_scenario_of_sixty_nodes_is_proved_over_all_of_its_plays() -> None:
    parsed = a_large_scenario()
    assert len(parsed.scenario.nodes) == 60
    proof = prove(parsed)
    assert proof.problems == ()
    assert proof.figures is not None
    assert proof.figures.plays > 10**15
    assert proof.figures.states < 20_000


def test_a_scenario_in_which_nothing_merges_is_not_proved() -> None:
    proof = prove(a_tangled_scenario(), most_states=2_000)
    assert [each.code for each in proof.problems] == ["R9"]
