"""The whole drawing of a scenario: where each node stands, and along which points edges run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

from elearning.scenario.ids import NodeId
from elearning.scenario.layout.direction import Edge, directed, edges_of
from elearning.scenario.layout.layers import layers_of
from elearning.scenario.layout.order import ordered
from elearning.scenario.layout.places import Measures, columns
from elearning.scenario.model import Scenario

Point: TypeAlias = tuple[int, int]

USUAL: Final = Measures(width=188, height=66, gap=24, lane=12, layer_gap=80)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands: its layer from 0 at the top, and its upper left corner."""

    node: NodeId
    layer: int
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class Route:
    """The way of an edge, from the rim of one node to the rim of another.

    A way back runs upwards, or beside the node where it leads to the node itself.
    """

    source: NodeId
    target: NodeId
    is_back: bool
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Drawing:
    """Everything in whole units, from the upper left corner; the same for the same scenario."""

    measures: Measures
    width: int
    height: int
    places: Mapping[NodeId, Place]
    routes: tuple[Route, ...]


def draw(scenario: Scenario, measures: Measures = USUAL) -> Drawing:
    """Return the drawing of a scenario, whatever the order of its file."""
    graph = directed(scenario)
    layers = layers_of(graph)
    rows = ordered(graph, layers)
    middles = columns(rows, graph.nodes, measures)
    pitch = measures.height + measures.layer_gap
    places = {
        node: Place(node, layers[node], middles[node] - measures.width // 2, layers[node] * pitch)
        for node in sorted(graph.nodes)
    }
    ways = _Ways(measures, places, {edge: tuple(middles[each] for each in bends)
                                    for edge, bends in rows.bends.items()})  # fmt: skip
    loop_room = measures.gap if any(source == target for source, target in graph.back) else 0
    return Drawing(
        measures=measures,
        width=max((middles[each] for each in middles), default=0) + measures.width // 2 + loop_room,
        height=len(rows.rows) * pitch - measures.layer_gap if rows.rows else 0,
        places=places,
        routes=tuple(ways.routes(edges_of(scenario), graph.back)),
    )


@dataclass(frozen=True, slots=True)
class _Ways:
    """Lets edges leave a node side by side at its foot, and come in side by side at its head."""

    measures: Measures
    places: Mapping[NodeId, Place]
    bends: Mapping[Edge, tuple[int, ...]]

    def routes(self, edges: tuple[Edge, ...], back: frozenset[Edge]) -> Iterator[Route]:
        """Yield the way of every edge."""
        feet, heads = self._ports(is_foot=True), self._ports(is_foot=False)
        for source, target in edges:
            is_back = (source, target) in back
            if source == target:
                yield Route(source, target, is_back, self._loop(source))
                continue
            edge = (target, source) if is_back else (source, target)
            points = (feet[edge], *self._through(edge), heads[edge])
            if is_back and edge in edges:
                points = tuple((x + self.measures.lane, y) for x, y in points)
            yield Route(source, target, is_back, points[::-1] if is_back else points)

    def _ports(self, *, is_foot: bool) -> dict[Edge, Point]:
        """Return where each edge touches its upper node (the foot) or its lower node (the head)."""
        found: dict[Edge, Point] = {}
        for node, place in self.places.items():
            own = [edge for edge in self.bends if edge[0 if is_foot else 1] == node]
            own.sort(key=lambda edge: (self._heading(edge, is_foot=is_foot), edge))
            for number, edge in enumerate(own, start=1):
                x = place.left + self.measures.width * number // (len(own) + 1)
                found[edge] = (x, place.top + (self.measures.height if is_foot else 0))
        return found

    def _heading(self, edge: Edge, *, is_foot: bool) -> int:
        """Return where an edge goes from here, as seen from left to right."""
        bends = self.bends[edge]
        if bends:
            return bends[0 if is_foot else -1]
        return self.places[edge[1 if is_foot else 0]].left + self.measures.width // 2

    def _through(self, edge: Edge) -> Iterator[Point]:
        """Yield the straight stretch of an edge through each layer between its nodes."""
        pitch = self.measures.height + self.measures.layer_gap
        for number, x in enumerate(self.bends[edge], start=1):
            top = self.places[edge[0]].top + number * pitch
            yield x, top
            yield x, top + self.measures.height

    def _loop(self, node: NodeId) -> tuple[Point, ...]:
        place, reach = self.places[node], self.measures.gap
        right, third = place.left + self.measures.width, self.measures.height // 3
        return (
            (right, place.top + 2 * third),
            (right + reach, place.top + 2 * third),
            (right + reach, place.top + third),
            (right, place.top + third),
        )
