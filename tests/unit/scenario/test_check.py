"""Checking the graph: what cannot be reached, what never ends, what cannot be repaired."""

from functools import partial

import pytest

from elearning.problem import Problem, ProblemSeverity
from elearning.scenario import check as check_module
from elearning.scenario.check import check_scenario, problems
from elearning.scenario.graph import (
    dead_ends,
    endless_loops,
    errors_without_repair,
    fatal_without_debrief,
    unreachable_nodes,
)
from elearning.scenario.model import Choice, EndingKind, Node, Scenario
from elearning.scenario.states import explore
from tests.unit.scenario.builders import (
    a_choice,
    a_competency,
    a_node,
    a_registry,
    a_scenario,
    an_ending,
    an_error,
)
from tests.unit.scenario.example import DUTCH, ENGLISH, ENGLISH_FILE, SOURCE_FILE


def check(dutch: str) -> list[Problem]:
    """Check the example with changes; what was not accepted yet is left out."""
    outcome = check_scenario({SOURCE_FILE: dutch, ENGLISH_FILE: ENGLISH}, a_registry())
    return [each for each in outcome.problems if each.code != "L2"]


def test_the_example_has_no_problem() -> None:
    assert check(DUTCH) == []


def test_a_node_that_no_choice_leads_to_is_unreachable() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("verder", "einde")), an_ending(), an_ending("vergeten")
    )
    assert [each.message for each in unreachable_nodes(scenario)] == [
        "node 'vergeten' cannot be reached"
    ]


def test_a_node_without_choices_or_ending_is_a_dead_end() -> None:
    scenario = a_scenario(a_node("begin", a_choice("verder", "stil")), a_node("stil"))
    assert "node 'stil' has no choices and no ending" in [
        each.message for each in dead_ends(scenario)
    ]


def test_nodes_that_only_lead_to_each_other_have_no_way_out() -> None:
    scenario = a_scenario(
        a_node("een", a_choice("a", "twee")), a_node("twee", a_choice("b", "een"))
    )
    assert [each.code for each in dead_ends(scenario)] == ["R2", "R2"]


def test_a_loop_that_may_be_repeated_and_changes_nothing_has_no_bound() -> None:
    idle = a_choice("weer", "begin", max_visits=9)
    scenario = a_scenario(a_node("begin", idle, a_choice("door", "einde")), an_ending())
    assert [each.code for each in endless_loops(scenario)] == ["R3"]


@pytest.mark.parametrize(
    "choice",
    [
        a_choice("eens", "begin"),
        a_choice("leert", "begin", max_visits=2, points={"C2": 1}),
        a_choice("zegt", "begin", max_visits=2, sets=("gezegd",)),
    ],
)
def test_a_loop_with_progress_or_without_repetition_is_fine(choice: Choice) -> None:
    scenario = a_scenario(a_node("begin", choice, a_choice("door", "einde")), an_ending())
    assert list(endless_loops(scenario)) == []


def _after_a_fatal_error(*nodes: Node) -> Scenario:
    return a_scenario(
        a_node("begin", a_choice("fout", "daarna", raises=("CE5",))),
        *nodes,
        errors=(an_error("CE5", is_fatal=True),),
    )


def test_a_fatal_error_may_lead_to_an_ending_or_one_debrief() -> None:
    at_once = _after_a_fatal_error(an_ending("daarna", EndingKind.HARM))
    debrief = _after_a_fatal_error(
        a_node("daarna", a_choice("verder", "einde")), an_ending("einde", EndingKind.MISSED)
    )
    assert [*fatal_without_debrief(at_once), *fatal_without_debrief(debrief)] == []


