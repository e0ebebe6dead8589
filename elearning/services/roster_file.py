"""Read a roster as it comes out of a spreadsheet: any usual encoding, separator and kind of date.

A file that cannot be a roster is refused whole; a row that cannot be read is named by its number
and left out, and the rest is read. What a person is called is never part of a message.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from elearning.errors import InvalidInput
from elearning.services.roster_row import (
    COLUMNS,
    LONGEST_CELL,
    REQUIRED,
    RosterRow,
    RowProblem,
    Trouble,
    read_row,
)

LARGEST_BYTES = 64_000_000
MOST_ROWS = 400_000
SEPARATORS = (";", ",", "\t")


class Refusal(StrEnum):
    """Why a file is no roster at all."""

    TOO_LARGE = "the file is too large"
    NOT_TEXT = "the file is not text; save it as CSV"
    TOO_MANY_ROWS = "the file has too many rows"
    NOT_CSV = "a row cannot be read as CSV"
    NO_COLUMNS = "these columns are missing"


class NoRoster(InvalidInput):
    """A file is refused whole: why, the columns that are missing, and the row it stopped at."""

    def __init__(self, why: Refusal, *, columns: tuple[str, ...] = (), row: int = 0) -> None:
        """Say it in English; a page has words of its own."""
        named = f": {', '.join(COLUMNS[each][0] for each in columns)}" if columns else ""
        super().__init__(f"{why}{named}" + (f" (row {row})" if row else ""))
        self.why, self.columns, self.row = why, columns, row


@dataclass(frozen=True, slots=True)
class RosterFile:
    """What was read; `unread_keys` are the appointments of rows that were left out."""

    rows: tuple[RosterRow, ...]
    problems: tuple[RowProblem, ...]
    unread_keys: frozenset[tuple[str, str]]
    total: int


def template(lang: str) -> str:
    """Return the line of headings that a roster begins with, and one example."""
    which = 0 if lang == "nl" else -1
    heads = [names[which] for names in COLUMNS.values()]
    example = (
        "100234", "1", "Noor de Wit", "n.dewit@instelling.example", lang, "INF", "academic",
        "lecturer", "0,8" if lang == "nl" else "0.8", "ja" if lang == "nl" else "yes",
        "2026-09-01", "",
    )  # fmt: skip
    separator = ";" if lang == "nl" else ","
    return "".join(f"{separator.join(line)}\r\n" for line in (heads, example))


def read_roster(content: bytes) -> RosterFile:
    """Return the rows and the problems; raises `NoRoster` for what is none at all."""
    if len(content) > LARGEST_BYTES:
        raise NoRoster(Refusal.TOO_LARGE)
    reader = csv.reader(io.StringIO(text_of(content), newline=""), delimiter=_separator(content))
    lines = _lines(reader)
    places = _places(next(lines, (1, []))[1])
    rows: list[RosterRow] = []
    problems: list[RowProblem] = []
    unread: set[tuple[str, str]] = set()
    seen: set[tuple[str, str]] = set()
    total = 0
    for number, cells in lines:
        total += 1
        values = {name: _cell(cells, at) for name, at in places.items()}
        key = (values["person"], values["appointment"])
        row, found = read_row(number, values)
        if row is not None and key in seen:
            row, found = None, (RowProblem(number, "appointment", Trouble.TWICE),)
        if row is None:
            problems += found
            unread.add(key)
            continue
        seen.add(key)
        rows.append(row)
    return RosterFile(tuple(rows), tuple(problems), frozenset(unread - seen), total)


def text_of(content: bytes) -> str:
    """Return the text, by its mark or by trying: UTF-8 first, then what Windows writes."""
    is_wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise NoRoster(Refusal.NOT_TEXT)


def _separator(content: bytes) -> str:
    """Return the separator of the first line: the one that it has most of."""
    first = text_of(content[: 2 * LONGEST_CELL * len(COLUMNS)].rpartition(b"\n")[0] or content)
    line = first.partition("\n")[0]
    return max(SEPARATORS, key=line.count)


def _lines(reader: Iterator[list[str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the lines that hold anything, with their numbers in the file."""
    number = 0
    try:
        for cells in reader:
            number += 1
            if number > MOST_ROWS:
                raise NoRoster(Refusal.TOO_MANY_ROWS)
            if any(cell.strip() for cell in cells):
                yield number, cells
    except csv.Error as error:
        raise NoRoster(Refusal.NOT_CSV, row=number + 1) from error


def _places(heads: Iterable[str]) -> dict[str, int | None]:
    """Return where each column stands; raises `NoRoster` naming all that are missing."""
    found = {head.strip().casefold(): place for place, head in enumerate(heads)}
    places = {
        name: next((found[each] for each in names if each in found), None)
        for name, names in COLUMNS.items()
    }
    missing = tuple(name for name in REQUIRED if places[name] is None)
    if missing:
        raise NoRoster(Refusal.NO_COLUMNS, columns=missing)
    return places


def _cell(cells: list[str], place: int | None) -> str:
    return "" if place is None or place >= len(cells) else cells[place].strip()
