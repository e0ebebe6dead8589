"""The situations that a play can come to, merged where the question at hand sees no difference."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from elearning.scenario.model import Choice, ChoiceId, Node, NodeId, Scenario
from elearning.scenario.play import begin
from elearning.scenario.position import Position
from elearning.scenario.prove.formula import (
    TRUE,
    Atom,
    Formula,
    Literal,
    Topic,
    atoms,
    satisfied,
)
from elearning.scenario.prove.goal import goal_of
from elearning.scenario.prove.interned import NOWHERE, Steps
from elearning.scenario.prove.ledger import Ledger
from elearning.scenario.prove.outlook import Outlook, guard_of
from elearning.scenario.prove.points import Points, Scale
from elearning.scenario.prove.standing import Standing

_BITS: Final = 32
_LOW: Final = (1 << _BITS) - 1


class Move(NamedTuple):
    """A choice at a node; one that was made before gives no points again."""

    node: NodeId
    choice: Choice
    is_first: bool


class Machine:
    """Situations by number; those from which `goal` can no longer come true are left out.

    A situation is a standing and points, which change apart from each other. `watched` holds atoms
    that are kept although neither the goal nor a guard asks about them.
    """

    def __init__(
        self,
        scenario: Scenario,
        outlooks: Mapping[NodeId, Outlook],
        goal: Formula = TRUE,
        watched: Iterable[Atom] = (),
    ) -> None:
        """Prepare the moves; situations are worked out when they are asked for."""
        self.goal = goal
        self._scenario, self._outlooks = scenario, outlooks
        asked = frozenset({*atoms(goal), *watched})
        self._ledger = Ledger(scenario, outlooks, asked)
        self._scale = Scale(scenario, outlooks, asked)
        self._goal = goal_of(goal)
        self.moves = tuple(_moves(scenario))
        self._numbers = {
            (move.node, move.choice.id, move.is_first): place
            for place, move in enumerate(self.moves)
        }
        self._guards = dict(_guards(scenario))
        self._standings = Steps(self._standing_after, len(self.moves))
        self._points = Steps(self._points_after, len(self.moves))
        self._offered: dict[int, tuple[int, ...]] = {}
        self._asks_points = {
            node for (node, _), guard in self._guards.items() if _asks_points(guard)
        }

    def start(self) -> int | None:
        """Return the situation before the first choice; None where the goal is out of reach."""
        return self.at(begin(self._scenario))

    def at(self, position: Position) -> int | None:
        """Return the situation of a position; None where the goal can no longer come true."""
        standing = self._ledger.at(position)
        points = self._scale.at(position.node_id, position.points)
        if not self._may(standing, points):
            return None
        return self._standings.number(standing) << _BITS | self._points.number(points)

    def steps(self, situation: int) -> tuple[int, list[tuple[int, int]]]:
        """Return the number of choices on offer, and each move with the situation after it."""
        standing, points = situation >> _BITS, situation & _LOW
        offered = self.offered(situation)
        found: list[tuple[int, int]] = []
        for move in offered:
            then = self._standings.after[move].get(standing)
            if then is None:
                then = self._standings.step(move, standing)
            worth = self._points.after[move].get(points)
            if worth is None:
                worth = self._points.step(move, points)
            after = then << _BITS | worth
            if NOWHERE not in (then, worth) and self._may_both(after):
                found.append((move, after))
        return len(offered), found

    def onward(self, situation: int) -> list[tuple[int, int]]:
        """Return each move with the situation after it."""
        return self.steps(situation)[1]

    def choices(self, moves: Iterable[int]) -> tuple[ChoiceId, ...]:
        """Return what was chosen."""
        return tuple(self.moves[move].choice.id for move in moves)

    def offered(self, situation: int) -> tuple[int, ...]:
        """Return the moves that can be made."""
        node = self.node(situation)
        key = situation if node.id in self._asks_points else situation | _LOW
        if key not in self._offered:
            self._offered[key] = tuple(self._open_moves(node, situation))
        return self._offered[key]

    def node(self, situation: int) -> Node:
        """Return the node of a situation."""
        return self._scenario.nodes[self._standings.values[situation >> _BITS].node]

    def order(self, situation: int) -> tuple[int, int]:
        """Return a rank that every choice raises."""
        standing = self._standings.values[situation >> _BITS]
        made = sum(times for _, times in standing.taken)
        return -self._outlooks[standing.node].ahead, made

    def holds(self, situation: int, formula: Formula) -> bool:
        """Say whether a formula, of which every atom is kept, holds now."""
        standing = self._standings.values[situation >> _BITS]
        points = self._points.values[situation & _LOW]

        def now(literal: Literal) -> bool:
            if literal.atom.topic is Topic.CUT:
                return self._scale.now(points, literal)
            return self._ledger.now(standing, literal)

        return satisfied(formula, now)

    def reaches_goal(self, situation: int) -> bool:
        """Say whether the goal holds now."""
        return self.holds(situation, self.goal)

    def _open_moves(self, node: Node, situation: int) -> Iterable[int]:
        taken = dict(self._standings.values[situation >> _BITS].taken)
        for choice in () if node.ending else node.choices:
            times = taken.get((node.id, choice.id), 0)
            guard = self._guards.get((node.id, choice.id), TRUE)
            if times < choice.max_visits and self.holds(situation, guard):
                yield self._numbers[node.id, choice.id, times == 0]

    def _standing_after(self, standing: Standing, move: int) -> Standing | None:
        after = self._ledger.after(standing, self.moves[move].choice)

        def may(literal: Literal) -> bool:
            return self._ledger.may(after, literal)

        return after if satisfied(self._goal.of_standing, may) else None

    def _points_after(self, points: Points, move: int) -> Points | None:
        choice = self.moves[move].choice
        change = self._scale.after if self.moves[move].is_first else self._scale.moved
        after = change(points, choice)

        def may(literal: Literal) -> bool:
            return self._scale.may(choice.leads_to, after, literal)

        return after if satisfied(self._goal.of_points, may) else None

    def _may_both(self, situation: int) -> bool:
        if self._goal.of_both == TRUE:
            return True
        standing = self._standings.values[situation >> _BITS]
        return self._may(standing, self._points.values[situation & _LOW], self._goal.of_both)

    def _may(self, standing: Standing, points: Points, formula: Formula | None = None) -> bool:
        def may(literal: Literal) -> bool:
            if literal.atom.topic is Topic.CUT:
                return self._scale.may(standing.node, points, literal)
            return self._ledger.may(standing, literal)

        return satisfied(self.goal if formula is None else formula, may)


def _moves(scenario: Scenario) -> Iterable[Move]:
    for node in scenario.nodes.values():
        for choice in node.choices:
            yield Move(node.id, choice, is_first=True)
            yield Move(node.id, choice, is_first=False)


def _guards(scenario: Scenario) -> Iterable[tuple[tuple[NodeId, ChoiceId], Formula]]:
    for node in scenario.nodes.values():
        for choice in node.choices:
            guard = guard_of(scenario, choice)
            if guard is not None:
                yield (node.id, choice.id), guard


def _asks_points(guard: Formula) -> bool:
    return any(atom.topic is Topic.CUT for atom in atoms(guard))
