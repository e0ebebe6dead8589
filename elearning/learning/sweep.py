"""Rates over time by one sweep: every interval is added once, and days are read off in order.

Asking for the status again on each of 731 days costs 731 readings of everybody; adding up where
intervals begin and end costs one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from elearning.learning.award import add_months
from elearning.learning.rates import Share
from elearning.learning.status import ENDLESS, Facts, Interval, long_absences

Span = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Point:
    """How many were valid, of how many who counted, on a day."""

    day: date
    coverage: Share


@dataclass(slots=True)
class Sweep:
    """Where intervals of people who count, and of people who are valid, begin and end."""

    counted: Counter[date] = field(default_factory=Counter)
    valid: Counter[date] = field(default_factory=Counter)

    def add_person(self, facts: Facts) -> None:
        """Add one person with all their facts."""
        counts = counted_spans(facts)
        _add(self.counted, ((span, 1) for span in counts))
        _add(self.valid, ((span, 1) for span in _common(counts, _valid_spans(facts))))

    def add_counted(self, spans: Iterable[tuple[Span, int]]) -> None:
        """Add intervals during which so many people count."""
        _add(self.counted, spans)

    def add_valid(self, spans: Iterable[tuple[Span, int]]) -> None:
        """Add intervals during which so many people count and are valid."""
        _add(self.valid, spans)

    def points(self, days: Sequence[date]) -> tuple[Point, ...]:
        """Return the coverage on these days, which stand in order."""
        counted, valid = _running(self.counted, days), _running(self.valid, days)
        return tuple(
            Point(day, Share(part, whole))
            for day, part, whole in zip(days, valid, counted, strict=True)
        )


def _add(deltas: Counter[date], spans: Iterable[tuple[Span, int]]) -> None:
    for (from_on, until_on), number in spans:
        deltas[from_on] += number
        deltas[until_on] -= number


def _running(deltas: Counter[date], days: Sequence[date]) -> Iterator[int]:
    changes = iter(sorted(deltas.items()))
    total, ahead = 0, next(changes, None)
    for day in days:
        while ahead is not None and ahead[0] <= day:
            total += ahead[1]
            ahead = next(changes, None)
        yield total


def counted_spans(facts: Facts) -> list[Span]:
    """Return when a person counts: in scope, obliged, not exempt and not paused.

    With several obligations at once the one due first decides, with its exemptions; so an exemption
    is left out where another obligation, without it, is due earlier.
    """
    scope = _union(_span(each) for each in facts.appointments)
    paused = _union(_span(each) for each in long_absences(facts.absences))
    days = sorted({
        edge
        for each in facts.obligations
        for interval in (each.applies, *each.exemptions)
        for edge in _span(interval)
    })  # fmt: skip
    obliged = [
        (first, after)
        for first, after in pairwise(days)
        if (deciding := _deciding(facts, first)) is not None
        and not any(each.covers(first) for each in deciding)
    ]
    return _without(_common(scope, _union(obliged)), paused)


def _deciding(facts: Facts, day: date) -> tuple[Interval, ...] | None:
    """Return the exemptions of the obligation that decides on a day; None when there is none."""
    applying = [each for each in facts.obligations if each.applies.covers(day)]
    deciding = min(applying, key=lambda each: (each.due_on, each.applies.from_on), default=None)
    return None if deciding is None else deciding.exemptions


def _valid_spans(facts: Facts) -> list[Span]:
    return _union(
        (award.valid_from, min(ends))
        for award in facts.awards
        if (ends := [
            each or ENDLESS for each in (award.valid_until, award.withdrawn_on, award.replaced_on)
        ])
    )  # fmt: skip


def _span(interval: Interval) -> Span:
    return interval.from_on, interval.until_on or ENDLESS


def _union(spans: Iterable[Span]) -> list[Span]:
    """Return the same days in order, in spans that neither overlap nor touch."""
    found: list[Span] = []
    for from_on, until_on in sorted(spans):
        if from_on >= until_on:
            continue
        if found and from_on <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], until_on))
        else:
            found.append((from_on, until_on))
    return found


def _common(some: Iterable[Span], others: Sequence[Span]) -> list[Span]:
    return [
        (first, last)
        for one in some
        for other in others
        if (first := max(one[0], other[0])) < (last := min(one[1], other[1]))
    ]


def _without(some: Iterable[Span], gaps: Sequence[Span]) -> list[Span]:
    """Return the days of `some` that lie in none of the gaps, which are in order."""
    edges = [date.min, *(edge for gap in gaps for edge in gap), ENDLESS]
    between = list(zip(edges[::2], edges[1::2], strict=True))
    return _common(some, between)


def month_points(first: date, last: date) -> tuple[date, ...]:
    """Return the first day of every month after `first`, and the last day itself."""
    day = add_months(first.replace(day=1), 1)
    found = []
    while day < last:
        found.append(day)
        day = add_months(day, 1)
    return (*found, last)
