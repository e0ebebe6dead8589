"""Coverage over time, exact for every day, from one reading of all intervals.

The database makes of each person's appointments, obligations and awards intervals that do not
overlap, and counts how many people share one; where they begin and end is then added up
(learning/sweep.py). Who was exempt, away or corrected goes the long way with all their facts.
Units and rules are those of the day asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    and_,
    cast,
    func,
    literal,
    or_,
    select,
    union,
)
from sqlalchemy.orm import Session

from elearning.learning.sweep import Point, Span, Sweep
from elearning.services.completion_facts import each_person
from elearning.services.completion_query import (
    ABSENCE,
    APPOINTMENT,
    AWARD,
    EXEMPTION,
    OBLIGATION,
    CompletionQuery,
    Key,
    counted_appointments,
    key,
    known_absences,
    known_awards,
    known_exemptions,
    known_obligations,
    read_rows,
    these_people,
    withdrawal_known,
)
from elearning.storage.completion import Award, Obligation
from elearning.storage.people import Appointment


def trend(session: Session, query: CompletionQuery, days: Sequence[date]) -> tuple[Point, ...]:
    """Return the coverage on these days, which stand in order; the last is that of the query."""
    special = _special(session, query)
    window = _Window(session, days[0], days[-1] + timedelta(days=1))
    sweep = Sweep()
    counted = _in_scope(session, query, special, window)
    sweep.add_counted(_spans(session, _separate(counted, window)))
    sweep.add_valid(_spans(session, _separate(_awarded(counted, query, window), window)))
    for _, known in each_person(session, query, these_people(session, special)):
        sweep.add_person(known.facts)
    return sweep.points(days)


class _Window:
    """The days of the trend: what lies outside is cut off, so that fewer spans differ.

    The two databases name the largest and the smallest of some values differently.
    """

    def __init__(self, session: Session, first: date, after: date) -> None:
        self.first, self.after = first, after
        is_sqlite = session.get_bind().dialect.name == "sqlite"
        self._largest = func.max if is_sqlite else func.greatest
        self._smallest = func.min if is_sqlite else func.least

    def meets(self, from_on: ColumnElement[Any], until_on: ColumnElement[Any]) -> Any:  # noqa: ANN401 - a condition
        """Return which rows hold on some of the days."""
        return and_(from_on < self.after, or_(until_on.is_(None), until_on > self.first))

    def latest(self, *days: ColumnElement[Any]) -> ColumnElement[str]:
        """Return the last of these days as text, and no earlier than the first."""
        texts = (cast(day, Text) for day in days)
        return self._largest(literal(self.first.isoformat()), *texts)

    def earliest(self, *days: ColumnElement[Any]) -> ColumnElement[str]:
        """Return the first of these days as text, and no later than the end; none is the end."""
        after = literal(self.after.isoformat())
        return self._smallest(after, *(func.coalesce(cast(day, Text), after) for day in days))

    def later(self, one: ColumnElement[str], other: ColumnElement[str]) -> ColumnElement[str]:
        """Return the later of two texts."""
        return self._largest(one, other)


def _special(session: Session, query: CompletionQuery) -> set[Key]:
    statement = union(
        select(key(EXEMPTION.person_id)).where(known_exemptions(query)),
        select(key(ABSENCE.person_id)).where(known_absences(query)),
        select(key(AWARD.person_id)).where(known_awards(query), AWARD.supersedes_id.is_not(None)),
    )
    return {person for (person,) in session.execute(statement)}


def _in_scope(
    session: Session, query: CompletionQuery, special: Iterable[Key], window: _Window
) -> Select[Any]:
    """Return when each appointment and each obligation of a person hold together."""
    return (
        select(
            OBLIGATION.person_id.label("person"),
            window.latest(OBLIGATION.opened_on, APPOINTMENT.starts_on).label("a"),
            window.earliest(OBLIGATION.closed_on, APPOINTMENT.ends_on).label("z"),
        )
        .select_from(Obligation.__table__)
        .join(Appointment.__table__, APPOINTMENT.person_id == OBLIGATION.person_id)
        .where(
            known_obligations(query),
            counted_appointments(session, query),
            window.meets(OBLIGATION.opened_on, OBLIGATION.closed_on),
            window.meets(APPOINTMENT.starts_on, APPOINTMENT.ends_on),
            OBLIGATION.person_id.not_in(these_people(session, special)),
        )
    )


def _awarded(counted: Select[Any], query: CompletionQuery, window: _Window) -> Select[Any]:
    """Return when an award holds as well: until it ends or is withdrawn."""
    starts = OBLIGATION.opened_on, APPOINTMENT.starts_on, AWARD.valid_from
    ends = OBLIGATION.closed_on, APPOINTMENT.ends_on, AWARD.valid_until, withdrawal_known(query)
    return (
        counted.with_only_columns(
            OBLIGATION.person_id.label("person"),
            window.latest(*starts).label("a"),
            window.earliest(*ends).label("z"),
        )
        .join(Award.__table__, AWARD.person_id == OBLIGATION.person_id)
        .where(known_awards(query), window.meets(AWARD.valid_from, AWARD.valid_until))
    )


def _separate(spans: Select[Any], window: _Window) -> Select[Any]:
    """Return the same days of each person in spans that do not overlap, with how many share one.

    A span begins where all before it have ended: the latest end so far, in order of their starts.
    Without the word, SQLite would work every day out again for each comparison.
    """
    rows = spans.cte("spans").prefix_with("MATERIALIZED")
    so_far = func.max(rows.c.z).over(
        partition_by=rows.c.person, order_by=(rows.c.a, rows.c.z), rows=(None, -1)
    )
    ordered = select(rows.c.a, rows.c.z, so_far.label("so_far")).where(rows.c.a < rows.c.z)
    found = ordered.cte("ordered").prefix_with("MATERIALIZED")
    begins = window.later(found.c.a, func.coalesce(found.c.so_far, found.c.a)).label("begins")
    return (
        select(begins, found.c.z, func.count())
        .where(begins < found.c.z)
        .group_by(begins, found.c.z)
    )


def _spans(session: Session, statement: Select[Any]) -> Iterator[tuple[Span, int]]:
    dates: dict[str, date] = {}

    def day(text: str) -> date:
        if text not in dates:
            dates[text] = date.fromisoformat(text)
        return dates[text]

    for first, after, people in read_rows(session, statement):
        yield (day(first), day(after)), people
