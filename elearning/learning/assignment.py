"""From appointments and rules to obligations: joiners, leavers, transfers, two rules at once.

Values in, values out. An obligation lasts as long as some rule matches some appointment without a
gap; after a gap the person is new again (design: completion, the table of cases).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from elearning.learning.predicate import Predicate, Work
from elearning.learning.status import Interval

LEAST_NOTICE_DAYS = 14


@dataclass(frozen=True, slots=True)
class Rule:
    """Who must hold a training, from when to when, and how many days they have."""

    code: str
    training_id: str
    predicate: Predicate
    effective: Interval
    due_days: int


def ended(rules: Iterable[Rule], code: str, until_on: date) -> tuple[Rule, ...]:
    """Return the rules with one that assigns nobody from a day on; what had not begun is gone."""
    return tuple(
        replace(rule, effective=Interval(rule.effective.from_on, until_on))
        if rule.code == code
        else rule
        for rule in rules
        if rule.code != code or rule.effective.from_on < until_on
    )


@dataclass(frozen=True, slots=True)
class Held:
    """An appointment as rules see it; `first_seen_on` is the day the roster first had it."""

    work: Work
    during: Interval
    first_seen_on: date


@dataclass(frozen=True, slots=True)
class Duty:
    """An obligation without its row: from when, until when, the last day in time, which rule."""

    opened_on: date
    closed_on: date | None
    due_on: date
    rule_code: str | None


def duties(rules: Iterable[Rule], appointments: Sequence[Held], today: date) -> tuple[Duty, ...]:
    """Return what follows from all rules for one training, in order; no two overlap or touch.

    opened = max(start of the appointment, start of the rule, first seen); of several rules the
    earliest due day counts, and a new duty leaves at least 14 days from today.
    """
    spans = sorted(
        (
            span
            for rule in rules
            for held in appointments
            if rule.predicate.matches(held.work)
            for span in _span(rule, held)
        ),
        key=lambda each: (each.opened_on, each.due_on, each.rule_code or ""),
    )
    merged: list[Duty] = []
    for span in spans:
        if merged and _touch(merged[-1], span):
            merged[-1] = _joined(merged[-1], span)
        else:
            merged.append(span)
    earliest = today + timedelta(days=LEAST_NOTICE_DAYS)
    return tuple(replace(each, due_on=max(each.due_on, earliest)) for each in merged)


def _span(rule: Rule, held: Held) -> tuple[Duty, ...]:
    """Return the duty of one rule and one appointment, if they share a day."""
    opened_on = max(held.during.from_on, rule.effective.from_on, held.first_seen_on)
    closed_on = earlier(held.during.until_on, rule.effective.until_on)
    if closed_on is not None and closed_on <= opened_on:
        return ()
    due_on = opened_on + timedelta(days=rule.due_days)
    return (Duty(opened_on, closed_on, due_on, rule.code),)


def _touch(one: Duty, later: Duty) -> bool:
    return one.closed_on is None or later.opened_on <= one.closed_on


def _joined(one: Duty, other: Duty) -> Duty:
    due = min((one, other), key=lambda each: each.due_on)
    return Duty(
        opened_on=min(one.opened_on, other.opened_on),
        closed_on=later_end(one.closed_on, other.closed_on),
        due_on=due.due_on,
        rule_code=due.rule_code,
    )


def reconciled(existing: Sequence[Duty], wanted: Sequence[Duty], today: date) -> tuple[Duty, ...]:
    """Return what the existing duties become; one that is gone on with keeps its start and due day.

    Its due day only comes earlier when another rule asks so, and never sooner than 14 days from
    today. What no rule asks for any more ends today, or when it would have ended before. Nobody
    gets a new duty that was over before it was known.
    """
    left = list(wanted)
    found = []
    for duty in existing:
        match = next((each for each in left if _overlaps_or_touches(duty, each)), None)
        if match is None:
            found.append(_ended(duty, today))
        else:
            left.remove(match)
            found.append(_gone_on_with(duty, match, today))
    return (*found, *(each for each in left if each.closed_on is None or each.closed_on > today))


def _overlaps_or_touches(duty: Duty, other: Duty) -> bool:
    first, second = sorted((duty, other), key=lambda each: each.opened_on)
    return _touch(first, second)


def _gone_on_with(duty: Duty, wanted: Duty, today: date) -> Duty:
    if wanted.due_on >= duty.due_on:
        return replace(duty, closed_on=wanted.closed_on)
    soonest = max(wanted.due_on, today + timedelta(days=LEAST_NOTICE_DAYS))
    if soonest >= duty.due_on:
        return replace(duty, closed_on=wanted.closed_on)
    return Duty(duty.opened_on, wanted.closed_on, soonest, wanted.rule_code)


def _ended(duty: Duty, today: date) -> Duty:
    ends_on = max(today, duty.opened_on)
    return replace(duty, closed_on=earlier(duty.closed_on, ends_on))


def earlier(one: date | None, other: date | None) -> date | None:
    """Return the earlier of two ends, of which none means never."""
    return min((each for each in (one, other) if each is not None), default=None)


def later_end(one: date | None, other: date | None) -> date | None:
    """Return the later of two ends, of which none means never."""
    return None if one is None or other is None else max(one, other)
