"""Straightens the long edges of a drawing, as far as what stands beside them leaves room."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from elearning.scenario.layout.order import Ordered, Spot


@dataclass(frozen=True, slots=True)
class Room:
    """Between which places a spot may stand without coming too near to its neighbours."""

    low: float
    high: float

    def with_(self, other: "Room") -> "Room":
        """Return the room that both leave; there is none where `low` is above `high`."""
        return Room(max(self.low, other.low), min(self.high, other.high))


def straightened(
    drawing: Ordered, middles: Mapping[Spot, int], reach: Mapping[Spot, int]
) -> dict[Spot, int]:
    """Return the drawing with the bends of each edge, longest first, in as few lines as possible.

    `reach` is how far a spot extends to either side, half of the room between two included.
    """
    after = dict(middles)
    beside = dict(_beside(drawing.rows))
    for bends in sorted(drawing.bends.values(), key=lambda each: (-len(each), each)):
        for line, room in _lines(bends, after, beside, reach):
            mean = sum(after[each] for each in line) // len(line)
            place = int(min(max(mean, room.low), room.high))
            after.update(dict.fromkeys(line, place))
    return after


def _beside(
    rows: Sequence[Sequence[Spot]],
) -> Iterator[tuple[Spot, tuple[Spot | None, Spot | None]]]:
    for row in rows:
        for before, spot, after in zip((None, *row), row, (*row[1:], None), strict=False):
            yield spot, (before, after)


def _lines(
    bends: Sequence[Spot],
    middles: Mapping[Spot, int],
    beside: Mapping[Spot, tuple[Spot | None, Spot | None]],
    reach: Mapping[Spot, int],
) -> Iterator[tuple[list[Spot], Room]]:
    """Yield stretches of an edge that can be one upright line each, and the room for it."""
    line: list[Spot] = []
    room = Room(float("-inf"), float("inf"))
    for bend in bends:
        before, after = beside[bend]
        own = Room(
            float("-inf") if before is None else middles[before] + reach[before] + reach[bend],
            float("inf") if after is None else middles[after] - reach[after] - reach[bend],
        )
        shared = room.with_(own)
        if line and shared.low > shared.high:
            yield line, room
            line, shared = [], own
        line.append(bend)
        room = shared
    if line:
        yield line, room
