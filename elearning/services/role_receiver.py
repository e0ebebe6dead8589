"""Who is to have a role: found by staff number, with what tells that it is the right person.

Whoever has left cannot get one: nobody works here and has no account either, so the role would
sleep, and wake on the day on which somebody makes an account for another reason.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from elearning.errors import NotFound
from elearning.services.employment import works_now_or_later
from elearning.services.unit_tree import UnitNode, read_tree
from elearning.storage.people import Account, Appointment, Person


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody on the roster or with an account; `units` are those of today, none for who left."""

    id: UUID
    number: str
    name: str
    units: tuple[UnitNode, ...]
    is_employed: bool
    has_account: bool
    has_address: bool

    @property
    def has_left(self) -> bool:
        """Say whether this person neither works here, today or later, nor can sign in."""
        return not self.is_employed and not self.has_account


def find_receiver(session: Session, *, number: str, today: date) -> Receiver | None:
    """Return who has this staff number; None where nobody has."""
    return _find(session, Person.external_id == number, today)


def receiver(session: Session, *, person_id: UUID, today: date) -> Receiver:
    """Return somebody by their key; raises `NotFound`."""
    found = _find(session, Person.id == person_id, today)
    if found is None:
        raise NotFound("no such person")
    return found


def _find(session: Session, is_it: ColumnElement[bool], today: date) -> Receiver | None:
    person = session.scalars(select(Person).where(is_it)).one_or_none()
    if person is None:
        return None
    appointments = session.execute(
        select(Appointment.unit_id, Appointment.starts_on)
        .where(works_now_or_later(person.id, today))
        .order_by(Appointment.is_primary.desc(), Appointment.id)
    ).all()
    running = [row.unit_id for row in appointments if row.starts_on <= today]
    return Receiver(
        id=person.id,
        number=person.external_id,
        name=person.display_name,
        units=_units(session, running, today),
        is_employed=bool(appointments),
        has_account=session.get(Account, person.id) is not None,
        has_address=bool(person.email),
    )


def _units(session: Session, unit_ids: list[int], today: date) -> tuple[UnitNode, ...]:
    tree = read_tree(session, day=today)
    ids = dict.fromkeys(tree.stands_for(unit_id) for unit_id in unit_ids)
    return tuple(tree.units[unit_id] for unit_id in ids if unit_id in tree.units)