def test_a_fatal_error_that_goes_on_or_ends_well_is_reported() -> None:
    goes_on = _after_a_fatal_error(
        a_node("daarna", a_choice("verder", "nog")),
        a_node("nog", a_choice("klaar", "einde")),
        an_ending("einde", EndingKind.HARM),
    )
    ends_well = _after_a_fatal_error(an_ending("daarna", EndingKind.GOOD))
    assert [each.code for each in fatal_without_debrief(goes_on)] == ["P0"]
    assert [each.code for each in fatal_without_debrief(ends_well)] == ["P0"]


@pytest.mark.parametrize(("within", "codes"), [(1, ["W2"]), (2, []), (None, [])])
def test_a_repair_must_be_within_the_window(within: int | None, codes: list[str]) -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("fout", "tussen", raises=("CE1",))),
        a_node("tussen", a_choice("verder", "daarna")),
        a_node("daarna", a_choice("herstel", "einde", repairs=("CE1",))),
        an_ending(),
        errors=(an_error("CE1", within=within),),
    )
    assert [each.code for each in errors_without_repair(scenario)] == codes


@pytest.mark.parametrize(("kind", "codes"), [(EndingKind.MISSED, []), (EndingKind.OK, ["W2"])])
def test_an_error_that_can_only_end_badly_needs_no_repair(
    kind: EndingKind, codes: list[str]
) -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("fout", "einde", raises=("CE1",))),
        an_ending("einde", kind),
        errors=(an_error("CE1"),),
    )
    assert [each.code for each in errors_without_repair(scenario)] == codes


def test_the_repair_of_another_error_is_no_repair() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("fout", "daarna", raises=("CE1",))),
        a_node("daarna", a_choice("herstel", "einde", repairs=("CE2",))),
        an_ending(),
        errors=(an_error("CE1"), an_error("CE2")),
    )
    assert [each.code for each in errors_without_repair(scenario)] == ["W2"]


def test_a_state_where_nothing_is_offered_is_found_with_the_shortest_play_to_it() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("wel", "deur", sets=("sleutel",)), a_choice("niet", "deur")),
        a_node("deur", a_choice("open", "einde", when="sleutel")),
        an_ending(),
        flags=("sleutel",),
    )
    (stuck,) = explore(scenario).stuck
    assert (stuck.node_id, stuck.path) == ("deur", ("niet",))


def test_a_loop_that_uses_up_its_choices_is_stuck() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("rond", "terug"), a_choice("uit", "einde", when="visited(nooit)")),
        a_node("terug", a_choice("rond", "begin")),
        an_ending(),
        an_ending("nooit"),
    )
    (stuck,) = explore(scenario).stuck
    assert stuck.path == ("rond", "rond")


@pytest.mark.parametrize(
    ("guard", "is_offered"),
    [
        ("cut(C2)", True),
        ("repaired(CE1)", True),
        ("open(CE1)", True),
        ("repaired_B == 2", False),
        ("raised_B >= 1 and not open(CE1)", True),
        ("visited(einde)", False),
        ("not all_cuts", True),
    ],
)
def test_a_choice_is_never_offered_where_no_play_makes_its_guard_true(
    guard: str, *, is_offered: bool
) -> None:
    scenario = a_scenario(
        a_node(
            "begin",
            a_choice("goed", "midden", points={"C2": 2}),
            a_choice("fout", "midden", raises=("CE1",)),
        ),
        a_node("midden", a_choice("herstel", "slot", repairs=("CE1",)), a_choice("door", "slot")),
        a_node("slot", a_choice("soms", "einde", when=guard), a_choice("anders", "einde")),
        an_ending(),
        competencies=(a_competency("C2", cut=2),),
        errors=(an_error("CE1"),),
    )
    offered = explore(scenario).offered
    assert (("slot", "soms") in offered) is is_offered


