"""What is proved and still deserves another look, over all plays."""

from dataclasses import replace

import pytest

from elearning.problem import Problem
from elearning.scenario.model import Choice, ErrorId, Scenario, Severity
from elearning.scenario.prove.proof import Verdict
from elearning.scenario.prove.prover import prove
from tests.unit.scenario.builders import a_choice, a_competency, a_node, an_ending, an_error
from tests.unit.scenario.provable import parsed_of, shown_by
from tests.unit.scenario.sound import (
    RULE,
    a_sound_scenario,
    always,
    smells_in,
    with_choice,
    with_duties,
    with_flag,
    with_node,
    with_rule,
)

MEND = a_choice("herstel", "twee", points={"C2": 1}, repairs=("CE1",))
SOUND = with_choice(a_sound_scenario(), "schrikt", MEND)


def smells(scenario: Scenario, code: str) -> list[Problem]:
    return [each for each in smells_in(scenario) if each.code == code]


def told(scenario: Scenario, code: str) -> list[str]:
    return [each.message for each in smells(scenario, code)]


def test_a_sound_scenario_smells_of_nothing() -> None:
    assert smells_in(SOUND) == ()


def test_what_smells_is_proved_all_the_same() -> None:
    scenario = with_choice(SOUND, "schrikt", a_choice("herstel", "twee", repairs=("CE1",)))
    assert smells_in(scenario)
    assert prove(parsed_of(scenario)).verdict is Verdict.PROVED


def test_a_digest_says_nothing_of_smells() -> None:
    proof = prove(
        parsed_of(with_choice(SOUND, "schrikt", a_choice("herstel", "twee", repairs=("CE1",))))
    )
    assert replace(proof, problems=()).digest == proof.digest


def test_a_promise_that_the_pass_rule_does_not_make_itself_is_reported() -> None:
    rule = "all_cuts and open_A == 0 and open_B <= 1"
    scenario = with_duties(with_rule(SOUND, rule), always("passed implies gezegd and cut(C2)"))
    assert told(scenario, "W10") == ["P1: `pass` does not ask for 'gezegd' itself"]
    assert told(with_duties(SOUND, always("passed implies gezegd")), "W10") == []


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("all_cuts and gezegd", "`pass` does not ask for `open_B <= 1` itself"),
        ("all_cuts and gezegd and open_B <= 2", "`pass` does not ask for `open_B <= 1` itself"),
        ("all_cuts and gezegd and repaired_B == 0", "`pass` does not ask for `open_B <= 1` itself"),
        ("all_cuts and gezegd and open_B < 2", None),
        ("all_cuts and gezegd and raised_B == 0", None),
    ],
)
def test_a_pass_limits_open_errors_itself(rule: str, message: str | None) -> None:
    assert told(with_rule(SOUND, rule), "W10") == ([message] if message else [])


def test_a_pass_leaves_no_grave_error_open_by_rule_and_not_by_luck() -> None:
    grave = replace(SOUND, errors={ErrorId("CE1"): an_error("CE1", Severity.A)})
    (message,) = told(with_rule(grave, "all_cuts and gezegd"), "W10")
    assert message == "`pass` does not ask for `open_A == 0` itself"


def test_a_promise_of_several_possibilities_is_compared_as_a_whole() -> None:
    scenario = with_duties(SOUND, always("passed implies gezegd or visited(schrikt)"))
    assert told(scenario, "W10") == ["P1: `pass` does not ask for all that it implies itself"]
    whole = with_rule(scenario, f"{RULE} and (gezegd or visited(schrikt))")
    assert told(whole, "W10") == []


def test_what_must_always_hold_promises_nothing_of_a_pass() -> None:
    assert told(with_duties(SOUND, always("not open(CE1) or visited(schrikt)")), "W10") == []


def test_a_guard_without_a_counterpart_takes_an_option_away() -> None:
    scenario = with_choice(SOUND, "drie", a_choice("extra", "einde", when="visited(schrikt)"))
    (found,) = smells(scenario, "W11")
    assert found.message == "node 'drie' offers 4 of at most 5 options in this play"
    assert shown_by(parsed_of(scenario), found).node_id == "drie"
    both = with_choice(scenario, "drie", a_choice("anders", "einde", when="not visited(schrikt)"))
    assert smells(both, "W11") == []


def test_a_loop_offers_less_the_second_time_and_that_is_usual() -> None:
    scenario = with_choice(SOUND, "twee", a_choice("rond", "een", when="not visited(schrikt)"))
    assert smells(scenario, "W11") == []


def test_a_repair_that_gives_nothing_is_reported() -> None:
    scenario = with_choice(SOUND, "schrikt", a_choice("herstel", "twee", repairs=("CE1",)))
    assert told(scenario, "W12") == [
        "choice 'herstel' at node 'schrikt' repairs and gives no points"
    ]


def test_a_repair_of_what_nothing_raises_is_reported() -> None:
    late = a_choice("goed", "drie", points={"C2": 1}, raises=("CE2",))
    both = {each.id: each for each in (an_error("CE1"), an_error("CE2"), an_error("CE3"))}
    early = a_choice("herstel", "twee", points={"C2": 1}, repairs=("CE1", "CE2"))
    scenario = with_choice(replace(SOUND, errors=both), "schrikt", early)
    assert told(with_choice(scenario, "twee", late), "W12") == [
        "choice 'herstel' repairs CE2, which nothing before it raises",
        "no choice raises CE3",
    ]


