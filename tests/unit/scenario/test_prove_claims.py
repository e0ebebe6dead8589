"""Each claim, broken in the smallest way, with the shortest play that shows it."""

from dataclasses import replace

import pytest

from elearning.scenario.model import CompetencyId, ErrorId, Scenario, Severity
from elearning.scenario.position import IncidentState
from tests.unit.scenario.builders import a_choice, a_competency, a_node, an_ending, an_error
from tests.unit.scenario.provable import parsed_of, shown_by
from tests.unit.scenario.sound import (
    RULE,
    a_sound_scenario,
    always,
    before,
    found_in,
    guess_at_most,
    problems_of,
    with_choice,
    with_duties,
    with_flag,
    with_node,
    with_rule,
)

SOUND = a_sound_scenario()


def test_of_a_sound_scenario_every_claim_holds() -> None:
    duties = (always("passed implies gezegd"), guess_at_most(2))
    assert found_in(with_duties(SOUND, *duties)) == []


def test_a_node_behind_a_guard_that_never_holds_is_not_reached() -> None:
    guarded = with_choice(SOUND, "drie", a_choice("nooit", "extra", when="gezegd"))
    scenario = with_node(guarded, an_ending("extra"))
    assert {each.message for each in problems_of(scenario)} == {
        "choice 'nooit' at node 'drie' is never offered",
        "node 'extra' cannot be reached",
    }


def test_a_play_without_a_choice_left_is_stuck() -> None:
    scenario = with_choice(SOUND, "schrikt", a_choice("door", "twee", when="gezegd"))
    scenario = with_choice(
        scenario, "schrikt", a_choice("herstel", "twee", repairs=("CE1",), when="not open(CE1)")
    )
    assert ("R2", ("fout",)) in found_in(scenario)


def test_a_round_that_changes_nothing_is_shown_once_round() -> None:
    scenario = with_choice(SOUND, "twee", a_choice("rond", "wacht", max_visits=3))
    wait = a_node("wacht", a_choice("terug", "twee", max_visits=3))
    scenario = with_node(scenario, wait)
    assert [each for each in found_in(scenario) if each[0] == "R3"] == [
        ("R3", ("vaag", "rond", "terug")),
        ("R3", ("vaag", "rond", "terug", "rond")),
    ]


def test_a_round_that_no_play_can_go_is_no_round() -> None:
    scenario = with_choice(SOUND, "twee", a_choice("rond", "twee", max_visits=3, when="gezegd"))
    assert {code for code, _ in found_in(scenario)} == {"R1"}


def test_what_must_always_hold_is_broken_by_the_shortest_play() -> None:
    scenario = with_duties(with_rule(SOUND, "all_cuts"), always("passed implies visited(schrikt)"))
    problem = next(each for each in problems_of(scenario) if each.code == "P1")
    assert problem.choices == ("goed", "goed", "goed")
    assert problem.message.startswith("P1: ")


def test_what_must_always_hold_holds_in_the_middle_of_a_play_too() -> None:
    scenario = with_duties(SOUND, always("not open(CE1)"))
    assert found_in(scenario) == [("P1", ("fout",))]


def test_an_order_is_broken_by_the_later_without_the_earlier() -> None:
    scenario = with_flag(SOUND, "gehoord")
    late = a_choice("goed", "drie", points={"C2": 1}, sets=("gehoord",))
    scenario = with_choice(scenario, "twee", late)
    broken = with_duties(scenario, before("gezegd", "gehoord"))
    assert found_in(broken) == [("P3", ("vaag", "goed"))]
    assert found_in(with_duties(scenario, before("gehoord", "gezegd"))) == [
        ("P3", ("vaag", "vaag", "goed"))
    ]


def test_two_flags_of_one_choice_are_in_any_order() -> None:
    scenario = with_flag(SOUND, "gehoord")
    both = a_choice("goed", "einde", points={"C2": 1}, sets=("gehoord", "gezegd"))
    scenario = with_choice(scenario, "drie", both)
    assert found_in(with_duties(scenario, before("gezegd", "gehoord"))) == []


def test_no_pass_leaves_a_grave_error_open() -> None:
    grave = replace(SOUND, errors={ErrorId("CE1"): an_error("CE1", Severity.A)})
    right = a_choice("fout", "schrikt", raises=("CE1",), points={"C2": 1})
    scenario = with_choice(with_rule(grave, "all_cuts and gezegd"), "een", right)
    assert ("P2", ("fout", "door", "goed", "goed")) in found_in(scenario)
    assert "P2" not in {code for code, _ in found_in(with_choice(grave, "een", right))}


def test_one_lesser_error_may_stay_open_and_two_may_not() -> None:
    once = a_choice("goed", "drie", points={"C2": 1}, raises=("CE2",))
    both = {each.id: each for each in (an_error("CE1"), an_error("CE2"))}
    scenario = with_choice(replace(SOUND, errors=both), "twee", once)
    lenient = with_rule(scenario, "gezegd and cut(C2) or gezegd and open_B == 2")
    assert "P2" not in {code for code, _ in found_in(scenario)}
    assert ("P2", ("fout", "door", "goed", "goed")) in found_in(lenient)


