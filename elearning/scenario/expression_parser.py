"""Reads the text of an expression; whatever is not in the grammar is refused, with its column.

Loosest first: `implies` (to the right), `or`, `and`, `not`, then a name, a question such as
`open(CE1)`, a count compared with a whole number, or brackets.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from elearning.errors import ElearningError
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
    Not,
    Or,
    Question,
    Summary,
)
from elearning.scenario.ids import FlagId

LONGEST_EXPRESSION: Final = 1000
DEEPEST_NESTING: Final = 30
RESERVED: Final = frozenset({"and", "or", "not", "implies", *Question, *Count, *Summary})

_TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>[0-9]{1,9})(?![A-Za-z0-9_])|(?P<word>[A-Za-z0-9_]+)"
    r"|(?P<mark>==|!=|<=|>=|<|>|\(|\)))",
    re.ASCII,
)


class ExpressionRefused(ElearningError):
    """The expression does not fit the grammar; `column` counts from 1."""

    def __init__(self, message: str, column: int) -> None:
        """Keep the column beside the message."""
        super().__init__(message)
        self.column = column


class _Kind(StrEnum):
    WORD = "word"
    NUMBER = "number"
    MARK = "mark"
    END = "end"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    text: str
    column: int

    def __str__(self) -> str:
        return "the end" if self.kind is _Kind.END else repr(self.text)


def parse_expression(text: str) -> Expression:
    """Return the expression that this text says; raises `ExpressionRefused`."""
    if len(text) > LONGEST_EXPRESSION:
        message = f"longer than {LONGEST_EXPRESSION} characters"
        raise ExpressionRefused(message, 1)
    parser = _Parser(_tokens(text))
    expression = parser.implication(0)
    parser.expect_end()
    return expression


def _tokens(text: str) -> list[_Token]:
    tokens: list[_Token] = []
    place, end = 0, len(text.rstrip())
    while place < end:
        match = _TOKEN.match(text, place)
        if match is None or match.lastgroup is None:
            column = place + len(text[place:]) - len(text[place:].lstrip()) + 1
            message = f"{text[column - 1]!r} is not understood"
            raise ExpressionRefused(message, column)
        group = match.lastgroup
        tokens.append(_Token(_Kind(group), match[group], match.start(group) + 1))
        place = match.end()
    return [*tokens, _Token(_Kind.END, "", end + 1)]


class _Parser:
    """Recursive descent over the tokens."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._place = 0

    def implication(self, depth: int) -> Expression:
        left = self._disjunction(depth)
        if self._take("implies"):
            return Implies(left, self.implication(self._deeper(depth)))
        return left

    def expect_end(self) -> None:
        if self._next.kind is not _Kind.END:
            raise self._refused("the end")

    def _disjunction(self, depth: int) -> Expression:
        expression = self._conjunction(depth)
        while self._take("or"):
            expression = Or(expression, self._conjunction(depth))
        return expression

    def _conjunction(self, depth: int) -> Expression:
        expression = self._negation(depth)
        while self._take("and"):
            expression = And(expression, self._negation(depth))
        return expression

    def _negation(self, depth: int) -> Expression:
        if self._take("not"):
            return Not(self._negation(self._deeper(depth)))
        if self._take("("):
            inner = self.implication(self._deeper(depth))
            self._expect(")")
            return inner
        return self._atom()

    def _atom(self) -> Expression:
        token = self._next
        if token.kind is not _Kind.WORD or token.text in {"and", "or", "implies"}:
            raise self._refused("a name")
        self._place += 1
        if token.text in set(Question):
            return Asks(Question(token.text), self._name_in_brackets(), token.column)
        if token.text in set(Count):
            return self._comparison(Count(token.text), token.column)
        if token.text in set(Summary):
            return Holds(Summary(token.text), token.column)
        return IsSet(FlagId(token.text), token.column)

    def _name_in_brackets(self) -> str:
        self._expect("(")
        name = self._next
        if name.kind not in {_Kind.WORD, _Kind.NUMBER}:
            raise self._refused("a name")
        self._place += 1
        self._expect(")")
        return name.text

    def _comparison(self, count: Count, column: int) -> Expression:
        comparison = self._next.text
        if comparison not in COMPARISONS:
            raise self._refused("one of " + " ".join(COMPARISONS))
        self._place += 1
        number = self._next
        if number.kind is not _Kind.NUMBER:
            raise self._refused("a whole number")
        self._place += 1
        return Compares(count, comparison, int(number.text), column)

    @property
    def _next(self) -> _Token:
        return self._tokens[self._place]

    def _take(self, text: str) -> bool:
        found = self._next.text == text
        self._place += found
        return found

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self._refused(repr(text))

    def _refused(self, wanted: str) -> ExpressionRefused:
        return ExpressionRefused(f"expected {wanted}, found {self._next}", self._next.column)

    def _deeper(self, depth: int) -> int:
        if depth >= DEEPEST_NESTING:
            message = f"nested deeper than {DEEPEST_NESTING} levels"
            raise ExpressionRefused(message, self._next.column)
        return depth + 1
