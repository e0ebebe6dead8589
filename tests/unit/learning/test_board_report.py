"""A report for those who see no names: small groups are hidden, and stay so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from elearning.learning.board_report import (
    GridLine,
    Json,
    cut_to,
    full_report,
    head_of,
    hidden_in,
    suppressed_report,
)
from tests.disclosure import bounds, told_by
from tests.reports import a_line, grids, rates

K = 10
HEAD = head_of("basis", {"nl": "Basis", "en": "Basics"}, day="2027-03-03")


def faculties(*people: int, exempt: int = 0, paused: int = 0) -> list[GridLine]:
    """Return an institution with these faculties: a, b, c and so on."""
    top = rates(sum(people), exempt=exempt, paused=paused)
    units = [a_line(chr(ord("a") + at), "top", rates(each)) for at, each in enumerate(people)]
    return [a_line("top", None, top, level=0), *units]


def shown(
    lines: Sequence[GridLine],
    *earlier: Json,
    gone: Mapping[str, str] | None = None,
) -> Json:
    return suppressed_report(HEAD, lines, least=K, earlier=earlier, gone=gone or {})


def people(report: Json) -> dict[str, int | None]:
    return {each["code"]: each["people"] for each in report["units"]}


def test_n_is_9_hidden_and_its_sibling_hidden() -> None:
    assert people(shown(faculties(9, 20, 30))) == {"top": 59, "a": None, "b": None, "c": 30}


def test_199_of_200_is_99_per_cent() -> None:
    lines = [a_line("top", None, rates(200, valid=199), level=0)]
    assert shown(lines)["units"][0]["coverage_percent"] == 99
    assert full_report(HEAD, lines)["units"][0]["valid"] == 199


def test_an_empty_unit_has_nobody_and_no_share() -> None:
    empty = shown(faculties(0, 20, 30))["units"][1]
    assert (empty["people"], empty["coverage_percent"]) == (0, None)


def test_what_is_hidden_says_nothing_at_all() -> None:
    hidden = shown(faculties(9, 20, 30))["units"][1]
    place = {"code", "above", "level", "is_itself", "name"}
    assert {value for key, value in hidden.items() if key not in place} == {None}


def test_what_is_shown_tells_no_count_but_how_many_people() -> None:
    assert "valid" not in shown(faculties(20, 30))["units"][1]


def test_few_exempt_hide_the_paused_as_well_and_for_good() -> None:
    plenty = shown(faculties(20, 30, exempt=12, paused=10))
    assert (plenty["report"]["exempt"], plenty["report"]["paused"]) == (12, 10)
    few = shown(faculties(20, 30, exempt=3, paused=40))
    assert (few["report"]["exempt"], few["report"]["paused"]) == (None, None)
    later = shown(faculties(20, 30, exempt=12, paused=40), few)
    assert (later["report"]["exempt"], later["report"]["paused"]) == (None, None)


def test_a_unit_hidden_once_stays_hidden_in_the_next_report() -> None:
    first = shown(faculties(9, 20, 30))
    assert people(shown(faculties(15, 25, 30), first))["a"] is None


def departments(a1_above: str = "a", *, has_a1: bool = True) -> list[GridLine]:
    """Return two faculties; the smallest department can be elsewhere, or be gone into `a2`."""
    small, a2 = (9, 30) if has_a1 else (0, 39)
    sizes = {"a": [("a2", a2), ("a3", 20)], "b": [("b1", 40), ("b2", 50)], "c": [("c1", 60)]}
    if has_a1:
        sizes[a1_above].append(("a1", small))
    total = sum(size for each in sizes.values() for _, size in each)
    lines = [a_line("top", None, rates(total), level=0)]
    for code, parts in sizes.items():
        lines.append(a_line(code, "top", rates(sum(size for _, size in parts))))
        lines += [a_line(part, code, rates(size), level=2) for part, size in parts]
    return lines


def test_faculties_between_which_a_hidden_department_moves_are_hidden() -> None:
    first = shown(departments())
    assert hidden_in(first) == {"a1", "a3"}
    after = people(shown(departments("b"), first))
    assert (after["a"], after["b"], after["c"]) == (None, None, 60)


def test_a_department_that_takes_in_a_hidden_one_is_hidden() -> None:
    first = shown(departments())
    after = people(shown(departments(has_a1=False), first, gone={"a1": "a2"}))
    assert after["a2"] is None


def test_a_manager_gets_the_lines_of_their_own_unit_and_nothing_beside_them() -> None:
    report = shown(departments())
    own = cut_to(report, ["b"])
    assert list(people(own)) == ["b", "b1", "b2"]
    assert (own["report"]["exempt"], own["report"]["paused"]) == (None, None)
    assert cut_to(report, None) == report
    assert cut_to(report, ["elsewhere"])["units"] == []


@given(st.integers(0, 10**6), st.integers(5, 12))
def test_no_report_of_a_sequence_tells_a_hidden_cell_more_closely_than_k(
    seed: int, least: int
) -> None:
    earlier: list[Json] = []
    for lines in grids(Random(seed)):  # noqa: S311 - no secrets
        report = suppressed_report(HEAD, lines, least=least, earlier=earlier, gone={})
        told = told_by(report)
        for each in told:
            if each.people is None:
                low, high = bounds(told, each.code)
                assert high - low >= least, (each.code, low, high)
        shown = {each.code for each in told if each.people}
        assert not any(hidden_in(before) & shown for before in earlier)
        earlier.append(report)
