"""The only place that reads the time; everything else is handed a clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

AMSTERDAM = ZoneInfo("Europe/Amsterdam")


class Clock(Protocol):
    """Tells the time to whoever needs it."""

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        ...

    def today(self) -> date:
        """Return the calendar day in the institution's time zone."""
        ...


@dataclass(frozen=True, slots=True)
class SystemClock:
    """The clock of the machine, with days counted in the institution's time zone."""

    zone: ZoneInfo = AMSTERDAM

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC)

    def today(self) -> date:
        """Return the calendar day in the institution's time zone."""
        return self.now().astimezone(self.zone).date()


@dataclass(slots=True)
class SetClock:
    """A clock that stands still until it is moved: for tests, seeding and replays."""

    instant: datetime
    zone: ZoneInfo = AMSTERDAM

    def now(self) -> datetime:
        """Return the instant it was set to."""
        return self.instant

    def today(self) -> date:
        """Return the calendar day of that instant in the institution's time zone."""
        return self.instant.astimezone(self.zone).date()
