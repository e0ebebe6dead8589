"""Whose obligation opened in the last days: the people of one list, asked for by that day.

Only these people are read, with all their facts: their number does not grow with the institution.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from elearning.folding import folded
from elearning.services.completion_people import everything_about
from elearning.services.completion_query import (
    OBLIGATION,
    PERSON,
    CompletionQuery,
    Key,
    key,
    known_obligations,
    read_rows,
    these_people,
)
from elearning.services.completion_table import PeoplePage, people_rows
from elearning.services.packed_days import CELLS
from elearning.services.people_filter import PeopleFilter, Row, SortKey, unit_names
from elearning.storage.facts import covers

DATES: Mapping[SortKey, Callable[[Row], date | None]] = {
    SortKey.OPENED_ON: lambda row: row.opened_on,
    SortKey.OBTAINED_ON: lambda row: row.standing.obtained_on,
    SortKey.DUE_ON: lambda row: row.standing.due_on,
    SortKey.VALID_UNTIL: lambda row: row.standing.valid_until,
}


def joiners_page(
    session: Session, query: CompletionQuery, chosen: PeopleFilter, *, page: int, page_size: int
) -> PeoplePage:
    """Return one page of the joiners; a page beyond the last is the last."""
    every = tuple(_joiners(session, query, chosen.opened_from or query.day))
    found = _sorted([row for row in every if _fits(row, chosen)], chosen)
    pages = max(1, -(-len(found) // page_size))
    shown = min(max(page, 1), pages)
    return PeoplePage(
        rows=tuple(found[(shown - 1) * page_size : shown * page_size]),
        found=len(found),
        everyone=len(every),
        page=shown,
        pages=pages,
    )


def joiner_rows(session: Session, query: CompletionQuery, chosen: PeopleFilter) -> tuple[Row, ...]:
    """Return all the same rows, for the files."""
    every = _joiners(session, query, chosen.opened_from or query.day)
    return tuple(_sorted([row for row in every if _fits(row, chosen)], chosen))


def list_rows(session: Session, query: CompletionQuery, chosen: PeopleFilter) -> tuple[Row, ...]:
    """Return the rows of whichever list a filter is of: who joined, or everybody."""
    find = people_rows if chosen.opened_from is None else joiner_rows
    return find(session, query, chosen)


def _joiners(session: Session, query: CompletionQuery, first: date) -> Iterator[Row]:
    """Yield everybody whose obligation opened on that day or later, in the order of their keys."""
    opened_on = dict(read_rows(session, _opened_on(query, first)))
    among = these_people(session, opened_on)
    names: dict[Key, str] = dict(
        read_rows(session, select(key(PERSON.id), PERSON.display_name).where(PERSON.id.in_(among)))
    )
    found = sorted(everything_about(session, query, among), key=lambda each: str(each.key))
    for each in found:
        units = query.scope.named(each.unit_ids)
        yield Row(names[each.key], units, each.standing(), opened_on[each.key])


def _opened_on(query: CompletionQuery, first: date) -> Select[Any]:
    """Return when the obligation opened that a person has on the day; the first of several."""
    return (
        select(key(OBLIGATION.person_id), func.min(OBLIGATION.opened_on))
        .where(
            known_obligations(query),
            covers(OBLIGATION.opened_on, OBLIGATION.closed_on, query.day),
        )
        .group_by(OBLIGATION.person_id)
        .having(func.min(OBLIGATION.opened_on) >= first)
    )


def _fits(row: Row, chosen: PeopleFilter) -> bool:
    has_status = chosen.status is None or chosen.status.holds(row.standing)
    return has_status and folded(chosen.name) in folded(row.name)


def _sorted(rows: list[Row], chosen: PeopleFilter) -> list[Row]:
    """Return the rows in the order that is asked for; who lacks the date comes last either way."""
    rows.sort(key=lambda row: folded(row.name))
    day_of = DATES.get(chosen.sort)
    if day_of is not None:
        dated = [row for row in rows if day_of(row) is not None]
        dated.sort(key=lambda row: day_of(row) or date.max, reverse=chosen.is_descending)
        return [*dated, *(row for row in rows if day_of(row) is None)]
    by: Mapping[SortKey, Callable[[Row], Any]] = {
        SortKey.UNIT: lambda row: folded(unit_names(row, chosen.lang)),
        SortKey.STATUS: lambda row: CELLS.index((row.standing.status, row.standing.is_expiring)),
        SortKey.NAME: lambda row: folded(row.name),
    }
    return sorted(rows, key=by[chosen.sort], reverse=chosen.is_descending)
