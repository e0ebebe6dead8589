"""Filter and sort the people of the completion overview: one way for the page and for the CSV."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from operator import attrgetter

from elearning.folding import folded
from elearning.learning.status import CompletionStatus, Standing
from elearning.services.completion_people import Placed
from elearning.services.completion_query import Key
from elearning.services.unit_tree import UnitNode

BY_STATUS = tuple(CompletionStatus)


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

    def holds(self, standing: Standing | Placed) -> bool:
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


@dataclass(frozen=True, slots=True)
class Candidates:
    """Everybody that a filter chooses from, with what it compares: names, and names of units."""

    people: Sequence[Placed]
    sort_names: Mapping[Key, str]
    unit_names: Callable[[Placed], str]


def select_people(found: Candidates, chosen: PeopleFilter) -> list[Placed]:
    """Return who meets the filter, sorted; who lacks the date comes last either way."""
    names, wanted = found.sort_names, folded(chosen.name)
    last_end = None if chosen.ends_by is None else chosen.ends_by.isoformat()
    people = [
        each
        for each in found.people
        if (chosen.status is None or chosen.status.holds(each))
        and (not wanted or wanted in names[each.key])
        and (last_end is None or _ends_by(each, last_end))
    ]
    people.sort(key=lambda each: (names[each.key], each.unit_ids, str(each.key)))
    if chosen.sort is SortKey.NAME:
        return people[::-1] if chosen.is_descending else people
    if chosen.sort in DATES:
        return _by_date(people, DATES[chosen.sort], is_descending=chosen.is_descending)
    by_unit = chosen.sort is SortKey.UNIT
    people.sort(key=found.unit_names if by_unit else _rank, reverse=chosen.is_descending)
    return people


DATES: dict[SortKey, Callable[[Placed], str | None]] = {
    SortKey.OBTAINED_ON: attrgetter("obtained_on"),
    SortKey.DUE_ON: attrgetter("due_on"),
    SortKey.VALID_UNTIL: attrgetter("ended_on"),
}


def _ends_by(person: Placed, last_end: str) -> bool:
    is_valid = person.status is CompletionStatus.VALID
    return is_valid and person.ended_on is not None and person.ended_on <= last_end


def _by_date(
    people: list[Placed], date_of: Callable[[Placed], str | None], *, is_descending: bool
) -> list[Placed]:
    dated = [each for each in people if date_of(each) is not None]
    dated.sort(key=lambda each: date_of(each) or "", reverse=is_descending)
    return [*dated, *(each for each in people if date_of(each) is None)]


def _rank(person: Placed) -> int:
    """Return the place of a status in the order of the table; who expires soon stands apart."""
    return 2 * BY_STATUS.index(person.status) + (not person.is_expiring)


def unit_names(row: Row, lang: str) -> str:
    """Return the units of a row as they are shown."""
    return ", ".join(unit.name(lang) for unit in row.units)
