"""What a reader can work out of a report: the least and the most that a hidden cell can hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import linprog

from elearning.learning.board_report import Json, cell_code

Row = dict[int, int]
# People, and how many of them the three shares are about.
COVERAGE, ON_TRACK, LATE = 1, 2, 3
KINDS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A cell with all that is told of it; `people` None is hidden, a share None is of nobody."""

    code: str
    above: str | None
    people: int | None
    shares: tuple[int | None, int | None, int | None]


def told_by(report: Json) -> list[Told]:
    """Return what a suppressed report tells."""
    return [
        Told(
            cell_code(each["code"], is_itself=each["is_itself"]),
            each["above"],
            each["people"],
            (each["coverage_percent"], each["on_track_percent"], each["overdue_percent"]),
        )
        for each in report["units"]
    ]


def bounds(cells: Sequence[Told], code: str) -> tuple[float, float]:
    """Return the least and the most people a cell can have, by linear programming.

    The reader knows the tree, that numbers add up, of how many the shown per cents are, that an
    empty cell right below a shown one would be shown, and who is among whom.
    """
    place = {each.code: KINDS * number for number, each in enumerate(cells)}
    size = KINDS * len(cells)
    equal = _matrix([*_sums(cells, place)], size)
    less = _matrix([*_among(place)], size)
    limits = [limit for each in cells for limit in _limits(each, cells)]
    found = []
    for sign in (1, -1):
        goal = np.zeros(size)
        goal[place[code]] = sign
        result = linprog(
            goal,
            A_ub=less,
            b_ub=np.zeros(len(less)),
            A_eq=equal if len(equal) else None,
            b_eq=np.zeros(len(equal)) if len(equal) else None,
            bounds=limits,
        )
        assert result.status in {0, 3}, result.message
        found.append(sign * result.fun if result.status == 0 else float("inf"))
    return found[0], found[1]


def _sums(cells: Sequence[Told], place: Mapping[str, int]) -> Iterator[Row]:
    """Yield that each cell has as many people as those below it have together; shares as well."""
    for each in cells:
        parts = [other for other in cells if other.above == each.code]
        for kind in range(KINDS) if parts else ():
            yield {place[each.code] + kind: 1, **{place[part.code] + kind: -1 for part in parts}}


def _among(place: Mapping[str, int]) -> Iterator[Row]:
    """Yield that the valid are on track, and that nobody is on track and late."""
    for at in place.values():
        yield {at + COVERAGE: 1, at + ON_TRACK: -1}
        yield {at + ON_TRACK: 1, at + LATE: 1, at: -1}


def _limits(cell: Told, cells: Sequence[Told]) -> Iterator[tuple[int, int | None]]:
    if cell.people is None:
        above = next((each for each in cells if each.code == cell.above), None)
        yield int(above is not None and above.people is not None), None
        yield from [(0, None)] * (KINDS - 1)
        return
    yield cell.people, cell.people
    for percent in cell.shares:
        if percent is None:
            yield 0, 0
        else:
            first = -(-percent * cell.people // 100)
            yield first, -(-(percent + 1) * cell.people // 100) - 1


def _matrix(rows: Sequence[Row], size: int) -> Any:  # noqa: ANN401 - an array
    found = np.zeros((len(rows), size))
    for number, row in enumerate(rows):
        for place, value in row.items():
            found[number, place] = value
    return found
