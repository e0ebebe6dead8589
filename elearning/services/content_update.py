"""What new content asks of who holds an award, and the end of the award that comes of it.

New content may have given the award an earlier end, a limit; what it would have had without counts
here. Nothing of what people learned is read: the award is the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.learning.award import AwardDates, AwardStatus, valid_until
from elearning.learning.award_change import Effect
from elearning.learning.training import Training
from elearning.learning.update import Update, update_asked
from elearning.services.standing_awards import own_end
from elearning.storage.award_change import AwardChange, ChangedAward
from elearning.storage.completion import Award


def asked_update(
    session: Session,
    *,
    training: Training,
    awards: Sequence[Award],
    newest: AwardDates | None,
    today: date,
) -> Update | None:
    """Return what new content asks of who holds these awards, the newest first."""
    if newest is None or newest.status_on(today) is not AwardStatus.VALID or not training.majors:
        return None
    own = replace(newest, valid_until=own_end(session, awards))
    return update_asked(training, own, today)


def next_end(
    session: Session,
    *,
    training: Training,
    awards: Sequence[Award],
    previous: AwardDates | None,
    update: Update | None,
    today: date,
) -> date | None:
    """Return the end of a new award: a delta goes on with the one there was, without its limit.

    It tells what is new; it does not put off the day on which everything is asked again.
    """
    if previous is None or previous.status_on(today) is not AwardStatus.VALID:
        return valid_until(today, previous, training.validity)
    if update is not None and not update.is_whole:
        return update.own_end
    own = replace(previous, valid_until=own_end(session, awards))
    return valid_until(today, own, training.validity)


@dataclass(frozen=True, slots=True)
class ChangedEnd:
    """Why an award has another end than the one it took the place of, and what that one was."""

    effect: Effect
    before: date | None


def changed_end(session: Session, awards: Sequence[Award]) -> ChangedEnd | None:
    """Return why the newest of somebody's awards has another end; None where it has not."""
    if len(awards) == 1 or awards[0].obtained_on != awards[1].obtained_on:
        return None
    effect = session.scalar(
        select(AwardChange.effect)
        .join(ChangedAward, ChangedAward.change_id == AwardChange.id)
        .where(ChangedAward.award_id == awards[0].id)
    )
    return None if effect is None else ChangedEnd(effect, awards[1].valid_until)
