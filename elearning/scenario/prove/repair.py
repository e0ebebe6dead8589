"""P4: an error that can be repaired gets its repair wherever the play could still be passed."""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from elearning.problem import Problem
from elearning.scenario.ids import ChoiceId, ErrorId, NodeId
from elearning.scenario.model import Choice
from elearning.scenario.play import choose, is_over, offered, replay
from elearning.scenario.position import IncidentState, Position
from elearning.scenario.prove.evidence import Evidence
from elearning.scenario.prove.machine import Machine, Move
from elearning.scenario.prove.search import shortest_way


def errors_can_be_repaired(evidence: Evidence) -> Iterator[Problem]:
    """P4: wherever a play could pass if this error were repaired, its repair is or was offered.

    Looked at from every situation that can still pass in which the error is made, until its window
    has passed or the play is over.
    """
    alive = evidence.passing.leading_to(evidence.passes)
    for making, after in _errors_made(evidence).items():
        for error in sorted(set(making.choice.raises)):
            is_fatal = evidence.scenario.errors[error].is_fatal
            if not is_fatal and _may_be_denied(evidence, after, error):
                choices = _Denied(evidence, alive, making, error).shortest()
                if choices is not None:
                    message = (
                        f"choice {making.choice.id!r} at node {making.node!r} raises {error}, and"
                        " no repair was offered in its window, although the play could pass"
                    )
                    yield evidence.problem("P4", message, choices, making.choice.line)


class _Making(NamedTuple):
    """A choice at a node that makes an error, be it for the first time or again."""

    node: NodeId
    choice: Choice


def _made_by(move: Move) -> _Making:
    return _Making(move.node, move.choice)


def _errors_made(evidence: Evidence) -> dict[_Making, set[int]]:
    """Return the situations right after each choice that makes an error, whatever the outcome."""
    machine = evidence.plays.machine
    found: dict[_Making, set[int]] = {}
    for situation in evidence.plays.arrivals:
        for place, after in machine.onward(situation):
            move = machine.moves[place]
            if move.choice.raises:
                found.setdefault(_made_by(move), set()).add(after)
    return found


def _may_be_denied(evidence: Evidence, reached: set[int], error: ErrorId) -> bool:
    """Say whether some play, whatever its outcome, gets no repair: a quick look for the most."""
    machine = evidence.plays.machine
    for _ in range(_window(evidence, error)):
        reached = {each for each in reached if not _is_offered(machine, each, error)}
        if not all(machine.offered(each) for each in reached):
            return True
        reached = {after for each in reached for _, after in machine.onward(each)}
    return bool(reached)


def _is_offered(machine: Machine, situation: int, error: ErrorId) -> bool:
    return any(error in machine.moves[move].choice.repairs for move in machine.offered(situation))


def _window(evidence: Evidence, error: ErrorId) -> int:
    within = evidence.scenario.errors[error].recover_within
    return evidence.plays.longest() if within is None else max(1, within)


class _Denied:
    """Looks for the shortest play in which one choice makes an error and no repair follows."""

    def __init__(
        self, evidence: Evidence, alive: frozenset[int], making: _Making, error: ErrorId
    ) -> None:
        self._evidence = evidence
        self._scenario = evidence.scenario
        self._machine = evidence.passing.machine
        self._alive, self._error = alive, error
        self._window = _window(evidence, error)
        self._choice = making.choice
        arrivals = evidence.passing.arrivals
        makes = (each for each in alive if self._makes(making, each))
        self._starts = sorted(makes, key=lambda each: (arrivals[each].shortest, each))

    def _makes(self, making: _Making, situation: int) -> bool:
        moves = self._machine.offered(situation)
        return any(_made_by(self._machine.moves[move]) == making for move in moves)

    def shortest(self) -> tuple[ChoiceId, ...] | None:
        """Return the play up to where the window has passed; None where there is none."""
        best: tuple[ChoiceId, ...] | None = None
        for start in self._starts:
            before = self._evidence.passing.shortest_play([start])
            if best is not None and len(before) + 1 >= len(best):
                break
            found = self._without_repair((*before, self._choice.id))
            if found is not None and (best is None or len(found) < len(best)):
                best = found
        return best

    def _without_repair(self, choices: tuple[ChoiceId, ...]) -> tuple[ChoiceId, ...] | None:
        turn = len(choices)
        queue = deque([replay(self._scenario, choices)])
        seen: set[tuple[int, int | None, int]] = set()
        while queue:
            position = queue.popleft()
            forgiven = self._machine.at(self._forgiven(position, turn))
            key = (position.turn, self._evidence.plays.machine.at(position), forgiven or 0)
            if forgiven is None or key in seen:
                continue
            seen.add(key)
            onward = () if is_over(self._scenario, position) else offered(self._scenario, position)
            if not onward or position.turn > turn + self._window:
                if self._can_pass(forgiven):
                    return position.path
            elif not any(self._error in each.repairs for each in onward):
                queue.extend(choose(self._scenario, position, each.id) for each in onward)
        return None

    def _forgiven(self, position: Position, turn: int) -> Position:
        """Return the position as if the error of this turn had been repaired."""
        incidents = tuple(
            replace(each, state=IncidentState.REPAIRED)
            if (each.turn, each.error) == (turn, self._error)
            else each
            for each in position.incidents
        )
        return replace(position, incidents=incidents)

    def _can_pass(self, situation: int) -> bool:
        machine, most = self._machine, self._evidence.most_states
        if situation in self._alive:
            return True
        return shortest_way(situation, machine.onward, machine.reaches_goal, most) is not None
