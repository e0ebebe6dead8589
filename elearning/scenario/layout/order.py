"""Orders the nodes of each layer from left to right so that few edges cross."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, pairwise
from typing import Final, TypeAlias

from elearning.scenario.ids import NodeId
from elearning.scenario.layout.direction import Directed, Edge
from elearning.scenario.layout.layers import Layers

# A node id, or a bend in the edge from one node to another that passes through a layer.
Spot: TypeAlias = str
Row: TypeAlias = list[Spot]

_SWEEPS: Final = 24


@dataclass(frozen=True, slots=True)
class Ordered:
    """The layers with what stands in them, and what each is connected with above and below."""

    rows: tuple[tuple[Spot, ...], ...]
    above: Mapping[Spot, Sequence[Spot]]
    below: Mapping[Spot, Sequence[Spot]]
    bends: Mapping[Edge, tuple[Spot, ...]]


def ordered(graph: Directed, layers: Layers) -> Ordered:
    """Return the best of a fixed number of sweeps, down and up in turn, from two beginnings."""
    bends = {(a, b): tuple(_bends(a, b, layers)) for a, b in graph.down}
    above: dict[Spot, list[Spot]] = {node: [] for node in graph.nodes}
    below: dict[Spot, list[Spot]] = {node: [] for node in graph.nodes}
    for (source, target), between in bends.items():
        for upper, lower in pairwise((source, *between, target)):
            below.setdefault(upper, []).append(lower)
            above.setdefault(lower, []).append(upper)
    sorter = _Sorter(above, below)
    rows = _first_rows(graph, layers, bends)
    mirrored = [row[::-1] for row in rows]
    best = min((sorter.best(each) for each in (rows, mirrored)), key=sorter.crossings)
    return Ordered(tuple(map(tuple, best)), above, below, bends)


def _bends(source: NodeId, target: NodeId, layers: Layers) -> Iterator[Spot]:
    """Yield a bend for each layer between two nodes; an id holds no space, so the name is new."""
    for layer in range(layers[source] + 1, layers[target]):
        yield f"{source} {target} {layer}"


def _first_rows(
    graph: Directed, layers: Layers, bends: Mapping[Edge, tuple[Spot, ...]]
) -> list[Row]:
    """Return the layers in the order in which a walk through the story comes to them."""
    rows: list[Row] = [[] for _ in range(1 + max(layers.values(), default=-1))]
    for node in graph.nodes:
        rows[layers[node]].append(node)
        for (source, _), between in bends.items():
            if source == node:
                for layer, bend in enumerate(between, start=layers[node] + 1):
                    rows[layer].append(bend)
    return rows


@dataclass(frozen=True, slots=True)
class _Sorter:
    """Moves what stands in a layer towards what it is connected with in the next."""

    above: Mapping[Spot, Sequence[Spot]]
    below: Mapping[Spot, Sequence[Spot]]

    def best(self, rows: list[Row]) -> list[Row]:
        """Return the order with the fewest crossings that was met."""
        best, fewest = [list(row) for row in rows], self.crossings(rows)
        for sweep in range(_SWEEPS):
            self._sweep(rows, is_down=sweep % 2 == 0)
            self._swap_neighbours(rows)
            if (crossings := self.crossings(rows)) < fewest:
                best, fewest = [list(row) for row in rows], crossings
        return best

    def crossings(self, rows: Sequence[Row]) -> int:
        """Return how often two edges cross."""
        found = 0
        for upper, lower in pairwise(rows):
            places = _places(lower)
            ends = [sorted(places[each] for each in self.below.get(spot, ())) for spot in upper]
            found += sum(_inversions(left, right) for left, right in combinations(ends, 2))
        return found

    def _sweep(self, rows: list[Row], *, is_down: bool) -> None:
        numbers = range(1, len(rows)) if is_down else range(len(rows) - 2, -1, -1)
        for number in numbers:
            fixed = _places(rows[number - 1 if is_down else number + 1])
            linked = self.above if is_down else self.below
            centres = {
                spot: _centre([fixed[each] for each in linked.get(spot, ())], place)
                for place, spot in enumerate(rows[number])
            }
            rows[number].sort(key=centres.__getitem__)

    def _swap_neighbours(self, rows: list[Row]) -> None:
        """Let two that stand side by side change places where that takes a crossing away."""
        for number, row in enumerate(rows):
            upper = _places(rows[number - 1]) if number else {}
            lower = _places(rows[number + 1]) if number + 1 < len(rows) else {}
            for place in range(len(row) - 1):
                left, right = row[place], row[place + 1]
                if self._gain(left, right, upper, lower) > 0:
                    row[place], row[place + 1] = right, left

    def _gain(
        self, left: Spot, right: Spot, upper: Mapping[Spot, int], lower: Mapping[Spot, int]
    ) -> int:
        gain = 0
        for linked, places in ((self.above, upper), (self.below, lower)):
            ends_left = [places[each] for each in linked.get(left, ())]
            ends_right = [places[each] for each in linked.get(right, ())]
            gain += _inversions(ends_left, ends_right) - _inversions(ends_right, ends_left)
        return gain


def _places(row: Sequence[Spot]) -> dict[Spot, int]:
    return {spot: place for place, spot in enumerate(row)}


def _inversions(left: Sequence[int], right: Sequence[int]) -> int:
    return sum(one > other for one in left for other in right)


def _centre(ends: Sequence[int], place: int) -> Fraction:
    """Return the middle of the ends; where there are none, a spot stays about where it is."""
    return Fraction(sum(ends), len(ends)) if ends else Fraction(place)
