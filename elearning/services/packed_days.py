"""The days that decide a status, two to a text, and the rule about them as SQL.

The database finds a pair by one `min` or `max`: of several obligations the earliest due with the
day it opened (`dates`), of several awards the longest with the day it was obtained (`longest`). A
pair is compared whole, which costs half of what taking it apart for everybody does: ISO texts sort
as days do, and what stands behind the first day decides nothing where the other text is shorter.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import product
from typing import Any

from sqlalchemy import ColumnElement, Date, Text, and_, case, cast, func, literal, null, or_
from sqlalchemy.orm import Session

from elearning.learning.status import CompletionStatus, Terms
from elearning.storage.engine import is_sqlite

# A status, and whether it expires soon (which comes first), as one number: it counts quicker than
# both, and lists sort by it.
CELLS = tuple(product(CompletionStatus, (True, False)))
ISO_LENGTH = 10
# Sorts behind every year to come that an award can be obtained in.
BEHIND_EVERY_DAY = "9"
# Stands where the first day back does, for who is exempt. It sorts behind every day: whoever is
# exempt is to every rule as somebody who is still away, but for the name of the status.
EXEMPT = "exempt"
Column = ColumnElement[Any]


def taken_apart(pair: str) -> tuple[str, str]:
    """Return both days of a pair."""
    return pair[:ISO_LENGTH], pair[ISO_LENGTH:]


def after_return(dates: Column, back_on: Column, late_on: Column) -> Column:
    """Return the pair `dates` of somebody who came back from a long absence.

    Nothing is due before the day that leaves them time after it (learning/status.py).
    """
    opened_on = second_of(dates)
    is_later = and_(back_on.is_not(None), back_on > opened_on, late_on > dates)
    return case((is_later, late_on + opened_on), else_=dates)


def first_of(pair: Column) -> Column:
    """Return the day by which pairs sort."""
    return func.substr(pair, 1, ISO_LENGTH)


def second_of(pair: Column) -> Column:
    """Return the day that goes with it."""
    return func.substr(pair, ISO_LENGTH + 1)


def is_paused(terms: Terms[str], back_on: Column) -> ColumnElement[bool]:
    """Return who is away, by the first day back of an absence that began by the day; or exempt."""
    return and_(back_on.is_not(None), back_on > literal(terms.day))


def cell_sql(
    terms: Terms[str], dates: Column, longest: Column, back_on: Column
) -> ColumnElement[int]:
    """Return the rule as SQL: a status, and whether it expires soon, as one number of `CELLS`.

    It is that of `standing_on`. The obligation opened by the day asked for: so who is valid on it
    is not new, and the commonest case comes first.
    """

    def cell(status: CompletionStatus, *, is_expiring: bool = False) -> ColumnElement[int]:
        return literal(CELLS.index((status, is_expiring)))

    grace = literal(terms.grace_began_on)
    is_new = or_(longest.is_(None), longest <= second_of(dates) + literal(BEHIND_EVERY_DAY))
    aside = case(
        (back_on == literal(EXEMPT), cell(CompletionStatus.EXEMPT)),
        else_=cell(CompletionStatus.PAUSED),
    )
    return case(
        (is_paused(terms, back_on), aside),
        (_is_after(longest, terms.window_ends_on), cell(CompletionStatus.VALID)),
        (_is_after(longest, terms.day), cell(CompletionStatus.VALID, is_expiring=True)),
        (and_(is_new, dates >= literal(terms.day)), cell(CompletionStatus.OPEN)),
        (dates >= grace, cell(CompletionStatus.IN_GRACE)),
        (is_new, cell(CompletionStatus.OVERDUE)),
        (_is_after(longest, terms.grace_began_on), cell(CompletionStatus.IN_GRACE)),
        else_=cell(CompletionStatus.LAPSED),
    )


def late_on_sql(
    session: Session, terms: Terms[str], dates: Column, longest: Column, back_on: Column
) -> Column:
    """Return `Terms.deadline` as SQL, as text; nothing for who is valid, away or exempt."""
    due_on, opened_on, ended_on = first_of(dates), second_of(dates), first_of(longest)
    is_new = or_(ended_on.is_(None), ended_on <= opened_on)
    day_before = (
        func.date(ended_on, "-1 day")
        if is_sqlite(session)
        else cast(cast(ended_on, Date) - 1, Text)
    )
    return case(
        (is_paused(terms, back_on), null()),
        (is_new, due_on),
        (ended_on > literal(terms.day), null()),
        (day_before > due_on, day_before),
        else_=due_on,
    )


def _is_after(pair: Column, day: str) -> ColumnElement[bool]:
    """Return whether the first of a pair lies after a day; false without one."""
    return pair >= literal(_next_day(day))


def _next_day(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()
