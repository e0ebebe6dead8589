"""Checks what content refers to, line by line: placeholders, sources, pages, typed-in numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from elearning.content.placeholders import Places
from elearning.problem import Problem

CITATION = re.compile(r"\[(S\d+[a-z]?)\]")
FACT = re.compile(r"\{\{\s*fact\.([a-z_0-9]+)\.")
PAGE_LINK = re.compile(r"\(page:([^)\s]*)\)|^\s*learn:\s*[\"']?([^\s\"'#]+)")
# Dutch service numbers and anything that looks like a subscriber number.
PHONE_NUMBER = re.compile(r"\b(?:0[89]00[ -]?\d{3,}|0\d{1,3}[ -]\d[\d ]{5,}|\+31[\d ]{8,})\b")


@dataclass(frozen=True, slots=True)
class References:
    """What there is to refer to."""

    places: Places
    pages: frozenset[str]

    def problems(self, files: Mapping[str, str]) -> Iterator[Problem]:
        """Yield every reference that leads nowhere, with its line."""
        for name, text in files.items():
            for number, line in enumerate(text.splitlines(), start=1):
                for code, message in self._in_line(line):
                    yield Problem(name, number, code, message)

    def _directory_problems(self, line: str) -> Iterator[tuple[str, str]]:
        for found in FACT.finditer(line):
            if self.places.directory.is_pending(found[1]):
                yield "D7", f"fact {found[1]} is of rules that do not hold yet"
        for found in CITATION.finditer(line):
            if found[1] not in self.places.directory.sources:
                yield "D3", f"{found[1]} is not in the bibliography"

    def _in_line(self, line: str) -> Iterator[tuple[str, str]]:
        for name in self.places.unknown(line, "nl"):
            yield "D2", f"nothing answers to {{{{{name}}}}}"
        yield from self._directory_problems(line)
        for found in PAGE_LINK.finditer(line):
            page = found[1] or found[2]
            if page not in self.pages:
                yield "D4", f"there is no page {page!r}"
        for found in PHONE_NUMBER.finditer(line):
            yield "D5", f"the number {found[0]} is typed in; use a placeholder of the directory"
