"""What can still happen from each node: a bound on every future, from the graph alone."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from elearning.scenario.expression import Count
from elearning.scenario.graph import reachable
from elearning.scenario.model import Choice, CompetencyId, ErrorId, NodeId, Scenario
from elearning.scenario.prove.formula import (
    FATAL,
    Atom,
    Formula,
    Topic,
    atoms,
    is_true,
)
from elearning.scenario.prove.standing import Taken
from elearning.scenario.repairs import choices_until_repair


@dataclass(frozen=True, slots=True)
class Outlook:
    """What may happen from a node on, guards left aside, so never less than what can happen.

    `asked` holds what guards ahead ask about, `may_become` the facts that may become true, and
    `may_rise` the counts that may rise. `gain` and `loss` are the most points that can be won and
    lost, up to the width of the range. `ahead` is the number of nodes ahead: it never grows in a
    play and stays the same only within a loop. `loop` holds the choices of the loops through it.
    """

    node: NodeId
    ahead: int
    asked: frozenset[Atom]
    may_become: frozenset[Atom]
    may_rise: frozenset[str]
    gain: Mapping[CompetencyId, int]
    loss: Mapping[CompetencyId, int]
    until_repair: Mapping[ErrorId, int]
    loop: frozenset[Taken]


def outlooks(scenario: Scenario) -> dict[NodeId, Outlook]:
    """Return the outlook from every node."""
    ahead = {each: reachable(scenario, [each]) for each in scenario.nodes}
    gains = {each: _most_points(scenario, each, 1) for each in scenario.competencies}
    losses = {each: _most_points(scenario, each, -1) for each in scenario.competencies}
    until_repair = choices_until_repair(scenario)
    return {
        node: Outlook(
            node=node,
            ahead=len(nodes),
            asked=frozenset(_asked(scenario, nodes)),
            may_become=frozenset(_may_become(scenario, nodes)),
            may_rise=frozenset(_may_rise(scenario, nodes)),
            gain={competency: found[node] for competency, found in gains.items()},
            loss={competency: found[node] for competency, found in losses.items()},
            until_repair={e: found[node] for e, found in until_repair.items() if node in found},
            loop=frozenset(_loop(scenario, node, ahead)),
        )
        for node, nodes in ahead.items()
    }


def guard_of(scenario: Scenario, choice: Choice) -> Formula | None:
    """Return the guard of a choice as a formula."""
    return None if choice.guard is None else is_true(scenario, choice.guard)


def _loop(
    scenario: Scenario, start: NodeId, ahead: Mapping[NodeId, frozenset[NodeId]]
) -> Iterator[Taken]:
    """Yield the choices that lead from this node back to it, however long the way."""
    for node in ahead[start]:
        for choice in scenario.nodes[node].choices:
            if start in ahead[choice.leads_to]:
                yield node, choice.id


def _choices(scenario: Scenario, nodes: frozenset[NodeId]) -> Iterator[Choice]:
    for node in nodes:
        yield from scenario.nodes[node].choices


def _asked(scenario: Scenario, nodes: frozenset[NodeId]) -> Iterator[Atom]:
    for choice in _choices(scenario, nodes):
        guard = guard_of(scenario, choice)
        if guard is not None:
            yield from atoms(guard)


def _may_become(scenario: Scenario, nodes: frozenset[NodeId]) -> Iterator[Atom]:
    for choice in _choices(scenario, nodes):
        yield Atom(Topic.VISITED, choice.leads_to)
        for flag in (*choice.sets, *scenario.nodes[choice.leads_to].sets):
            yield Atom(Topic.FLAG, flag)
        for error in choice.repairs:
            yield Atom(Topic.REPAIRED, error)
        for error in choice.raises:
            yield Atom(Topic.RAISED, error)
            yield Atom(Topic.OPEN, error)
            if scenario.errors[error].is_fatal:
                yield FATAL


def _may_rise(scenario: Scenario, nodes: frozenset[NodeId]) -> Iterator[str]:
    for choice in _choices(scenario, nodes):
        for error in choice.raises:
            severity = scenario.errors[error].severity
            yield from (Count(f"raised_{severity}"), Count(f"open_{severity}"))
        for error in choice.repairs:
            yield Count(f"repaired_{scenario.errors[error].severity}")


def _most_points(scenario: Scenario, competency: CompetencyId, sign: int) -> dict[NodeId, int]:
    """Return the most points to win (sign 1) or lose (sign -1) from each node on."""
    rule = scenario.competencies[competency]
    most = dict.fromkeys(scenario.nodes, 0)
    is_settled = False
    while not is_settled:
        is_settled = True
        for node in scenario.nodes.values():
            for choice in node.choices:
                effects = [e.points for e in choice.effects if e.competency == competency]
                reached = most[choice.leads_to] + sum(max(0, sign * each) for each in effects)
                if most[node.id] < min(reached, rule.high - rule.low):
                    most[node.id] = min(reached, rule.high - rule.low)
                    is_settled = False
    return most
