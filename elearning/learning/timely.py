"""Timely completion: who fell due in a time, and was in time (design: completion, "Rates").

Somebody falls due on the last day in time of an obligation. Whoever had left by then, or to whom it
did not apply or count on that day, is not in the cohort; a long absence that covers the day moves
it, as it moves the status. In time is who is valid on that day: whether the training was met on it,
long before, or is renewed already. An award that is taken back later was there on the day.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from elearning.learning.status import (
    DAYS_AFTER_RETURN,
    CompletionStatus,
    Facts,
    Interval,
    ObligationDates,
    long_absences,
    standing_on,
)
from elearning.learning.validity import Validity

OUTSIDE = (CompletionStatus.NOT_IN_SCOPE, CompletionStatus.EXEMPT, CompletionStatus.PAUSED)


@dataclass(frozen=True, slots=True)
class FellDue:
    """One person fell due on a day, and was in time or not."""

    on: date
    is_in_time: bool


def fell_due(facts: Facts, first: date, last: date, validity: Validity) -> tuple[FellDue, ...]:
    """Return when one person fell due from the first through the last day; nearly always once."""
    absences = tuple(long_absences(facts.absences))
    days = {
        day
        for each in facts.obligations
        if (day := due_day(each, absences)) is not None
        and first <= day <= last
        and _decides(each, facts.obligations, day)
    }
    standings = ((day, standing_on(facts, day, validity).status) for day in sorted(days))
    return tuple(
        FellDue(day, status is CompletionStatus.VALID)
        for day, status in standings
        if status not in OUTSIDE
    )


def due_day(obligation: ObligationDates, absences: Iterable[Interval]) -> date | None:
    """Return the last day in time, as long absences move it; None while away without an end.

    The absences are in order and do not touch. One that begins after the last day in time moves
    nothing: by then it had passed.
    """
    due_on = obligation.due_on
    for absence in absences:
        if absence.from_on > due_on:
            break
        if absence.until_on is None:
            return None
        if absence.until_on > obligation.applies.from_on:
            due_on = max(due_on, absence.until_on + timedelta(days=DAYS_AFTER_RETURN))
    return due_on


def _decides(
    obligation: ObligationDates, obligations: Iterable[ObligationDates], day: date
) -> bool:
    """Say whether this is the obligation that decides: of those that apply, the one due first."""
    applying = [each for each in obligations if each.applies.covers(day)]
    return obligation in applying and obligation.due_on == min(each.due_on for each in applying)
