"""Finds the shortest play that shows something."""

from collections import deque
from collections.abc import Callable, Hashable, Iterable
from typing import Final, TypeVar

from elearning.scenario.model import ChoiceId
from elearning.scenario.prove.machine import Machine

MOST_STATES: Final = 100_000

State = TypeVar("State", bound=Hashable)


class TooManyStates(Exception):
    """There are more situations than may be visited, so nothing is proved."""


def shortest_play(machine: Machine, most_states: int) -> tuple[ChoiceId, ...] | None:
    """Return a shortest play to a moment at which the goal of the machine holds, if there is one.

    Raises `TooManyStates`.
    """
    start = machine.start()
    if start is None:
        return None
    moves = shortest_way(start, machine.onward, machine.reaches_goal, most_states)
    return None if moves is None else machine.choices(moves)


def shortest_way(
    start: State,
    onward: Callable[[State], Iterable[tuple[int, State]]],
    is_found: Callable[[State], bool],
    most_states: int,
) -> list[int] | None:
    """Return the fewest moves that lead to what is looked for; None where nothing does.

    Raises `TooManyStates`.
    """
    before: dict[State, tuple[State, int] | None] = {start: None}
    queue = deque([start])
    while queue:
        state = queue.popleft()
        if is_found(state):
            return _moves(before, state)
        for move, after in onward(state):
            if after not in before:
                before[after] = (state, move)
                queue.append(after)
        if len(before) > most_states:
            raise TooManyStates
    return None


def _moves(before: dict[State, tuple[State, int] | None], state: State) -> list[int]:
    moves: list[int] = []
    while (step := before[state]) is not None:
        state, move = step
        moves.append(move)
    return moves[::-1]
