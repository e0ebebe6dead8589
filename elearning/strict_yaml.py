"""Strict YAML: plain values with their lines; whatever is ambiguous or clever is a problem.

`no`, `yes`, `12:30` and `0800` stay text. Numbers are whole, dates are ISO, `true`, `false` and
`null` are what they look like. A key that stands twice, an anchor, an alias or a tag is reported.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

import yaml

from elearning.problem import Findings

LONGEST_TEXT: Final = 1_000_000
DEEPEST_NESTING: Final = 20

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_WHOLE_NUMBER: Final = re.compile(r"[-+]?(?:0|[1-9][0-9]{0,17})", re.ASCII)
_ISO_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
_WORDS: Final[dict[str, bool | None]] = {"true": True, "false": False, "null": None, "": None}

Value: TypeAlias = str | int | bool | date | None


@dataclass(frozen=True, slots=True)
class Scalar:
    """A single value; `text` is how it was written."""

    value: Value
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Items:
    """A list."""

    items: tuple["Located", ...]
    line: int


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a mapping, with the line of the key."""

    key: str
    value: "Located"
    line: int


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping, in the order of the file."""

    fields: tuple[Field, ...]
    line: int


Located: TypeAlias = Scalar | Items | Fields


class _Refused(Exception):
    """The text cannot be read any further; the problem has been logged."""


def load(text: str, findings: Findings, first_line: int = 1) -> Located | None:
    """Return the value of this text, or None where its syntax is broken; problems go to `findings`.

    `first_line` is the line of the file on which the text begins.
    """
    if len(text) > LONGEST_TEXT:
        findings.error("Y0", first_line, f"longer than {LONGEST_TEXT} characters")
        return None
    try:
        return _Builder(text, findings, first_line).document()
    except _Refused:
        return None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = first_line + (mark.line if mark else 0)
        findings.error("Y0", line, f"not valid YAML: {error.problem or error.context}")
    except (yaml.YAMLError, ValueError):
        findings.error("Y0", first_line, "not valid YAML: a character that is not allowed")
    return None


class _Builder:
    """Builds located values from the events of the YAML parser, which expand no alias."""

    def __init__(self, text: str, findings: Findings, first_line: int) -> None:
        self._findings = findings
        self._first_line = first_line
        self._events: Iterator[yaml.Event] = yaml.parse(text, Loader=_LOADER)

    def document(self) -> Located:
        next(self._events)
        start = next(self._events)
        if isinstance(start, yaml.StreamEndEvent):
            return Fields((), self._first_line)
        value = self._value(next(self._events), depth=0)
        next(self._events)
        after = next(self._events)
        if not isinstance(after, yaml.StreamEndEvent):
            self._refuse("Y0", after, "a second YAML document starts here")
        return value

    def _value(self, event: yaml.Event, depth: int) -> Located:
        if depth > DEEPEST_NESTING:
            self._refuse("Y0", event, f"nested deeper than {DEEPEST_NESTING} levels")
        self._report_cleverness(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return Items(tuple(self._items(depth)), self._line(event))
        if isinstance(event, yaml.MappingStartEvent):
            return Fields(tuple(self._fields(depth)), self._line(event))
        return self._scalar(event)

    def _report_cleverness(self, event: yaml.Event) -> None:
        anchor, tag = getattr(event, "anchor", None), getattr(event, "tag", None)
        if isinstance(event, yaml.AliasEvent):
            self._problem("Y2", event, f"alias *{anchor}: write the value out")
        elif anchor is not None:
            self._problem("Y2", event, f"anchor &{anchor} is not allowed")
        if tag is not None:
            self._problem("Y2", event, f"tag {tag} is not allowed")

    def _items(self, depth: int) -> Iterator[Located]:
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            yield self._value(event, depth + 1)

    def _fields(self, depth: int) -> Iterator[Field]:
        seen: set[str] = set()
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._value(event, depth + 1)
            value = self._value(next(self._events), depth + 1)
            if not isinstance(key, Scalar):
                self._problem("Y5", event, "a key must be a single word")
            elif key.text in seen:
                self._problem("Y1", event, f"key {key.text!r} stands twice")
            else:
                seen.add(key.text)
                yield Field(key.text, value, key.line)

    def _scalar(self, event: yaml.Event) -> Scalar:
        text = event.value if isinstance(event, yaml.ScalarEvent) else ""
        is_quoted = bool(getattr(event, "style", None))
        return Scalar(text if is_quoted else _resolved(text), text, self._line(event))

    def _line(self, event: yaml.Event) -> int:
        mark = event.start_mark
        return self._first_line + (mark.line if mark else 0)

    def _problem(self, code: str, event: yaml.Event, message: str) -> None:
        self._findings.error(code, self._line(event), message)

    def _refuse(self, code: str, event: yaml.Event, message: str) -> None:
        self._problem(code, event, message)
        raise _Refused


def _resolved(text: str) -> Value:
    """Return what a value without quotes means."""
    if text in _WORDS:
        return _WORDS[text]
    if _WHOLE_NUMBER.fullmatch(text):
        return int(text)
    if _ISO_DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
