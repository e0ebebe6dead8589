"""How far away the repair of each critical error is."""

from collections.abc import Iterator, Mapping

from elearning.scenario.model import ErrorId, NodeId, Scenario


def choices_until_repair(scenario: Scenario) -> Mapping[ErrorId, Mapping[NodeId, int]]:
    """Return per error and node the fewest choices to a repair, that choice included.

    A node from which no repair can be reached is left out. Guards are not looked at.
    """
    leading_to: dict[NodeId, set[NodeId]] = {}
    for node in scenario.nodes.values():
        for choice in node.choices:
            leading_to.setdefault(choice.leads_to, set()).add(node.id)
    return {error: dict(_distances(scenario, error, leading_to)) for error in scenario.errors}


def _distances(
    scenario: Scenario, error: ErrorId, leading_to: Mapping[NodeId, set[NodeId]]
) -> Iterator[tuple[NodeId, int]]:
    layer = {
        node.id
        for node in scenario.nodes.values()
        if any(error in choice.repairs for choice in node.choices)
    }
    seen: set[NodeId] = set()
    distance = 1
    while layer:
        seen |= layer
        yield from ((node_id, distance) for node_id in layer)
        layer = {before for each in layer for before in leading_to.get(each, ())} - seen
        distance += 1
