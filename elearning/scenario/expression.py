"""The boolean expressions of a scenario: the tree, and what it says about a play."""

import operator
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from elearning.scenario.ids import CompetencyId, ErrorId, FlagId, NodeId


class NameKind(StrEnum):
    """What a name in an expression refers to."""

    FLAG = "flag"
    COMPETENCY = "competency"
    ERROR = "critical error"
    NODE = "node"
    SUMMARY = "summary"
    COUNT = "count"


class Question(StrEnum):
    """A question about one competency, critical error or node."""

    CUT = "cut"
    OPEN = "open"
    RAISED = "raised"
    REPAIRED = "repaired"
    VISITED = "visited"

    @property
    def asks_about(self) -> NameKind:
        """Return the kind of name that stands between the brackets."""
        if self is Question.CUT:
            return NameKind.COMPETENCY
        return NameKind.NODE if self is Question.VISITED else NameKind.ERROR


class Count(StrEnum):
    """A number of critical errors, by severity."""

    OPEN_A = "open_A"
    OPEN_B = "open_B"
    RAISED_A = "raised_A"
    RAISED_B = "raised_B"
    REPAIRED_A = "repaired_A"
    REPAIRED_B = "repaired_B"


class Summary(StrEnum):
    """A single fact about the whole play."""

    ALL_CUTS = "all_cuts"
    PASSED = "passed"


COMPARISONS: Final[Mapping[str, Callable[[int, int], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class IsSet:
    """The flag is set."""

    flag: FlagId
    column: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Holds:
    """`all_cuts` or `passed`."""

    summary: Summary
    column: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Asks:
    """`cut(C2)`, `open(CE1)`, `visited(node)` and the like."""

    question: Question
    name: str
    column: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Compares:
    """A count compared with a whole number."""

    count: Count
    comparison: str
    number: int
    column: int = field(compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """The inner expression does not hold."""

    inner: "Expression"


@dataclass(frozen=True, slots=True)
class And:
    """Both hold."""

    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Or:
    """At least one holds."""

    left: "Expression"
    right: "Expression"


@dataclass(frozen=True, slots=True)
class Implies:
    """Where the left holds, the right holds too."""

    left: "Expression"
    right: "Expression"


Expression: TypeAlias = IsSet | Holds | Asks | Compares | Not | And | Or | Implies
# The pass rule of a draft that has none yet.
NEVER: Final[Expression] = And(Holds(Summary.ALL_CUTS, 1), Not(Holds(Summary.ALL_CUTS, 1)))


@dataclass(frozen=True, slots=True)
class Facts:
    """What is true at one moment of a play, in the words of the expressions."""

    flags: frozenset[FlagId]
    visited: frozenset[NodeId]
    cuts: frozenset[CompetencyId]
    all_cuts: bool
    open_errors: frozenset[ErrorId]
    raised_errors: frozenset[ErrorId]
    repaired_errors: frozenset[ErrorId]
    counts: Mapping[Count, int]
    passed: bool


@dataclass(frozen=True, slots=True)
class Name:
    """A name that an expression uses, and where (column from 1)."""

    kind: NameKind
    name: str
    column: int


def evaluate(expression: Expression, facts: Facts) -> bool:
    """Return whether the expression holds for these facts."""
    match expression:
        case Not(inner):
            return not evaluate(inner, facts)
        case And(left, right):
            return evaluate(left, facts) and evaluate(right, facts)
        case Or(left, right):
            return evaluate(left, facts) or evaluate(right, facts)
        case Implies(left, right):
            return not evaluate(left, facts) or evaluate(right, facts)
        case IsSet() | Holds() | Asks() | Compares():
            return _is_fact(expression, facts)


def _is_fact(expression: IsSet | Holds | Asks | Compares, facts: Facts) -> bool:
    match expression:
        case IsSet(flag):
            return flag in facts.flags
        case Holds(summary):
            return facts.all_cuts if summary is Summary.ALL_CUTS else facts.passed
        case Asks(question, name):
            return name in _names_that_hold(question, facts)
        case Compares(count, comparison, number):
            return COMPARISONS[comparison](facts.counts[count], number)


def _names_that_hold(question: Question, facts: Facts) -> frozenset[str]:
    answers: dict[Question, frozenset[str]] = {
        Question.CUT: frozenset(facts.cuts),
        Question.OPEN: frozenset(facts.open_errors),
        Question.RAISED: frozenset(facts.raised_errors),
        Question.REPAIRED: frozenset(facts.repaired_errors),
        Question.VISITED: frozenset(facts.visited),
    }
    return answers[question]


def names_used(expression: Expression) -> tuple[Name, ...]:
    """Return every name that the expression uses, in order."""
    return tuple(_names(expression))


def _names(expression: Expression) -> Iterator[Name]:
    match expression:
        case IsSet(flag, column):
            yield Name(NameKind.FLAG, flag, column)
        case Asks(question, name, column):
            yield Name(question.asks_about, name, column)
        case Not(inner):
            yield from _names(inner)
        case And(left, right) | Or(left, right) | Implies(left, right):
            yield from _names(left)
            yield from _names(right)
        case Holds(summary, column):
            yield Name(NameKind.SUMMARY, summary.value, column)
        case Compares(count, _, _, column):
            yield Name(NameKind.COUNT, count.value, column)


def highest_number(expression: Expression) -> int:
    """Return the highest number that a count is compared with; 0 where none is."""
    match expression:
        case Compares(_, _, number, _):
            return number
        case Not(inner):
            return highest_number(inner)
        case And(left, right) | Or(left, right) | Implies(left, right):
            return max(highest_number(left), highest_number(right))
        case IsSet() | Holds() | Asks():
            return 0
