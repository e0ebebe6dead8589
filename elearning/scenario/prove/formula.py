"""Formulas in which only single facts are negated, so that what may come true is easily bounded."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import Final, NamedTuple, TypeAlias

from elearning.scenario.expression import (
    COMPARISONS,
    And,
    Asks,
    Compares,
    Expression,
    Holds,
    Implies,
    IsSet,
    Not,
    Or,
    Question,
    Summary,
)
from elearning.scenario.model import CompetencyId, Scenario


class Topic(Enum):
    """What an atom is about."""

    FLAG = auto()
    VISITED = auto()
    RAISED = auto()
    REPAIRED = auto()
    OPEN = auto()
    COUNT = auto()
    CUT = auto()
    FATAL = auto()
    ENDED = auto()


class Atom(NamedTuple):
    """One fact about a moment of a play; only a count has a comparison."""

    topic: Topic
    name: str = ""
    comparison: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Literal:
    """The atom is as wanted."""

    atom: Atom
    wanted: bool


@dataclass(frozen=True, slots=True)
class Every:
    """All of the parts hold; without parts this is true."""

    parts: tuple["Formula", ...]


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of the parts holds; without parts this is false."""

    parts: tuple["Formula", ...]


Formula: TypeAlias = Literal | Every | Some
Truth: TypeAlias = Callable[[Literal], bool]

TRUE: Final = Every(())
FALSE: Final = Some(())
ENDED: Final = Atom(Topic.ENDED)
FATAL: Final = Atom(Topic.FATAL)
_TOPICS: Final = {
    Question.OPEN: Topic.OPEN,
    Question.RAISED: Topic.RAISED,
    Question.REPAIRED: Topic.REPAIRED,
    Question.VISITED: Topic.VISITED,
}


def is_passed(scenario: Scenario) -> Formula:
    """Return the formula that holds where a play is passed."""
    return _passed(scenario, wanted=True)


def is_true(scenario: Scenario, expression: Expression) -> Formula:
    """Return the formula that holds where the expression does."""
    return _formula(scenario, expression, wanted=True)


def is_false(scenario: Scenario, expression: Expression) -> Formula:
    """Return the formula that holds where the expression does not."""
    return _formula(scenario, expression, wanted=False)


def satisfied(formula: Formula, truth: Truth) -> bool:
    """Say whether the formula holds; `truth` says whether an atom is, or may be, as wanted."""
    match formula:
        case Literal():
            return truth(formula)
        case Every(parts):
            return all(satisfied(part, truth) for part in parts)
        case Some(parts):
            return any(satisfied(part, truth) for part in parts)


def atoms(formula: Formula) -> Iterator[Atom]:
    """Yield every atom of the formula."""
    if isinstance(formula, Literal):
        yield formula.atom
    else:
        for part in formula.parts:
            yield from atoms(part)


def conjuncts(formula: Formula) -> tuple[Formula, ...]:
    """Return formulas that all have to hold."""
    return formula.parts if isinstance(formula, Every) else (formula,)


def every(parts: Iterable[Formula]) -> Formula:
    """Return the conjunction; conjunctions within it are taken apart."""
    return Every(tuple(each for part in parts for each in conjuncts(part)))


def fits(literal: Literal, value: int) -> bool:
    """Say whether the comparison of a count comes out as wanted for this value."""
    atom = literal.atom
    return COMPARISONS[atom.comparison](value, atom.number) == literal.wanted


def _formula(scenario: Scenario, expression: Expression, *, wanted: bool) -> Formula:
    match expression:
        case Not(inner):
            return _formula(scenario, inner, wanted=not wanted)
        case And(left, right):
            return _pair(scenario, (left, right), is_every=wanted, wanted=wanted)
        case Or(left, right):
            return _pair(scenario, (left, right), is_every=not wanted, wanted=wanted)
        case Implies(left, right):
            return _formula(scenario, Or(Not(left), right), wanted=wanted)
        case Holds(summary):
            is_passed = summary is Summary.PASSED
            return (_passed if is_passed else _all_cuts)(scenario, wanted=wanted)
        case IsSet() | Asks() | Compares():
            return _fact(scenario, expression, wanted=wanted)


def _pair(
    scenario: Scenario, pair: tuple[Expression, Expression], *, is_every: bool, wanted: bool
) -> Formula:
    parts = tuple(_formula(scenario, each, wanted=wanted) for each in pair)
    return every(parts) if is_every else Some(parts)


def _fact(scenario: Scenario, fact: IsSet | Asks | Compares, *, wanted: bool) -> Formula:
    match fact:
        case IsSet(flag):
            return Literal(Atom(Topic.FLAG, flag), wanted)
        case Compares(count, comparison, number):
            return Literal(Atom(Topic.COUNT, count, comparison, number), wanted)
        case Asks(Question.CUT, name):
            return _cut(scenario, CompetencyId(name), wanted=wanted)
        case Asks(question, name):
            return Literal(Atom(_TOPICS[question], name), wanted)


def _passed(scenario: Scenario, *, wanted: bool) -> Formula:
    rule = _formula(scenario, scenario.pass_rule, wanted=wanted)
    over, harmed = Literal(ENDED, wanted), Literal(FATAL, not wanted)
    return every((over, harmed, rule)) if wanted else Some((over, harmed, rule))


def _all_cuts(scenario: Scenario, *, wanted: bool) -> Formula:
    cuts = tuple(_cut(scenario, each, wanted=wanted) for each in scenario.competencies)
    return every(cuts) if wanted else Some(cuts)


def _cut(scenario: Scenario, competency: CompetencyId, *, wanted: bool) -> Formula:
    if scenario.competencies[competency].cut is None:
        return TRUE if wanted else FALSE
    return Literal(Atom(Topic.CUT, competency), wanted)
