"""Whose learning state is no longer needed: it was completed, or nothing was done for long."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import func, select, union_all
from sqlalchemy.orm import Session

from elearning.content.library import Library
from elearning.learning.award import add_months, may_obtain
from elearning.learning.training import Training
from elearning.services.awards import awards_of, dates_of
from elearning.services.complete_training import (
    trainings_of,
)
from elearning.services.content_update import asked_update
from elearning.storage.learning_state import Attempt, LearningLink, ModulePage

DAYS_AFTER_COMPLETION = 30
IDLE_MONTHS = 30


@dataclass(frozen=True, slots=True)
class LearningLimit:
    """How long learning state stays: so many days after completion, else 30 idle months."""

    library: Library
    days: int = DAYS_AFTER_COMPLETION

    def past(self, session: Session, *, today: date, only: UUID | None = None) -> tuple[UUID, ...]:
        """Return the keys of everyone past it; with `only`, of that one key if it is."""
        return tuple(self._past(session, today, only))

    def _past(self, session: Session, today: date, only: UUID | None) -> Iterator[UUID]:
        finished_by = today - timedelta(days=self.days)
        idle_since = add_months(today, -IDLE_MONTHS)
        active = _last_active(session, only)
        links = select(LearningLink.person_id, LearningLink.learning_key)
        if only is not None:
            links = links.where(LearningLink.learning_key == only)
        for person_id, learning_key in session.execute(links).all():
            last = active.get(learning_key)
            is_idle = last is not None and last <= idle_since
            is_finished = last is None or last <= finished_by
            if is_idle or (is_finished and self._needs_nothing_more(session, person_id, today)):
                yield learning_key

    def _needs_nothing_more(self, session: Session, person_id: UUID, today: date) -> bool:
        """Say whether all that the person must hold was obtained long ago and is not due again.

        Within the window of a renewal, and while new content is asked for, what was done since the
        award counts, so it is kept.
        """
        obligations = trainings_of(session, library=self.library, person_id=person_id, today=today)
        return bool(obligations) and all(
            self._is_settled(session, self.library.trainings[each.training_id], person_id, today)
            for each in obligations
        )

    def _is_settled(
        self, session: Session, training: Training, person_id: UUID, today: date
    ) -> bool:
        awards = awards_of(session, person_id=person_id, training_id=training.id)
        if not awards:
            return False
        dates = dates_of(session, awards[0])
        is_long_ago = dates.obtained_on <= today - timedelta(days=self.days)
        now = training.on(today)
        update = asked_update(session, training=now, awards=awards, newest=dates, today=today)
        is_due = update is not None or may_obtain(dates, today, now.validity)
        return is_long_ago and not is_due


def _last_active(session: Session, only: UUID | None) -> dict[UUID, date]:
    """Return the last day on which something was done under each key."""
    days = union_all(
        select(Attempt.learning_key.label("key"), Attempt.last_played_on.label("day")),
        select(ModulePage.learning_key, ModulePage.done_on).where(ModulePage.done_on.is_not(None)),
    ).subquery()
    statement = select(days.c.key, func.max(days.c.day)).group_by(days.c.key)
    if only is not None:
        statement = statement.where(days.c.key == only)
    return {row[0]: row[1] for row in session.execute(statement)}
