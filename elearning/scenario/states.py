"""Every situation that a play can come to, merged where what can be chosen next is the same.

A story without guards and loops has one situation per node.
"""

from collections import deque
from dataclasses import dataclass
from typing import Final

from elearning.scenario.model import ChoiceId, NodeId, Scenario
from elearning.scenario.play import begin, choose, is_over, offered
from elearning.scenario.position import Position
from elearning.scenario.view import view_of

MOST_STATES: Final = 20_000


@dataclass(frozen=True, slots=True)
class Exploration:
    """What exploring found; incomplete where there are more situations than the limit.

    Each stuck position is reached by a shortest play: its path is the counterexample.
    """

    is_complete: bool
    offered: frozenset[tuple[NodeId, ChoiceId]]
    stuck: tuple[Position, ...]


def explore(scenario: Scenario, most_states: int = MOST_STATES) -> Exploration:
    """Visit every situation, nearest first."""
    view = view_of(scenario)
    start = begin(scenario)
    seen = {view.key(start)}
    queue = deque([start])
    possible: set[tuple[NodeId, ChoiceId]] = set()
    stuck: dict[NodeId, Position] = {}
    while queue and len(seen) <= most_states:
        position = queue.popleft()
        choices = offered(scenario, position)
        if not choices and not is_over(scenario, position):
            stuck.setdefault(position.node_id, position)
        for choice in choices:
            possible.add((position.node_id, choice.id))
            after = choose(scenario, position, choice.id)
            if view.key(after) not in seen:
                seen.add(view.key(after))
                queue.append(after)
    return Exploration(not queue, frozenset(possible), tuple(stuck.values()))
