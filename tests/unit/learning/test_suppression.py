"""Hidden cells stay hidden: from all that is shown, no range is narrower than k."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.optimize import linprog

from elearning.learning.rates import Share
from elearning.learning.suppression import Cell, Hidden, hide

K = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """All that a reader gets of a cell: nothing, or how many people and whole per cents."""

    people: int | None
    percent: int | None


def the_table(*cells: tuple[str, str | None, int]) -> list[Cell]:
    return [Cell(*each) for each in cells]


def two_levels(*people: int) -> list[Cell]:
    """Return a top with these units below it, called a, b, c and so on."""
    units = [Cell(chr(ord("a") + place), "top", each) for place, each in enumerate(people)]
    return [Cell("top", None, sum(people)), *units]


def hidden(cells: Sequence[Cell], *before: Hidden) -> set[str]:
    return set(hide(cells, least=K, before=before))


class TestByName:
    """The cases that the design names, and those next to them."""

    def test_nine_are_hidden_and_so_is_a_sibling(self) -> None:
        assert hidden(two_levels(9, 20, 30)) == {"a", "b"}

    def test_ten_are_shown(self) -> None:
        assert hidden(two_levels(10, 20, 30)) == set()

    def test_an_empty_unit_is_no_secret(self) -> None:
        assert hidden(two_levels(0, 20, 30)) == set()

    def test_an_empty_unit_is_no_companion(self) -> None:
        assert hidden(two_levels(9, 0, 30)) == {"a", "c"}

    def test_a_companion_that_protects_too_little_gets_another(self) -> None:
        assert hidden(two_levels(1, 10, 40)) == {"a", "b", "c"}
        assert hidden(two_levels(2, 2, 2, 40)) == {"a", "b", "c", "d"}

    def test_where_no_companion_helps_the_unit_above_is_hidden(self) -> None:
        cells = the_table(
            ("top", None, 71), ("x", "top", 11), ("y", "top", 60), ("x1", "x", 5), ("x2", "x", 6)
        )
        assert hidden(cells) == {"x", "y", "x1", "x2"}

    def test_below_a_hidden_unit_nothing_is_shown(self) -> None:
        cells = the_table(
            *(("top", None, 54), ("x", "top", 4), ("y", "top", 50)),
            *(("y1", "y", 25), ("y2", "y", 25), ("y3", "y", 0)),
        )
        assert hidden(cells) == {"x", "y", "y1", "y2", "y3"}

    def test_one_unit_that_is_all_of_the_unit_above_shows_no_more_than_it(self) -> None:
        assert hidden(the_table(("top", None, 12), ("a", "top", 12))) == set()

    def test_an_institution_of_nine_shows_nothing(self) -> None:
        assert hidden(two_levels(4, 5)) == {"top", "a", "b"}

    def test_199_of_200_is_99_per_cent(self) -> None:
        assert (str(Share(199, 200)), str(Share(200, 200))) == ("99%", "100%")


class TestFromOneReportToTheNext:
    """What two reports tell together."""

    def test_what_was_hidden_once_stays_hidden(self) -> None:
        first = hide(two_levels(9, 20, 19), least=K)
        assert first == {"a", "c"}
        assert hidden(two_levels(30, 18, 40), first) == {"a", "c"}

    def test_an_institution_that_was_hidden_stays_hidden(self) -> None:
        assert hidden(two_levels(20, 30), hide(two_levels(4, 5), least=K)) == {"top", "a", "b"}

    def test_a_unit_that_has_become_empty_is_shown_and_its_companion_gets_others(self) -> None:
        first = hide(two_levels(9, 20, 19, 40), least=K)
        assert first == {"a", "c"}
        assert hidden(two_levels(0, 20, 19, 40), first) == {"b", "c", "d"}

    def test_who_becomes_small_beside_hidden_units_gets_a_companion_of_its_own(self) -> None:
        """Else the new sum minus the old one would be what is new, if the others stayed."""
        first = hide(two_levels(9, 19, 20, 40), least=K)
        assert first == {"a", "b"}
        assert hidden(two_levels(9, 19, 5, 40), first) == {"a", "b", "c", "d"}

    def test_equal_figures_are_hidden_alike(self) -> None:
        first = hide(two_levels(3, 12, 25, 40), least=K)
        assert hidden(two_levels(3, 12, 25, 40), first, first) == first


def bounds(cells: Sequence[Cell], shown: Mapping[str, Shown], code: str) -> tuple[float, float]:
    """Return the least and the most people a cell can have, by linear programming.

    A reader knows the tree, that numbers add up, of how many the shown per cents are, that a cell
    right below a shown one would be shown if it were empty, and that valid people are people.
    """
    place = {each.code: number for number, each in enumerate(cells)}
    parts = {each.code: [other for other in cells if other.above == each.code] for each in cells}
    size = len(cells)
    equal, right = [], []
    for each in cells:
        for shift in (0, size) if parts[each.code] else ():
            row = np.zeros(2 * size)
            row[place[each.code] + shift] = 1
            for part in parts[each.code]:
                row[place[part.code] + shift] = -1
            equal.append(row)
            right.append(0)
    least, less = np.zeros((size, 2 * size)), np.zeros(size)
    for each in cells:
        least[place[each.code], [place[each.code] + size, place[each.code]]] = 1, -1
    limits = [_people_limits(each, shown) for each in cells]
    limits += [_valid_limits(shown[each.code]) for each in cells]
    found = []
    for sign in (1, -1):
        goal = np.zeros(2 * size)
        goal[place[code]] = sign
        result = linprog(
            goal,
            A_ub=least,
            b_ub=less,
            A_eq=np.array(equal) if equal else None,
            b_eq=right or None,
            bounds=limits,
        )
        assert result.status in {0, 3}, result.message
        found.append(sign * result.fun if result.status == 0 else float("inf"))
    return found[0], found[1]


def _people_limits(cell: Cell, shown: Mapping[str, Shown]) -> tuple[int, int | None]:
    people = shown[cell.code].people
    if people is not None:
        return people, people
    is_below_shown = cell.above is not None and shown[cell.above].people is not None
    return int(is_below_shown), None


def _valid_limits(shown: Shown) -> tuple[int, int | None]:
    if shown.people is None:
        return 0, None
    if shown.percent is None:
        return 0, 0
    first = -(-shown.percent * shown.people // 100)
    return first, -(-(shown.percent + 1) * shown.people // 100) - 1


def published(cells: Sequence[Cell], valid: Mapping[str, int], gone: Hidden) -> dict[str, Shown]:
    return {
        each.code: Shown(None, None)
        if each.code in gone
        else Shown(each.people, Share(valid[each.code], each.people).percent)
        for each in cells
    }


@st.composite
def shapes(draw: st.DrawFn) -> list[int | None]:
    """Return trees as the place of what is above each cell; the top comes first."""
    size = draw(st.integers(1, 14))
    return [None, *(draw(st.integers(max(0, place - 5), place)) for place in range(size - 1))]


def filled(
    shape: Sequence[int | None], own: Sequence[int], done: Sequence[int]
) -> tuple[list[Cell], dict[str, int]]:
    """Return the tree with these people in its leaves, added up to the top."""
    inner = {each for each in shape if each is not None}
    people, valid = list(own), [min(*both) for both in zip(own, done, strict=True)]
    for place in inner:
        people[place] = valid[place] = 0
    for place in range(len(shape) - 1, 0, -1):
        above = shape[place]
        assert above is not None
        people[above] += people[place]
        valid[above] += valid[place]
    cells = [
        Cell(str(place), None if above is None else str(above), people[place])
        for place, above in enumerate(shape)
    ]
    return cells, {str(place): each for place, each in enumerate(valid)}


COUNTS = st.one_of(st.integers(0, 14), st.integers(0, 60))


@st.composite
def reports(draw: st.DrawFn) -> list[tuple[list[Cell], dict[str, int]]]:
    """Return one tree on one to four days of the grid, with people who come and go."""
    shape = draw(shapes())
    days = draw(st.integers(1, 4))
    counts = st.lists(COUNTS, min_size=len(shape), max_size=len(shape))
    return [filled(shape, draw(counts), draw(counts)) for _ in range(days)]


@given(reports(), st.integers(5, 12))
def test_no_hidden_cell_can_be_bounded_tighter_than_k(
    found: list[tuple[list[Cell], dict[str, int]]], least: int
) -> None:
    before: list[Hidden] = []
    for cells, valid in found:
        gone = hide(cells, least=least, before=before)
        before.append(gone)
        shown = published(cells, valid, gone)
        for code in gone:
            low, high = bounds(cells, shown, code)
            assert high - low >= least, (code, low, high, cells)


@st.composite
def neighbours(draw: st.DrawFn) -> list[list[int]]:
    """Return how many people sibling units have from report to report; each time some change."""
    first = draw(st.lists(COUNTS, min_size=2, max_size=6))
    found = [first]
    for _ in range(draw(st.integers(1, 3))):
        changes = draw(st.dictionaries(st.integers(0, len(first) - 1), COUNTS, max_size=2))
        found.append([changes.get(place, each) for place, each in enumerate(found[-1])])
    return found


@given(neighbours(), st.integers(5, 12))
def test_subtracting_an_earlier_report_tells_nothing_of_what_is_hidden_since(
    found: list[list[int]], least: int
) -> None:
    """The reader believes, rightly or not, that what both reports hid has not changed."""
    before: list[Hidden] = []
    for people in found:
        cells = two_levels(*people)
        gone = hide(cells, least=least, before=before)
        for earlier in () if "top" in gone else before:
            rest = [each.people for each in cells if each.code in gone - earlier]
            assert not rest or (len(rest) > 1 and sum(rest) - len(rest) >= least)
        before.append(gone)


@given(reports(), st.integers(5, 12))
def test_what_was_hidden_is_never_shown_again_unless_it_is_empty(
    found: list[tuple[list[Cell], dict[str, int]]], least: int
) -> None:
    before: list[Hidden] = []
    for cells, _ in found:
        gone = hide(cells, least=least, before=before)
        for earlier in before:
            assert all(each.code in gone for each in cells if each.code in earlier and each.people)
        before.append(gone)


@given(reports(), st.integers(5, 12))
def test_every_cell_with_too_few_people_is_hidden_and_no_cell_below_a_hidden_one_is_shown(
    found: list[tuple[list[Cell], dict[str, int]]], least: int
) -> None:
    for cells, _ in found:
        gone = hide(cells, least=least)
        assert {each.code for each in cells if 0 < each.people < least} <= gone
        assert {each.code for each in cells if each.above in gone} <= gone


@given(reports())
def test_nothing_is_hidden_where_everything_is_large(
    found: list[tuple[list[Cell], dict[str, int]]],
) -> None:
    for cells, _ in found:
        assume(all(not 0 < each.people < K for each in cells))
        assert not hide(cells, least=K)


@given(st.lists(st.integers(1, 40), min_size=2, max_size=5), st.integers(5, 12))
def test_knowing_that_the_smallest_are_hidden_first_does_not_help(
    people: list[int], least: int
) -> None:
    cells = two_levels(*people)
    gone = hide(cells, least=least)
    assume(gone and "top" not in gone)
    shown = [each.people for each in cells[1:] if each.code not in gone]
    most = min(shown, default=sum(people))
    total, others = sum(each.people for each in cells if each.code in gone), len(gone) - 1
    low, high = max(1, total - others * most), min(most, total - others)
    assert high - low >= least


def test_the_bounds_would_find_a_cell_that_is_told_by_its_siblings() -> None:
    cells, valid = two_levels(9, 20, 30), {"top": 50, "a": 9, "b": 11, "c": 30}
    shown = published(cells, valid, frozenset({"a"}))
    assert bounds(cells, shown, "a") == pytest.approx((9, 9))
