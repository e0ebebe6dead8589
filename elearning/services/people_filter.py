"""Filter and sort the people of the completion overview: one way for the page and for the CSV."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elearning.learning.status import CompletionStatus, Standing
from elearning.services.hr_scope import UnitNode

BY_STATUS = tuple(CompletionStatus)


@dataclass(frozen=True, slots=True)
class Row:
    """All that HR sees of a person: name, units, status and its dates."""

    name: str
    units: tuple[UnitNode, ...]
    standing: Standing


class StatusFilter(StrEnum):
    """What can be asked for: a status, or a group of them that a figure counts."""

    VALID = "valid"
    EXPIRING = "expiring"
    TO_DO = "to_do"
    OPEN = "open"
    IN_GRACE = "in_grace"
    LATE = "late"
    OVERDUE = "overdue"
    LAPSED = "lapsed"
    EXEMPT = "exempt"
    PAUSED = "paused"

    def holds(self, standing: Standing) -> bool:
        """Say whether a standing belongs to what is asked for."""
        if self is StatusFilter.EXPIRING:
            return standing.is_expiring
        return standing.status in GROUPS.get(self, (self.value,))


LATE = (CompletionStatus.OVERDUE, CompletionStatus.LAPSED)
GROUPS: dict[StatusFilter, tuple[str, ...]] = {
    StatusFilter.LATE: LATE,
    StatusFilter.TO_DO: (CompletionStatus.OPEN, CompletionStatus.IN_GRACE, *LATE),
}


class SortKey(StrEnum):
    """The columns that rows can be sorted by."""

    NAME = "name"
    UNIT = "unit"
    STATUS = "status"
    OBTAINED_ON = "obtained_on"
    DUE_ON = "due_on"
    VALID_UNTIL = "valid_until"


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which rows and in which order; `lang` is the language in which units are named."""

    status: StatusFilter | None
    name: str
    sort: SortKey
    is_descending: bool
    lang: str


def select_rows(rows: Iterable[Row], chosen: PeopleFilter) -> tuple[Row, ...]:
    """Return the rows that meet the filter, sorted; rows without the date come last either way."""
    wanted = folded(chosen.name)
    found = [
        row
        for row in rows
        if (chosen.status is None or chosen.status.holds(row.standing))
        and (not wanted or wanted in folded(row.name))
    ]
    found.sort(key=lambda row: (folded(row.name), [unit.code for unit in row.units]))
    if chosen.sort is SortKey.NAME:
        return tuple(found[::-1] if chosen.is_descending else found)
    if chosen.sort in DATES:
        return _by_date(found, DATES[chosen.sort], is_descending=chosen.is_descending)
    found.sort(key=_text_key(chosen), reverse=chosen.is_descending)
    return tuple(found)


DATES: dict[SortKey, Callable[[Standing], date | None]] = {
    SortKey.OBTAINED_ON: lambda standing: standing.obtained_on,
    SortKey.DUE_ON: lambda standing: standing.due_on,
    SortKey.VALID_UNTIL: lambda standing: standing.valid_until,
}


def _by_date(
    rows: list[Row], date_of: Callable[[Standing], date | None], *, is_descending: bool
) -> tuple[Row, ...]:
    dated = [row for row in rows if date_of(row.standing) is not None]
    dated.sort(key=lambda row: date_of(row.standing) or date.max, reverse=is_descending)
    return (*dated, *(row for row in rows if date_of(row.standing) is None))


def _text_key(chosen: PeopleFilter) -> Callable[[Row], tuple[int, str]]:
    if chosen.sort is SortKey.STATUS:
        return lambda row: (
            2 * BY_STATUS.index(row.standing.status) + (not row.standing.is_expiring),
            "",
        )
    return lambda row: (0, folded(unit_names(row, chosen.lang)))


def unit_names(row: Row, lang: str) -> str:
    """Return the units of a row as they are shown."""
    return ", ".join(unit.name(lang) for unit in row.units)


def folded(text: str) -> str:
    """Return text without case and accents, so that `gokce` finds `Gökçe`."""
    if text.isascii():
        return text.strip().casefold()
    decomposed = unicodedata.normalize("NFKD", text.strip())
    return "".join(sign for sign in decomposed if not unicodedata.combining(sign)).casefold()
