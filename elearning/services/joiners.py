"""Whose obligation opened in the last days: the people of one list, asked for by that day.

Only these people are read: their number does not grow with the institution.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from elearning.services.completion_overview import PeoplePage
from elearning.services.completion_people import Placed, placed_among, special_people
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
from elearning.services.people_filter import (
    Candidates,
    PeopleFilter,
    Row,
    names_of_units,
    select_people,
)
from elearning.storage.facts import covers


def joiners_page(
    session: Session, query: CompletionQuery, chosen: PeopleFilter, *, page: int, page_size: int
) -> PeoplePage:
    """Return one page of the joiners; a page beyond the last is the last."""
    every = _candidates(session, query, chosen)
    people = select_people(every, chosen)
    pages = max(1, -(-len(people) // page_size))
    shown = min(max(page, 1), pages)
    here = people[(shown - 1) * page_size : shown * page_size]
    return PeoplePage(
        rows=_rows(session, query, here, every.opened_on),
        found=len(people),
        everyone=len(every.people),
        page=shown,
        pages=pages,
    )


def joiner_rows(session: Session, query: CompletionQuery, chosen: PeopleFilter) -> tuple[Row, ...]:
    """Return all the same rows, for the files."""
    every = _candidates(session, query, chosen)
    return _rows(session, query, select_people(every, chosen), every.opened_on)


def _candidates(session: Session, query: CompletionQuery, chosen: PeopleFilter) -> Candidates:
    opened_on = _opened_on(session, query, chosen.opened_from or query.day)
    joined = set(opened_on)
    among = these_people(session, joined)
    names = select(key(PERSON.id), PERSON.sort_name).where(PERSON.id.in_(among))
    return Candidates(
        people=list(placed_among(session, query, joined, special_people(session, query))),
        sort_names=dict(read_rows(session, names)),
        unit_names=names_of_units(query.scope, chosen.lang),
        opened_on={person: day.isoformat() for person, day in opened_on.items()},
    )


def _opened_on(session: Session, query: CompletionQuery, first: date) -> dict[Key, date]:
    """Return when the obligation opened that a person has on the day; the first of several."""
    statement: Select[tuple[Key, date]] = (
        select(key(OBLIGATION.person_id), func.min(OBLIGATION.opened_on))
        .where(
            known_obligations(query),
            covers(OBLIGATION.opened_on, OBLIGATION.closed_on, query.day),
        )
        .group_by(OBLIGATION.person_id)
        .having(func.min(OBLIGATION.opened_on) >= first)
    )
    return dict(read_rows(session, statement))


def _rows(
    session: Session, query: CompletionQuery, people: Iterable[Placed], opened_on: Mapping[Key, str]
) -> tuple[Row, ...]:
    shown = list(people)
    among = these_people(session, (each.key for each in shown))
    statement = select(key(PERSON.id), PERSON.display_name).where(PERSON.id.in_(among))
    names, named = dict(read_rows(session, statement)), cache(query.scope.named)
    return tuple(
        Row(
            names[each.key],
            named(each.unit_ids),
            each.standing(),
            date.fromisoformat(opened_on[each.key]),
        )
        for each in shown
    )
