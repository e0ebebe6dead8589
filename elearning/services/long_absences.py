"""Long absences as the database finds them: the only one of a person, or who had several.

A short absence changes nothing, and parts that touch are one (learning/status.py). So whoever has
one absence is told by that one; whoever has several goes the long way with all their facts.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, Uuid, func, select
from sqlalchemy.orm import Session

from elearning.learning.status import DAYS_AFTER_RETURN, LONG_ABSENCE_DAYS
from elearning.services.completion_query import ABSENCE, CompletionQuery, Key, key, known_absences
from elearning.services.listed import Types

# The rows that a statement joins: a person with their `Away`.
AWAY: Types = {"person": Uuid, "from_on": Text, "back_on": Text, "late_on": Text}
FIRST, BACK = func.min(ABSENCE.from_on), func.max(ABSENCE.until_on)


class Away(NamedTuple):
    """A long absence, in ISO texts: its first day, the first day back, and when all is due then."""

    from_on: str
    back_on: str
    late_on: str


def only_absences(
    session: Session, query: CompletionQuery, first: date, last: date
) -> dict[Key, Away]:
    """Return who had one absence, and a long one, on some of these days."""
    rows = session.execute(
        _everyone_away(query, first, last).add_columns(FIRST, BACK).having(func.count() == 1)
    )
    return {
        person: _away(from_on, back_on)
        for person, from_on, back_on in rows
        if (back_on - from_on).days >= LONG_ABSENCE_DAYS
    }


@cache
def _away(from_on: date, back_on: date) -> Away:
    days = from_on, back_on, back_on + timedelta(days=DAYS_AFTER_RETURN)
    return Away(*(day.isoformat() for day in days))


def people_with_several(
    session: Session, query: CompletionQuery, first: date, last: date
) -> set[Key]:
    """Return who had several absences of which one lies, or may lie, on some of the days."""
    several = _everyone_away(query, first, last).having(func.count() > 1)
    return {person for (person,) in session.execute(several)}


def _everyone_away(query: CompletionQuery, first: date, last: date) -> Select[Any]:
    """Return who was away, and back on the first day at the earliest: that day counts from then."""
    return (
        select(key(ABSENCE.person_id).label("person"))
        .where(known_absences(query))
        .group_by(ABSENCE.person_id)
        .having(last >= FIRST, first <= BACK)
    )