def test_the_last_chance_for_a_repair_is_not_taken_for_one_that_has_passed() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("vroeg", "a", raises=("CE1",)), a_choice("later", "b")),
        a_node("a", a_choice("door", "knoop")),
        a_node("b", a_choice("fout", "knoop", raises=("CE1",))),
        a_node("knoop", a_choice("herstel", "slot", repairs=("CE1",))),
        a_node("slot", a_choice("soms", "einde", when="repaired(CE1)"), a_choice("of", "einde")),
        an_ending(),
        errors=(an_error("CE1", within=1),),
    )
    assert ("slot", "soms") in explore(scenario).offered


def test_an_older_error_is_not_taken_for_a_newer_one_that_has_time_for_the_long_way() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("vroeg", "a", raises=("CE1",)), a_choice("later", "b")),
        a_node("a", a_choice("door", "knoop")),
        a_node("b", a_choice("fout", "knoop", raises=("CE1",))),
        a_node("knoop", a_choice("kort", "einde", repairs=("CE1",)), a_choice("lang", "omweg")),
        a_node("omweg", a_choice("herstel", "slot", repairs=("CE1",))),
        a_node("slot", a_choice("soms", "einde", when="repaired(CE1)"), a_choice("of", "einde")),
        an_ending(),
        errors=(an_error("CE1", within=2),),
    )
    assert ("slot", "soms") in explore(scenario).offered


def test_exploring_stops_at_its_limit_and_says_so() -> None:
    names = [f"n{number}" for number in range(20)]
    nodes = [
        a_node(a, a_choice("door", b)) for a, b in zip(names, [*names[1:], "einde"], strict=True)
    ]
    scenario = a_scenario(*nodes, an_ending())
    assert not explore(scenario, most_states=5).is_complete
    assert explore(scenario).is_complete


def test_a_scenario_that_is_too_large_to_visit_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_module, "explore", partial(explore, most_states=1))
    assert [each.code for each in check(DUTCH)] == ["R9"]


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("to: schrikt", "to: einde_goed", "R1", "node 'schrikt' cannot be reached"),
        ("ending: good\n", "", "R2", "node 'einde_goed' has no choices and no ending"),
        ("recover_within: 2", "fatal: true", "P0", "raises the fatal CE1 but leads on"),
        ("  repair: [CE1]\n", "", "W2", "choice 'waarom' raises CE1: no repair"),
        ("flags: [gebeld]", "flags: [gebeld, nooit]", "W3", "flag 'nooit' is never set"),
        ("flags: [gebeld]", "flags: [gebeld, nooit]", "W3", "flag 'nooit' is never read"),
        ("Waarom ging je", "Waarom ging je toch, na alles wat er al was,", "W1", "1.6 times"),
    ],
)
def test_what_an_author_did_is_reported(old: str, new: str, code: str, words: str) -> None:
    found = [(each.code, each.message) for each in check(DUTCH.replace(old, new))]
    assert any(each == code and words in message for each, message in found)


def test_a_choice_that_can_never_be_offered_is_reported_on_its_line() -> None:
    guarded = DUTCH.replace("  set: [gebeld]\n", '  set: [gebeld]\n  if: "gebeld"\n', 1)
    (problem,) = check(guarded)
    assert problem.message == "choice 'ruimte' at node 'binnenkomst' is never offered"
    assert guarded.splitlines()[problem.line - 1] == "- id: ruimte"


def test_a_play_that_gets_stuck_carries_its_choices() -> None:
    guarded = DUTCH.replace("  repair: [CE1]\n", '  repair: [CE1]\n  if: "gebeld"\n', 1)
    stuck = next(each for each in check(guarded) if each.code == "R2")
    assert stuck.choices == ("waarom",)


def test_warnings_do_not_block() -> None:
    found = check(DUTCH.replace("  repair: [CE1]\n", ""))
    assert {each.severity for each in found} == {ProblemSeverity.WARNING}


def test_a_scenario_that_was_read_can_be_checked_again() -> None:
    parsed = check_scenario({SOURCE_FILE: DUTCH, ENGLISH_FILE: ENGLISH}, a_registry()).parsed
    assert parsed is not None
    assert problems(parsed) == ()
