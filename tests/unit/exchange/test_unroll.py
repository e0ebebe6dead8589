"""A graph without memory offers, after the same choices, what the scenario itself offers."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from elearning.exchange.remarks import ExchangeRefused
from elearning.exchange.unroll import MOST_SITUATIONS, unroll
from elearning.scenario.model import Scenario
from elearning.scenario.play import begin, choose, offered
from tests.unit.exchange.stories import slowly
from tests.unit.scenario.builders import a_choice, a_node, a_scenario, an_ending
from tests.unit.scenario.strategies import scenarios


def a_gate(*guards: str) -> Scenario:
    """Return a scenario in which flags that are set at the start open choices at the end."""
    flags = tuple(f"f{number}" for number in range(len(guards)))
    last = f"n{len(flags)}"
    steps = [
        a_node(
            f"n{number}",
            a_choice("ja", f"n{number + 1}", sets=(flag,)),
            a_choice("nee", f"n{number + 1}"),
        )
        for number, flag in enumerate(flags)
    ]
    ways = [a_choice(f"w{place}", "einde", when=each) for place, each in enumerate(guards)]
    gate = a_node(last, a_choice("altijd", "einde"), *ways)
    return a_scenario(*steps, gate, an_ending(), flags=flags)


@slowly
@given(scenarios(), st.data())
def test_the_same_choices_lead_through_both(scenario: Scenario, data: st.DataObject) -> None:
    try:
        situations = unroll(scenario)
    except ExchangeRefused:
        assume(False)
    place, position = 0, begin(scenario)
    for _ in range(12):
        here = situations[place]
        assert here.node_id == position.node_id
        assert [each.choice for each in here.ways] == [*offered(scenario, position)]
        if not here.ways:
            break
        way = data.draw(st.sampled_from(here.ways))
        place, position = way.to, choose(scenario, position, way.choice.id)


def test_a_story_without_guards_has_one_situation_per_node() -> None:
    assert [each.node_id for each in unroll(a_gate())] == ["n0", "einde"]


def test_a_flag_that_is_read_later_doubles_what_lies_between() -> None:
    situations = unroll(a_gate("f0"))
    assert [(each.node_id, each.copy) for each in situations] == [
        ("n0", 1),
        ("n1", 1),
        ("n1", 2),
        ("einde", 1),
    ]


def test_what_goes_the_same_from_here_is_one_situation() -> None:
    assert len(unroll(a_gate("f0 or not f0", "f1"))) == len(
        unroll(a_gate("f0 or f1 or not f0", "f1"))
    )
    assert sum(each.node_id == "n2" for each in unroll(a_gate("f0 or not f0", "f1"))) == 2


def test_once_only_choices_on_a_loop_run_out_in_the_graph_too() -> None:
    loop = a_node("n0", a_choice("rond", "n0"), a_choice("weg", "einde"))
    first, *rest = unroll(a_scenario(loop, an_ending()))
    assert [each.choice.id for each in first.ways] == ["rond", "weg"]
    assert [[way.choice.id for way in each.ways] for each in rest] == [["weg"], []]


def test_more_than_the_cap_is_refused_with_what_is_met_most() -> None:
    flags = [f"f{number}" for number in range(8)]
    with pytest.raises(ExchangeRefused) as found:
        unroll(a_gate(*flags))
    assert f"more than {MOST_SITUATIONS} nodes; met most: 'n8' (256 times)" in str(found.value)
    assert "8 guards" in str(found.value)


def test_a_play_that_gets_stuck_is_refused_with_the_way_to_it() -> None:
    stuck = a_node("n1", a_choice("weg", "einde", when="f0"))
    scenario = a_scenario(a_node("n0", a_choice("a", "n1")), stuck, an_ending(), flags=("f0",))
    with pytest.raises(ExchangeRefused, match="nothing is offered at 'n1' after a"):
        unroll(scenario)
