"""Reading a strict YAML mapping by name and type, noting every key that does not fit.

Each method takes one key and returns a value of the right type; where the file has none, the
problem is logged and a neutral value comes back, so that one reading finds everything.
"""

import re
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Final, TypeVar

from elearning.problem import Findings
from elearning.strict_yaml import Field, Fields, Items, Located, Scalar

LANGUAGES: Final = ("nl", "en")
_DECIMAL: Final = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?", re.ASCII)

_Member = TypeVar("_Member", bound=StrEnum)
_Value = TypeVar("_Value")


@dataclass(frozen=True, slots=True)
class Named:
    """A word in a list, with its line."""

    name: str
    line: int


@dataclass(frozen=True, slots=True)
class Reader:
    """The keys of one mapping; a key that nobody asks for is unknown."""

    line: int
    findings: Findings
    _fields: Mapping[str, Field]
    _asked: set[str] = field(default_factory=set)

    def has(self, key: str) -> bool:
        """Say whether the key is there, whatever its value."""
        return key in self._fields

    def line_of(self, key: str) -> int:
        """Return the line of the key, or of the mapping where the key is missing."""
        return self._fields[key].line if key in self._fields else self.line

    def located(self, key: str) -> Located | None:
        """Return the raw value of an optional key."""
        self._asked.add(key)
        return self._fields[key].value if key in self._fields else None

    def text(self, key: str) -> str:
        """Return a required text that says something."""
        return self._required(key, self.optional_text(key), "")

    def optional_text(self, key: str) -> str | None:
        """Return a text; None where it is missing or `null`."""
        value = self._scalar(key, str, "text, in double quotes")
        if value is not None and not value.strip():
            self.wrong(key, "is empty")
        return value

    def number(self, key: str) -> int:
        """Return a required whole number."""
        return self._required(key, self.optional_number(key), 0)

    def optional_number(self, key: str) -> int | None:
        """Return a whole number; None where it is missing or `null`."""
        return self._scalar(key, int, "a whole number")

    def boolean(self, key: str, *, default: bool) -> bool:
        """Return `true` or `false`."""
        value = self._scalar(key, bool, "true or false")
        return default if value is None else value

    def day(self, key: str) -> date:
        """Return a required date."""
        return self._required(key, self.optional_day(key), date.min)

    def optional_day(self, key: str) -> date | None:
        """Return a date; None where it is missing or `null`."""
        return self._scalar(key, date, "a date, such as 2026-11-23")

    def decimal(self, key: str) -> Fraction:
        """Return a required decimal number, exactly as written."""
        value = self.located(key)
        if isinstance(value, Scalar) and _DECIMAL.fullmatch(value.text):
            return Fraction(value.text)
        self.wrong(key, "needs a decimal number, such as 0.02")
        return Fraction(0)

    def member(self, key: str, kind: type[_Member]) -> _Member:
        """Return a required word of a closed list."""
        return self._required(key, self.optional_member(key, kind), next(iter(kind)))

    def optional_member(self, key: str, kind: type[_Member]) -> _Member | None:
        """Return a word of a closed list; None where it is missing."""
        value = self._scalar(key, str, _one_of(kind))
        if value is not None and value not in set(kind):
            self.wrong(key, f"needs {_one_of(kind)}, not {value!r}")
            return None
        return None if value is None else kind(value)

    def names(self, key: str) -> tuple[Named, ...]:
        """Return a list of words with their lines; empty where it is missing."""
        found = [self._name(key, item) for item in self._items(key)]
        return tuple(each for each in found if each is not None)

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of texts; empty where it is missing."""
        return tuple(each.name for each in self.names(key))

    def members(self, key: str, kind: type[_Member]) -> tuple[_Member, ...]:
        """Return a list of words of a closed list; empty where it is missing."""
        names = self.texts(key)
        known = [name for name in names if name in set(kind)]
        if len(known) < len(names):
            self.wrong(key, f"needs {_one_of(kind)}")
        return tuple(kind(name) for name in known)

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return a required list of whole numbers."""
        values = [each.value if isinstance(each, Scalar) else None for each in self._items(key)]
        numbers = tuple(value for value in values if type(value) is int)
        if not self.has(key) or len(numbers) < len(values):
            self.wrong(key, "needs a list of whole numbers, such as [0, 6]")
        return numbers

    def translated(self, key: str) -> dict[str, str]:
        """Return a required text in every language, `{nl: "…", en: "…"}`."""
        return self._required(key, self.optional_translated(key), dict.fromkeys(LANGUAGES, ""))

    def optional_translated(self, key: str) -> dict[str, str] | None:
        """Return a text in every language; None where it is missing or `null`."""
        value = self.located(key)
        if value is None or (isinstance(value, Scalar) and value.value is None):
            return None
        with read_fields(value, self.findings) as reader:
            return {lang: reader.text(lang) for lang in LANGUAGES}

    def entries(self, key: str) -> tuple[Field, ...]:
        """Return the fields of a mapping whose keys are free; empty where it is missing."""
        value = self.located(key)
        if value is None or isinstance(value, Fields):
            return value.fields if value else ()
        self.wrong(key, "needs a mapping, {name: value}")
        return ()

    def records(self, key: str) -> tuple[Located, ...]:
        """Return the items of a list, each to be read with `read_fields`."""
        return tuple(self._items(key))

    def unknown(self) -> tuple[Field, ...]:
        """Return the fields that nobody asked for."""
        return tuple(each for key, each in self._fields.items() if key not in self._asked)

    def wrong(self, key: str, message: str) -> None:
        """Log that the value of this key does not fit."""
        self.findings.error("Y5", self.line_of(key), f"{key}: {message}")

    def _required(self, key: str, value: _Value | None, neutral: _Value) -> _Value:
        if value is not None:
            return value
        if not self.has(key) or self._is_null(key):
            self.findings.error("Y4", self.line_of(key), f"{key}: is missing")
        return neutral

    def _is_null(self, key: str) -> bool:
        value = self._fields[key].value
        return isinstance(value, Scalar) and value.value is None

    def _scalar(self, key: str, kind: type[_Value], needed: str) -> _Value | None:
        value = self.located(key)
        if value is None or self._is_null(key):
            return None
        if isinstance(value, Scalar) and type(value.value) is kind:
            return value.value
        self.wrong(key, f"needs {needed}")
        return None

    def _items(self, key: str) -> tuple[Located, ...]:
        value = self.located(key)
        if value is None or isinstance(value, Items):
            return value.items if value else ()
        self.wrong(key, "needs a list, [a, b]")
        return ()

    def _name(self, key: str, item: Located) -> Named | None:
        if isinstance(item, Scalar) and isinstance(item.value, str) and item.value.strip():
            return Named(item.value, item.line)
        self.findings.error("Y5", item.line, f"{key}: needs a list of texts")
        return None


@contextmanager
def read_fields(value: Located | None, findings: Findings) -> Generator[Reader, None, None]:
    """Read a mapping; on leaving, every key that was not asked for is logged as unknown."""
    known: dict[str, Field] = {}
    if isinstance(value, Fields):
        known = {each.key: each for each in value.fields}
    elif value is not None:
        findings.error("Y5", value.line, "needs a mapping, {key: value}")
    reader = Reader(value.line if value else 1, findings, known)
    yield reader
    for unknown in reader.unknown():
        findings.error("Y3", unknown.line, f"{unknown.key}: is not a key here")


def _one_of(kind: type[StrEnum]) -> str:
    return "one of " + ", ".join(kind)
