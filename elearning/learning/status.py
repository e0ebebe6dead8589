"""Where a person stands with a training on a day: a pure function of dated facts.

Nothing here is stored or counted on by a clock. The rules are those of the design (completion,
"Status of person and training at D"): the first that matches wins.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from elearning.learning.award import AwardDates, AwardStatus
from elearning.learning.training import Validity

LONG_ABSENCE_DAYS = 28
DAYS_AFTER_RETURN = 30


class CompletionStatus(StrEnum):
    """What a person is for a training on a day; exactly one of these."""

    NOT_IN_SCOPE = "not_in_scope"
    EXEMPT = "exempt"
    PAUSED = "paused"
    VALID = "valid"
    OPEN = "open"
    IN_GRACE = "in_grace"
    LAPSED = "lapsed"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Interval:
    """Local days from the first up to, not including, the last; without a last it goes on."""

    from_on: date
    until_on: date | None

    def covers(self, day: date) -> bool:
        """Say whether the day lies within the interval."""
        return self.from_on <= day and (self.until_on is None or day < self.until_on)

    def lasts(self, days: int) -> bool:
        """Say whether the interval is at least this many days long."""
        return self.until_on is None or self.until_on - self.from_on >= timedelta(days=days)


@dataclass(frozen=True, slots=True)
class ObligationDates:
    """While a training must be held, the last day that is in time, and when it does not count."""

    applies: Interval
    due_on: date
    exemptions: tuple[Interval, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """All that counts for one person and one training.

    `appointments` are those in scope; `awards` those for the training or one that satisfies it.
    """

    appointments: tuple[Interval, ...]
    absences: tuple[Interval, ...]
    obligations: tuple[ObligationDates, ...]
    awards: tuple[AwardDates, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """A status with the dates that go with it.

    `due_on` is the last day in time, and only there while something is still to be done;
    `obtained_on` and `valid_until` are of the award that lasts longest.
    """

    status: CompletionStatus
    is_expiring: bool
    due_on: date | None
    obtained_on: date | None
    valid_until: date | None


def standing_on(facts: Facts, day: date, validity: Validity) -> Standing:
    """Return the status on a day; the first rule that matches wins."""
    obligation = _obligation_on(facts.obligations, day)
    if obligation is None or not _cover(facts.appointments, day):
        return _standing(CompletionStatus.NOT_IN_SCOPE, None)
    award = _longest_award(facts.awards, day)
    if _cover(obligation.exemptions, day):
        return _standing(CompletionStatus.EXEMPT, award)
    absences = tuple(_long_absences(facts.absences)) if facts.absences else ()
    if _cover(absences, day):
        return _standing(CompletionStatus.PAUSED, award)
    if award is not None and award.status_on(day) is AwardStatus.VALID:
        is_expiring = award.expires_within(day, validity.renewal_window_days)
        return _standing(CompletionStatus.VALID, award, is_expiring=is_expiring)
    due_on = _due_after_return(obligation, absences, day)
    return _unmet(award, obligation, due_on, day, timedelta(days=validity.grace_days))


def _standing(
    status: CompletionStatus,
    award: AwardDates | None,
    *,
    is_expiring: bool = False,
    due_on: date | None = None,
) -> Standing:
    return Standing(
        status=status,
        is_expiring=is_expiring,
        due_on=due_on,
        obtained_on=None if award is None else award.obtained_on,
        valid_until=None if award is None else award.valid_until,
    )


def _unmet(
    award: AwardDates | None,
    obligation: ObligationDates,
    due_on: date,
    day: date,
    grace: timedelta,
) -> Standing:
    """Return open, in grace, lapsed or overdue, for someone who is not valid.

    Nobody is late before the due day, whatever ran out earlier. A validity that ended before the
    obligation opened says nothing about it: who comes back after that is new again.
    """
    ended_on = None if award is None else award.valid_until
    if ended_on is None or ended_on <= obligation.applies.from_on:
        late, deadline = CompletionStatus.OVERDUE, due_on
        if day <= deadline:
            return _standing(CompletionStatus.OPEN, award, due_on=deadline)
    else:
        late, deadline = CompletionStatus.LAPSED, max(due_on, ended_on - timedelta(days=1))
    status = CompletionStatus.IN_GRACE if day <= deadline + grace else late
    return _standing(status, award, due_on=deadline)


def _cover(intervals: Iterable[Interval], day: date) -> bool:
    # Runs three times for each of 15,000 people; a generator costs twice as much.
    for interval in intervals:  # noqa: SIM110 - see above
        if interval.covers(day):
            return True
    return False


def _obligation_on(obligations: Iterable[ObligationDates], day: date) -> ObligationDates | None:
    """Return the open obligation; of two rules that both apply, the earliest due counts."""
    applying = [each for each in obligations if each.applies.covers(day)]
    return min(applying, key=lambda each: each.due_on, default=None)


def _longest_award(awards: Iterable[AwardDates], day: date) -> AwardDates | None:
    """Return the award that lasts longest, of those begun by now and not taken back or replaced."""
    gone = (AwardStatus.WITHDRAWN, AwardStatus.REPLACED)
    begun = [each for each in awards if each.valid_from <= day and each.status_on(day) not in gone]
    return max(begun, key=_lasting, default=None)


def _lasting(award: AwardDates) -> tuple[date, date]:
    return award.valid_until or date.max, award.obtained_on


def _long_absences(absences: Iterable[Interval]) -> Iterator[Interval]:
    """Return the absences of 28 days or more; parts that touch are one absence."""
    current: Interval | None = None
    for each in sorted(absences, key=lambda absence: absence.from_on):
        if current is not None and (current.until_on is None or each.from_on <= current.until_on):
            current = Interval(current.from_on, _later(current.until_on, each.until_on))
            continue
        if current is not None and current.lasts(LONG_ABSENCE_DAYS):
            yield current
        current = each
    if current is not None and current.lasts(LONG_ABSENCE_DAYS):
        yield current


def _later(one: date | None, other: date | None) -> date | None:
    return None if one is None or other is None else max(one, other)


def _due_after_return(obligation: ObligationDates, absences: Iterable[Interval], day: date) -> date:
    """Return the due day, never sooner than thirty days after coming back from a long absence."""
    returns = [
        absence.until_on
        for absence in absences
        if absence.until_on is not None and obligation.applies.from_on < absence.until_on <= day
    ]
    return max([obligation.due_on, *(back + timedelta(days=DAYS_AFTER_RETURN) for back in returns)])
