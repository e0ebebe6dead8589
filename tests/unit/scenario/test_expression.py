"""Expressions: what they mean, and what is refused."""

from dataclasses import replace

import pytest

from elearning.scenario.expression import Count, Facts, NameKind, evaluate, names_used
from elearning.scenario.expression_parser import ExpressionRefused, parse_expression
from elearning.scenario.ids import CompetencyId, ErrorId, FlagId, NodeId

NOTHING = Facts(
    flags=frozenset(),
    visited=frozenset(),
    cuts=frozenset(),
    all_cuts=False,
    open_errors=frozenset(),
    raised_errors=frozenset(),
    repaired_errors=frozenset(),
    counts=dict.fromkeys(Count, 0),
    passed=False,
)
SOMETHING = replace(
    NOTHING,
    flags=frozenset({FlagId("gezegd")}),
    visited=frozenset({NodeId("1e_node")}),
    cuts=frozenset({CompetencyId("C13a")}),
    open_errors=frozenset({ErrorId("CE1")}),
    raised_errors=frozenset({ErrorId("CE1"), ErrorId("CE2")}),
    repaired_errors=frozenset({ErrorId("CE2")}),
    counts={**dict.fromkeys(Count, 0), Count.OPEN_B: 1},
    all_cuts=True,
    passed=True,
)


@pytest.mark.parametrize(
    "text",
    [
        "gezegd",
        "all_cuts",
        "passed",
        "cut(C13a)",
        "open(CE1)",
        "raised(CE2)",
        "repaired(CE2)",
        "visited(1e_node)",
        "open_B == 1",
        "open_B != 0",
        "open_B < 2",
        "open_B <= 1",
        "open_B > 0",
        "open_B >= 1",
    ],
)
def test_each_fact_is_known_by_its_name(text: str) -> None:
    assert evaluate(parse_expression(text), SOMETHING)


@pytest.mark.parametrize(
    "text",
    ["gezegd", "all_cuts", "passed", "cut(C13a)", "raised(CE2)", "visited(1e_node)", "open_B > 0"],
)
def test_at_the_beginning_nothing_has_happened(text: str) -> None:
    assert not evaluate(parse_expression(text), NOTHING)


def test_a_repaired_error_is_not_open_and_an_open_one_not_repaired() -> None:
    assert not evaluate(parse_expression("open(CE2)"), SOMETHING)
    assert not evaluate(parse_expression("repaired(CE1)"), SOMETHING)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("a or b and c", "a or (b and c)"),
        ("not a and b", "(not a) and b"),
        ("not not a", "not (not a)"),
        ("a implies b or c", "a implies (b or c)"),
        ("a implies b implies c", "a implies (b implies c)"),
        ("a and b and c", "(a and b) and c"),
        ("  a\tand\nb ", "a and b"),
    ],
)
def test_and_binds_tighter_than_or_and_both_tighter_than_implies(text: str, same: str) -> None:
    assert parse_expression(text) == parse_expression(same)


@pytest.mark.parametrize(
    ("gezegd", "gehoord", "holds"),
    [(True, True, True), (True, False, False), (False, True, True), (False, False, True)],
)
def test_implies_fails_only_where_the_first_holds_without_the_second(
    *, gezegd: bool, gehoord: bool, holds: bool
) -> None:
    flags = [("gezegd", gezegd), ("gehoord", gehoord)]
    facts = replace(NOTHING, flags=frozenset(FlagId(name) for name, is_set in flags if is_set))
    assert evaluate(parse_expression("gezegd implies gehoord"), facts) is holds


@pytest.mark.parametrize(
    ("text", "column", "message"),
    [
        ("a b", 3, "expected the end, found 'b'"),
        ("a and", 6, "expected a name, found the end"),
        ("open_A = 1", 8, "'=' is not understood"),
        ("open_A", 7, "expected one of"),
        ("open_A == x", 11, "expected a whole number, found 'x'"),
        ("cut C2", 5, "expected '('"),
        ("cut()", 5, "expected a name, found ')'"),
        ("(a", 3, "expected ')'"),
        ("and", 1, "expected a name"),
        ("__import__('os')", 12, "is not understood"),
        ("a; b", 2, "';' is not understood"),
        ("", 1, "expected a name, found the end"),
        ("(" * 40 + "a" + ")" * 40, 32, "nested deeper"),
        ("a " * 600, 1, "longer than"),
    ],
)
def test_what_is_not_in_the_grammar_is_refused_with_its_column(
    text: str, column: int, message: str
) -> None:
    with pytest.raises(ExpressionRefused) as refusal:
        parse_expression(text)
    assert message in str(refusal.value)
    assert refusal.value.column == column


def test_names_are_listed_with_their_kind_and_column() -> None:
    used = names_used(parse_expression("gezegd and not open(CE1) or cut(C2) implies open_A == 0"))
    assert [(each.kind, each.name, each.column) for each in used] == [
        (NameKind.FLAG, "gezegd", 1),
        (NameKind.ERROR, "CE1", 16),
        (NameKind.COMPETENCY, "C2", 29),
        (NameKind.COUNT, "open_A", 45),
    ]
