"""Where an award for a training elsewhere would come among those of somebody, and until when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from elearning.learning.award import AwardDates, AwardStatus, may_obtain, valid_until
from elearning.learning.prior import Equivalent
from elearning.learning.training import Training
from elearning.services.awards import awards_of, dates_of
from elearning.services.content_update import asked_update
from elearning.services.standing_awards import own_end
from elearning.storage.completion import Award


class DayProblem(StrEnum):
    """Why a day cannot be the one on which a training elsewhere was completed."""

    AHEAD = "ahead"
    BEFORE_AWARD = "before_award"
    TOO_LONG_AGO = "too_long_ago"


@dataclass(frozen=True, slots=True)
class Place:
    """A training of somebody with their awards for it, the newest first.

    It is open while an award can be given, and new content asks nothing of who holds one.
    """

    training: Training
    awards: tuple[Award, ...]
    newest: AwardDates | None
    is_open: bool

    @property
    def renewed(self) -> Award | None:
        """Return the award that a new one would take the place of; never a withdrawn one."""
        newest = self.awards[0] if self.awards else None
        return None if newest is None or newest.withdrawn_on is not None else newest


def place_for(session: Session, *, training: Training, person_id: UUID, today: date) -> Place:
    """Return how somebody stands with a training, by their awards alone."""
    awards = awards_of(session, person_id=person_id, training_id=training.id)
    newest = dates_of(session, awards[0]) if awards else None
    now = training.on(today)
    update = asked_update(session, training=now, awards=awards, newest=newest, today=today)
    is_open = update is None and may_obtain(newest, today, now.validity)
    return Place(training, awards, newest, is_open)


def end_of(session: Session, *, place: Place, equivalent: Equivalent, day: date) -> date | None:
    """Return the first day without validity of what was completed elsewhere on this day."""
    previous = place.newest
    if previous is not None and previous.status_on(day) is AwardStatus.VALID:
        previous = replace(previous, valid_until=own_end(session, place.awards))
    return valid_until(day, previous, equivalent.validity(place.training.on(day).validity))


def day_problem(
    session: Session, *, place: Place, equivalent: Equivalent, day: date, today: date
) -> DayProblem | None:
    """Return why this day would give no award that is of use; None where it would."""
    if day > today:
        return DayProblem.AHEAD
    if place.renewed is not None and day <= place.renewed.obtained_on:
        return DayProblem.BEFORE_AWARD
    end = end_of(session, place=place, equivalent=equivalent, day=day)
    if end is not None and end <= max(today, _end_now(place, today)):
        return DayProblem.TOO_LONG_AGO
    return None


def _end_now(place: Place, today: date) -> date:
    """Return the end of the award that is being renewed; without one, today."""
    newest = place.newest
    if newest is None or newest.valid_until is None:
        return today
    return newest.valid_until if newest.status_on(today) is AwardStatus.VALID else today
