"""The last months: coverage at each of them, who fell due and was in time, and how many awards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from elearning.learning.rates import Share
from elearning.learning.sweep import Point
from elearning.services.completion_query import (
    APPOINTMENT,
    AWARD,
    OBLIGATION,
    CompletionQuery,
    counted_appointments,
    known_awards,
    known_obligations,
    withdrawal_known,
)
from elearning.services.completion_trend import trend
from elearning.storage.completion import Award
from elearning.storage.facts import covers


@dataclass(frozen=True, slots=True)
class Months:
    """Coverage over time; of all who fell due, who was in time; and the number of awards."""

    points: tuple[Point, ...]
    timely: Share
    awards: int


def months_of(session: Session, query: CompletionQuery, days: Sequence[date]) -> Months:
    """Return the figures of the time from the first of these days up to the day asked for."""
    return Months(
        points=trend(session, query, days),
        timely=_timely(session, query, days[0]),
        awards=_awards(session, query, days[0]),
    )


def _timely(session: Session, query: CompletionQuery, first: date) -> Share:
    """Return who met it on or before the due day, of all whose due day lies in these days.

    Who left, or to whom it no longer applied, before the due day is not among them.
    """
    in_time = exists().where(
        known_awards(query),
        AWARD.person_id == OBLIGATION.person_id,
        AWARD.valid_from <= OBLIGATION.due_on,
        or_(AWARD.valid_until.is_(None), AWARD.valid_until > OBLIGATION.due_on),
        _stands_on(OBLIGATION.due_on, query),
    )
    working = exists().where(
        counted_appointments(session, query),
        APPOINTMENT.person_id == OBLIGATION.person_id,
        APPOINTMENT.starts_on <= OBLIGATION.due_on,
        or_(APPOINTMENT.ends_on.is_(None), APPOINTMENT.ends_on > OBLIGATION.due_on),
    )
    statement = select(func.count(), func.sum(case((in_time, 1), else_=0))).where(
        known_obligations(query),
        OBLIGATION.due_on >= first,
        OBLIGATION.due_on <= query.day,
        or_(OBLIGATION.closed_on.is_(None), OBLIGATION.closed_on > OBLIGATION.due_on),
        working,
    )
    whole, part = session.execute(statement).one()
    return Share(int(part or 0), int(whole))


def _stands_on(day: ColumnElement[Any], query: CompletionQuery) -> ColumnElement[bool]:
    withdrawn_on = withdrawal_known(query)
    return or_(withdrawn_on.is_(None), withdrawn_on > day)


def _awards(session: Session, query: CompletionQuery, first: date) -> int:
    """Return how many awards were obtained by who works in the scope: a count, never a share."""
    working = exists().where(
        counted_appointments(session, query),
        APPOINTMENT.person_id == AWARD.person_id,
        covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, query.day),
    )
    older = Award.__table__.alias("older")
    # Issued anew under another name, or with another end: obtained once all the same.
    issued_anew = exists().where(
        older.c.id == AWARD.supersedes_id, older.c.obtained_on == AWARD.obtained_on
    )
    statement = select(func.count()).where(
        and_(known_awards(query), AWARD.training_id == query.training.id),
        AWARD.obtained_on >= first,
        AWARD.obtained_on <= query.day,
        not_(issued_anew),
        working,
    )
    return session.scalar(statement) or 0
