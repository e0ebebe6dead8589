"""Gives every node of an ordered drawing its place: above what it leads to, never overlapping."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

from elearning.scenario.layout.order import Ordered, Spot
from elearning.scenario.layout.straight import straightened

_SWEEPS: Final = 30
# Long edges are straightened before short ones (Gansner and others, 1993).
_BEND_TO_BEND: Final = 8
_BEND_TO_NODE: Final = 2


@dataclass(frozen=True, slots=True)
class Measures:
    """The size of a node and the room between things, in whole units of the drawing."""

    width: int
    height: int
    gap: int
    lane: int
    layer_gap: int


def columns(drawing: Ordered, nodes: Iterable[str], measures: Measures) -> dict[Spot, int]:
    """Return the middle of everything, from the left; the leftmost edge is at 0."""
    placer = _Placer(drawing, frozenset(nodes), measures)
    middles = placer.side_by_side()
    for sweep in range(_SWEEPS):
        middles = placer.swept(middles, sweep)
    reach = {spot: placer.half(spot) + measures.gap // 2 for spot in middles}
    middles = straightened(drawing, middles, reach)
    left = min((x - placer.half(spot) for spot, x in middles.items()), default=0)
    return {spot: x - left for spot, x in middles.items()}


@dataclass(frozen=True, slots=True)
class _Placer:
    drawing: Ordered
    nodes: frozenset[str]
    measures: Measures

    def half(self, spot: Spot) -> int:
        """Return how far a node, or the lane of an edge, reaches to either side."""
        return (self.measures.width if spot in self.nodes else self.measures.lane) // 2

    def side_by_side(self) -> dict[Spot, int]:
        """Return a first drawing: each layer as narrow as it can be, around the same middle."""
        found: dict[Spot, int] = {}
        for row in self.drawing.rows:
            offsets = self._offsets(row)
            middle = offsets[-1] // 2 if offsets else 0
            found.update({spot: each - middle for spot, each in zip(row, offsets, strict=True)})
        return found

    def swept(self, middles: dict[Spot, int], sweep: int) -> dict[Spot, int]:
        """Return the drawing after moving each layer to its neighbours: down, up, then both."""
        is_last = sweep >= _SWEEPS - 2
        above, below = self.drawing.above, self.drawing.below
        rows = self.drawing.rows if sweep % 2 == 0 else self.drawing.rows[::-1]
        after = dict(middles)
        for row in rows:
            sides = (above, below) if is_last else ((above,) if sweep % 2 == 0 else (below,))
            wishes = [self._wish(spot, after, sides) for spot in row]
            after.update(zip(row, self._spread(row, wishes), strict=True))
        return after

    def _wish(
        self,
        spot: Spot,
        middles: Mapping[Spot, int],
        sides: Sequence[Mapping[Spot, Sequence[Spot]]],
    ) -> tuple[Fraction, int]:
        """Return where a spot would stand by itself, and how much that weighs."""
        linked = [each for side in sides for each in side.get(spot, ())]
        weights = [self._weight(spot, each) for each in linked]
        total = sum(weights)
        if not total:
            return Fraction(middles[spot]), 1
        pulled = sum(middles[each] * w for each, w in zip(linked, weights, strict=True))
        return Fraction(pulled, total), total

    def _weight(self, one: Spot, other: Spot) -> int:
        bends = (one not in self.nodes) + (other not in self.nodes)
        return (1, _BEND_TO_NODE, _BEND_TO_BEND)[bends]

    def _offsets(self, row: Sequence[Spot]) -> list[int]:
        """Return where each stands when all are pushed together, the first at 0."""
        offsets: list[int] = []
        for place, spot in enumerate(row):
            before = row[place - 1] if place else None
            room = 0 if before is None else self.half(before) + self.measures.gap + self.half(spot)
            offsets.append(room + (offsets[-1] if offsets else 0))
        return offsets

    def _spread(self, row: Sequence[Spot], wishes: Sequence[tuple[Fraction, int]]) -> list[int]:
        """Return the places nearest to the wishes (least squares) that keep order and room.

        Pushed together, wishes may only rise from left to right; those that fall share a mean.
        """
        offsets = self._offsets(row)
        blocks: list[tuple[Fraction, int, int]] = []
        for offset, (wish, weight) in zip(offsets, wishes, strict=True):
            block = (wish - offset, weight, 1)
            while blocks and blocks[-1][0] > block[0]:
                block = _joined(blocks.pop(), block)
            blocks.append(block)
        moved = [round(mean) for mean, _, count in blocks for _ in range(count)]
        return [offset + move for offset, move in zip(offsets, moved, strict=True)]


def _joined(
    left: tuple[Fraction, int, int], right: tuple[Fraction, int, int]
) -> tuple[Fraction, int, int]:
    weight = left[1] + right[1]
    mean = (left[0] * left[1] + right[0] * right[1]) / weight
    return mean, weight, left[2] + right[2]
