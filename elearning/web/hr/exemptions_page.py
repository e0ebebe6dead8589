"""What the page with exemptions shows, and the same as a file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.training import Training
from elearning.services.completion_query import CompletionQuery
from elearning.services.exemptions import (
    ExemptionFilter,
    ExemptionRow,
    ExemptionsPage,
    ExemptionState,
)
from elearning.services.hr_scope import HrScope
from elearning.storage.completion import ExemptionCode
from elearning.web.hr.exemption_words import code_text, last_day, state_text
from elearning.web.hr.export import Making
from elearning.web.hr.filters import Asked
from elearning.web.hr.forms import Choices, Table, choices, file_links
from elearning.web.hr.people_page import unit_options
from elearning.web.hr.sheet import FileKind, Sheet, Value
from elearning.web.hr.words import lead_text, number, short_day
from elearning.web.parts import Cell, Column, Link

KEYS = ("name", "unit", "reason", "from", "through", "state", "granted_by")
FROM, THROUGH = 3, 4


@dataclass(frozen=True, slots=True)
class ExemptionsAsked:
    """Which exemptions an address asks for."""

    base: Asked
    state: ExemptionState | None
    code: ExemptionCode | None

    @property
    def is_filtered(self) -> bool:
        """Say whether anything but training and day narrows the rows."""
        return bool(self.base.is_filtered or self.state or self.code)

    def chosen(self) -> ExemptionFilter:
        """Return which rows are asked for."""
        return ExemptionFilter(self.state, self.code, self.base.name)

    def address(self, kind: FileKind | None = None) -> str:
        """Return the address of the page, or of its file."""
        return url_for(
            "exemptions.overview" if kind is None else f"exemptions.overview_{kind}",
            stand=self.state,
            reden=self.code,
            **self.base.common(),
        )

    def on_page(self, page: int) -> ExemptionsAsked:
        """Return the same question, another page."""
        return replace(self, base=self.base.on_page(page))

    def cleared(self) -> ExemptionsAsked:
        """Return the question without filters."""
        return ExemptionsAsked(self.base.cleared(), None, None)


@dataclass(frozen=True, slots=True)
class ExemptionsView:
    """The page with exemptions."""

    lead: str
    choices: Choices
    units: tuple[tuple[str, str], ...]
    states: tuple[tuple[str, str], ...]
    codes: tuple[tuple[str, str], ...]
    asked: ExemptionsAsked
    table: Table | None
    files: tuple[Link, ...]
    page: int
    pages: int
    previous_href: str | None
    next_href: str | None
    cleared: Link | None
    give_href: str


def exemptions_view(
    found: ExemptionsPage,
    asked: ExemptionsAsked,
    query: CompletionQuery,
    *,
    whole: HrScope,
    trainings: Mapping[str, Training],
    lang: str,
) -> ExemptionsView:
    """Return the page; exemptions can be ended where today is asked for, as known now."""
    asked = asked.on_page(found.page)
    base = asked.base
    return ExemptionsView(
        lead=lead_text(query, base, lang),
        choices=choices(base, trainings, lang),
        units=unit_options(whole, lang),
        states=tuple((each or "", state_text(each)) for each in (None, *ExemptionState)),
        codes=(("", _("All")), *((each.value, code_text(each)) for each in ExemptionCode)),
        asked=asked,
        table=_table(found, base, lang) if found.rows else None,
        files=_files(found, asked.on_page(1)),
        page=found.page,
        pages=found.pages,
        previous_href=asked.on_page(found.page - 1).address() if found.page > 1 else None,
        next_href=asked.on_page(found.page + 1).address() if found.page < found.pages else None,
        cleared=Link(_("Clear filters"), asked.cleared().address()) if asked.is_filtered else None,
        give_href=url_for("exemptions.who", training=base.training_id),
    )


def exemptions_sheet(rows: Sequence[ExemptionRow], asked: ExemptionsAsked, making: Making) -> Sheet:
    """Return the exemptions as a file."""
    code = _("All") if asked.code is None else code_text(asked.code)
    head = making.framed(
        len(rows),
        (_("Status"), state_text(asked.state)),
        (_("Reason"), code),
        (_("Name contains"), asked.base.name),
        definition=about_text(),
    )
    return Sheet(
        name=_("exemptions-%(day)s", day=asked.base.day.isoformat()),
        head=head,
        columns=_columns(),
        keys=KEYS,
        rows=[_cells(each, asked.base, making.lang) for each in rows],
    )


def about_text() -> str:
    """Return what an exemption is."""
    return _(
        "Whoever is exempt is not counted and gets no reminders. The reason is one of three, never "
        "about health or about what somebody has been through. Staff see their own exemption."
    )


def _columns() -> tuple[str, ...]:
    return (
        _("Name"),
        _("Unit"),
        _("Reason"),
        _("From"),
        _("Through"),
        _("Status"),
        _("Given by"),
    )


def _cells(row: ExemptionRow, base: Asked, lang: str) -> tuple[Value, ...]:
    days = row.days
    return (
        row.name,
        ", ".join(unit.name(lang) for unit in row.units),
        code_text(days.code),
        days.from_on,
        last_day(days.until_on),
        state_text(days.state_on(base.day)),
        row.granted_by,
    )


def _table(found: ExemptionsPage, base: Asked, lang: str) -> Table:
    caption = ngettext(
        "%(total)s exemption", "%(total)s exemptions", found.found, total=number(found.found)
    )
    can_end = base.is_today and base.known_on is None
    columns = tuple(Column(label) for label in _columns())
    ending = (Column(_("End it")),) if can_end else ()
    rows = tuple(_row(each, base, lang, can_end=can_end) for each in found.rows)
    return Table(caption, (*columns, *ending), rows)


def _row(row: ExemptionRow, base: Asked, lang: str, *, can_end: bool) -> tuple[Cell, ...]:
    """Return the cells of the files as they are shown, and where the exemption can be ended."""
    days = {FROM: row.days.from_on, THROUGH: last_day(row.days.until_on)}
    cells = tuple(
        short_day(days[place]) if place in days else str(cell or "\N{EN DASH}")
        for place, cell in enumerate(_cells(row, base, lang))
    )
    if not can_end:
        return cells
    has_ended = row.days.state_on(base.day) is ExemptionState.ENDED
    return (*cells, "\N{EN DASH}" if has_ended else _end_link(row))


def _end_link(row: ExemptionRow) -> Link:
    href = url_for("exemptions.end", exemption_id=row.id, training=row.days.training_id)
    return Link(_("End for %(name)s", name=row.name), href)


def _files(found: ExemptionsPage, asked: ExemptionsAsked) -> tuple[Link, ...]:
    text = ngettext(
        "Download %(total)s row as %(kind)s",
        "Download %(total)s rows as %(kind)s",
        found.found,
        total=number(found.found),
        kind="%(kind)s",
    )
    return file_links(asked.address, text)
