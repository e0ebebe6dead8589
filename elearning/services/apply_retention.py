"""Forget what is no longer needed: learning state, ended sessions, old counters, unused codes.

Learning state goes 30 days after everything a person must hold was obtained, and after 30 idle
months otherwise (design: completion, "Nobody can tell which route a learner took"). Awards stay.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.learning.award import add_months, may_obtain
from elearning.learning.training import Training
from elearning.services.audit_log import forget_old_entries
from elearning.services.complete_training import awards_of, dates_of, trainings_of
from elearning.services.forget_messages import forget_old_messages
from elearning.services.stage_roster import forget_old_uploads
from elearning.services.throttle import forget_old_windows
from elearning.services.training_codes import forget_old_codes
from elearning.storage.learning_state import Attempt, AttemptStep, LearningLink, ModulePage
from elearning.storage.security import SignedInSession
from elearning.storage.statements import delete_rows

DAYS_AFTER_COMPLETION = 30
IDLE_MONTHS = 30


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted, in counts that name nobody."""

    learners: int
    sessions: int
    counters: int
    codes: int
    audit_entries: int
    messages: int


def apply_retention(session: Session, *, library: Library, clock: Clock) -> Forgotten:
    """Delete everything past its limit, in one transaction."""
    learners = [*_past_their_limit(session, library, clock.today())]
    for learning_key in learners:
        forget_learning_state(session, learning_key=learning_key)
    ended = delete_rows(
        session, delete(SignedInSession).where(SignedInSession.expires_at <= clock.now())
    )
    forget_old_uploads(session, clock=clock)
    return Forgotten(
        learners=len(learners),
        sessions=ended,
        counters=forget_old_windows(session, clock=clock),
        codes=forget_old_codes(session, clock=clock),
        audit_entries=forget_old_entries(session, clock=clock),
        messages=forget_old_messages(session, clock=clock),
    )


def forget_learning_state(session: Session, *, learning_key: UUID) -> None:
    """Delete all steps, runs and pages under one key, and the link to the person."""
    own = select(Attempt.id).where(Attempt.learning_key == learning_key)
    session.execute(delete(AttemptStep).where(AttemptStep.attempt_id.in_(own)))
    session.execute(
        delete(Attempt).where(
            Attempt.learning_key == learning_key, Attempt.forked_from.is_not(None)
        )
    )
    session.execute(delete(Attempt).where(Attempt.learning_key == learning_key))
    session.execute(delete(ModulePage).where(ModulePage.learning_key == learning_key))
    session.execute(delete(LearningLink).where(LearningLink.learning_key == learning_key))


def _past_their_limit(session: Session, library: Library, today: date) -> Iterator[UUID]:
    """Yield the keys of everyone whose learning state is no longer needed."""
    finished_by = today - timedelta(days=DAYS_AFTER_COMPLETION)
    idle_since = add_months(today, -IDLE_MONTHS)
    for person_id, learning_key in session.execute(
        select(LearningLink.person_id, LearningLink.learning_key)
    ).all():
        last = _last_active_on(session, learning_key)
        is_idle = last is not None and last <= idle_since
        is_finished = last is None or last <= finished_by
        if is_idle or (is_finished and _needs_nothing_more(session, library, person_id, today)):
            yield learning_key


def _last_active_on(session: Session, learning_key: UUID) -> date | None:
    days = (
        session.scalar(
            select(func.max(Attempt.last_played_on)).where(Attempt.learning_key == learning_key)
        ),
        session.scalar(
            select(func.max(ModulePage.done_on)).where(ModulePage.learning_key == learning_key)
        ),
    )
    return max((day for day in days if day is not None), default=None)


def _needs_nothing_more(session: Session, library: Library, person_id: UUID, today: date) -> bool:
    """Say whether all that the person must hold was obtained long enough ago and is not due again.

    Within the window of a renewal what was done since the award counts, so it is kept.
    """
    obligations = trainings_of(session, library=library, person_id=person_id, today=today)
    return bool(obligations) and all(
        _is_settled(session, library.trainings[each.training_id], person_id, today)
        for each in obligations
    )


def _is_settled(session: Session, training: Training, person_id: UUID, today: date) -> bool:
    awards = awards_of(session, person_id=person_id, training_id=training.id)
    if not awards:
        return False
    dates = dates_of(session, awards[0])
    is_long_ago = dates.obtained_on <= today - timedelta(days=DAYS_AFTER_COMPLETION)
    return is_long_ago and not may_obtain(dates, today, training.validity)
