"""Tells the edges of a story that lead on from those that lead back to where one has been."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from elearning.scenario.ids import NodeId
from elearning.scenario.model import Scenario

Edge: TypeAlias = tuple[NodeId, NodeId]


@dataclass(frozen=True, slots=True)
class Directed:
    """The nodes in the order of a first walk through the story, and its edges.

    Without the back edges there is no way round; `down` holds them turned, so that every edge of
    it leads from an earlier layer to a later one. A loop from a node to itself stands in neither.
    """

    nodes: tuple[NodeId, ...]
    down: tuple[Edge, ...]
    back: frozenset[Edge]


def edges_of(scenario: Scenario) -> tuple[Edge, ...]:
    """Return from where to where choices lead, each once; a choice to nowhere is left out."""
    found = {
        (node.id, choice.leads_to)
        for node in scenario.nodes.values()
        for choice in node.choices
        if choice.leads_to in scenario.nodes
    }
    return tuple(sorted(found))


def directed(scenario: Scenario) -> Directed:
    """Return the edges with their direction; the order of the file makes no difference."""
    edges = edges_of(scenario)
    onward: dict[NodeId, list[NodeId]] = {node_id: [] for node_id in scenario.nodes}
    for source, target in edges:
        onward[source].append(target)
    walk = _Walk(onward, {}, set())
    for root in _roots(scenario, edges):
        walk.through(root)
    down = {(target, source) if (source, target) in walk.back else (source, target)
            for source, target in edges if source != target}  # fmt: skip
    return Directed(tuple(walk.seen), tuple(sorted(down)), frozenset(walk.back))


def _roots(scenario: Scenario, edges: tuple[Edge, ...]) -> Iterator[NodeId]:
    """Yield where to walk from: the start, then what no choice leads to, then all the rest."""
    reached = {target for _, target in edges}
    yield scenario.start
    yield from sorted(set(scenario.nodes) - reached)
    yield from sorted(scenario.nodes)


@dataclass(frozen=True, slots=True)
class _Walk:
    """A walk depth first; an edge to a node that is still being walked from leads back."""

    onward: Mapping[NodeId, list[NodeId]]
    seen: dict[NodeId, None]
    back: set[Edge]

    def through(self, root: NodeId) -> None:
        """Visit everything that can be reached from `root` and was not yet."""
        if root in self.seen or root not in self.onward:
            return
        self.seen[root] = None
        open_nodes = {root: iter(self.onward[root])}
        while open_nodes:
            node = next(reversed(open_nodes))
            target = next(open_nodes[node], None)
            if target is None:
                del open_nodes[node]
            elif target in open_nodes:
                self.back.add((node, target))
            elif target not in self.seen:
                self.seen[target] = None
                open_nodes[target] = iter(self.onward[target])
