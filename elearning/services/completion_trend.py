"""Coverage over time, exact for every day, from one reading of all intervals.

The database finds when each person counts and is valid, and how many people share those days;
where they begin and end is then added up (learning/sweep.py). Who was exempt, away or corrected,
or counts with a break, goes the long way with all their facts.
Units and rules are those of the day asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    String,
    Text,
    Uuid,
    and_,
    cast,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    type_coerce,
    union,
    union_all,
)
from sqlalchemy.orm import Session

from elearning.learning.sweep import Point, Sweep
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
    replaced_from,
    some_replaced_by_less,
    these_people,
    withdrawal_known,
)
from elearning.storage.completion import Obligation
from elearning.storage.people import Appointment


def trend(session: Session, query: CompletionQuery, days: Sequence[date]) -> tuple[Point, ...]:
    """Return the coverage on these days, which stand in order; the last is that of the query."""
    special = _special(session, query)
    window = _Window(session, days[0], days[-1] + timedelta(days=1))
    sweep = Sweep()
    for kind, first, after, people, person in _added_up(session, query, special, window):
        if kind == ODD:
            special.add(person)
            continue
        span = _day(first), _day(after)
        add = sweep.add_valid if kind == VALID else sweep.add_counted
        add([(span, people)])
    for _, known in each_person(session, query, these_people(session, special)):
        sweep.add_person(known.facts)
    return sweep.points(days)


COUNTED, VALID, ODD = range(3)


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

    def sooner(self, one: ColumnElement[str], other: ColumnElement[str]) -> ColumnElement[str]:
        """Return the earlier of two texts."""
        return self._smallest(one, other)

    def later(self, one: ColumnElement[str], other: ColumnElement[str]) -> ColumnElement[str]:
        """Return the later of two texts."""
        return self._largest(one, other)


def _special(session: Session, query: CompletionQuery) -> set[Key]:
    statement = union(
        select(key(EXEMPTION.person_id)).where(known_exemptions(query)),
        select(key(ABSENCE.person_id)).where(known_absences(query)),
    )
    return {person for (person,) in session.execute(statement)}


def _added_up(
    session: Session, query: CompletionQuery, special: Iterable[Key], window: _Window
) -> Iterator[Any]:
    """Yield spans with how many people count, or are valid, during them; and who is odd."""
    counting = _counting(session, query, special, window).cte("counting")
    held = _held(session, query, window).cte("held")
    # Without the word, SQLite would work every day out again for each comparison.
    counting, held = (each.prefix_with("MATERIALIZED") for each in (counting, held))
    in_one = _is_in_one(counting)
    begins = window.later(counting.c.a, window.later(held.c.a, held.c.begins))
    valid = (
        select(begins.label("a"), window.sooner(counting.c.z, held.c.z).label("z"))
        .select_from(counting.join(held, held.c.person == counting.c.person))
        .where(in_one)
        .subquery("valid")
    )
    nobody = type_coerce(cast(null(), Uuid), String)
    statement = union_all(
        select(literal(COUNTED), counting.c.a, counting.c.z, func.count(), nobody)
        .where(in_one)
        .group_by(counting.c.a, counting.c.z),
        select(literal(VALID), valid.c.a, valid.c.z, func.count(), nobody)
        .where(valid.c.a < valid.c.z)
        .group_by(valid.c.a, valid.c.z),
        select(literal(ODD), counting.c.a, counting.c.z, literal(1), counting.c.person).where(
            not_(in_one)
        ),
    )
    return read_rows(session, statement)


def _counting(
    session: Session, query: CompletionQuery, special: Iterable[Key], window: _Window
) -> Select[Any]:
    """Return each person once, with when appointments and obligations hold together.

    Of several such spans the first and the last edges are kept, and how many there are: two that
    overlap or touch are one.
    """
    spans = (
        select(
            key(OBLIGATION.person_id).label("person"),
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
        .subquery("spans")
    )
    return (
        select(
            spans.c.person,
            func.min(spans.c.a).label("a"),
            func.max(spans.c.z).label("z"),
            func.max(spans.c.a).label("last_a"),
            func.min(spans.c.z).label("first_z"),
            func.count().label("spans"),
        )
        .where(spans.c.a < spans.c.z)
        .group_by(spans.c.person)
    )


def _is_in_one(counting: CTE) -> ColumnElement[bool]:
    """Return who counts without a break, as far as the edges tell."""
    row = counting.c
    return or_(row.spans == 1, and_(row.spans == 2, row.last_a <= row.first_z))  # noqa: PLR2004


def _held(session: Session, query: CompletionQuery, window: _Window) -> Select[Any]:
    """Return each award with the days that no earlier one of the person covers already.

    It begins where all before it have ended: the latest end so far, in order of their starts.
    """
    ends: list[ColumnElement[Any]] = [AWARD.valid_until, withdrawal_known(query)]
    if some_replaced_by_less(session):
        ends.append(replaced_from(query).scalar_subquery())
    ends_on = window.earliest(*ends)
    so_far = func.max(ends_on).over(
        partition_by=AWARD.person_id, order_by=AWARD.valid_from, rows=(None, -1)
    )
    starts_on = cast(AWARD.valid_from, Text)
    return select(
        key(AWARD.person_id).label("person"),
        starts_on.label("a"),
        ends_on.label("z"),
        func.coalesce(so_far, starts_on).label("begins"),
    ).where(known_awards(query), window.meets(AWARD.valid_from, AWARD.valid_until))


@cache
def _day(text: str) -> date:
    return date.fromisoformat(text)
