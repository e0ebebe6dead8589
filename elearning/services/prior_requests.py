"""How long requests to let a training elsewhere count stay, and how they go."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, or_
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.storage.prior_learning import PriorAnswer, PriorLearning
from elearning.storage.statements import delete_rows

WAITS = timedelta(days=60)
DRAFT_STAYS = timedelta(days=1)
ANSWER_STAYS = timedelta(days=30)


def is_waiting(clock: Clock) -> ColumnElement[bool]:
    """Return the condition that a request was sent and is still kept."""
    return and_(PriorLearning.sent_at.is_not(None), PriorLearning.sent_at > clock.now() - WAITS)


def is_draft(clock: Clock) -> ColumnElement[bool]:
    """Return the condition that a request was filled in, and not sent yet."""
    fresh = PriorLearning.drafted_at > clock.now() - DRAFT_STAYS
    return and_(PriorLearning.sent_at.is_(None), fresh)


def forget_request(session: Session, *, person_id: UUID, training_id: str) -> None:
    """Delete a request that is decided, or that an award made needless; its evidence goes too."""
    session.execute(
        delete(PriorLearning).where(
            PriorLearning.person_id == person_id, PriorLearning.training_id == training_id
        )
    )


def forget_old_requests(session: Session, *, clock: Clock) -> int:
    """Delete what nobody decided or sent in time, and old answers; return how many."""
    now = clock.now()
    not_sent = and_(PriorLearning.sent_at.is_(None), PriorLearning.drafted_at <= now - DRAFT_STAYS)
    requests = delete(PriorLearning).where(or_(PriorLearning.sent_at <= now - WAITS, not_sent))
    answers = delete(PriorAnswer).where(PriorAnswer.answered_at <= now - ANSWER_STAYS)
    return delete_rows(session, requests) + delete_rows(session, answers)
