"""Hide small cells along a hierarchy, and as many beside them as it takes to keep them hidden.

A table says how many people each unit counts; who adds up and subtracts must not learn how many a
hidden one has (design: completion, "Who sees what"). Three rules, from the leaves to the top:

- A cell with fewer than k people is hidden, and so is everything below a hidden cell.
- Where a cell is hidden below one that is shown, others beside it are hidden as well, until each of
  them can be anything in a range of at least k: so their sum tells of k people or more.
- Where that cannot be done, the cell above is hidden too.

A cell without people is no secret and is shown as such; below a hidden cell nothing is shown.

Reports follow one another, and their difference must not tell what neither of them does. So what an
earlier report of the same grid hid stays hidden while it has people. And what is hidden now but was
shown in some earlier report has to protect itself as well: whoever takes the others for unchanged
can subtract them.
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


Hidden = frozenset[Code]


def hide(cells: Iterable[Cell], *, least: int, before: Iterable[Hidden] = ()) -> Hidden:
    """Return what to hide in a table; `least` is k, `before` what each earlier report hid.

    The cells must add up: a cell with others below it has as many people as they have together.
    """
    table = _Table(tuple(cells), least, tuple(before))
    found: set[Code] = set()
    waiting = [None, *(each for each in table.parts if each is not None)]
    for above in sorted(waiting, key=table.depth):
        if above not in found:
            for each in table.chosen(above):
                found.update(table.whole(each))
    return frozenset(found)


@dataclass(frozen=True)
class _Table:
    cells: Sequence[Cell]
    least: int
    before: Sequence[Hidden]

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
    def _sticky(self) -> Hidden:
        """Return what any earlier report hid."""
        return frozenset().union(*self.before)

    def depth(self, code: Code | None) -> int:
        """Return how far a cell lies from the top."""
        return 0 if code is None else 1 + self.depth(self._above[code])

    def whole(self, cell: Cell) -> Iterator[Code]:
        """Yield a cell with everything below it, cells without people too."""
        yield cell.code
        for each in self.parts.get(cell.code, ()):
            yield from self.whole(each)

    @cached_property
    def _unsafe(self) -> Hidden:
        """Return what must be hidden for its own sake, or for what is below it."""
        found: set[Code] = set()
        for cell in sorted(self.cells, key=lambda each: -self.depth(each.code)):
            parts = self._counting(cell.code)
            small = [each for each in parts if each.code in found]
            is_small = cell.people < self.least or cell.code in self._sticky
            if cell.people and (is_small or (small and self._completed(parts, small) is None)):
                found.add(cell.code)
        return frozenset(found)

    def chosen(self, above: Code | None) -> Sequence[Cell]:
        """Return what is hidden below a cell that is shown: the small ones and their companions.

        The top has none and needs none: nothing that is shown holds it.
        """
        parts = self._counting(above)
        small = [each for each in parts if each.code in self._unsafe]
        if above is None or not small:
            return small
        return self._completed(parts, small) or parts

    def _completed(self, parts: Sequence[Cell], small: Sequence[Cell]) -> Sequence[Cell] | None:
        """Return the small ones with as many companions as they need, the smallest first.

        None where even all of them would not do.
        """
        chosen = list(small)
        others = sorted((each for each in parts if each not in chosen), key=_by_size)
        while not self._protects(chosen, others):
            if not others:
                return None
            chosen.append(others.pop(0))
        return chosen

    def _counting(self, above: Code | None) -> list[Cell]:
        return [each for each in self.parts.get(above, ()) if each.people]

    def _protects(self, chosen: Sequence[Cell], shown: Sequence[Cell]) -> bool:
        """Say whether no chosen cell is told by a sum, nor by the difference of two.

        An earlier report told the sum of those it hid as well; the others have a sum of their own
        for whoever believes that those did not change.
        """
        fresh = ([each for each in chosen if each.code not in hid] for hid in self.before)
        return all(self._is_wide(each, shown) for each in (chosen, *fresh) if each)

    def _is_wide(self, chosen: Sequence[Cell], shown: Sequence[Cell]) -> bool:
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


def _by_size(cell: Cell) -> tuple[int, Code]:
    return cell.people, cell.code


def _width(chosen: Sequence[Cell], ceiling: int | None) -> int:
    """Return how far apart the least and the most are that one of the cells can have."""
    total, others = sum(each.people for each in chosen), len(chosen) - 1
    most = total - others
    if ceiling is None:
        return most - 1
    return min(most, ceiling) - max(1, total - others * ceiling)
