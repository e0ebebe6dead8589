"""The awards of somebody for a training, and the dates of one; nothing of how they came is read."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from elearning.learning.award import AwardDates
from elearning.storage.completion import Award


def awards_of(session: Session, *, person_id: UUID, training_id: str) -> tuple[Award, ...]:
    """Return the person's awards for a training, the newest first."""
    rows = session.scalars(
        select(Award)
        .where(Award.person_id == person_id, Award.training_id == training_id)
        .order_by(Award.sequence.desc())
    )
    return tuple(rows)


def dates_of(session: Session, award: Award) -> AwardDates:
    """Return the dates of an award, with the day it was replaced, if it was."""
    newer = aliased(Award)
    replaced_on = session.scalar(select(newer.valid_from).where(newer.supersedes_id == award.id))
    return AwardDates(
        obtained_on=award.obtained_on,
        valid_from=award.valid_from,
        valid_until=award.valid_until,
        withdrawn_on=award.withdrawn_on,
        replaced_on=replaced_on,
    )
