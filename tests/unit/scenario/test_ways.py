"""The shortest play to a node is one that can be made, and none is shorter."""

from itertools import pairwise, product

from hypothesis import given, settings

from elearning.errors import ChoiceNotOffered
from elearning.scenario.model import ChoiceId, NodeId, Scenario
from elearning.scenario.play import replay
from elearning.scenario.ways import shortest_plays
from tests.unit.scenario.builders import a_choice, a_node, a_scenario, an_ending, choices
from tests.unit.scenario.strategies import scenarios

unhurried = settings(deadline=None)
SHORT = 3


def played(scenario: Scenario, names: tuple[str, ...]) -> NodeId | None:
    """Return where these choices lead; None where one of them is not on offer."""
    try:
        return replay(scenario, [ChoiceId(each) for each in names]).node_id
    except ChoiceNotOffered:
        return None


@unhurried
@given(scenarios())
def test_a_way_can_be_played_and_ends_at_its_node(scenario: Scenario) -> None:
    for node_id, way in shortest_plays(scenario).items():
        assert played(scenario, way) == node_id


@unhurried
@given(scenarios())
def test_no_shorter_play_comes_to_a_node(scenario: Scenario) -> None:
    ways = shortest_plays(scenario)
    for length in range(SHORT):
        for names in product("abc", repeat=length):
            node_id = played(scenario, names)
            assert node_id is None or len(ways[node_id]) <= length


def test_the_way_goes_round_where_a_guard_asks_for_it() -> None:
    story = a_scenario(
        a_node("a", a_choice("door", "c"), a_choice("om", "b")),
        a_node("b", a_choice("zeggen", "c", sets=("gezegd",))),
        a_node("c", a_choice("vrij", "einde", when="gezegd")),
        an_ending(),
        flags=("gezegd",),
    )
    assert shortest_plays(story)[NodeId("einde")] == choices("om", "zeggen", "vrij")


def test_a_node_that_no_play_comes_to_has_no_way() -> None:
    story = a_scenario(a_node("a", a_choice("door", "einde")), an_ending(), an_ending("los"))
    assert shortest_plays(story).keys() == {"a", "einde"}


def test_looking_stops_at_the_limit() -> None:
    names = [f"n{number}" for number in range(9)]
    nodes = [a_node(one, a_choice("door", to)) for one, to in pairwise(names)]
    story = a_scenario(*nodes, an_ending(names[-1]))
    assert len(shortest_plays(story, most_states=4)) == 5
