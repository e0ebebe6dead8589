"""What new content asks of who holds an earlier award: that award is the evidence.

An award belongs to the major version of the day it was obtained on; so nothing about what people
learned is needed to tell, and all ways to obtain it are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from elearning.learning.award import AwardDates, AwardStatus, may_obtain
from elearning.learning.training import ModulePart, PartGroup, PassLimits, Training
from elearning.learning.validity import Asks, MajorVersion

NO_LIMITS = PassLimits(0, 0, 0)


@dataclass(frozen=True, slots=True)
class Update:
    """What somebody is asked to do for the versions that came after their award.

    `own_end` is the end that the award has but for a limit of new content: a delta goes on with it.
    """

    majors: tuple[MajorVersion, ...]
    own_end: date | None

    @property
    def is_whole(self) -> bool:
        """Say whether the whole training is asked for anew."""
        return any(each.asks is Asks.FULL for each in self.majors)

    @property
    def counts_after(self) -> date:
        """Return the day after which what is done counts: the content was not there before."""
        return self.majors[0].from_on - timedelta(days=1)

    def of(self, training: Training) -> Training:
        """Return the training with only what is asked; its version stays that of the whole."""
        if self.is_whole:
            return training
        modules = dict.fromkeys(each.module_id for each in self.majors)
        parts = tuple(
            ModulePart(f"nieuw-{each}", PartGroup.PREPARE, each)
            for each in modules
            if each is not None
        )
        return replace(training, parts=parts, plan=None, limits=NO_LIMITS)


def update_asked(training: Training, award: AwardDates, today: date) -> Update | None:
    """Return what new versions ask of who holds a valid award; None where they ask nothing.

    The end of the award is the one it has but for a limit. Who may renew everything anyway does
    that instead.
    """
    if award.status_on(today) is not AwardStatus.VALID:
        return None
    if may_obtain(award, today, training.validity):
        return None
    missed = tuple(
        each
        for each in training.majors
        if award.obtained_on < each.from_on <= today and each.asks is not Asks.NONE
    )
    return Update(missed, award.valid_until) if missed else None
