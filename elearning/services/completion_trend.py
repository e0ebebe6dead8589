"""Coverage over time, exact for every day, from one reading of all intervals.

The database finds when each person counts and is valid, and how many people share those days
(services/completion_spans.py); where they begin and end is then added up (learning/sweep.py). From
the spans of who was exempt or away once, those days are taken off. Who was so several times, or
counts with a break, goes the long way with all their facts.
Units and rules are those of the day asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.learning.sweep import Point, Span, Sweep
from elearning.services.completion_facts import each_person
from elearning.services.completion_query import (
    EXEMPTION,
    CompletionQuery,
    Key,
    key,
    known_exemptions,
    these_people,
)
from elearning.services.completion_spans import COUNTED, ODD, VALID, Gap, Spans
from elearning.services.long_absences import long_absences
from elearning.services.trend_window import Window


def trend(session: Session, query: CompletionQuery, days: Sequence[date]) -> tuple[Point, ...]:
    """Return the coverage on these days, which stand in order; the last is that of the query."""
    gaps = _gaps(session, query, days[0], days[-1])
    special = {person for person, gap in gaps.items() if gap is None}
    once = {person: gap for person, gap in gaps.items() if gap is not None}
    spans = Spans(session, query, Window(session, days[0], days[-1] + timedelta(days=1)))
    found: dict[int, list[tuple[Span, int]]] = {COUNTED: [], VALID: []}
    for kind, first, after, people, person in chain(
        spans.without_a_gap(gaps), spans.with_a_gap(once)
    ):
        if kind == ODD:
            special.add(person)
        else:
            found[kind].append(((_day(first), _day(after)), people))
    sweep = Sweep()
    sweep.add_counted(found[COUNTED])
    sweep.add_valid(found[VALID])
    for _, known in each_person(session, query, these_people(session, special)):
        sweep.add_person(known.facts)
    return sweep.points(days)


def _gaps(
    session: Session, query: CompletionQuery, first: date, last: date
) -> dict[Key, Gap | None]:
    """Return who was exempt or away on some of the days, and when; nothing if more than once."""
    exempt = select(key(EXEMPTION.person_id), EXEMPTION.from_on, EXEMPTION.until_on).where(
        known_exemptions(query), EXEMPTION.from_on <= last, EXEMPTION.until_on > first
    )
    absences = long_absences(session, query, first, last)
    found: dict[Key, Gap | None] = {
        person: (away.from_on, away.back_on) for person, away in absences.once.items()
    }
    for person, from_on, until_on in session.execute(exempt):
        is_first = person not in found
        found[person] = (from_on.isoformat(), until_on.isoformat()) if is_first else None
    return found | dict.fromkeys(absences.several, None)


@cache
def _day(text: str) -> date:
    return date.fromisoformat(text)
