"""Coverage over time, exact for every day, from one reading of all intervals.

The database makes of each person's appointments, obligations and awards intervals that do not
overlap, and counts how many people share one; where they begin and end is then added up
(learning/sweep.py). Who was exempt, away or corrected goes the long way with all their facts.
Units and rules are those of the day asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    Text,
    case,
    cast,
    func,
    literal,
    select,
    union,
)
from sqlalchemy.orm import Session

from elearning.learning.status import ENDLESS
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

NEVER = ENDLESS.isoformat()


def trend(session: Session, query: CompletionQuery, days: Sequence[date]) -> tuple[Point, ...]:
    """Return the coverage on these days, which stand in order; the last is that of the query."""
    special = _special(session, query)
    sweep = Sweep()
    counted = _in_scope(session, query, special)
    sweep.add_counted(_spans(session, _separate(counted)))
    sweep.add_valid(_spans(session, _separate(_awarded(counted, query))))
    for _, known in each_person(session, query, these_people(session, special)):
        sweep.add_person(known.facts)
    return sweep.points(days)


def _special(session: Session, query: CompletionQuery) -> set[Key]:
    statement = union(
        select(key(EXEMPTION.person_id)).where(known_exemptions(query)),
        select(key(ABSENCE.person_id)).where(known_absences(query)),
        select(key(AWARD.person_id)).where(known_awards(query), AWARD.supersedes_id.is_not(None)),
    )
    return {person for (person,) in session.execute(statement)}


def _in_scope(session: Session, query: CompletionQuery, special: Iterable[Key]) -> Select[Any]:
    """Return when each appointment and each obligation of a person hold together."""
    starts = _later(_text(OBLIGATION.opened_on), _text(APPOINTMENT.starts_on))
    ends = _earlier(_end(OBLIGATION.closed_on), _end(APPOINTMENT.ends_on))
    return (
        select(OBLIGATION.person_id.label("person"), starts.label("a"), ends.label("z"))
        .select_from(Obligation.__table__)
        .join(Appointment.__table__, APPOINTMENT.person_id == OBLIGATION.person_id)
        .where(
            known_obligations(query),
            counted_appointments(session, query),
            OBLIGATION.person_id.not_in(these_people(session, special)),
        )
    )


def _awarded(counted: Select[Any], query: CompletionQuery) -> Select[Any]:
    """Return when an award holds as well: until it ends or is withdrawn."""
    starts, ends = counted.selected_columns["a"], counted.selected_columns["z"]
    until = _earlier(_end(AWARD.valid_until), _end(withdrawal_known(query)))
    return (
        counted.with_only_columns(
            OBLIGATION.person_id.label("person"),
            _later(_text(AWARD.valid_from), starts).label("a"),
            _earlier(until, ends).label("z"),
        )
        .join(Award.__table__, AWARD.person_id == OBLIGATION.person_id)
        .where(known_awards(query))
    )


def _separate(spans: Select[Any]) -> Select[Any]:
    """Return the same days of each person in spans that do not overlap, with how many share one.

    A span begins where all before it have ended: the latest end so far, in order of their starts.
    """
    rows = spans.subquery("spans")
    so_far = func.max(rows.c.z).over(
        partition_by=rows.c.person, order_by=(rows.c.a, rows.c.z), rows=(None, -1)
    )
    ordered = select(rows.c.a, rows.c.z, so_far.label("so_far")).where(rows.c.a < rows.c.z)
    found = ordered.subquery("ordered")
    begins = _later(found.c.a, func.coalesce(found.c.so_far, found.c.a)).label("begins")
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


def _text(column: Any) -> ColumnElement[str]:  # noqa: ANN401 - a column of days
    return cast(column, Text)


def _end(column: Any) -> ColumnElement[str]:  # noqa: ANN401 - a column of days
    return func.coalesce(cast(column, Text), literal(NEVER))


def _later(one: ColumnElement[str], other: ColumnElement[str]) -> ColumnElement[str]:
    return case((one > other, one), else_=other)


def _earlier(one: ColumnElement[str], other: ColumnElement[str]) -> ColumnElement[str]:
    return case((one < other, one), else_=other)
