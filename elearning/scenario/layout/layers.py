"""Puts every node in a layer: below all that lead to it, and no further than it needs to be."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from elearning.scenario.ids import NodeId
from elearning.scenario.layout.direction import Directed, Edge

Layers: TypeAlias = dict[NodeId, int]

_ROUNDS: Final = 8


def layers_of(graph: Directed) -> Layers:
    """Return the layer of each node, 0 at the top: the longest way to it, then shortened edges."""
    above = neighbours(graph.nodes, ((target, source) for source, target in graph.down))
    below = neighbours(graph.nodes, graph.down)
    layers: Layers = {}
    for node in _topmost_first(graph.nodes, above, below):
        layers[node] = 1 + max((layers[each] for each in above[node]), default=-1)
    for _ in range(_ROUNDS):
        for node in sorted(graph.nodes, key=lambda each: (-layers[each], each)):
            layers[node] = _nearest(node, layers, above[node], below[node])
    return layers


def neighbours(nodes: Iterable[NodeId], edges: Iterable[Edge]) -> Mapping[NodeId, list[NodeId]]:
    """Return for each node where its edges lead."""
    found: dict[NodeId, list[NodeId]] = {node: [] for node in nodes}
    for source, target in edges:
        found[source].append(target)
    return found


def _nearest(node: NodeId, layers: Layers, above: Sequence[NodeId], below: Sequence[NodeId]) -> int:
    """Return the layer, of those where the node may stand, in which its edges are shortest."""
    if above and len(below) <= len(above):
        return 1 + max(layers[each] for each in above)
    if above and below:
        return min(layers[each] for each in below) - 1
    return layers[node]


def _topmost_first(
    nodes: Sequence[NodeId],
    above: Mapping[NodeId, list[NodeId]],
    below: Mapping[NodeId, list[NodeId]],
) -> Iterable[NodeId]:
    """Yield each node after all that stand above it."""
    waiting = {node: len(above[node]) for node in nodes}
    ready = [node for node in nodes if not waiting[node]]
    for node in ready:
        yield node
        for target in below[node]:
            waiting[target] -= 1
            if not waiting[target]:
                ready.append(target)
