"""Awards: from when to when one is valid, and what it is on a day; the day is an argument."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from elearning.learning.validity import Validity

MONTHS_A_YEAR = 12


class AwardStatus(StrEnum):
    """What an award is worth on a day."""

    VALID = "valid"
    EXPIRED = "expired"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class AwardDates:
    """The dates of an award; it is valid in the half-open interval [valid_from, valid_until)."""

    obtained_on: date
    valid_from: date
    valid_until: date | None
    withdrawn_on: date | None
    replaced_on: date | None

    def status_on(self, day: date) -> AwardStatus:
        """Return what the award is on this day; withdrawal weighs most, then replacement."""
        if self.withdrawn_on is not None and self.withdrawn_on <= day:
            return AwardStatus.WITHDRAWN
        if self.replaced_on is not None and self.replaced_on <= day:
            return AwardStatus.REPLACED
        if self.valid_until is not None and self.valid_until <= day:
            return AwardStatus.EXPIRED
        return AwardStatus.VALID

    def expires_within(self, day: date, days: int) -> bool:
        """Say whether a valid award ends within this many days: it can be renewed."""
        return (
            self.status_on(day) is AwardStatus.VALID
            and self.valid_until is not None
            and self.valid_until - day <= timedelta(days=days)
        )


def add_months(day: date, months: int) -> date:
    """Return the same day that many months on; 29 February becomes 28 where there is none."""
    years, month = divmod(day.month - 1 + months, MONTHS_A_YEAR)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def valid_until(obtained_on: date, previous: AwardDates | None, validity: Validity) -> date | None:
    """Return the first day without validity, for an award obtained on this day.

    A renewal inside the window keeps the anchor: it runs on from the old end. After expiry, or
    before the window, it counts from the day it was obtained (design: completion, "renewal").
    """
    return end_after(anchor(obtained_on, previous, validity.renewal_window_days), validity)


def anchor(obtained_on: date, previous: AwardDates | None, window_days: int) -> date:
    """Return the day from which an award counts: the old end where it was renewed in time."""
    if (
        previous is not None
        and previous.valid_until is not None
        and previous.expires_within(obtained_on, window_days)
    ):
        return previous.valid_until
    return obtained_on


def end_after(anchor: date, validity: Validity) -> date | None:
    """Return the first day without validity, counted from an anchor."""
    return None if validity.months is None else add_months(anchor, validity.months)


def may_obtain(previous: AwardDates | None, day: date, validity: Validity) -> bool:
    """Say whether a new award can be given: there is none, it ended, or it is being renewed."""
    if previous is None or previous.status_on(day) is not AwardStatus.VALID:
        return True
    return previous.expires_within(day, validity.renewal_window_days)
