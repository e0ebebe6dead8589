"""What a page with people shows: filters, a table that sorts by links, and pages of fifty."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.training import Training
from elearning.services.completion_query import CompletionQuery
from elearning.services.completion_table import PeoplePage
from elearning.services.hr_scope import HrScope
from elearning.services.people_filter import Row, SortKey, unit_names
from elearning.web.hr.filters import Asked
from elearning.web.hr.forms import Choices, Table, choices, file_links
from elearning.web.hr.list_words import Nobody, list_text
from elearning.web.hr.people_list import TERMS, USUAL_COLUMNS
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

ROWS_A_PAGE = 50
INDENT = "\N{EN SPACE}\N{EN SPACE}"


@dataclass(frozen=True, slots=True)
class Terms:
    """How many days a list can be about, with the name of the field and what it says."""

    name: str
    label: str
    options: tuple[tuple[str, str], ...]
    value: str


@dataclass(frozen=True, slots=True)
class PeopleView:
    """A page with people."""

    heading: str
    about: str | None
    action: str
    lead: str
    back: Link
    choices: Choices
    units: tuple[tuple[str, str], ...]
    unit_code: str
    statuses: tuple[tuple[str, str], ...]
    status: str
    name: str
    order: str
    nobody: Nobody | None
    table: Table | None
    page: int
    pages: int
    previous_href: str | None
    next_href: str | None
    cleared: Link | None
    terms: Terms | None
    files: tuple[Link, ...]
    order_file: tuple[str, str] | None


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
    text = list_text(asked.listed)
    return PeopleView(
        heading=text.heading,
        about=text.about,
        action=url_for(asked.listed.endpoint),
        lead=lead_text(query, asked, lang),
        back=Link(_("Completion overview"), asked.of_unit("").overview_address()),
        choices=choices(asked, trainings, lang),
        units=unit_options(whole, lang),
        unit_code=asked.unit_code,
        statuses=_statuses(asked, query),
        status=asked.chosen_status or "",
        name=asked.name,
        order=asked.order,
        nobody=None if asked.is_filtered else text.nobody,
        table=_table(found, asked, lang) if found.rows else None,
        page=found.page,
        pages=found.pages,
        previous_href=_page_address(asked, found.page - 1, found.pages),
        next_href=_page_address(asked, found.page + 1, found.pages),
        cleared=Link(_("Clear filters"), asked.cleared().people_address())
        if asked.is_filtered
        else None,
        terms=_terms(asked),
        files=_files(found, asked.on_page(1)),
        order_file=_order_file(found, asked) if _is_large(found) else None,
    )


def row_cells(row: Row, lang: str, columns: Sequence[SortKey] = USUAL_COLUMNS) -> tuple[Cell, ...]:
    """Return what HR sees of a person in these columns; the learner is shown the same cells."""
    standing = row.standing
    known: dict[SortKey, Cell] = {
        SortKey.NAME: row.name,
        SortKey.UNIT: unit_names(row, lang),
        SortKey.STATUS: standing_mark(standing),
        SortKey.OBTAINED_ON: short_day(standing.obtained_on),
        SortKey.DUE_ON: short_day(standing.due_on),
        SortKey.VALID_UNTIL: short_day(last_valid_day(standing.valid_until)),
        SortKey.OPENED_ON: short_day(row.opened_on),
    }
    return tuple(known[column] for column in columns)


def _statuses(asked: Asked, query: CompletionQuery) -> tuple[tuple[str, str], ...]:
    """Return what can be asked for; nothing where the list is about one status."""
    statuses = asked.listed.statuses
    anyone = (None,) if statuses and asked.listed.may_be_anyone else ()
    validity = query.training.validity
    return tuple((each or "", filter_text(each, validity)) for each in (*anyone, *statuses))


def _terms(asked: Asked) -> Terms | None:
    """Return how many days the list can be about; who is late is late whatever the days."""
    listed = asked.listed
    if not listed.may_be_anyone:
        return None
    if listed.opened_within is not None:
        options = tuple((str(each), _("Last %(num)s days", num=each)) for each in TERMS)
        return Terms("sinds", _("Must hold it since"), options, str(asked.opened_within))
    anytime = (None,) if listed.ends_within is None else ()
    options = tuple((str(each or ""), expires_text(each)) for each in (*anytime, *TERMS))
    return Terms("verloopt", _("Expires"), options, str(asked.ends_within or ""))


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
    return tuple(each for each in links if not (_is_large(found) and "XLSX" in each.text))


def _is_large(found: PeoplePage) -> bool:
    """Say whether a workbook is made in the background: it takes a hundred times as long as CSV."""
    return found.found > MOST_XLSX_ROWS


def _order_file(found: PeoplePage, asked: Asked) -> tuple[str, str]:
    """Return what the button says that has a workbook made, and where it goes."""
    return _("Make %(total)s rows as XLSX", total=number(found.found)), asked.order_address()


def _table(found: PeoplePage, asked: Asked, lang: str) -> Table:
    shown = asked.listed.columns
    columns = tuple(_column(each, asked) for each in shown)
    caption = ngettext(
        "%(total)s member of staff", "%(total)s staff", found.found, total=number(found.found)
    )
    return Table(caption, columns, tuple(row_cells(row, lang, shown) for row in found.rows))


def _column(column: SortKey, asked: Asked) -> Column:
    direction: Sorted = "descending" if asked.is_descending else "ascending"
    return Column(
        column_text(column),
        asked.sorted_by(column).people_address(),
        direction if asked.sort is column else None,
    )


def _page_address(asked: Asked, page: int, pages: int) -> str | None:
    return asked.on_page(page).people_address() if 1 <= page <= pages else None


def unit_options(scope: HrScope, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the units to choose from; the first is all of them."""
    return (("", _("All units")), *unit_choices(scope, lang))


def unit_choices(scope: HrScope, lang: str) -> tuple[tuple[str, str], ...]:
    """Return the units as a tree that is written down: what lies below is set in."""
    return tuple(
        (unit.code, f"{INDENT * depth}{unit.name(lang)}") for unit, depth in scope.written_down()
    )
