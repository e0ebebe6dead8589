"""A list of staff numbers, pasted or from a CSV: one on each line, or in a column of that name."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from elearning.errors import InvalidInput
from elearning.services.roster_file import SEPARATORS, text_of
from elearning.services.roster_row import COLUMNS, LONGEST_CELL, RowProblem, Trouble

COLUMN = "person"
MOST_NUMBERS = 10_000
LARGEST_BYTES = 200_000


@dataclass(frozen=True, slots=True)
class NumberList:
    """The numbers with the lines they stand on, and the lines that are none."""

    numbers: dict[str, int]
    problems: tuple[RowProblem, ...]

    def text(self) -> str:
        """Return the lines as they can be read again, each number on its own line."""
        lines = [""] * max(self.numbers.values(), default=0)
        for number, row in self.numbers.items():
            lines[row - 1] = number
        return "\n".join(lines)


def example(lang: str) -> str:
    """Return a file with the heading and one number."""
    return f"{COLUMNS[COLUMN][0 if lang == 'nl' else -1]}\r\n100234\r\n"


def read_numbers(content: bytes) -> NumberList:
    """Return the numbers of a list; raises `InvalidInput` for what is no list."""
    if len(content) > LARGEST_BYTES:
        raise InvalidInput("the list is too large")
    numbers: dict[str, int] = {}
    problems = []
    for row, number in _cells(text_of(content)):
        if len(number) > LONGEST_CELL or not number.isprintable():
            problems.append(RowProblem(row, COLUMN, Trouble.TOO_LONG))
        elif number in numbers:
            problems.append(RowProblem(row, COLUMN, Trouble.TWICE))
        else:
            numbers[number] = row
    if not numbers or len(numbers) > MOST_NUMBERS:
        raise InvalidInput(f"a list has 1 to {MOST_NUMBERS} numbers")
    return NumberList(numbers, tuple(problems))


def _cells(text: str) -> Iterator[tuple[int, str]]:
    """Yield the number of each line that has one, with where the line stands."""
    first = text.lstrip().partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    place = 0
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text), delimiter=separator), start=1):
            heads = [cell.strip().casefold() for cell in cells]
            named = next((heads.index(each) for each in COLUMNS[COLUMN] if each in heads), None)
            if named is not None:
                place = named
            elif any(heads):
                yield row, cells[place].strip() if place < len(cells) else ""
    except csv.Error as error:
        raise InvalidInput("the list cannot be read as CSV") from error
