"""Numbers instead of objects, so that the many situations of a scenario are cheap to compare."""

from collections.abc import Callable, Hashable
from typing import Final, Generic, TypeVar

Kept = TypeVar("Kept", bound=Hashable)

NOWHERE: Final = -1


class Steps(Generic[Kept]):
    """One half of a situation: its values by number, and where each move leads, worked out once."""

    def __init__(self, after: Callable[[Kept, int], Kept | None], moves: int) -> None:
        """Take the function that makes a move; None is a value that is of no use."""
        self.values: list[Kept] = []
        self.after: tuple[dict[int, int], ...] = tuple({} for _ in range(moves))
        self._work_out = after
        self._numbers: dict[Kept, int] = {}

    def number(self, value: Kept) -> int:
        """Return the number of a value."""
        number = self._numbers.setdefault(value, len(self.values))
        if number == len(self.values):
            self.values.append(value)
        return number

    def step(self, move: int, number: int) -> int:
        """Work out where a move leads from a value, and remember it."""
        after = self._work_out(self.values[number], move)
        leads_to = NOWHERE if after is None else self.number(after)
        self.after[move][number] = leads_to
        return leads_to
