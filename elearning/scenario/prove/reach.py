"""R1 to R3: every part of a scenario is met in a play, and every play comes to an ending."""

from collections import deque
from collections.abc import Iterator

from elearning.problem import Problem
from elearning.scenario.graph import is_idle
from elearning.scenario.ids import ChoiceId
from elearning.scenario.model import NodeId
from elearning.scenario.play import choose, offered, replay
from elearning.scenario.prove.evidence import Evidence
from elearning.scenario.prove.machine import Move


def everything_is_met(evidence: Evidence) -> Iterator[Problem]:
    """R1: every node is reached, and every choice offered, in at least one play."""
    machine = evidence.plays.machine
    reached = {machine.node(each).id for each in evidence.plays.arrivals}
    on_offer = {
        (machine.moves[move].node, machine.moves[move].choice.id)
        for situation in evidence.plays.arrivals
        for move in machine.offered(situation)
    }
    for node in evidence.scenario.nodes.values():
        if node.id not in reached:
            yield evidence.problem("R1", f"node {node.id!r} cannot be reached", line=node.line)
        for choice in node.choices:
            if (node.id, choice.id) not in on_offer:
                message = f"choice {choice.id!r} at node {node.id!r} is never offered"
                yield evidence.problem("R1", message, line=choice.line)


def every_play_ends(evidence: Evidence) -> Iterator[Problem]:
    """R2: nowhere does a play stop without an ending."""
    stuck: dict[NodeId, list[int]] = {}
    for situation in evidence.plays.ends:
        node = evidence.plays.machine.node(situation)
        if node.ending is None:
            stuck.setdefault(node.id, []).append(situation)
    for node_id, situations in stuck.items():
        choices = evidence.plays.shortest_play(situations)
        message = f"nothing is offered at node {node_id!r} after {' → '.join(choices)}"
        yield evidence.problem("R2", message, choices, evidence.scenario.nodes[node_id].line)


def nothing_goes_round(evidence: Evidence) -> Iterator[Problem]:
    """R3: no play goes round through choices that may be repeated and change nothing."""
    machine = evidence.plays.machine
    for place, move in enumerate(machine.moves):
        if is_idle(move.choice) and move.is_first:
            situations = [s for s in evidence.plays.arrivals if place in machine.offered(s)]
            way = _way_round(evidence, move, situations)
            if way is not None:
                message = (
                    f"choice {move.choice.id!r} can lead back to {move.node!r} with nothing"
                    " changed: leave out `max_visits`"
                )
                yield evidence.problem("R3", message, way, move.choice.line)


def _way_round(
    evidence: Evidence, move: Move, situations: list[int]
) -> tuple[ChoiceId, ...] | None:
    """Return a shortest play that takes this move and comes back through idle choices."""
    if not situations:
        return None
    scenario = evidence.scenario
    start = replay(scenario, (*evidence.plays.shortest_play(situations), move.choice.id))
    seen = {start.node_id}
    queue = deque([start])
    while queue:
        position = queue.popleft()
        if position.node_id == move.node:
            return position.path
        for choice in offered(scenario, position):
            if is_idle(choice) and choice.leads_to not in seen:
                seen.add(choice.leads_to)
                queue.append(choose(scenario, position, choice.id))
    return None
