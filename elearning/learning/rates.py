"""Completion rates: counts of people first, shares from whole numbers last.

N is everyone in scope with an open obligation, minus exempt, minus paused (design: completion,
"Rates"). Valid, open, in grace, lapsed and overdue add up to N; nobody is in two of them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from elearning.learning.status import CompletionStatus, Standing

# Raise it when what is counted changes, so that an old export says by which definition it was made.
DEFINITION_VERSION = 1
NO_SHARE = "\N{EN DASH}"
NOBODY = dict.fromkeys(CompletionStatus, 0)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, kept as the two numbers."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """Return whole per cents, rounded down: only all of them is 100; None of nobody."""
        return self.part * 100 // self.whole if self.whole else None

    def __str__(self) -> str:
        """Return the share as it is shown."""
        return NO_SHARE if self.percent is None else f"{self.percent}%"


@dataclass(frozen=True, slots=True)
class Rates:
    """How many people have each status; `expiring` are among the valid."""

    valid: int
    expiring: int
    open: int
    in_grace: int
    lapsed: int
    overdue: int
    exempt: int
    paused: int

    @property
    def counted(self) -> int:
        """Return N, the denominator of every share."""
        return self.valid + self.to_do

    @property
    def to_do(self) -> int:
        """Return how many of N are not valid."""
        return self.open + self.in_grace + self.late

    @property
    def late(self) -> int:
        """Return how many are past every term: overdue and lapsed, grace not among them."""
        return self.overdue + self.lapsed

    @property
    def everyone(self) -> int:
        """Return N with the exempt and the paused."""
        return self.counted + self.exempt + self.paused

    @property
    def coverage(self) -> Share:
        """Return the headline: who is valid now."""
        return Share(self.valid, self.counted)

    @property
    def on_track(self) -> Share:
        """Return who is valid or still has time."""
        return Share(self.valid + self.open, self.counted)

    @property
    def overdue_share(self) -> Share:
        """Return who is late."""
        return Share(self.late, self.counted)


def rates_of(standings: Iterable[Standing]) -> Rates:
    """Return the counts over standings, one for each person; who is not in scope is left out."""
    return rates_from(Counter((standing.status, standing.is_expiring) for standing in standings))


def rates_from(counts: Mapping[tuple[CompletionStatus, bool], int]) -> Rates:
    """Return the rates from how many people have each status, apart for who expires soon."""
    found, expiring = NOBODY.copy(), 0
    for (status, is_expiring), people in counts.items():
        found[status] += people
        if is_expiring:
            expiring += people
    return Rates(
        valid=found[CompletionStatus.VALID],
        expiring=expiring,
        open=found[CompletionStatus.OPEN],
        in_grace=found[CompletionStatus.IN_GRACE],
        lapsed=found[CompletionStatus.LAPSED],
        overdue=found[CompletionStatus.OVERDUE],
        exempt=found[CompletionStatus.EXEMPT],
        paused=found[CompletionStatus.PAUSED],
    )
