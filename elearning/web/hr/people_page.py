"""What the page with people shows: filters, a table that sorts by links, and pages of fifty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.training import Training
from elearning.services.completion_query import CompletionQuery
from elearning.services.completion_table import PeoplePage
from elearning.services.hr_scope import HrScope
from elearning.services.people_filter import Row, SortKey, StatusFilter, unit_names
from elearning.web.hr.filters import TERMS, Asked
from elearning.web.hr.forms import Choices, Table, choices, file_links
from elearning.web.hr.sheet import MOST_XLSX_ROWS
from elearning.web.hr.words import (
    column_text,
    expires_text,
    filter_text,
    last_valid_day,
    lead_text,
    number,
    short_day,
    standing_mark,
)
from elearning.web.parts import Cell, Column, Link, Sorted

INDENT = "\N{EN SPACE}\N{EN SPACE}"


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The page with people."""

    lead: str
    back: Link
    choices: Choices
    units: tuple[tuple[str, str], ...]
    unit_code: str
    statuses: tuple[tuple[str, str], ...]
    status: str
    name: str
    order: str
    is_empty: bool
    table: Table | None
    page: int
    pages: int
    previous_href: str | None
    next_href: str | None
    cleared: Link | None
    terms: tuple[tuple[str, str], ...]
    term: str
    files: tuple[Link, ...]
    too_many: str | None


def people_view(
    found: PeoplePage,
    asked: Asked,
    query: CompletionQuery,
    *,
    whole: HrScope,
    trainings: Mapping[str, Training],
    lang: str,
) -> PeopleView:
    """Return the page; `whole` is all that may be seen, `query.scope` what is asked for."""
    asked = asked.on_page(found.page)
    validity = query.training.validity
    return PeopleView(
        lead=lead_text(query, asked, lang),
        back=Link(_("Completion overview"), asked.of_unit("").overview_address()),
        choices=choices(asked, trainings, lang),
        units=(("", _("All units")), *_units(whole, lang)),
        unit_code=asked.unit_code,
        statuses=tuple(
            (status or "", filter_text(status, validity)) for status in (None, *StatusFilter)
        ),
        status=asked.status or "",
        name=asked.name,
        order=asked.order,
        is_empty=found.everyone == 0 and not asked.is_filtered,
        table=_table(found, asked, lang) if found.rows else None,
        page=found.page,
        pages=found.pages,
        previous_href=_page_address(asked, found.page - 1, found.pages),
        next_href=_page_address(asked, found.page + 1, found.pages),
        cleared=Link(_("Clear filters"), asked.cleared().people_address())
        if asked.is_filtered
        else None,
        terms=tuple(
            ("" if each is None else str(each), expires_text(each)) for each in (None, *TERMS)
        ),
        term=str(asked.expires_in or ""),
        files=_files(found, asked.on_page(1)),
        too_many=_too_many(found),
    )


def row_cells(row: Row, lang: str) -> tuple[Cell, ...]:
    """Return all that HR sees of a person; the learner is shown the same cells."""
    standing = row.standing
    return (
        row.name,
        unit_names(row, lang),
        standing_mark(standing),
        short_day(standing.obtained_on),
        short_day(standing.due_on),
        short_day(last_valid_day(standing.valid_until)),
    )


def _files(found: PeoplePage, asked: Asked) -> tuple[Link, ...]:
    """Return the same rows as files; a workbook only as long as it is made while one waits."""
    text = ngettext(
        "Download %(total)s row as %(kind)s",
        "Download %(total)s rows as %(kind)s",
        found.found,
        total=number(found.found),
        kind="%(kind)s",
    )
    links = file_links(asked.people_address, text)
    return tuple(each for each in links if not (_too_many(found) and "XLSX" in each.text))


def _too_many(found: PeoplePage) -> str | None:
    if found.found <= MOST_XLSX_ROWS:
        return None
    return _(
        "A workbook holds at most %(num)s rows. Narrow the list, or use the CSV.",
        num=number(MOST_XLSX_ROWS),
    )


def _table(found: PeoplePage, asked: Asked, lang: str) -> Table:
    columns = tuple(_column(each, asked) for each in SortKey)
    caption = ngettext(
        "%(total)s member of staff", "%(total)s staff", found.found, total=number(found.found)
    )
    return Table(caption, columns, tuple(row_cells(row, lang) for row in found.rows))


def _column(column: SortKey, asked: Asked) -> Column:
    direction: Sorted = "descending" if asked.is_descending else "ascending"
    return Column(
        column_text(column),
        asked.sorted_by(column).people_address(),
        direction if asked.sort is column else None,
    )


def _page_address(asked: Asked, page: int, pages: int) -> str | None:
    return asked.on_page(page).people_address() if 1 <= page <= pages else None


def _units(scope: HrScope, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the units as a tree that is written down: what lies below is set in."""
    return tuple(
        (unit.code, f"{INDENT * depth}{unit.name(lang)}") for unit, depth in scope.written_down()
    )
