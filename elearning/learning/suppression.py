"""Hide small cells along a hierarchy, and as many beside them as it takes to keep them hidden.

A table says how many people each unit counts; who adds up and subtracts must not learn how many a
hidden one has (design: completion, "Who sees what"). Three rules, from the leaves to the top:

- A cell with fewer than k people is hidden, and so is everything below a hidden cell.
- Where a cell is hidden below one that is shown, others beside it are hidden as well, until each of
  them can be anything in a range of at least k: so their sum tells of k people or more.
- Where that cannot be done, the cell above is hidden too.

A cell without people is no secret and is shown as such; below a hidden cell nothing is shown.
What was hidden shortly before stays hidden, and is hidden again before others are: otherwise the
difference of two reports would tell what neither of them does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

USUAL_LEAST = 10
LOWEST_LEAST = 5
Code = str


@dataclass(frozen=True, slots=True)
class Cell:
    """A unit with everything below it; `people` are all of them, each counted in one cell only.

    What a unit counts besides the units below it is a cell of its own, below that unit.
    """

    code: Code
    above: Code | None
    people: int


@dataclass(frozen=True, slots=True)
class Hidden:
    """What is not shown; `small` are the cells for whose sake it is so on this very day."""

    cells: frozenset[Code]
    small: frozenset[Code]

    def __or__(self, other: Hidden) -> Hidden:
        """Return what either of them hides."""
        return Hidden(self.cells | other.cells, self.small | other.small)


NOTHING = Hidden(frozenset(), frozenset())


def hide(cells: Iterable[Cell], *, least: int, before: Hidden = NOTHING) -> Hidden:
    """Return what to hide in a table; `least` is k, `before` what was hidden lately.

    The cells must add up: a cell with others below it has as many people as they have together.
    """
    table = _Table(tuple(cells), least, before)
    found: set[Code] = set()
    waiting = [None, *(each for each in table.parts if each is not None)]
    for above in sorted(waiting, key=table.depth):
        if above not in found:
            for each in table.chosen(above):
                found.update(table.whole(each))
    return Hidden(frozenset(found), frozenset(table.small(NOTHING)))


@dataclass(frozen=True)
class _Table:
    cells: Sequence[Cell]
    least: int
    before: Hidden

    @cached_property
    def parts(self) -> Mapping[Code | None, list[Cell]]:
        """Return what lies right below each cell; the top lies below None."""
        found: dict[Code | None, list[Cell]] = {}
        for each in self.cells:
            found.setdefault(each.above, []).append(each)
        return found

    @cached_property
    def _above(self) -> Mapping[Code, Code | None]:
        return {each.code: each.above for each in self.cells}

    @cached_property
    def _unsafe(self) -> frozenset[Code]:
        return frozenset(self.small(self.before))

    def depth(self, code: Code | None) -> int:
        """Return how far a cell lies from the top."""
        return 0 if code is None else 1 + self.depth(self._above[code])

    def whole(self, cell: Cell) -> Iterator[Code]:
        """Yield a cell with everything below it, cells without people too."""
        yield cell.code
        for each in self.parts.get(cell.code, ()):
            yield from self.whole(each)

    def small(self, before: Hidden) -> set[Code]:
        """Return what must be hidden for its own sake, or for what is below it."""
        found: set[Code] = set()
        for cell in sorted(self.cells, key=lambda each: -self.depth(each.code)):
            parts = self._counting(cell.code)
            has_small = any(each.code in found for each in parts)
            is_small = cell.people < self.least or cell.code in before.small
            if cell.people and (is_small or (has_small and not self._protects(parts, ()))):
                found.add(cell.code)
        return found

    def chosen(self, above: Code | None) -> list[Cell]:
        """Return what is hidden below a cell that is shown: the small ones and their companions.

        Companions are what was hidden before, then the smallest. The top has none and needs none:
        nothing that is shown holds it.
        """
        parts = self._counting(above)
        chosen = [each for each in parts if each.code in self._unsafe]
        others = sorted((each for each in parts if each not in chosen), key=self._rank)
        while above is not None and chosen and others and not self._protects(chosen, others):
            chosen.append(others.pop(0))
        return chosen

    def _counting(self, above: Code | None) -> list[Cell]:
        return [each for each in self.parts.get(above, ()) if each.people]

    def _rank(self, cell: Cell) -> tuple[bool, int, Code]:
        return cell.code not in self.before.cells, cell.people, cell.code

    def _protects(self, chosen: Sequence[Cell], shown: Sequence[Cell]) -> bool:
        """Say whether each chosen cell can be anything in a range of k, knowing only their sum.

        Also for somebody who knows that the smallest are hidden first, and so that none of them is
        larger than the smallest that is shown.
        """
        if len(chosen) == 1:
            return False
        widths = [_width(chosen, None)]
        ceiling = min((each.people for each in shown), default=0)
        if max(each.people for each in chosen) <= ceiling:
            widths.append(_width(chosen, ceiling))
        return min(widths) >= self.least


def _width(chosen: Sequence[Cell], ceiling: int | None) -> int:
    """Return how far apart the least and the most are that one of the cells can have."""
    total, others = sum(each.people for each in chosen), len(chosen) - 1
    most = total - others
    if ceiling is None:
        return most - 1
    return min(most, ceiling) - max(1, total - others * ceiling)
