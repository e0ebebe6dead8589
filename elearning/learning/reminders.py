"""Who gets a reminder, when, and why not: values in, values out.

Four moments around a due day, at most one message a week, in working hours only (design:
completion, "Messages"). A day is that of the institution, a moment is local and knows its zone.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from elearning.learning.status import CompletionStatus, Standing

DAYS_BETWEEN = 7
DAYS_LATER = 7
OPENS, CLOSES = time(9), time(17)
SATURDAY = 5


class Slot(StrEnum):
    """The moments of a reminder; each is used once at most, and lasts until the next begins."""

    MONTH_BEFORE = "month_before"
    WEEK_BEFORE = "week_before"
    DAY_AFTER = "day_after"
    FORTNIGHT_AFTER = "fortnight_after"


# Days from the due day to the first of each slot; after the last day, nobody is reminded any more.
FIRST_DAYS = {
    Slot.MONTH_BEFORE: -30,
    Slot.WEEK_BEFORE: -7,
    Slot.DAY_AFTER: 1,
    Slot.FORTNIGHT_AFTER: 14,
}
OVER_AFTER = 28


class Why(StrEnum):
    """Why somebody gets no message now: a closed list, in the order in which one is told.

    A learner's wish to hear later is none of them: it only decides on which day a message goes, so
    that no list tells who asked for it.
    """

    NO_ADDRESS = "no_address"
    WAITS = "waits"
    TOLD = "told"
    OVER = "over"
    NOT_YET = "not_yet"
    PAUSED = "paused"
    EXEMPT = "exempt"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Closure:
    """The institution is closed during [from_on, until_on)."""

    from_on: date
    until_on: date

    def covers(self, day: date) -> bool:
        """Say whether the institution is closed on the day."""
        return self.from_on <= day < self.until_on


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """What a reminder is about: a training, its last day in time or of validity, the moment."""

    due_on: date
    training_id: str
    slot: Slot
    is_renewal: bool

    @property
    def key(self) -> tuple[str, date, Slot]:
        """Return what is used once at most for each person."""
        return self.training_id, self.due_on, self.slot


@dataclass(frozen=True, slots=True)
class Mailed:
    """What somebody was told, and from when on a next message may be queued; None is at once."""

    has_address: bool
    told: frozenset[tuple[str, date, Slot]]
    again_on: date | None


def slot_on(due_on: date, day: date) -> Slot | None:
    """Return the moment that a day belongs to; None before the first and after the last."""
    days = (day - due_on).days
    if days >= OVER_AFTER:
        return None
    begun = [slot for slot, first in FIRST_DAYS.items() if first <= days]
    return begun[-1] if begun else None


def due_or_why(training_id: str, standing: Standing, day: date) -> Due | Why:
    """Return what of one training somebody is to be reminded of on a day, or why of nothing."""
    if standing.status in UNASKED:
        return UNASKED[standing.status]
    last_valid = None
    if standing.valid_until is not None:
        last_valid = standing.valid_until - timedelta(days=1)
    if standing.status is CompletionStatus.VALID:
        due_on = last_valid if standing.is_expiring else None
        slot = None if due_on is None else slot_on(due_on, day)
        if due_on is None or slot is None:
            return Why.DONE
        return Due(due_on, training_id, slot, is_renewal=True)
    due_on = standing.due_on
    if due_on is None:
        return Why.DONE
    slot = slot_on(due_on, day)
    if slot is None:
        return Why.NOT_YET if day < due_on else Why.OVER
    return Due(due_on, training_id, slot, is_renewal=due_on == last_valid)


UNASKED = {
    CompletionStatus.NOT_IN_SCOPE: Why.DONE,
    CompletionStatus.EXEMPT: Why.EXEMPT,
    CompletionStatus.PAUSED: Why.PAUSED,
}


def decided(found: Iterable[Due | Why], mailed: Mailed, day: date) -> tuple[Due, ...] | Why:
    """Return all that one message is about, or why somebody gets none; the order does not matter.

    Several trainings that are due make one message.
    """
    listed = list(found)
    due = {each for each in listed if isinstance(each, Due)}
    if not due:
        reasons = {each for each in listed if isinstance(each, Why)}
        return next((each for each in Why if each in reasons), Why.DONE)
    untold = sorted(each for each in due if each.key not in mailed.told)
    if not mailed.has_address:
        return Why.NO_ADDRESS
    if mailed.again_on is not None and day < mailed.again_on:
        return Why.WAITS
    return tuple(untold) if untold else Why.TOLD


def again_on(last_sent_on: date | None) -> date | None:
    """Return the first day on which a next message may be queued: a week on."""
    return None if last_sent_on is None else last_sent_on + timedelta(days=DAYS_BETWEEN)


def goes_on(day: date, later_until: date | None) -> date:
    """Return the day on which what is queued on a day may go: not before a wish."""
    return day if later_until is None else max(day, later_until)


def is_open(moment: datetime, closures: Iterable[Closure]) -> bool:
    """Say whether messages may go at a local moment: a working day of the institution, 9 to 17."""
    return OPENS <= moment.time() < CLOSES and _is_working_day(moment.date(), closures)


def next_open(moment: datetime, closures: Iterable[Closure]) -> datetime:
    """Return the first moment, from this one on, at which messages may go."""
    closures = tuple(closures)
    if is_open(moment, closures):
        return moment
    day = moment.date() if moment.time() < OPENS else moment.date() + timedelta(days=1)
    while not _is_working_day(day, closures):
        day += timedelta(days=1)
    return datetime.combine(day, OPENS, moment.tzinfo)


def _is_working_day(day: date, closures: Iterable[Closure]) -> bool:
    return day.weekday() < SATURDAY and not any(each.covers(day) for each in closures)
