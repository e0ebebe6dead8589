"""A table as a file: CSV, XLSX and JSON of the very rows that a page shows.

Every file begins with what its rows are: without that, it says nothing a year later. A spreadsheet
runs what looks like a formula, so in a CSV such a cell begins with an apostrophe, and in a workbook
text is written as text.
"""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum
from functools import cache
from typing import BinaryIO

from flask import Response
from flask_babel import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from elearning.errors import InvalidInput

BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"
# What a spreadsheet in the language expects between cells.
SEPARATORS = {"nl": ";", "en": ","}
FORMULA_STARTS = frozenset({"=", "+", "-", "@", "\N{MINUS SIGN}"})
CONTROL_STARTS = frozenset({"\t", "\r", "\n"})
# A workbook takes a hundred times as long as a CSV; more than this is no answer to wait for.
MOST_XLSX_ROWS = 10_000
NOTHING_BUT_TEXT = {"strings_to_formulas": False, "strings_to_urls": False}
Value = str | int | date | None


class FileKind(StrEnum):
    """What a table can be saved as."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


MEDIA_TYPES = {
    FileKind.CSV: "text/csv; charset=utf-8",
    FileKind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    FileKind.JSON: "application/json",
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with typed cells; `head` says what it is, `keys` name its columns for programs."""

    name: str
    head: tuple[tuple[str, Value], ...]
    columns: tuple[str, ...]
    keys: tuple[str, ...]
    rows: Sequence[tuple[Value, ...]]


def as_file(sheet: Sheet, kind: FileKind, lang: str) -> Response:
    """Return the file, to be saved; raises `InvalidInput` for a workbook that is too large."""
    written: Mapping[FileKind, Callable[[], str | bytes]] = {
        FileKind.CSV: lambda: _csv(sheet, lang),
        FileKind.XLSX: lambda: _xlsx(sheet),
        FileKind.JSON: lambda: _json(sheet),
    }
    return Response(
        written[kind](),
        content_type=MEDIA_TYPES[kind],
        headers={"Content-Disposition": f'attachment; filename="{sheet.name}.{kind}"'},
    )


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; full-width signs count as well."""
    first = text[:1]
    # So begin nearly all; a hundred thousand rows are a million cells.
    if first.isascii() and first.isalnum():
        return text
    begins = unicodedata.normalize("NFKC", text.lstrip())[:1]
    is_risky = begins in FORMULA_STARTS or first in CONTROL_STARTS
    return f"'{text}" if is_risky else text


def _csv(sheet: Sheet, lang: str) -> str:
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=SEPARATORS[lang], lineterminator="\r\n")
    # Most cells of a large file stand in many rows: units, statuses, days.
    text = cache(_text)
    for line in (*sheet.head, (), sheet.columns, *sheet.rows):
        writer.writerow([text(cell) for cell in line])
    return BYTE_ORDER_MARK + written.getvalue()


def _text(cell: Value) -> str:
    return guarded(cell) if isinstance(cell, str) else _plain(cell)


def _plain(cell: int | date | None) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _xlsx(sheet: Sheet) -> bytes:
    if len(sheet.rows) > MOST_XLSX_ROWS:
        raise InvalidInput("too many rows for a workbook")
    written = io.BytesIO()
    write_workbook(sheet, written, {"in_memory": True})
    return written.getvalue()


def write_workbook(
    sheet: Sheet,
    to: BinaryIO,
    options: Mapping[str, bool | str],
    row_written: Callable[[int], None] = lambda _number: None,
) -> None:
    """Write a workbook, and say after each row how many there are; `options` are its library's."""
    with Workbook(to, {**NOTHING_BUT_TEXT, **options}) as book:
        # The moment stands in the rows about the file; here it would make equal files differ.
        book.set_properties({"created": datetime(2000, 1, 1, tzinfo=UTC)})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        bold = book.add_format({"bold": True})
        rows, about = book.add_worksheet(_("Rows")), book.add_worksheet(_("About this file"))
        rows.write_row(0, 0, sheet.columns, bold)
        rows.freeze_panes(1, 0)
        rows.set_column(0, len(sheet.columns), 22)
        for number, line in enumerate(sheet.rows, start=1):
            for place, cell in enumerate(line):
                _write(rows, number, place, cell, day)
            row_written(number)
        about.set_column(0, 1, 40)
        for number, (label, cell) in enumerate(sheet.head):
            about.write_string(number, 0, label, bold)
            _write(about, number, 1, cell, day)


def _write(
    page: Worksheet,
    row: int,
    place: int,
    cell: Value,
    day: Format,
) -> None:
    """Write one cell by its type; text is never looked at, so it cannot become anything else."""
    if isinstance(cell, date):
        page.write_datetime(row, place, cell, day)
    elif isinstance(cell, int):
        page.write_number(row, place, cell)
    elif cell is not None:
        page.write_string(row, place, cell)


def _json(sheet: Sheet) -> str:
    rows = [
        {
            key: cell.isoformat() if isinstance(cell, date) else cell
            for key, cell in zip(sheet.keys, line, strict=True)
        }
        for line in sheet.rows
    ]
    about = {
        label: _plain(cell) if not isinstance(cell, str) else cell for label, cell in sheet.head
    }
    return json.dumps({"about": about, "rows": rows}, ensure_ascii=False, indent=1)
