"""Who fell due in each month and was in time, and how often the training was completed.

Most people need one obligation and their awards for it, which the database compares and counts.
Who was ever away or exempt, had a certificate replaced or several obligations, goes the long way
with all their facts (learning/timely.py).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, case, cast, exists, func, or_, select
from sqlalchemy import union as union_of
from sqlalchemy.orm import Session

from elearning.learning.award import add_months
from elearning.learning.rates import Share
from elearning.learning.status import DAYS_AFTER_RETURN
from elearning.learning.timely import fell_due
from elearning.services.completion_facts import each_person
from elearning.services.completion_query import (
    APPOINTMENT,
    AWARD,
    EXEMPTION,
    OBLIGATION,
    CompletionQuery,
    Key,
    as_text,
    counted_appointments,
    key,
    known_awards,
    known_exemptions,
    known_obligations,
    read_rows,
    replaced_by_less,
    these_people,
    withdrawal_known,
)
from elearning.services.long_absences import long_absences
from elearning.storage.completion import Award

MONTH = 7  # 2027-03


@dataclass(frozen=True, slots=True)
class MonthLine:
    """A month, by its first day: who fell due and was in time, and the number of awards."""

    month: date
    in_time: Share
    awards: int


@dataclass(frozen=True, slots=True)
class Timely:
    """The months from the first through the last day; the first and last may be parts of one."""

    first: date
    last: date
    months: tuple[MonthLine, ...]

    @property
    def in_time(self) -> Share:
        """Return who was in time, of all who fell due."""
        shares = [each.in_time for each in self.months]
        return Share(sum(each.part for each in shares), sum(each.whole for each in shares))

    @property
    def awards(self) -> int:
        """Return how often the training was completed: a count, never a share."""
        return sum(each.awards for each in self.months)


def timely(session: Session, query: CompletionQuery, first: date) -> Timely:
    """Return the figures from a day through the day that is asked for."""
    working = counted_appointments(session, query)
    due, met = _cohort(session, query, first, working)
    awards = _awards(session, query, first, working)
    months = tuple(
        MonthLine(day, Share(met[_month(day)], due[_month(day)]), awards.get(_month(day), 0))
        for day in _months(first, query.day)
    )
    return Timely(first, query.day, months)


def _months(first: date, last: date) -> list[date]:
    day, found = first.replace(day=1), []
    while day <= last:
        found.append(day)
        day = add_months(day, 1)
    return found


def _month(day: date) -> str:
    return day.isoformat()[:MONTH]


def _cohort(
    session: Session, query: CompletionQuery, first: date, working: ColumnElement[bool]
) -> tuple[Counter[str], Counter[str]]:
    """Return by month how many fell due, and how many of them were in time."""
    due: Counter[str] = Counter()
    met: Counter[str] = Counter()
    apart = _apart(session, query, first)
    for month, whole, part in session.execute(
        _plain(query, first, working, these_people(session, apart))
    ):
        due[month] += whole
        met[month] += int(part or 0)
    for _person, known in each_person(session, query, these_people(session, apart)):
        for each in fell_due(known.facts, first, query.day, query.training.validity):
            due[_month(each.on)] += 1
            met[_month(each.on)] += each.is_in_time
    return due, met


def _plain(
    query: CompletionQuery, first: date, working: ColumnElement[bool], apart: Select[Any]
) -> Any:  # noqa: ANN401 - a statement
    """Return the counts by month of everybody whose one obligation says when they fall due."""
    due_on = OBLIGATION.due_on
    in_time = exists().where(
        known_awards(query),
        AWARD.person_id == OBLIGATION.person_id,
        AWARD.valid_from <= due_on,
        or_(AWARD.valid_until.is_(None), AWARD.valid_until > due_on),
        or_(withdrawal_known(query).is_(None), withdrawal_known(query) > due_on),
    )
    month = _month_of(due_on)
    return (
        select(month, func.count(), func.sum(case((in_time, 1), else_=0)))
        .where(
            _falls_due(query, first),
            OBLIGATION.opened_on <= due_on,
            or_(OBLIGATION.closed_on.is_(None), OBLIGATION.closed_on > due_on),
            _working_on(working, OBLIGATION.person_id, due_on),
            OBLIGATION.person_id.not_in(apart),
        )
        .group_by(month)
    )


def _falls_due(query: CompletionQuery, first: date) -> ColumnElement[bool]:
    return and_(known_obligations(query), OBLIGATION.due_on.between(first, query.day))


def _working_on(
    working: ColumnElement[bool], person: ColumnElement[Any], day: ColumnElement[Any]
) -> ColumnElement[bool]:
    """Return who worked in the scope on a day of their own."""
    return exists().where(
        working,
        APPOINTMENT.person_id == person,
        APPOINTMENT.starts_on <= day,
        or_(APPOINTMENT.ends_on.is_(None), APPOINTMENT.ends_on > day),
    )


def _apart(session: Session, query: CompletionQuery, first: date) -> set[Key]:
    """Return who fell due, or may have, and needs all facts for it."""
    due = select(OBLIGATION.person_id).where(_falls_due(query, first))
    statement = union_of(
        select(key(EXEMPTION.person_id)).where(
            known_exemptions(query),
            EXEMPTION.from_on <= query.day,
            EXEMPTION.until_on > first,
            EXEMPTION.person_id.in_(due),
        ),
        select(key(AWARD.person_id)).where(
            known_awards(query), replaced_by_less(), AWARD.person_id.in_(due)
        ),
        select(key(OBLIGATION.person_id))
        .where(known_obligations(query), OBLIGATION.person_id.in_(due))
        .group_by(OBLIGATION.person_id)
        .having(func.count() > 1),
    )
    found = {person for (person,) in session.execute(statement)}
    return found | _moved(session, query, first)


def _moved(session: Session, query: CompletionQuery, first: date) -> set[Key]:
    """Return of whom an absence may move the day on which they fall due, to or from these days.

    It moves a day that is not before the absence, and not later than the extra days after it.
    """
    since = first - timedelta(days=DAYS_AFTER_RETURN)
    away = long_absences(session, query, since, query.day).once
    due = select(key(OBLIGATION.person_id), as_text(session, OBLIGATION.due_on)).where(
        known_obligations(query), OBLIGATION.person_id.in_(these_people(session, away))
    )
    # Compared here: they are few, and some versions of SQLite would compare each with each.
    moved = {
        person
        for person, due_on in read_rows(session, due)
        if away[person].from_on <= due_on <= away[person].late_on
    }
    return moved | long_absences(session, query, date.min, query.day).several


def _awards(
    session: Session, query: CompletionQuery, first: date, working: ColumnElement[bool]
) -> Mapping[str, int]:
    """Return by month how often the training was completed by who worked in the scope that day.

    What was taken back, or issued anew for the same completion, is not counted again.
    """
    newer = Award.__table__.alias("newer").c
    issued_anew = exists().where(
        newer.supersedes_id == AWARD.id,
        or_(newer.valid_from <= AWARD.valid_from, newer.obtained_on == AWARD.obtained_on),
    )
    if query.known_at is not None:
        issued_anew = issued_anew.where(newer.recorded_at <= query.known_at)
    month = _month_of(AWARD.obtained_on)
    statement: Any = (
        select(month, func.count())
        .where(
            known_awards(query),
            AWARD.training_id == query.training.id,
            AWARD.obtained_on.between(first, query.day),
            withdrawal_known(query).is_(None),
            ~issued_anew,
            _working_on(working, AWARD.person_id, AWARD.obtained_on),
        )
        .group_by(month)
    )
    return dict(read_rows(session, statement))


def _month_of(day: ColumnElement[Any]) -> ColumnElement[str]:
    """Return the month of a day, as ISO text; SQLite keeps the day as that."""
    return func.substr(cast(day, Text), 1, MONTH)
