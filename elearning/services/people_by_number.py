"""Who is meant by a staff number, for commands."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.errors import NotFound
from elearning.storage.people import Person


def person_id_of(session: Session, *, number: str) -> UUID:
    """Return the key of who has this staff number; raises `NotFound`."""
    person_id = session.scalar(select(Person.id).where(Person.external_id == number))
    if person_id is None:
        raise NotFound("there is nobody with this staff number")
    return person_id
