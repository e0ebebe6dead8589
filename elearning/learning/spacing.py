"""The sittings of a training as a calendar: from which day the next one is best, and what waits.

Spacing helps people remember; it is advice. Only an institution that says so makes it a lock, and
even then nothing that was begun is held back.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from elearning.learning.training import (
    LearningRecord,
    ModulePart,
    Part,
    PartStatus,
    Plan,
    Progress,
    Sitting,
    Training,
)


@dataclass(frozen=True, slots=True)
class SittingDates:
    """One sitting, numbered from 1, and when it is best begun.

    `opens_on` is None for the first one, and as long as the one before it is not done.
    """

    number: int
    sitting: Sitting
    opens_on: date | None
    is_done: bool

    def is_early_on(self, day: date) -> bool:
        """Say whether a few more days would help."""
        return not self.is_done and self.opens_on is not None and day < self.opens_on

    def waits_on(self, day: date) -> bool:
        """Say whether it is not open yet, where spacing is a rule."""
        return self.number > 1 and (self.opens_on is None or day < self.opens_on)


def calendar(training: Training, record: LearningRecord) -> tuple[SittingDates, ...]:
    """Return the sittings of a training with their days; none where it has no plan."""
    if training.plan is None:
        return ()
    days = _days(training.parts, record)
    return tuple(_dated(training.plan, days))


def waiting(dates: Iterable[SittingDates], day: date) -> frozenset[str]:
    """Return the ids of the parts that are not open yet, where spacing is a rule."""
    return frozenset(
        part_id for each in dates if each.waits_on(day) for part_id in each.sitting.part_ids
    )


def held_back(progress: Progress, part_ids: Collection[str]) -> Progress:
    """Return the progress with these parts not available yet; what was begun stays open."""
    statuses = {
        part_id: PartStatus.NOT_YET_AVAILABLE
        if part_id in part_ids and status is PartStatus.NOT_STARTED
        else status
        for part_id, status in progress.statuses.items()
    }
    return replace(progress, statuses=statuses)


def done_on(part: Part, record: LearningRecord) -> date | None:
    """Return the day on which a part was done, or None."""
    if isinstance(part, ModulePart):
        return record.modules_done.get(part.module_id)
    days = (record.passed_on[each] for each in part.any_of if each in record.passed_on)
    return min(days, default=None)


def _days(parts: Iterable[Part], record: LearningRecord) -> dict[str, date]:
    found = ((part.id, done_on(part, record)) for part in parts)
    return {part_id: day for part_id, day in found if day is not None}


def _dated(plan: Plan, days: Mapping[str, date]) -> Iterable[SittingDates]:
    opens_on: date | None = None
    for number, sitting in enumerate(plan.sittings, start=1):
        done = [days[each] for each in sitting.part_ids if each in days]
        is_done = len(done) == len(sitting.part_ids)
        yield SittingDates(number, sitting, opens_on, is_done)
        opens_on = max(done) + timedelta(days=plan.days_apart) if is_done else None
