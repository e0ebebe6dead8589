"""Filter and sort the people of the completion overview: one way for the page and for the CSV."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elearning.learning.status import CompletionStatus, Standing
from elearning.services.unit_tree import UnitNode


@dataclass(frozen=True, slots=True)
class Row:
    """All that HR sees of a person: name, units, status and its dates.

    `opened_on` is only there where a list is about it.
    """

    name: str
    units: tuple[UnitNode, ...]
    standing: Standing
    opened_on: date | None = None


class StatusFilter(StrEnum):
    """What can be asked for: a status, or a group of them that a figure counts."""

    VALID = "valid"
    EXPIRING = "expiring"
    TO_DO = "to_do"
    OPEN = "open"
    IN_GRACE = "in_grace"
    PAST_DUE = "past_due"
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
    StatusFilter.PAST_DUE: (CompletionStatus.IN_GRACE, *LATE),
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
    OPENED_ON = "opened_on"


@dataclass(frozen=True, slots=True)
class PeopleFilter:
    """Which rows and in which order; `lang` is the language in which units are named.

    `ends_by` keeps who is valid now and no longer on the day after it, `opened_from` whose
    obligation opened on that day or later (services/joiners.py).
    """

    status: StatusFilter | None
    name: str
    sort: SortKey
    is_descending: bool
    lang: str
    ends_by: date | None = None
    opened_from: date | None = None


def unit_names(row: Row, lang: str) -> str:
    """Return the units of a row as they are shown."""
    return ", ".join(unit.name(lang) for unit in row.units)