def test_a_weak_option_that_alone_strays_to_a_repair_is_reported() -> None:
    scenario = with_choice(SOUND, "twee", a_choice("later", "schrikt"))
    assert told(scenario, "W12") == [
        "choice 'later' at node 'twee' is the only way to 'schrikt' with nothing to repair there"
    ]


@pytest.mark.parametrize(
    "way",
    [
        a_choice("later", "schrikt", points={"C2": 1}),
        a_choice("later", "schrikt", repairs=("CE1",), points={"C2": 1}),
    ],
)
def test_a_good_answer_may_come_to_where_others_repair(way: Choice) -> None:
    strays = [each for each in told(with_choice(SOUND, "twee", way), "W12") if "only way" in each]
    assert strays == []


def test_a_weak_option_beside_the_harmful_one_may_share_its_repair() -> None:
    assert told(with_choice(SOUND, "een", a_choice("later", "schrikt")), "W12") == []


def test_an_error_that_is_still_open_on_the_way_is_something_to_repair() -> None:
    errors = {ErrorId("CE1"): an_error("CE1", within=2)}
    scenario = with_choice(replace(SOUND, errors=errors), "een", a_choice("later", "wacht"))
    waiting = a_node("wacht", a_choice("stil", "schrikt"))
    slip = a_choice("anders", "wacht", raises=("CE1",))
    scenario = with_node(scenario, waiting)
    assert len(told(scenario, "W12")) == 1
    assert told(with_choice(scenario, "een", slip), "W12") == []


def test_two_ways_to_miss_the_moment_that_differ_in_a_flag_are_reported() -> None:
    scenario = with_flag(SOUND, "stil")
    scenario = with_choice(scenario, "een", a_choice("later", "twee", sets=("stil",)))
    (message,) = told(scenario, "W16")
    assert message.startswith("choices 'vaag' and 'later' at node 'een' come to the same")
    assert message.endswith("only one of them sets 'stil'")
    scenario = with_choice(scenario, "een", a_choice("vaag", "twee", sets=("stil",)))
    assert told(scenario, "W16") == []


@pytest.mark.parametrize(
    "other",
    [
        a_choice("later", "drie", sets=("stil",)),
        a_choice("later", "twee", sets=("stil",), points={"C2": 1}),
        a_choice("later", "twee", sets=("stil",), when="visited(een)"),
        a_choice("later", "twee", sets=("stil", "gezegd")),
    ],
)
def test_options_that_differ_in_more_than_a_flag_are_meant(other: Choice) -> None:
    assert smells(with_choice(with_flag(SOUND, "stil"), "een", other), "W16") == []


def test_a_way_back_has_the_same_words_read_again() -> None:
    scenario = with_choice(SOUND, "drie", a_choice("terug", "een"))
    assert told(scenario, "W13") == [
        "choice 'terug' at node 'drie' leads back to 'een', where the same words are read again"
    ]


def test_a_way_back_that_may_be_taken_often_is_meant() -> None:
    again = a_choice("terug", "een", points={"C2": -1}, max_visits=2)
    assert smells(with_choice(SOUND, "drie", again), "W13") == []


def test_a_reward_after_which_no_play_passes_is_shown() -> None:
    scenario = with_node(SOUND, a_node("zij", a_choice("goed", "gemist", points={"C2": 1})))
    scenario = with_node(scenario, an_ending("gemist"))
    scenario = with_choice(scenario, "een", a_choice("later", "zij"))
    (found,) = smells(scenario, "W14")
    assert found.message == "choice 'goed' at node 'zij' is rewarded, and no play after it passes"
    assert found.choices == ("later", "goed")
    scenario = with_choice(scenario, "zij", a_choice("goed", "twee", points={"C2": 1}))
    assert smells(scenario, "W14") == []


def test_a_good_ending_that_no_pass_comes_to_is_a_vain_reward() -> None:
    scenario = with_node(SOUND, an_ending("mooi"))
    scenario = with_choice(scenario, "een", a_choice("later", "mooi", when="not gezegd"))
    assert [each.choices for each in smells(scenario, "W14")] == [("later",)]


def test_a_reward_for_plays_that_cannot_pass_any_more_has_a_guard() -> None:
    comfort = a_choice("later", "einde", points={"C2": 1}, when="not gezegd")
    scenario = with_choice(SOUND, "drie", comfort)
    assert smells(scenario, "W14") == []


def test_a_flag_that_a_pass_needs_is_a_reward_too() -> None:
    scenario = with_rule(with_flag(SOUND, "gebeld"), f"{RULE} and not gebeld")
    scenario = with_choice(scenario, "drie", a_choice("later", "einde", sets=("gebeld",)))
    assert [each.choices for each in smells(scenario, "W14")] == [("vaag", "vaag", "later")]


def test_a_scenario_that_nobody_can_pass_has_no_vain_rewards() -> None:
    assert smells(with_rule(SOUND, "gezegd and not gezegd"), "W14") == []


def test_a_range_that_no_play_fills_is_shown_with_the_best_play() -> None:
    rule = a_competency("C2", high=5, cut=3)
    (found,) = smells(replace(SOUND, competencies={rule.id: rule}), "W15")
    assert found.message == "C2: the range goes up to 5, and no play has more than 3"
    assert found.choices == ("goed", "goed", "goed")


def test_what_the_graph_alone_shows_is_told_of_a_scenario_that_is_too_large_as_well() -> None:
    scenario = with_choice(SOUND, "drie", a_choice("terug", "een"))
    proof = prove(parsed_of(scenario), most_states=3)
    assert [each.code for each in proof.problems] == ["R9", "W13"]
