"""What the options of a node give away is pointed out, and nothing that was meant."""

from collections.abc import Mapping

import pytest

from elearning.problem import Problem
from elearning.scenario.decisions import decision_smells
from elearning.scenario.model import (
    Choice,
    ChoiceText,
    Node,
    NodeId,
    NodeText,
    ScenarioText,
)
from elearning.scenario.parse import Parsed
from elearning.scenario.prove.strategies import Spoken, as_written
from tests.unit.scenario.builders import a_choice, a_node, a_scenario, an_ending, an_error

INTENTION_AND_EFFECT = "Je wilt helpen. Het klinkt als een verhoor."


def a_draft(*nodes: Node, said: Mapping[str, str] | None = None, why: str = "") -> Parsed:
    """Return a scenario whose choices say their own id, unless told otherwise."""
    scenario = a_scenario(*nodes, an_ending(), errors=(an_error("CE1"),))
    texts = {
        node.id: NodeText("", {each.id: _text(each, said or {}, why) for each in node.choices})
        for node in scenario.nodes.values()
    }
    return Parsed(
        scenario=scenario,
        texts={"nl": ScenarioText("nl", "", "", "", "", {}, texts)},
        files={"nl": "scenario.md"},
        node_lines={"nl": {NodeId(node.id): 1 for node in nodes}},
        head_lines={"id": 1},
    )


def _text(choice: Choice, said: Mapping[str, str], why: str) -> ChoiceText:
    words = said.get(choice.id, str(choice.id))
    return ChoiceText(words, None, why or INTENTION_AND_EFFECT)


def smells(draft: Parsed, spoken: Spoken = as_written) -> list[str]:
    return [each.code for each in decision_smells(draft, spoken)]


def findings(draft: Parsed) -> list[Problem]:
    return list(decision_smells(draft, as_written))


BEST = a_choice("ruimte", "einde", points={"C2": 2})
WEAK = a_choice("later", "einde")
HARMFUL = a_choice("waarom", "einde", raises=("CE1",))


def test_a_usual_node_smells_of_nothing() -> None:
    assert smells(a_draft(a_node("begin", BEST, WEAK, HARMFUL))) == []


@pytest.mark.parametrize("points", [2, 3])
def test_harm_that_gives_as_much_as_the_best_is_reported(points: int) -> None:
    paid = a_choice("waarom", "einde", points={"C2": points}, raises=("CE1",))
    assert smells(a_draft(a_node("begin", BEST, WEAK, paid))) == ["W4"]


def test_a_node_in_which_every_choice_harms_has_no_best_one() -> None:
    other = a_choice("bewijs", "einde", points={"C2": 1}, raises=("CE1",))
    assert smells(a_draft(a_node("begin", HARMFUL, other))) == []


def test_harm_that_gives_less_than_the_best_is_a_half_good_answer() -> None:
    paid = a_choice("waarom", "einde", points={"C2": 1}, raises=("CE1",))
    assert smells(a_draft(a_node("begin", BEST, WEAK, paid))) == []


def test_harm_that_earns_as_many_points_as_the_best_is_reported_beside_a_repair_too() -> None:
    mend = a_choice("herstel", "einde", points={"C2": 1}, repairs=("CE1",))
    paid = a_choice("waarom", "einde", points={"C2": 1}, raises=("CE1",))
    assert smells(a_draft(a_node("begin", mend, WEAK, paid))) == ["W4"]


def test_two_best_choices_that_come_to_the_same_are_reported_with_both_names() -> None:
    twin = a_choice("tijd", "einde", points={"C2": 2})
    (found,) = findings(a_draft(a_node("begin", BEST, twin, WEAK)))
    assert (found.code, found.message) == (
        "W5",
        "choices 'ruimte' and 'tijd' are both the best and come to the same",
    )


def test_two_weak_choices_that_come_to_the_same_are_meant() -> None:
    assert smells(a_draft(a_node("begin", BEST, WEAK, a_choice("straks", "einde")))) == []


def test_choices_that_give_nothing_at_all_are_all_fine() -> None:
    assert smells(a_draft(a_node("begin", WEAK, a_choice("straks", "einde")))) == []


def test_two_best_choices_that_differ_in_what_they_set_are_two_answers() -> None:
    twin = a_choice("tijd", "einde", points={"C2": 2}, sets=("gebeld",))
    assert smells(a_draft(a_node("begin", BEST, twin, WEAK))) == []


def test_the_same_words_twice_are_reported_whatever_they_do() -> None:
    said = {"later": "Kom morgen maar terug.", "waarom": "Kom morgen  maar terug."}
    assert smells(a_draft(a_node("begin", BEST, WEAK, HARMFUL), said=said)) == ["W5"]


def test_the_same_words_under_two_guards_are_never_offered_together() -> None:
    node = a_node(
        "begin",
        a_choice("ja", "einde", when="visited(einde)"),
        a_choice("nee", "einde", when="not visited(einde)"),
    )
    assert smells(a_draft(node, said={"ja": "Ik bel.", "nee": "Ik bel."})) == []


def four_nodes(best: str) -> Parsed:
    """Return four decisions in which the best choice says this, beside a line of five letters."""
    nodes = [a_node(f"n{number}", BEST, WEAK) for number in range(4)]
    return a_draft(*nodes, said={"ruimte": best, "later": "later"})


@pytest.mark.parametrize(("best", "codes"), [("langer", ["W6"]), ("kort", ["W7"]), ("gelyk", [])])
def test_a_best_choice_that_stands_out_by_its_length_gives_itself_away(
    best: str, codes: list[str]
) -> None:
    assert smells(four_nodes(best)) == codes


def test_half_of_the_decisions_is_not_most_of_them() -> None:
    nodes = [a_node(f"n{number}", BEST, WEAK) for number in range(2)]
    tijd = a_choice("tijd", "einde", points={"C2": 1})
    nodes += [a_node(f"m{number}", tijd, WEAK) for number in range(2)]
    said = {"ruimte": "langer", "tijd": "gelyk", "later": "later"}
    assert smells(a_draft(*nodes, said=said)) == []


def test_three_decisions_say_nothing_about_length() -> None:
    nodes = [a_node(f"n{number}", BEST, WEAK) for number in range(3)]
    assert smells(a_draft(*nodes, said={"ruimte": "veel langer"})) == []


def test_a_choice_is_as_long_as_what_the_learner_reads() -> None:
    draft = four_nodes("{{resource.emergency.phone}}")
    assert smells(draft) == ["W6"]
    assert smells(draft, lambda text, _lang: "112" if "{{" in text else text) == ["W7"]


def test_feedback_on_harm_names_the_intention_and_the_effect() -> None:
    (found,) = findings(a_draft(a_node("begin", BEST, HARMFUL), why="Dat is een verhoor."))
    assert (found.code, found.message) == (
        "W8",
        "choice 'waarom': `why` names the intention, then the effect",
    )


def test_a_sentence_of_the_directory_counts_as_the_effect() -> None:
    why = "Je wilt helpen. {{fact.no_privilege.text}}"
    assert smells(a_draft(a_node("begin", BEST, HARMFUL), why=why)) == []


def test_one_sentence_is_enough_where_nobody_is_harmed() -> None:
    assert smells(a_draft(a_node("begin", BEST, WEAK), why="Je geeft de regie terug.")) == []


def test_the_decisions_are_named() -> None:
    (found,) = findings(four_nodes("langer"))
    assert found.message.endswith("in 4 of 4 decisions (nl): n0, n1, n2, n3")
