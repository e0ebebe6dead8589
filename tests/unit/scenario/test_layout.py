"""A drawing is the same for the same story, nothing in it overlaps, and edges run down."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from elearning.content.sources import content_root
from elearning.scenario.layout.direction import directed, edges_of
from elearning.scenario.layout.drawing import USUAL, Drawing, Place, Route, draw
from elearning.scenario.layout.places import Measures
from elearning.scenario.model import Node, NodeId, Scenario
from elearning.scenario.parse import parse_scenario
from elearning.scenario.registry_parser import parse_registry
from tests.unit.scenario.builders import a_choice, a_node, a_scenario, an_ending

MOST_NODES = 14
# What is promised is the drawing, not its speed: other work may run on the same machine.
unhurried = settings(deadline=None, max_examples=50)


@st.composite
def graphs(draw_: st.DrawFn) -> Scenario:
    """Draw any graph at all: loops, ways back, nodes that nothing leads to, several choices."""
    count = draw_(st.integers(1, MOST_NODES))
    ids = [f"n{number}" for number in range(count)]
    nodes = []
    for name in ids:
        targets = draw_(st.lists(st.sampled_from(ids), max_size=4))
        nodes.append(
            a_node(name, *(a_choice(f"k{i}", to) for i, to in enumerate(targets)))
            if targets
            else an_ending(name)
        )
    return a_scenario(*nodes)


def shuffled(scenario: Scenario, order: list[Node]) -> Scenario:
    """Return the same story from a file in another order, choices included."""
    turned = (replace(node, choices=node.choices[::-1]) for node in order)
    return replace(scenario, nodes={node.id: node for node in turned})


def overlap(one: Place, other: Place, measures: Measures) -> bool:
    return (
        abs(one.left - other.left) < measures.width and abs(one.top - other.top) < measures.height
    )


def is_inside(x: int, y: int, place: Place, measures: Measures) -> bool:
    """Say whether a point is in a node, its rim left out."""
    across = place.left < x < place.left + measures.width
    return across and place.top < y < place.top + measures.height


def runs_down(route: Route) -> bool:
    return all(above[1] <= below[1] for above, below in pairwise(route.points))


def runs_up(route: Route) -> bool:
    return all(above[1] >= below[1] for above, below in pairwise(route.points))


def route_of(drawing: Drawing, source: str, target: str) -> Route:
    return next(each for each in drawing.routes if (each.source, each.target) == (source, target))


@unhurried
@given(graphs(), st.data())
def test_a_drawing_does_not_depend_on_the_order_of_the_file(
    scenario: Scenario, data: st.DataObject
) -> None:
    order = data.draw(st.permutations(list(scenario.nodes.values())))
    assert draw(shuffled(scenario, order)) == draw(scenario)


@unhurried
@given(graphs())
def test_every_node_has_a_place_and_no_two_overlap(scenario: Scenario) -> None:
    places = draw(scenario).places
    assert places.keys() == scenario.nodes.keys()
    assert not [pair for pair in combinations(places.values(), 2) if overlap(*pair, USUAL)]


@unhurried
@given(graphs())
def test_every_edge_runs_down_unless_it_is_marked_as_a_way_back(scenario: Scenario) -> None:
    for route in draw(scenario).routes:
        assert runs_up(route) if route.is_back else runs_down(route)


@unhurried
@given(graphs())
def test_without_the_ways_back_every_edge_leads_to_a_lower_layer(scenario: Scenario) -> None:
    drawing = draw(scenario)
    for route in drawing.routes:
        above, below = drawing.places[route.source].layer, drawing.places[route.target].layer
        assert above >= below if route.is_back else above < below


@unhurried
@given(graphs())
def test_every_edge_is_drawn_once_from_rim_to_rim(scenario: Scenario) -> None:
    drawing = draw(scenario)
    assert [(each.source, each.target) for each in drawing.routes] == list(edges_of(scenario))
    for route in drawing.routes:
        for node, (x, y) in ((route.source, route.points[0]), (route.target, route.points[-1])):
            place = drawing.places[node]
            assert place.left <= x <= place.left + USUAL.width
            assert y in range(place.top, place.top + USUAL.height + 1)


@unhurried
@given(graphs())
def test_no_edge_bends_inside_a_node(scenario: Scenario) -> None:
    drawing = draw(scenario)
    bends = [point for route in drawing.routes for point in route.points[1:-1]]
    places = drawing.places.values()
    assert not [at for at in bends if any(is_inside(*at, place, USUAL) for place in places)]


@unhurried
@given(graphs())
def test_the_drawing_holds_everything_in_it(scenario: Scenario) -> None:
    drawing = draw(scenario)
    points = [point for route in drawing.routes for point in route.points]
    for place in drawing.places.values():
        points += [(place.left, place.top)]
        points += [(place.left + USUAL.width, place.top + USUAL.height)]
    assert all(0 <= x <= drawing.width and 0 <= y <= drawing.height for x, y in points)


def test_a_story_without_ways_round_has_no_way_back() -> None:
    story = a_scenario(
        a_node("a", a_choice("1", "b"), a_choice("2", "einde")),
        a_node("b", a_choice("1", "einde")),
        an_ending(),
    )
    assert not any(route.is_back for route in draw(story).routes)


def test_two_nodes_that_lead_to_each_other_are_joined_by_two_lines() -> None:
    story = a_scenario(
        a_node("a", a_choice("1", "b")), a_node("b", a_choice("1", "a"), a_choice("2", "einde")),
        an_ending(),
    )  # fmt: skip
    drawing = draw(story)
    there, again = route_of(drawing, "a", "b"), route_of(drawing, "b", "a")
    assert (there.is_back, again.is_back) == (False, True)
    assert set(there.points).isdisjoint(again.points)


def test_a_loop_runs_beside_its_node() -> None:
    story = a_scenario(a_node("a", a_choice("1", "a"), a_choice("2", "einde")), an_ending())
    drawing = draw(story)
    right = drawing.places[NodeId("a")].left + USUAL.width
    assert all(x >= right for x, _ in route_of(drawing, "a", "a").points)


def test_what_nothing_leads_to_is_drawn_as_well() -> None:
    story = a_scenario(a_node("a", a_choice("1", "einde")), an_ending(), an_ending("los"))
    assert draw(story).places[NodeId("los")].layer == 0


def test_a_choice_to_a_node_that_does_not_exist_is_left_out() -> None:
    story = a_scenario(a_node("a", a_choice("1", "nergens"), a_choice("2", "einde")), an_ending())
    assert edges_of(story) == ((NodeId("a"), NodeId("einde")),)


def test_the_walk_is_deep_enough_for_a_very_long_story() -> None:
    names = [f"n{number:04}" for number in range(3000)]
    nodes = [a_node(one, a_choice("1", other)) for one, other in pairwise(names)]
    story = a_scenario(*nodes, an_ending(names[-1]))
    assert list(directed(story).nodes) == names


@pytest.mark.parametrize("name", sorted(content_root(None).folders("scenarios", "scenario.md")))
def test_a_shipped_conversation_fits_the_width_of_a_page(name: str) -> None:
    root = content_root(None)
    registry, _ = parse_registry(root.read("scenarios/competencies.yaml"), "")
    files = root.folders("scenarios", "scenario.md")[name]
    parsed = parse_scenario(files, registry).parsed
    assert parsed is not None
    assert draw(parsed.scenario).width <= 1200
