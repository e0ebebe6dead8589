"""Read a roster as it comes out of a spreadsheet: any usual encoding, separator and kind of date.

A file that cannot be a roster is refused whole; a row that cannot be read is named by its number
and left out, and the rest is read. What a person is called is never part of a message.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from elearning.errors import InvalidInput

LARGEST_BYTES = 64_000_000
MOST_ROWS = 400_000
LONGEST_CELL = 200
FIRST_YEAR, LAST_YEAR = 1920, 2200
SEPARATORS = (";", ",", "\t")
TAG = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
# How staff administrations write that there is no last day.
NO_END = re.compile(r"9999-12-31|31[-/.]12[-/.]9999")
# What is left of a letter that the kind of CSV could not hold: Excel's plain CSV has no "ş".
LOST = re.compile(r"[?\N{REPLACEMENT CHARACTER}]")
DUTCH_DATE = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
# Every column by its name in either language; the first ones are those of the template.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "person": ("personeelsnummer", "person_number"),
    "appointment": ("dienstverband", "appointment"),
    "name": ("naam", "name"),
    "email": ("e-mail", "email"),
    "language": ("taal", "language"),
    "unit": ("eenheid", "unit"),
    "category": ("categorie", "category"),
    "tags": ("functies", "functions"),
    "fte": ("fte",),
    "primary": ("hoofddienstverband", "primary"),
    "starts_on": ("begindatum", "first_day"),
    "last_day": ("laatste_dag", "last_day"),
}
REQUIRED = ("person", "appointment", "name", "unit", "category", "starts_on")
YES, NO = (
    {"ja", "j", "yes", "y", "1", "true", "waar"},
    {"", "nee", "n", "no", "0", "false", "onwaar"},
)
CATEGORIES = {
    "academic": "academic", "wp": "academic", "op": "academic", "wetenschappelijk": "academic",
    "support": "support", "obp": "support", "oop": "support", "ondersteunend": "support",
}  # fmt: skip


class Trouble(StrEnum):
    """What can be wrong with a row."""

    MISSING = "missing"
    TOO_LONG = "too_long"
    LOST_LETTERS = "lost_letters"
    NO_DATE = "no_date"
    ENDS_BEFORE = "ends_before"
    NO_FTE = "no_fte"
    NO_YES_OR_NO = "no_yes_or_no"
    NO_LANGUAGE = "no_language"
    NO_CATEGORY = "no_category"
    NO_TAG = "no_tag"
    NO_UNIT = "no_unit"
    TWICE = "twice"
    TWO_PRIMARY = "two_primary"
    OTHER_NUMBER = "other_number"
    OTHER_PERSON = "other_person"
    NOBODY = "nobody"
    NO_WORK = "no_work"


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
class RowProblem:
    """A row that is left out; rows count from 1, which is the line with the headings."""

    row: int
    column: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One appointment, as the roster has it."""

    row: int
    person: str
    appointment: str
    name: str
    email: str | None
    language: str
    unit: str
    category: str
    tags: str
    fte_percent: int
    is_primary: bool
    starts_on: date
    ends_on: date | None

    @property
    def key(self) -> tuple[str, str]:
        """Return what the row is recognised by: never a name or an address."""
        return self.person, self.appointment


@dataclass(frozen=True, slots=True)
class RosterFile:
    """What was read; `unread_keys` are the appointments of rows that were left out."""

    rows: tuple[RosterRow, ...]
    problems: tuple[RowProblem, ...]
    unread_keys: frozenset[tuple[str, str]]
    total: int


class RowUnreadable(Exception):
    """One row cannot be read."""

    def __init__(self, column: str, trouble: Trouble) -> None:
        """Say which column and what is wrong with it."""
        super().__init__(column, trouble)
        self.column, self.trouble = column, trouble


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
    rows, problems = [], []
    unread: set[tuple[str, str]] = set()
    seen: set[tuple[str, str]] = set()
    total = 0
    for number, cells in lines:
        total += 1
        values = {name: _cell(cells, at) for name, at in places.items()}
        key = (values["person"], values["appointment"])
        try:
            row = _new_row(number, values, seen)
        except RowUnreadable as problem:
            problems.append(RowProblem(number, problem.column, problem.trouble))
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


def _new_row(number: int, values: Mapping[str, str], seen: Container[tuple[str, str]]) -> RosterRow:
    row = _row(number, values)
    if row.key in seen:
        raise RowUnreadable("appointment", Trouble.TWICE)
    return row


def _row(number: int, values: Mapping[str, str]) -> RosterRow:
    for name, value in values.items():
        if name in REQUIRED and not value:
            raise RowUnreadable(name, Trouble.MISSING)
        if len(value) > LONGEST_CELL or not value.isprintable():
            raise RowUnreadable(name, Trouble.TOO_LONG)
    if LOST.search(values["name"]):
        raise RowUnreadable("name", Trouble.LOST_LETTERS)
    starts_on = _day("starts_on", values["starts_on"])
    last_day = _last_day(values["last_day"])
    if last_day is not None and last_day < starts_on:
        raise RowUnreadable("last_day", Trouble.ENDS_BEFORE)
    return RosterRow(
        row=number,
        person=values["person"],
        appointment=values["appointment"],
        name=" ".join(values["name"].split()),
        email=values["email"] or None,
        language=_language(values["language"]),
        unit=values["unit"],
        category=_category(values["category"]),
        tags=_tags(values["tags"]),
        fte_percent=_fte(values["fte"]),
        is_primary=_yes(values["primary"]),
        starts_on=starts_on,
        ends_on=None if last_day is None else last_day + timedelta(days=1),
    )


def _last_day(text: str) -> date | None:
    return None if not text or NO_END.fullmatch(text) else _day("last_day", text)


def _day(column: str, text: str) -> date:
    dutch = DUTCH_DATE.fullmatch(text)
    try:
        found = (
            date(int(dutch[3]), int(dutch[2]), int(dutch[1])) if dutch else date.fromisoformat(text)
        )
    except ValueError:
        raise RowUnreadable(column, Trouble.NO_DATE) from None
    # A spreadsheet writes 1900 for an empty cell.
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise RowUnreadable(column, Trouble.NO_DATE)
    return found


def _language(text: str) -> str:
    language = text.casefold() or "nl"
    if language not in {"nl", "en"}:
        raise RowUnreadable("language", Trouble.NO_LANGUAGE)
    return language


def _category(text: str) -> str:
    if text.casefold() not in CATEGORIES:
        raise RowUnreadable("category", Trouble.NO_CATEGORY)
    return CATEGORIES[text.casefold()]


def _tags(text: str) -> str:
    tags = sorted(set(text.replace(",", " ").casefold().split()))
    if not all(TAG.fullmatch(tag) for tag in tags):
        raise RowUnreadable("tags", Trouble.NO_TAG)
    return " ".join(tags)


def _fte(text: str) -> int:
    """Return a part of full time in per cents; `0,8`, `0.8` and nothing at all are understood."""
    try:
        share = float(text.replace(",", ".") or "1")
    except ValueError:
        raise RowUnreadable("fte", Trouble.NO_FTE) from None
    if not 0 <= share <= 1:
        raise RowUnreadable("fte", Trouble.NO_FTE)
    return round(share * 100)


def _yes(text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise RowUnreadable("primary", Trouble.NO_YES_OR_NO)
    return text.casefold() in YES
