"""W12: repairs that mend nothing."""

from collections.abc import Iterator, Mapping
from typing import Final

from elearning.problem import Problem
from elearning.scenario.graph import reachable
from elearning.scenario.ids import ErrorId, NodeId
from elearning.scenario.model import Choice, Node, Scenario
from elearning.scenario.parse import Parsed
from elearning.scenario.prove.evidence import smell_in

_NOWHERE: Final[frozenset[NodeId]] = frozenset()


def repairs_mend_something(parsed: Parsed) -> Iterator[Problem]:
    """W12: a repair without points, or of an error that is not made before it or not at all."""
    made = _made_before(parsed.scenario)
    for node, choice in _choices(parsed.scenario):
        if choice.repairs and not any(effect.points > 0 for effect in choice.effects):
            message = f"choice {choice.id!r} at node {node.id!r} repairs and gives no points"
            yield smell_in(parsed, "W12", message, line=choice.line)
        for error in choice.repairs:
            if node.id not in made.get(error, _NOWHERE):
                message = f"choice {choice.id!r} repairs {error}, which nothing before it raises"
                yield smell_in(parsed, "W12", message, line=choice.line)
    for error in parsed.scenario.errors:
        if error not in made:
            yield smell_in(parsed, "W12", f"no choice raises {error}")


def nobody_strays_to_a_repair(parsed: Parsed) -> Iterator[Problem]:
    """W12: the only choice on which one comes to a repair with nothing to mend.

    A good answer may lead to where others can still repair; a weak one has no reason to.
    """
    scenario = parsed.scenario
    open_at = {error: _open_at(scenario, error) for error in scenario.errors}
    for target in scenario.nodes.values():
        repairs = {error for choice in target.choices for error in choice.repairs}
        ways = [each for each in _choices(scenario) if each[1].leads_to == target.id]
        strays = [(node, c) for node, c in ways if not _has_something(node, repairs, open_at)]
        if len(strays) == 1 < len(ways) and repairs and _is_weak(strays[0][1]):
            ((node, choice),) = strays
            message = (
                f"choice {choice.id!r} at node {node.id!r} is the only way to {target.id!r} with"
                " nothing to repair there"
            )
            yield smell_in(parsed, "W12", message, line=choice.line)


def _is_weak(choice: Choice) -> bool:
    return not choice.effects and not choice.repairs


def _has_something(
    node: Node, repairs: set[ErrorId], open_at: Mapping[ErrorId, frozenset[NodeId]]
) -> bool:
    """Say whether an error is made or open here; a vague answer beside a harmful one is as much."""
    is_made = any(repairs.intersection(choice.raises) for choice in node.choices)
    return is_made or any(node.id in open_at[error] for error in repairs)


def _open_at(scenario: Scenario, error: ErrorId) -> frozenset[NodeId]:
    """Return the nodes at which the error may be open and, a choice later, still be repaired."""
    window = scenario.errors[error].recover_within
    left = len(scenario.nodes) if window is None else window - 1
    layer = {each.leads_to for _, each in _choices(scenario) if error in each.raises}
    found: set[NodeId] = set()
    while layer and left > 0:
        found |= layer
        ahead = (choice.leads_to for each in layer for choice in scenario.nodes[each].choices)
        layer = {*ahead} - found
        left -= 1
    return frozenset(found)


def _made_before(scenario: Scenario) -> dict[ErrorId, frozenset[NodeId]]:
    """Return per error the nodes that can be reached after it was made."""
    after: dict[ErrorId, set[NodeId]] = {}
    for _, choice in _choices(scenario):
        for error in choice.raises:
            after.setdefault(error, set()).add(choice.leads_to)
    return {error: reachable(scenario, nodes) for error, nodes in after.items()}


def _choices(scenario: Scenario) -> Iterator[tuple[Node, Choice]]:
    for node in scenario.nodes.values():
        for choice in node.choices:
            yield node, choice
