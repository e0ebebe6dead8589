"""What a defect is, and the small changes to a scenario that defects are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from elearning.exchange.native import native_files
from elearning.exchange.story import Story
from elearning.scenario.model import Choice, Node, NodeId, Scenario

Files = Mapping[str, str]
Change = Callable[[Scenario], Scenario]


@dataclass(frozen=True, slots=True)
class Defect:
    """One thing made wrong in a scenario; `write` returns the files that have it."""

    where: str
    write: Callable[[], Files]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of defect: every one of it in a story, and why one may go unseen.

    A kind that only takes something away from what passes or is repaired `only_narrows`: where as
    much passes and is repaired as before, nothing has changed.
    """

    name: str
    defects: Callable[[Story], Iterator[Defect]]
    unseen: str
    only_narrows: bool = False


class Place(NamedTuple):
    """A choice at its node."""

    node: Node
    choice: Choice

    def __str__(self) -> str:
        """Return how the place is named in a table."""
        return f"`{self.node.id}/{self.choice.id}`"


def places(story: Story) -> list[Place]:
    """Return every choice of a story."""
    nodes = story.scenario.nodes.values()
    return [Place(node, choice) for node in nodes for choice in node.choices]


def defect(story: Story, where: str, change: Change) -> Defect:
    """Return the defect that a change of the logic makes; it is made when it is asked for."""
    return Defect(where, lambda: native_files(replace(story, scenario=change(story.scenario))))


def choice_defect(story: Story, place: Place, new: Choice, what: str = "") -> Defect:
    """Return the defect that another choice in this place is."""
    where = f"{place} {what}".strip()
    return defect(story, where, lambda scenario: with_choice(scenario, place, new))


def with_node(scenario: Scenario, node: Node) -> Scenario:
    """Return the scenario with this node in the place of the one with its id."""
    return replace(scenario, nodes={**scenario.nodes, node.id: node})


def with_choices(scenario: Scenario, node: NodeId, choices: Iterable[Choice]) -> Scenario:
    """Return the scenario with other choices at a node."""
    return with_node(scenario, replace(scenario.nodes[node], choices=tuple(choices)))


def with_choice(scenario: Scenario, place: Place, new: Choice) -> Scenario:
    """Return the scenario with another choice in this place."""
    choices = scenario.nodes[place.node.id].choices
    changed = (new if each.id == place.choice.id else each for each in choices)
    return with_choices(scenario, place.node.id, changed)


def with_every_choice(scenario: Scenario, change: Callable[[Choice], Choice]) -> Scenario:
    """Return the scenario with every choice changed."""
    nodes = {
        node.id: replace(node, choices=tuple(map(change, node.choices)))
        for node in scenario.nodes.values()
    }
    return replace(scenario, nodes=nodes)
