"""Where a person stands with a training on a day: a pure function of dated facts.

Nothing here is stored or counted on by a clock. The rules are those of the design (completion,
"Status of person and training at D"): the first that matches wins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Generic, TypeVar

from elearning.learning.award import AwardDates, AwardStatus
from elearning.learning.validity import Validity

ENDLESS = date.max
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
    absences = tuple(long_absences(facts.absences)) if facts.absences else ()
    if _cover(absences, day):
        return _standing(CompletionStatus.PAUSED, award)
    due_on = _due_after_return(obligation, absences, day)
    return terms_on(day, validity).standing(
        opened_on=obligation.applies.from_on,
        due_on=due_on,
        obtained_on=None if award is None else award.obtained_on,
        ended_on=None if award is None else award.valid_until or ENDLESS,
    )


def _standing(status: CompletionStatus, award: AwardDates | None) -> Standing:
    return Standing(
        status=status,
        is_expiring=False,
        due_on=None,
        obtained_on=None if award is None else award.obtained_on,
        valid_until=None if award is None else award.valid_until,
    )


Day = TypeVar("Day", date, str)


@dataclass(frozen=True, slots=True)
class Terms(Generic[Day]):
    """The rule for everybody who is neither exempt nor paused, on one day.

    It only ever compares days, so it takes dates and ISO texts alike: the overview asks it of a
    hundred thousand people straight from the database. `grace_began_on` is the last due day that
    is still in grace, `window_ends_on` the last end of a validity that expires soon.
    """

    day: Day
    grace_began_on: Day
    window_ends_on: Day

    def status(self, opened_on: Day, due_on: Day, ended_on: Day | None) -> CompletionStatus:
        """Return the status; `ended_on` is the first day without validity, None without an award.

        Nobody is late before the due day, whatever ran out earlier. A validity that ended before
        the obligation opened says nothing about it: who comes back after that is new again.
        """
        if ended_on is None or ended_on <= opened_on:
            if self.day <= due_on:
                return CompletionStatus.OPEN
            late = CompletionStatus.OVERDUE
            return CompletionStatus.IN_GRACE if self.grace_began_on <= due_on else late
        if ended_on > self.day:
            return CompletionStatus.VALID
        is_in_grace = self.grace_began_on <= due_on or self.grace_began_on < ended_on
        return CompletionStatus.IN_GRACE if is_in_grace else CompletionStatus.LAPSED

    def deadline(
        self, opened_on: Day, due_on: Day, ended_on: Day | None, day_before: Callable[[Day], Day]
    ) -> Day:
        """Return the last day in time for who is not valid: of the obligation or of a validity."""
        if ended_on is None or ended_on <= opened_on:
            return due_on
        return max(due_on, day_before(ended_on))

    def is_expiring(self, ended_on: Day | None) -> bool:
        """Say whether a validity that has not ended yet ends within the window of renewal."""
        return ended_on is not None and self.day < ended_on <= self.window_ends_on


def terms_on(day: date, validity: Validity) -> DateTerms:
    """Return the rule for a day, in dates."""
    return DateTerms(
        day=day,
        grace_began_on=day - timedelta(days=validity.grace_days),
        window_ends_on=day + timedelta(days=validity.renewal_window_days),
    )


@dataclass(frozen=True, slots=True)
class DateTerms(Terms[date]):
    """The rule in dates, which also says which dates go with a status."""

    def standing(
        self, *, opened_on: date, due_on: date, obtained_on: date | None, ended_on: date | None
    ) -> Standing:
        """Return the status with its dates; `ended_on` is `ENDLESS` for an award without end."""
        status = self.status(opened_on, due_on, ended_on)
        is_valid = status is CompletionStatus.VALID
        late = None if is_valid else self.deadline(opened_on, due_on, ended_on, _day_before)
        return Standing(
            status=status,
            is_expiring=is_valid and self.is_expiring(ended_on),
            due_on=late,
            obtained_on=obtained_on,
            valid_until=None if ended_on == ENDLESS else ended_on,
        )

    def as_text(self) -> Terms[str]:
        """Return the same rule in ISO texts, which compare as their dates do."""
        days = (self.day, self.grace_began_on, self.window_ends_on)
        return Terms(*(each.isoformat() for each in days))


def _day_before(day: date) -> date:
    return day - timedelta(days=1)


def _cover(intervals: Iterable[Interval], day: date) -> bool:
    # Runs three times for each of 15,000 people; a generator costs twice as much.
    for interval in intervals:  # noqa: SIM110 - see above
        if interval.covers(day):
            return True
    return False


def _obligation_on(obligations: Iterable[ObligationDates], day: date) -> ObligationDates | None:
    """Return the open obligation; of two rules that both apply, the earliest due counts."""
    applying = [each for each in obligations if each.applies.covers(day)]
    return min(applying, key=_deciding, default=None)


def _deciding(obligation: ObligationDates) -> tuple[date, date]:
    return obligation.due_on, obligation.applies.from_on


def _longest_award(awards: Iterable[AwardDates], day: date) -> AwardDates | None:
    """Return the award that lasts longest, of those begun by now and not taken back or replaced."""
    gone = (AwardStatus.WITHDRAWN, AwardStatus.REPLACED)
    begun = [each for each in awards if each.valid_from <= day and each.status_on(day) not in gone]
    return max(begun, key=_lasting, default=None)


def _lasting(award: AwardDates) -> tuple[date, date]:
    return award.valid_until or date.max, award.obtained_on


def long_absences(absences: Iterable[Interval]) -> Iterator[Interval]:
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
