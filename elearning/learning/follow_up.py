"""What is offered after an award: boosters, and once a year a refresher; never an obligation.

Which one is on offer follows from the award's date alone. That it was done is ordinary learning
state, which is forgotten like all of it; then the offer simply stands again.
"""

from __future__ import annotations

from datetime import date, timedelta

from elearning.learning.award import AwardDates, AwardStatus, add_months
from elearning.learning.training import Booster, LearningRecord, Training

# Who did it in the week before it was offered is not asked again.
A_LITTLE_EARLY = timedelta(days=7)


def booster_on(
    training: Training, award: AwardDates | None, record: LearningRecord, day: date
) -> Booster | None:
    """Return the newest booster whose month has come, unless its module was done since then."""
    if award is None or award.status_on(day) is not AwardStatus.VALID:
        return None
    begun = [
        each for each in training.boosters if add_months(award.obtained_on, each.months) <= day
    ]
    newest = max(begun, key=lambda each: each.months, default=None)
    if newest is None:
        return None
    done_on = record.modules_done.get(newest.module_id)
    counts_from = add_months(award.obtained_on, newest.months) - A_LITTLE_EARLY
    return None if done_on is not None and done_on >= counts_from else newest
