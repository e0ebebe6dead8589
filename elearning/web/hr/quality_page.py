"""What the pages about the quality of the data show, and the same lists as files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.services.data_quality import Check, Found, PersonFound, UnitFound
from elearning.services.roster_row import Trouble
from elearning.services.unit_tree import UnitNode
from elearning.web.hr.forms import Table, file_links
from elearning.web.hr.quality_words import OLD_DAYS, advice_text, check_text
from elearning.web.hr.roster_words import heading, trouble_text
from elearning.web.hr.sheet import Sheet, Value
from elearning.web.hr.words import long_day, number
from elearning.web.parts import Cell, Column, Link

ROWS_A_PAGE = 50
DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class QualityPage:
    """All checks with how much each finds; `roster` says how old the last roster is."""

    lead: str
    roster: str
    is_old: bool
    table: Table


@dataclass(frozen=True, slots=True)
class FindingsPage:
    """What one check finds."""

    heading: str
    advice: str
    table: Table | None
    files: tuple[Link, ...]
    page: int
    pages: int
    previous_href: str | None
    next_href: str | None


def quality_page(counts: Mapping[Check, int], roster_of: date | None, today: date) -> QualityPage:
    """Return the page with all checks."""
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            Link(check_text(check), url_for(".listed", check=check)),
            number(count),
            advice_text(check) if count else DASH,
        )
        for check, count in counts.items()
    )
    columns = (
        Column(_("What")),
        Column(_("Number"), is_number=True),
        Column(_("What you can do")),
    )
    age = None if roster_of is None else (today - roster_of).days
    return QualityPage(
        lead=_("As of %(day)s, as known now", day=long_day(today)),
        roster=_age_text(roster_of, age),
        is_old=age is None or age > OLD_DAYS,
        table=Table(_("What needs a look"), columns, rows),
    )


def _age_text(roster_of: date | None, age: int | None) -> str:
    if roster_of is None or age is None:
        return _("No roster has been applied yet.")
    if age == 0:
        return _("The last roster is of today.")
    return ngettext(
        "The last roster is of %(day)s, %(days)s day ago.",
        "The last roster is of %(day)s, %(days)s days ago.",
        age,
        day=long_day(roster_of),
        days=number(age),
    )


def findings_page(check: Check, found: Sequence[Found], page: int, lang: str) -> FindingsPage:
    """Return one page of what a check finds; a page beyond the last is the last."""
    pages = max(1, -(-len(found) // ROWS_A_PAGE))
    shown = min(page, pages)
    here = found[(shown - 1) * ROWS_A_PAGE : shown * ROWS_A_PAGE]
    caption = ngettext("%(total)s row", "%(total)s rows", len(found), total=number(len(found)))
    columns = tuple(Column(label) for label in _columns(check))
    rows = tuple(
        tuple(DASH if cell in {None, ""} else str(cell) for cell in _cells(each, lang))
        for each in here
    )
    return FindingsPage(
        heading=check_text(check),
        advice=advice_text(check),
        table=Table(caption, columns, rows) if rows else None,
        files=file_links(
            lambda kind: url_for(f".listed_{kind}", check=check), _("Download as %(kind)s")
        ),
        page=shown,
        pages=pages,
        previous_href=_page_address(check, shown - 1) if shown > 1 else None,
        next_href=_page_address(check, shown + 1) if shown < pages else None,
    )


def findings_sheet(
    check: Check, found: Sequence[Found], *, made_by: str, made_at: datetime, lang: str
) -> Sheet:
    """Return what a check finds as a file."""
    return Sheet(
        name=f"{check}-{made_at.date().isoformat()}",
        head=(
            (_("List"), check_text(check)),
            (_("As of"), made_at.date()),
            (_("Made by"), made_by),
            (_("Made on"), made_at.isoformat(timespec="minutes")),
            (_("Rows"), len(found)),
            (_("What you can do"), advice_text(check)),
        ),
        columns=_columns(check),
        keys=_keys(check),
        rows=[_cells(each, lang) for each in found],
    )


def _page_address(check: Check, page: int) -> str:
    return url_for(".listed", check=check, pagina=None if page == 1 else page)


def _columns(check: Check) -> tuple[str, ...]:
    if check is Check.ROW_REFUSED:
        return _("Row"), _("Column"), _("What is wrong")
    if check is Check.EMPTY_UNIT:
        return _("Unit"), _("Code"), _("Stands below")
    return _("Name"), _("Staff number"), _("Unit")


def _keys(check: Check) -> tuple[str, ...]:
    if check is Check.ROW_REFUSED:
        return "row", "column", "problem"
    if check is Check.EMPTY_UNIT:
        return "unit", "code", "below"
    return "name", "number", "unit"


def _cells(found: Found, lang: str) -> tuple[Value, ...]:
    if isinstance(found, PersonFound):
        return found.name, found.number, _names(found.units, lang)
    if isinstance(found, UnitFound):
        above = () if found.above is None else (found.above,)
        return found.unit.name(lang), found.unit.code, _names(above, lang)
    columns = ", ".join(heading(column, lang) for column, _trouble in found.problems)
    return found.row, columns, "; ".join(trouble_text(Trouble(each)) for _, each in found.problems)


def _names(units: Sequence[UnitNode], lang: str) -> str:
    return ", ".join(unit.name(lang) for unit in units)
