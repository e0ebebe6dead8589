"""W10: what a pass is said to mean, and the pass rule does not ask for itself."""

from collections.abc import Iterator

from elearning.problem import Problem
from elearning.scenario.expression import (
    COMPARISONS,
    And,
    Asks,
    Compares,
    Count,
    Expression,
    Holds,
    Implies,
    IsSet,
    Question,
    Summary,
)
from elearning.scenario.model import Always, Scenario, Severity
from elearning.scenario.parse import Parsed
from elearning.scenario.prove.evidence import MOST_OPEN_B, smell_in

_PASSED = Holds(Summary.PASSED, 1)
_ALL_CUTS = Holds(Summary.ALL_CUTS, 1)


def promises_are_asked_for(parsed: Parsed) -> Iterator[Problem]:
    """W10: a promise that only holds because of how the story runs today.

    It is proved, but the next edit of a node may break it where nobody thinks of the pass.
    """
    asked = tuple(_parts(parsed.scenario.pass_rule))
    for each in parsed.scenario.obligations:
        for part in _promised(each.expression) if isinstance(each, Always) else ():
            if not _is_asked(part, asked):
                message = f"{each.id}: `pass` does not ask for {_told(part)} itself"
                yield smell_in(parsed, "W10", message, line=each.line)
    for part in _always_promised(parsed.scenario):
        if not _is_asked(part, asked):
            yield smell_in(parsed, "W10", f"`pass` does not ask for {_told(part)} itself")


def _promised(expression: Expression) -> Iterator[Expression]:
    if isinstance(expression, Implies) and expression.left == _PASSED:
        yield from _parts(expression.right)


def _always_promised(scenario: Scenario) -> Iterator[Compares]:
    """Yield what P2 asks of every scenario that has such errors."""
    severities = {rule.severity for rule in scenario.errors.values()}
    if Severity.A in severities:
        yield Compares(Count.OPEN_A, "==", 0, 1)
    if Severity.B in severities:
        yield Compares(Count.OPEN_B, "<=", MOST_OPEN_B, 1)


def _parts(rule: Expression) -> Iterator[Expression]:
    if isinstance(rule, And):
        yield from _parts(rule.left)
        yield from _parts(rule.right)
    else:
        yield rule


def _is_asked(part: Expression, asked: tuple[Expression, ...]) -> bool:
    is_cut = isinstance(part, Asks) and part.question is Question.CUT
    if part in asked or (is_cut and _ALL_CUTS in asked):
        return True
    return isinstance(part, Compares) and any(
        isinstance(each, Compares) and _is_stricter(each, part) for each in asked
    )


def _is_stricter(one: Compares, other: Compares) -> bool:
    """Say whether what fits the one fits the other; what is open was raised, so that counts too."""
    same = {other.count, Count(other.count.replace("open", "raised"))}
    grows_with = one.count == other.count or other.comparison in {"==", "<", "<="}
    values = range(max(one.number, other.number) + 2)
    return (
        one.count in same
        and grows_with
        and all(_fits(other, each) for each in values if _fits(one, each))
    )


def _fits(compares: Compares, value: int) -> bool:
    return COMPARISONS[compares.comparison](value, compares.number)


def _told(part: Expression) -> str:
    match part:
        case IsSet(flag):
            return f"{flag!r}"
        case Compares(count, comparison, number):
            return f"`{count} {comparison} {number}`"
        case Asks(question, name):
            return f"`{question}({name})`"
        case _:
            return "all that it implies"
