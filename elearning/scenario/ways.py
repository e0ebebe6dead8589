"""The shortest play to each node, with everything that a play does on the way."""

from collections import deque
from collections.abc import Mapping
from typing import Final

from elearning.scenario.model import ChoiceId, NodeId, Scenario
from elearning.scenario.play import begin, choose, is_over, offered
from elearning.scenario.view import view_of

MOST_STATES: Final = 20_000


def shortest_plays(
    scenario: Scenario, most_states: int = MOST_STATES
) -> Mapping[NodeId, tuple[ChoiceId, ...]]:
    """Return for each node the fewest choices that lead there, guards included.

    A node that no play comes to is left out, and so is one beyond `most_states` situations.
    """
    view, start = view_of(scenario), begin(scenario)
    found: dict[NodeId, tuple[ChoiceId, ...]] = {start.node_id: ()}
    seen = {view.key(start)}
    queue = deque([start])
    while queue and len(found) < len(scenario.nodes) and len(seen) <= most_states:
        position = queue.popleft()
        if is_over(scenario, position):
            continue
        for choice in offered(scenario, position):
            after = choose(scenario, position, choice.id)
            found.setdefault(after.node_id, after.path)
            if view.key(after) not in seen:
                seen.add(view.key(after))
                queue.append(after)
    return found
