"""Unrolls a scenario into a graph that needs no memory: a node per situation, an arrow per choice.

What flags, guards and once-only choices do is in the graph itself afterwards. Situations from
which everything goes the same are one; a story without guards has one situation per node.
"""

from collections import Counter, deque
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Final, TypeAlias

from elearning.exchange.remarks import ExchangeRefused
from elearning.scenario.model import Choice, NodeId, Scenario
from elearning.scenario.play import begin, choose, is_over, offered
from elearning.scenario.position import Position
from elearning.scenario.view import view_of

MOST_SITUATIONS: Final = 400
MOST_VISITED: Final = 20_000

_Met: TypeAlias = list[tuple[Position, tuple["Way", ...]]]


@dataclass(frozen=True, slots=True)
class Way:
    """A choice on offer in a situation, and the place of the situation that it leads to."""

    choice: Choice
    to: int


@dataclass(frozen=True, slots=True)
class Situation:
    """A node as it is met with one memory; `copy` counts from 1 for each node."""

    node_id: NodeId
    copy: int
    ways: tuple[Way, ...]


def unroll(scenario: Scenario, most: int = MOST_SITUATIONS) -> tuple[Situation, ...]:
    """Return every situation, the start first; raises `ExchangeRefused` where it cannot be done."""
    met = _visited(scenario)
    _refuse_where_stuck(scenario, met)
    kinds = _kinds(met)
    first = {kind: place for place, kind in reversed(list(enumerate(kinds)))}
    order = {kind: number for number, kind in enumerate(sorted(first, key=first.__getitem__))}
    if len(order) > most:
        raise ExchangeRefused(_too_many(scenario, [met[place] for place in first.values()], most))
    copies: Counter[NodeId] = Counter()
    found: list[Situation] = []
    for kind in order:
        position, ways = met[first[kind]]
        copies[position.node_id] += 1
        merged = tuple(Way(each.choice, order[kinds[each.to]]) for each in ways)
        found.append(Situation(position.node_id, copies[position.node_id], merged))
    return tuple(found)


def _visited(scenario: Scenario) -> _Met:
    """Return every position that differs for the rest of the play, nearest first."""
    view = view_of(scenario)
    start = begin(scenario)
    places: dict[Hashable, int] = {view.key(start): 0}
    queue = deque([start])
    met: _Met = []
    while queue:
        position = queue.popleft()
        ways: list[Way] = []
        for choice in offered(scenario, position):
            after = choose(scenario, position, choice.id)
            key = view.key(after)
            if key not in places:
                places[key] = len(places)
                queue.append(after)
            ways.append(Way(choice, places[key]))
        met.append((position, tuple(ways)))
        if len(places) > MOST_VISITED:
            raise ExchangeRefused(_too_many(scenario, met, MOST_VISITED))
    return met


def _kinds(met: _Met) -> list[int]:
    """Return a number per position, the same where the rest of the play is the same.

    Starts from the node alone, and tells apart until nothing new is told apart.
    """
    kinds = _numbers([position.node_id for position, _ in met])
    while True:
        finer = _numbers(
            [
                (kinds[place], tuple((each.choice.id, kinds[each.to]) for each in ways))
                for place, (_, ways) in enumerate(met)
            ]
        )
        if max(finer) == max(kinds):
            return finer
        kinds = finer


def _numbers(values: Sequence[Hashable]) -> list[int]:
    seen: dict[Hashable, int] = {}
    return [seen.setdefault(each, len(seen)) for each in values]


def _refuse_where_stuck(scenario: Scenario, met: _Met) -> None:
    stuck = [each for each, ways in met if not ways and not is_over(scenario, each)]
    if stuck:
        raise ExchangeRefused(
            f"refused: nothing is offered at {each.node_id!r} after {' → '.join(each.path)}"
            for each in stuck[:5]
        )


def _too_many(scenario: Scenario, met: _Met, most: int) -> list[str]:
    copies = Counter(position.node_id for position, _ in met)
    often = ", ".join(f"{node!r} ({times} times)" for node, times in copies.most_common(3))
    guards = sum(c.guard is not None for n in scenario.nodes.values() for c in n.choices)
    return [
        f"refused: without a memory this takes more than {most} nodes; met most: {often}",
        f"refused: {guards} guards and the choices on loops have to be told apart: use fewer",
    ]
