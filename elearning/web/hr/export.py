"""What the files about completion hold: the rows of the screen, all of them, and what they are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from flask_babel import gettext as _

from elearning.learning.status import CompletionStatus
from elearning.services.completion_overview import UnitLine
from elearning.services.completion_query import CompletionQuery
from elearning.services.people_filter import Row, SortKey, unit_names
from elearning.web.hr.filters import Asked
from elearning.web.hr.list_words import list_text, opened_text
from elearning.web.hr.people_list import EVERYONE
from elearning.web.hr.sheet import Sheet, Value
from elearning.web.hr.words import (
    column_text,
    completion_text,
    definition_line,
    expires_text,
    filter_text,
    last_valid_day,
)

Head = tuple[tuple[str, Value], ...]
UNIT_KEYS = (
    "unit", "name", "level", "counted", "valid", "share", "open", "in_grace", "overdue", "lapsed",
    "exempt", "paused",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Making:
    """Who makes a file, when, in which language, from which question, on which roster."""

    asked: Asked
    query: CompletionQuery
    made_by: str
    made_at: datetime
    lang: str
    roster_of: date | None

    def head(self, rows: int) -> Head:
        """Return what a file of people says of itself."""
        asked, validity = self.asked, self.query.training.validity
        return self.framed(
            rows,
            (_("Status"), filter_text(asked.chosen_status, validity)),
            (_("Expires"), expires_text(asked.ends_within)),
            (_("Name contains"), asked.name),
            definition=definition_line(validity),
        )

    def framed(self, rows: int, *filters: tuple[str, Value], definition: str) -> Head:
        """Return what every file says of itself, around filters of its own."""
        asked, query, lang = self.asked, self.query, self.lang
        unit = query.scope.unit
        return (
            (_("Training"), query.training.title[lang]),
            (_("Unit"), _("Your units") if unit is None else unit.name(lang)),
            *filters,
            (_("As of"), asked.day),
            (_("As known on"), asked.known_on or self.made_at.date()),
            (_("Roster"), self.roster_of or _("no roster has been applied")),
            (_("Made by"), self.made_by),
            (_("Made on"), self.made_at.isoformat(timespec="minutes")),
            (_("Rows"), rows),
            (_("What counts"), definition),
        )


def people_sheet(rows: Sequence[Row], making: Making) -> Sheet:
    """Return a list of people as a file."""
    listed, day = making.asked.listed, making.asked.day.isoformat()
    return Sheet(
        name=f"{list_text(listed).file}-{day}",
        head=(*_which_list(making.asked), *making.head(len(rows))),
        columns=tuple(column_text(column) for column in listed.columns),
        keys=listed.columns,
        rows=list(_cells(rows, making.lang, listed.columns)),
    )


def _which_list(asked: Asked) -> Head:
    """Return what a list says of itself that is not about everyone."""
    if asked.listed == EVERYONE:
        return ()
    since = (_("Must hold it since"), opened_text(asked.opened_within))
    named = (_("List"), list_text(asked.listed).heading)
    return (named,) if asked.opened_within is None else (named, since)


def _cells(
    rows: Iterable[Row], lang: str, columns: Sequence[SortKey]
) -> Iterator[tuple[Value, ...]]:
    """Yield the cells of each row; what a status is called is asked for once, not for each."""

    @cache
    def status_words(status: CompletionStatus, is_expiring: bool) -> str:  # noqa: FBT001 - a key
        return completion_text(status, is_expiring=is_expiring)

    readers: dict[SortKey, Callable[[Row], Value]] = {
        SortKey.NAME: lambda row: row.name,
        SortKey.UNIT: lambda row: unit_names(row, lang),
        SortKey.STATUS: lambda row: status_words(row.standing.status, row.standing.is_expiring),
        SortKey.OBTAINED_ON: lambda row: row.standing.obtained_on,
        SortKey.DUE_ON: lambda row: row.standing.due_on,
        SortKey.VALID_UNTIL: lambda row: last_valid_day(row.standing.valid_until),
        SortKey.OPENED_ON: lambda row: row.opened_on,
    }
    asked = [readers[column] for column in columns]
    for row in rows:
        yield tuple([read(row) for read in asked])


def units_sheet(lines: Sequence[UnitLine], making: Making) -> Sheet:
    """Return the rates of every unit as a file."""
    return Sheet(
        name=_("units-%(day)s", day=making.asked.day.isoformat()),
        head=making.framed(len(lines), definition=definition_line(making.query.training.validity)),
        columns=unit_columns(),
        keys=UNIT_KEYS,
        rows=[unit_cells(line, making.lang) for line in lines],
    )


def unit_columns() -> tuple[str, ...]:
    """Return the headings of the table with units."""
    return (
        _("Code"),
        _("Unit"),
        _("Level"),
        _("Staff"),
        _("Completed"),
        _("Share (per cent)"),
        _("Open"),
        _("Just past the date"),
        _("Past the date"),
        _("Expired"),
        _("Exempt"),
        _("Paused"),
    )


def unit_cells(line: UnitLine, lang: str) -> tuple[Value, ...]:
    """Return one unit as typed cells: whole numbers, and nothing where nobody counts."""
    rates = line.rates
    return (
        line.unit.code,
        line.unit.name(lang),
        line.depth,
        rates.counted,
        rates.valid,
        rates.coverage.percent,
        rates.open,
        rates.in_grace,
        rates.overdue,
        rates.lapsed,
        rates.exempt,
        rates.paused,
    )
