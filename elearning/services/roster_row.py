"""Read one row of a roster: what it says of an appointment, or everything that is wrong with it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

LONGEST_CELL = 200
FIRST_YEAR, LAST_YEAR = 1920, 2200
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
    TWO_PEOPLE = "two_people"
    NOBODY = "nobody"
    NO_WORK = "no_work"


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


class _Unreadable(Exception):
    """One cell cannot be read."""

    def __init__(self, trouble: Trouble) -> None:
        """Say what is wrong with it."""
        super().__init__(trouble)
        self.trouble = trouble


def read_row(
    number: int, values: Mapping[str, str]
) -> tuple[RosterRow | None, tuple[RowProblem, ...]]:
    """Return what a row says, by column, or none and every problem of it: one for a column."""
    read: dict[str, Any] = {}
    problems = []
    for column, text in values.items():
        try:
            read[column] = _read(column, text)
        except _Unreadable as unreadable:
            problems.append(RowProblem(number, column, unreadable.trouble))
    starts_on, last_day = read.get("starts_on"), read.get("last_day")
    if starts_on is not None and last_day is not None and last_day < starts_on:
        problems.append(RowProblem(number, "last_day", Trouble.ENDS_BEFORE))
    return (None if problems else _row(number, read)), tuple(problems)


def _row(number: int, read: Mapping[str, Any]) -> RosterRow:
    last_day = read["last_day"]
    return RosterRow(
        row=number,
        person=read["person"],
        appointment=read["appointment"],
        name=read["name"],
        email=read["email"] or None,
        language=read["language"],
        unit=read["unit"],
        category=read["category"],
        tags=read["tags"],
        fte_percent=read["fte"],
        is_primary=read["primary"],
        starts_on=read["starts_on"],
        ends_on=None if last_day is None else last_day + timedelta(days=1),
    )


def _read(column: str, text: str) -> Any:  # noqa: ANN401 - what the column holds
    if not text and column in REQUIRED:
        raise _Unreadable(Trouble.MISSING)
    if len(text) > LONGEST_CELL or not text.isprintable():
        raise _Unreadable(Trouble.TOO_LONG)
    return READERS[column](text) if column in READERS else text


def _name(text: str) -> str:
    if LOST.search(text):
        raise _Unreadable(Trouble.LOST_LETTERS)
    return " ".join(text.split())


def _last_day(text: str) -> date | None:
    return None if not text or NO_END.fullmatch(text) else _day(text)


def _day(text: str) -> date:
    dutch = DUTCH_DATE.fullmatch(text)
    try:
        found = (
            date(int(dutch[3]), int(dutch[2]), int(dutch[1])) if dutch else date.fromisoformat(text)
        )
    except ValueError:
        raise _Unreadable(Trouble.NO_DATE) from None
    # A spreadsheet writes 1900 for an empty cell.
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        raise _Unreadable(Trouble.NO_DATE)
    return found


def _language(text: str) -> str:
    language = text.casefold() or "nl"
    if language not in {"nl", "en"}:
        raise _Unreadable(Trouble.NO_LANGUAGE)
    return language


def _category(text: str) -> str:
    if text.casefold() not in CATEGORIES:
        raise _Unreadable(Trouble.NO_CATEGORY)
    return CATEGORIES[text.casefold()]


def _tags(text: str) -> str:
    tags = sorted(set(text.replace(",", " ").casefold().split()))
    if not all(TAG.fullmatch(tag) for tag in tags):
        raise _Unreadable(Trouble.NO_TAG)
    return " ".join(tags)


def _fte(text: str) -> int:
    """Return a part of full time in per cents; `0,8`, `0.8` and nothing at all are understood."""
    try:
        share = float(text.replace(",", ".") or "1")
    except ValueError:
        raise _Unreadable(Trouble.NO_FTE) from None
    if not 0 <= share <= 1:
        raise _Unreadable(Trouble.NO_FTE)
    return round(share * 100)


def _yes(text: str) -> bool:
    if text.casefold() not in YES | NO:
        raise _Unreadable(Trouble.NO_YES_OR_NO)
    return text.casefold() in YES


# The other columns are text as it stands.
READERS: Mapping[str, Callable[[str], Any]] = {
    "name": _name,
    "language": _language,
    "category": _category,
    "tags": _tags,
    "fte": _fte,
    "primary": _yes,
    "starts_on": _day,
    "last_day": _last_day,
}
