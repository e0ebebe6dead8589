"""Reads JSON of strangers by name and type; every problem has the JSON pointer of its place.

A value of the wrong type is an error that refuses the whole; nothing is guessed. A key that
nobody asked for is noted as lost.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from elearning.exchange.html_text import line_of, markdown_of, plain_of
from elearning.exchange.json_text import Json
from elearning.exchange.plain_text import LONGEST_TEXT
from elearning.exchange.remarks import Remarks

_KINDS: Final = {dict: "an object", list: "a list", str: "a text", int: "a whole number"}


@dataclass(frozen=True, slots=True)
class Notes:
    """What reading one document finds: reasons to refuse it, and remarks."""

    file: str
    remarks: Remarks
    errors: list[str] = field(default_factory=list)

    def error(self, pointer: str, message: str) -> None:
        """Note a reason to refuse the whole."""
        self.errors.append(f"{self.file}#{pointer}: refused: {message}")


@dataclass(frozen=True, slots=True)
class ObjectReader:
    """One JSON object at its pointer."""

    pointer: str
    notes: Notes
    values: Mapping[str, Json]
    _asked: set[str] = field(default_factory=set)

    def at(self, key: str | int) -> str:
        """Return the pointer of a key."""
        return f"{self.pointer}/{str(key).replace('~', '~0').replace('/', '~1')}"

    def has(self, key: str) -> bool:
        """Say whether the key is there and not null."""
        return self.values.get(key) is not None

    def ignore(self, *keys: str) -> None:
        """Take note that these keys say nothing about the story."""
        self._asked.update(keys)

    def lost(self, key: str, message: str) -> None:
        """Note that what stands under this key, if anything does, does not come along."""
        self._asked.add(key)
        if self.values.get(key) not in (None, "", [], {}, False):
            self.notes.remarks.lost(f"{self.notes.file}#{self.at(key)}", message)

    def changed(self, message: str) -> None:
        """Note that this object comes along in another form."""
        self.notes.remarks.changed(f"{self.notes.file}#{self.pointer}", message)

    def text(self, key: str) -> str:
        """Return a text as it is written; empty where it is missing."""
        value = self._value(key, str)
        if isinstance(value, str) and len(value) <= LONGEST_TEXT:
            return value
        if isinstance(value, str):
            self.notes.error(self.at(key), f"longer than {LONGEST_TEXT} characters")
        return ""

    def plain(self, key: str) -> str:
        """Return the words of an HTML text."""
        return plain_of(self.text(key))

    def line(self, key: str) -> str:
        """Return an HTML text as Markdown on one line."""
        return line_of(self.text(key))

    def markdown(self, key: str) -> str:
        """Return an HTML text as Markdown; what falls away is noted."""
        markdown, lost = markdown_of(self.text(key))
        for name in lost:
            self.notes.remarks.lost(f"{self.notes.file}#{self.at(key)}", f"<{name}>")
        return markdown

    def number(self, key: str, missing: int) -> int:
        """Return a whole number."""
        value = self._value(key, int)
        return value if isinstance(value, int) else missing

    def inner(self, key: str, *, is_needed: bool = False) -> "ObjectReader":
        """Return the object under this key; empty where it is missing."""
        if is_needed and not self.has(key):
            self.notes.error(self.at(key), "it is missing")
        value = self._value(key, dict)
        return ObjectReader(self.at(key), self.notes, value if isinstance(value, dict) else {})

    def items(self, key: str) -> Iterator["ObjectReader"]:
        """Yield the objects of a list."""
        value = self._value(key, list)
        for place, item in enumerate(value if isinstance(value, list) else ()):
            pointer = f"{self.at(key)}/{place}"
            if isinstance(item, dict):
                yield ObjectReader(pointer, self.notes, item)
            else:
                self.notes.error(pointer, f"needs {_KINDS[dict]}")

    def done(self) -> None:
        """Note every key that nobody asked for."""
        for key in [each for each in self.values if each not in self._asked]:
            self.lost(key, "this program does not know it")

    def _value(self, key: str, kind: type) -> Json:
        self._asked.add(key)
        value = self.values.get(key)
        if value is not None and type(value) is not kind:
            self.notes.error(self.at(key), f"needs {_KINDS[kind]}")
            return None
        return value
