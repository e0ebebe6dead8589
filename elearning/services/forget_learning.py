"""Forget what a learner did: every step, run and page under their key, and the key itself."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from elearning.services.erasure_ledger import Erasing
from elearning.services.learning_key import learning_key_of
from elearning.storage.learning_state import Attempt, AttemptStep, LearningLink, ModulePage


def forget_own_learning(session: Session, *, person_id: UUID, erasing: Erasing) -> bool:
    """Forget it at the learner's own wish, for good; say whether there was anything.

    Awards and certificates stay. The ledger keeps a backup from bringing it back.
    """
    learning_key = learning_key_of(session, person_id=person_id)
    if learning_key is None:
        return False
    erasing.note(learning_key)
    forget_learning_state(session, learning_key=learning_key)
    return True


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
