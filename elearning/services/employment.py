"""Who works here, today or later: only they can be invited or get a role."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_

from elearning.storage.facts import known
from elearning.storage.people import Appointment


def works_now_or_later(person_id: UUID, today: date) -> ColumnElement[bool]:
    """Return which appointments of somebody have not ended: those that run, or will."""
    return and_(
        Appointment.person_id == person_id,
        known(Appointment, None),
        or_(Appointment.ends_on.is_(None), Appointment.ends_on > today),
    )
