"""Long absences as the database finds them: the only one of a person, or who had several.

A short absence changes nothing, and parts that touch are one (learning/status.py). So whoever has
one absence is told by that one; whoever has several goes the long way with all their facts.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import NamedTuple

from sqlalchemy import Text, Uuid, func, select
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


class FoundAway(NamedTuple):
    """Who had one absence, and a long one; and who had several, of any length."""

    once: dict[Key, Away]
    several: set[Key]


def long_absences(session: Session, query: CompletionQuery, first: date, last: date) -> FoundAway:
    """Return who was away on some of these days; of several absences one lies, or may lie, there.

    The first day back counts: something may be due from it.
    """
    number = func.count()
    rows = session.execute(
        select(key(ABSENCE.person_id), FIRST, BACK, number)
        .where(known_absences(query))
        .group_by(ABSENCE.person_id)
        .having(last >= FIRST, first <= BACK)
    )
    found = FoundAway({}, set())
    for person, from_on, back_on, absences in rows:
        if absences > 1:
            found.several.add(person)
        elif (back_on - from_on).days >= LONG_ABSENCE_DAYS:
            found.once[person] = _away(from_on, back_on)
    return found


@cache
def _away(from_on: date, back_on: date) -> Away:
    days = from_on, back_on, back_on + timedelta(days=DAYS_AFTER_RETURN)
    return Away(*(day.isoformat() for day in days))
