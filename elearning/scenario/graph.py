"""What can be said of a scenario from its graph alone: reachability, endings, loops, repairs."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from elearning.scenario.model import Choice, EndingKind, ErrorId, Node, NodeId, Scenario
from elearning.scenario.repairs import choices_until_repair


@dataclass(frozen=True, slots=True)
class GraphProblem:
    """A finding on a line of the source file."""

    code: str
    line: int
    message: str


def reachable(scenario: Scenario, starts: Iterable[NodeId]) -> frozenset[NodeId]:
    """Return the nodes that can be reached from these, themselves included."""
    seen: set[NodeId] = set()
    queue = deque(starts)
    while queue:
        node = scenario.nodes.get(queue.popleft())
        if node is not None and node.id not in seen:
            seen.add(node.id)
            queue.extend(choice.leads_to for choice in node.choices)
    return frozenset(seen)


def unreachable_nodes(scenario: Scenario) -> Iterator[GraphProblem]:
    """R1: a node that no play can come to."""
    seen = reachable(scenario, [scenario.start])
    for node in scenario.nodes.values():
        if node.id not in seen:
            yield GraphProblem("R1", node.line, f"node {node.id!r} cannot be reached")


def dead_ends(scenario: Scenario) -> Iterator[GraphProblem]:
    """R2: a node where a play stops without an ending, or from which no ending can be reached."""
    for node in scenario.nodes.values():
        if node.ending is None and not node.choices:
            message = f"node {node.id!r} has no choices and no ending"
            yield GraphProblem("R2", node.line, message)
        elif not any(_ends(scenario, each) for each in reachable(scenario, [node.id])):
            message = f"no ending can be reached from node {node.id!r}"
            yield GraphProblem("R2", node.line, message)


def endless_loops(scenario: Scenario) -> Iterator[GraphProblem]:
    """R3: a loop of choices that may be repeated and change nothing."""
    for node in scenario.nodes.values():
        for choice in node.choices:
            if is_idle(choice) and node.id in _idly_reachable(scenario, choice.leads_to):
                message = (
                    f"choice {choice.id!r} at {node.id!r} is part of a loop that can be repeated"
                    " and changes nothing: leave out `max_visits`"
                )
                yield GraphProblem("R3", choice.line, message)


def fatal_without_debrief(scenario: Scenario) -> Iterator[GraphProblem]:
    """P0: a choice with a fatal error that leads to more than a debrief and an ending."""
    for node in scenario.nodes.values():
        for choice in node.choices:
            fatal = [error for error in choice.raises if _is_fatal(scenario, error)]
            if fatal and not _is_debrief(scenario, choice.leads_to):
                message = (
                    f"choice {choice.id!r} raises the fatal {fatal[0]} but leads on:"
                    " only one debrief node and an ending may follow, none of them good"
                )
                yield GraphProblem("P0", choice.line, message)


def errors_without_repair(scenario: Scenario) -> Iterator[GraphProblem]:
    """W2: a choice with an error that no later choice in its window repairs, but that may go well.

    An error that can only end badly is no problem: the ending tells what went wrong.
    """
    until_repair = choices_until_repair(scenario)
    for node in scenario.nodes.values():
        for choice in node.choices:
            for rule in (scenario.errors[each] for each in choice.raises if each in until_repair):
                needed = until_repair[rule.id].get(choice.leads_to)
                is_late = needed is None or needed > (rule.recover_within or needed)
                if is_late and not rule.is_fatal and _may_end_well(scenario, choice.leads_to):
                    message = f"choice {choice.id!r} raises {rule.id}: no repair in its window"
                    yield GraphProblem("W2", choice.line, message)


def is_idle(choice: Choice) -> bool:
    """Say whether a choice can be repeated and changes nothing but the node."""
    does_something = choice.effects or choice.sets or choice.raises or choice.repairs
    return choice.max_visits > 1 and not does_something


def _may_end_well(scenario: Scenario, start: NodeId) -> bool:
    return any(
        not _is_sober_ending(scenario.nodes[each])
        for each in reachable(scenario, [start])
        if _ends(scenario, each)
    )


def _ends(scenario: Scenario, node_id: NodeId) -> bool:
    return scenario.nodes[node_id].ending is not None


def _idly_reachable(scenario: Scenario, start: NodeId) -> frozenset[NodeId]:
    seen: set[NodeId] = set()
    queue = deque([start])
    while queue:
        node = scenario.nodes.get(queue.popleft())
        if node is not None and node.id not in seen:
            seen.add(node.id)
            queue.extend(each.leads_to for each in node.choices if is_idle(each))
    return frozenset(seen)


def _is_fatal(scenario: Scenario, error: ErrorId) -> bool:
    return error in scenario.errors and scenario.errors[error].is_fatal


def _is_debrief(scenario: Scenario, node_id: NodeId) -> bool:
    node = scenario.nodes.get(node_id)
    if node is None:
        return True
    follow = [scenario.nodes.get(choice.leads_to) for choice in node.choices]
    return all(_is_sober_ending(each) for each in follow or [node])


def _is_sober_ending(node: Node | None) -> bool:
    return node is None or node.ending in {EndingKind.MISSED, EndingKind.HARM}
