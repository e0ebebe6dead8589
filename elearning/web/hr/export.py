"""The people as a CSV file: the rows of the screen, all of them, and what they were chosen by.

A spreadsheet runs what looks like a formula, so a cell that could be one begins with an apostrophe.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from datetime import date

from flask import Response
from flask_babel import gettext as _

from elearning.services.completion_query import CompletionQuery
from elearning.services.people_filter import Row, SortKey, unit_names
from elearning.web.hr.filters import Asked
from elearning.web.hr.words import (
    column_text,
    definition_line,
    filter_text,
    last_valid_day,
    standing_text,
)

BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}"
# What a spreadsheet in the language expects between cells.
SEPARATORS = {"nl": ";", "en": ","}
FORMULA_STARTS = frozenset({"=", "+", "-", "@", "\N{MINUS SIGN}"})
CONTROL_STARTS = frozenset({"\t", "\r", "\n"})


def people_csv(
    rows: Iterable[Row], asked: Asked, query: CompletionQuery, *, made_by: str, lang: str
) -> Response:
    """Return the file, to be saved."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=SEPARATORS[lang], lineterminator="\r\n")
    found = list(rows)
    for line in (*_head(found, asked, query, made_by, lang), (), _columns()):
        writer.writerow(map(guarded, line))
    writer.writerows(map(guarded, _cells(row, lang)) for row in found)
    name = _("staff-%(day)s.csv", day=asked.day.isoformat())
    return Response(
        BYTE_ORDER_MARK + written.getvalue(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def guarded(text: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; full-width signs count as well."""
    begins = unicodedata.normalize("NFKC", text.lstrip())[:1]
    is_risky = begins in FORMULA_STARTS or text[:1] in CONTROL_STARTS
    return f"'{text}" if is_risky else text


def _head(
    rows: list[Row], asked: Asked, query: CompletionQuery, made_by: str, lang: str
) -> tuple[tuple[str, str], ...]:
    """Return what the rows are: without it, a file says nothing a year later."""
    validity = query.training.validity
    unit = query.scope.unit
    return (
        (_("Training"), query.training.title[lang]),
        (_("Unit"), _("Your units") if unit is None else unit.name(lang)),
        (_("Status"), filter_text(asked.status, validity)),
        (_("Name contains"), asked.name),
        (_("As of"), asked.day.isoformat()),
        (_("Made by"), made_by),
        (_("Rows"), str(len(rows))),
        (_("What counts"), definition_line(validity)),
    )


def _columns() -> tuple[str, ...]:
    return tuple(column_text(column) for column in SortKey)


def _cells(row: Row, lang: str) -> tuple[str, ...]:
    standing = row.standing
    return (
        row.name,
        unit_names(row, lang),
        standing_text(standing),
        _iso(standing.obtained_on),
        _iso(standing.due_on),
        _iso(last_valid_day(standing.valid_until)),
    )


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()