def _costly() -> Scenario:
    """Return the sound scenario in which the error and its repair cost no points."""
    slip = a_choice("fout", "schrikt", raises=("CE1",), points={"C2": 1})
    return with_choice(with_rule(SOUND, f"{RULE} and open_B == 0"), "een", slip)


def test_an_error_with_its_repair_on_offer_may_be_left_open() -> None:
    assert "P4" not in {code for code, _ in found_in(_costly())}


def test_an_error_without_repair_is_shown_until_its_window_has_passed() -> None:
    scenario = with_choice(_costly(), "schrikt", a_choice("herstel", "twee"))
    (problem,) = (each for each in problems_of(scenario) if each.code == "P4")
    assert problem.choices == ("fout", "door", "goed")
    (incident,) = shown_by(parsed_of(scenario), problem).incidents
    assert incident.state is IncidentState.EXPIRED


def test_a_repair_that_comes_too_late_is_no_repair() -> None:
    slow = replace(_costly(), errors={ErrorId("CE1"): an_error("CE1", within=1)})
    scenario = with_choice(
        slow, "een", a_choice("fout", "wacht", raises=("CE1",), points={"C2": 1})
    )
    wait = a_node("wacht", a_choice("stil", "schrikt"))
    scenario = with_node(scenario, wait)
    assert ("P4", ("fout", "stil")) in found_in(scenario)
    in_time = replace(scenario, errors={ErrorId("CE1"): an_error("CE1", within=2)})
    assert "P4" not in {code for code, _ in found_in(in_time)}


def test_a_repair_behind_a_guard_that_does_not_hold_is_not_on_offer() -> None:
    guarded = a_choice("herstel", "twee", repairs=("CE1",), when="gezegd")
    assert ("P4", ("fout", "door", "goed")) in found_in(with_choice(_costly(), "schrikt", guarded))


def test_an_error_in_a_play_that_cannot_pass_anyway_needs_no_repair() -> None:
    lost = a_choice("fout", "einde", raises=("CE1",), points={"C2": 1})
    nodes = {name: node for name, node in _costly().nodes.items() if name != "schrikt"}
    assert found_in(with_choice(replace(_costly(), nodes=nodes), "een", lost)) == []


def test_an_error_in_the_last_choice_comes_too_late_for_repair() -> None:
    last = a_choice("goed", "einde", points={"C2": 1}, sets=("gezegd",), raises=("CE1",))
    scenario = with_choice(SOUND, "drie", last)
    assert found_in(scenario) == [("P4", ("goed", "goed", "goed"))]


def test_a_scenario_that_nobody_can_pass_is_reported_without_a_play() -> None:
    assert ("P5", ()) in found_in(with_rule(SOUND, "gezegd and not gezegd"))


def test_a_scenario_that_everybody_passes_is_reported_with_a_play() -> None:
    assert ("P5", ("vaag", "vaag", "vaag")) in found_in(with_rule(SOUND, "open_A == 0"))


def test_a_cut_above_what_can_be_reached_is_shown_with_the_best_play() -> None:
    rule = a_competency("C2", high=4, cut=4)
    scenario = replace(SOUND, competencies={rule.id: rule})
    (problem,) = (each for each in problems_of(scenario) if each.code == "S1")
    assert problem.message == "C2: the cut 4 is out of reach, no play has more than 3"
    assert problem.choices == ("goed", "goed", "goed")
    assert shown_by(parsed_of(scenario), problem).points[CompetencyId("C2")] == 3


def test_a_cut_that_every_play_reaches_is_shown_with_the_worst_play() -> None:
    rule = a_competency("C2", low=-1, high=3, cut=0)
    scenario = replace(SOUND, competencies={rule.id: rule})
    (problem,) = (each for each in problems_of(scenario) if each.code == "S1")
    assert problem.message == "C2: every play reaches the cut 0; none has less than 0"
    assert problem.choices == ("vaag", "vaag", "vaag")


def test_a_pass_without_an_opportunity_to_show_something_is_shown() -> None:
    other = a_competency("C4", high=2, cut=1)
    scenario = replace(SOUND, competencies={**SOUND.competencies, other.id: other})
    aside = a_choice("aside", "zij")
    side = a_node("zij", a_choice("wel", "twee", points={"C4": 1}), a_choice("niet", "twee"))
    scenario = with_choice(with_node(scenario, side), "een", aside)
    scenario = with_rule(scenario, "cut(C2) and gezegd")
    assert ("S2", ("goed", "goed", "goed")) in found_in(scenario)
    assert all("C4" in each.message for each in problems_of(scenario) if each.code == "S2")


@pytest.mark.parametrize(("percent", "is_found"), [(1, True), (2, False)])
def test_random_choice_passes_no_more_often_than_declared(percent: int, *, is_found: bool) -> None:
    found = found_in(with_duties(SOUND, guess_at_most(percent)))
    assert found == ([("S3", ("goed", "goed", "goed"))] if is_found else [])


def test_a_wide_bound_does_not_make_luck_a_pass() -> None:
    scenario = with_duties(with_rule(SOUND, "gezegd"), guess_at_most(50))
    (problem,) = (each for each in problems_of(scenario) if each.code == "S3")
    assert problem.message.startswith("random choice passes with a chance of 0.25, more than 0.02")
