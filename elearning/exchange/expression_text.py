"""Writes an expression as text, with no more brackets than its tree needs."""

from typing import Final

from elearning.scenario.expression import (
    And,
    Asks,
    Compares,
    Expression,
    Holds,
    Implies,
    IsSet,
    Not,
    Or,
)

_IMPLIES: Final = 1
_OR: Final = 2
_AND: Final = 3
_NOT: Final = 4


def expression_text(expression: Expression) -> str:
    """Return the text that is read as exactly this expression."""
    return _text(expression, 0)


def _text(expression: Expression, around: int) -> str:
    """Return the text for a place that binds as strongly as `around`."""
    match expression:
        case Implies(left, right):
            return _bracketed(
                f"{_text(left, _OR)} implies {_text(right, _IMPLIES)}", _IMPLIES, around
            )
        case Or(left, right):
            return _bracketed(f"{_text(left, _OR)} or {_text(right, _AND)}", _OR, around)
        case And(left, right):
            return _bracketed(f"{_text(left, _AND)} and {_text(right, _NOT)}", _AND, around)
        case Not(inner):
            return f"not {_text(inner, _NOT)}"
        case IsSet() | Holds() | Asks() | Compares():
            return _atom(expression)


def _atom(expression: IsSet | Holds | Asks | Compares) -> str:
    match expression:
        case IsSet(flag):
            return flag
        case Holds(summary):
            return summary
        case Asks(question, name):
            return f"{question}({name})"
        case Compares(count, comparison, number):
            return f"{count} {comparison} {number}"


def _bracketed(text: str, binding: int, around: int) -> str:
    return f"({text})" if binding < around else text
