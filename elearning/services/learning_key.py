"""The random key that a person's learning state is kept under."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.storage.learning_state import LearningLink
from elearning.storage.statements import insert_if_absent


def learning_key_of(session: Session, *, person_id: UUID) -> UUID | None:
    """Return the person's key, or None before they have done anything."""
    return session.scalar(
        select(LearningLink.learning_key).where(LearningLink.person_id == person_id)
    )


def ensure_learning_key(session: Session, *, person_id: UUID) -> UUID:
    """Return the person's key; make one at their first step."""
    found = learning_key_of(session, person_id=person_id)
    if found is not None:
        return found
    insert_if_absent(session, LearningLink, {"person_id": person_id, "learning_key": uuid4()})
    key = learning_key_of(session, person_id=person_id)
    if key is None:
        raise RuntimeError("the learning key was inserted and is not there")
    return key
