"""What another rule does to the end of an award that exists already; the days are arguments.

A change never ends an award before its effective day, and an extension never ends one sooner.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from math import inf

from elearning.learning.award import end_after
from elearning.learning.status import ENDLESS
from elearning.learning.training import Training
from elearning.learning.validity import Asks, MajorVersion, Validity

NOTICE_DAYS = 60


class Effect(StrEnum):
    """What happens to awards that exist; without any, only new awards follow the new rule."""

    SHORTEN = "shorten"
    EXTEND = "extend"
    LIMIT = "limit"


class Outcome(StrEnum):
    """What becomes of one award."""

    KEPT = "kept"
    SHORTENED = "shortened"
    EXTENDED = "extended"


@dataclass(frozen=True, slots=True)
class Change:
    """A rule that is applied to awards obtained before the version began.

    `validity` is that of the new policy; None for a limit, where awards of an earlier major version
    end on the effective day at the latest.
    """

    effect: Effect
    version_on: date
    effective_on: date
    validity: Validity | None


@dataclass(frozen=True, slots=True)
class Standing:
    """An award that stands; `anchor` is the day from which its validity was counted.

    `is_limited` says that new content gave it its end; no policy makes that later. `keeps_own` is
    for what was completed elsewhere and counts for a time of its own: a policy of the training is
    not about it.
    """

    obtained_on: date
    anchor: date
    valid_until: date | None
    is_limited: bool
    keeps_own: bool


def latest_policy(training: Training) -> tuple[date, Validity] | None:
    """Return the newest policy and its first day; None while there is only the first."""
    if len(training.policies) == 1:
        return None
    newest = training.policies[-1]
    return newest.from_on, newest.validity


def latest_major(training: Training) -> MajorVersion | None:
    """Return the newest major version that asks something; None where there is none."""
    asking = [each for each in training.majors if each.asks is not Asks.NONE]
    return asking[-1] if asking else None


def effects_of(training: Training, today: date) -> tuple[Effect, ...]:
    """Return what could be decided about awards of a training that exist."""
    found = []
    if latest_policy(training) is not None:
        *earlier, newest = (_length(each.validity) for each in training.policies)
        found += [Effect.SHORTEN] if newest < max(earlier) else []
        found += [Effect.EXTEND] if newest > min(earlier) else []
    if change_on(training, Effect.LIMIT, today, today) is not None:
        found.append(Effect.LIMIT)
    return tuple(found)


def _length(validity: Validity) -> float:
    return inf if validity.months is None else validity.months


def change_on(training: Training, effect: Effect, today: date, wished: date) -> Change | None:
    """Return the change as it is when it is decided today; None where there is nothing to apply.

    A shorter validity is announced at least sixty days ahead. New content leaves as many days as
    its version says, counted from the decision; before it is there nothing can be decided.
    """
    if effect is Effect.LIMIT:
        major = latest_major(training)
        if major is None or major.within_days is None or major.from_on > today:
            return None
        ends_on = today + timedelta(days=major.within_days)
        return Change(effect, major.from_on, max(wished, ends_on), None)
    policy = latest_policy(training)
    if policy is None:
        return None
    version_on, validity = policy
    notice = timedelta(days=NOTICE_DAYS if effect is Effect.SHORTEN else 0)
    return Change(effect, version_on, max(wished, version_on, today + notice), validity)


def new_end(award: Standing, change: Change) -> date | None:
    """Return the end that an award has by a change; it may be the end it had."""
    old = award.valid_until or ENDLESS
    is_touched = award.obtained_on < change.version_on and old > change.effective_on
    if not is_touched or _is_spared(award, change.effect):
        return award.valid_until
    by_policy = _end_by(award, change)
    if change.effect is Effect.EXTEND:
        return _or_none(max(old, by_policy))
    return _or_none(min(old, max(by_policy, change.effective_on)))


def _is_spared(award: Standing, effect: Effect) -> bool:
    """Say whether an award is not what a change is about; new content is about every award."""
    if effect is Effect.LIMIT:
        return False
    return award.keeps_own or (effect is Effect.EXTEND and award.is_limited)


def outcome(award: Standing, change: Change) -> Outcome:
    """Return what becomes of an award."""
    before, after = award.valid_until or ENDLESS, new_end(award, change) or ENDLESS
    if after == before:
        return Outcome.KEPT
    return Outcome.SHORTENED if after < before else Outcome.EXTENDED


@dataclass(frozen=True, slots=True)
class Preview:
    """How many awards a change keeps, shortens and extends; `ended` are over on its first day."""

    change: Change
    kept: int
    shortened: int
    extended: int
    ended: int

    @property
    def told(self) -> int:
        """Return how many people are told: all whose certificate gets another end."""
        return self.shortened + self.extended


def preview(awards: Iterable[Standing], change: Change) -> Preview:
    """Count what a change does; each award is of another person."""
    found: Counter[Outcome] = Counter()
    ended = 0
    for each in awards:
        what = outcome(each, change)
        found[what] += 1
        ended += what is Outcome.SHORTENED and new_end(each, change) == change.effective_on
    return Preview(
        change, found[Outcome.KEPT], found[Outcome.SHORTENED], found[Outcome.EXTENDED], ended
    )


def _end_by(award: Standing, change: Change) -> date:
    if change.validity is None:
        return date.min
    return end_after(award.anchor, change.validity) or ENDLESS


def _or_none(day: date) -> date | None:
    return None if day == ENDLESS else day
