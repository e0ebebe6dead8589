"""What new content asks of who holds an award, and the end of the award that comes of it.

New content may have given the award an earlier end, a limit; what it would have had without counts
here. Nothing of what people learned is read: the award is the evidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from elearning.learning.award import AwardDates, AwardStatus, may_obtain, valid_until
from elearning.learning.training import Training
from elearning.learning.update import Update, update_asked
from elearning.services.standing_awards import own_end
from elearning.storage.completion import Award


def asked_update(
    session: Session,
    *,
    training: Training,
    awards: Sequence[Award],
    newest: AwardDates | None,
    today: date,
) -> Update | None:
    """Return what new content asks; who may renew the whole training anyway does that instead."""
    update = update_asked(training, newest, today)
    if update is None or newest is None:
        return None
    own = replace(newest, valid_until=own_end(session, awards))
    return None if may_obtain(own, today, training.validity) else update


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
    end = own_end(session, awards)
    if update is not None and not update.is_whole:
        return end
    return valid_until(today, replace(previous, valid_until=end), training.validity)
