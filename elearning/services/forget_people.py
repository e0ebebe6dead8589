"""Delete people with all that is kept about them; who is past their time, or was asked to be."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CompoundSelect, delete, null, select, union_all
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.award import add_months
from elearning.services.forget_audit_entries import empty_entries_about
from elearning.services.forget_learning import forget_learning_state
from elearning.storage.completion import Award
from elearning.storage.learning_state import LearningLink
from elearning.storage.people import Account, Appointment, Person, RoleGrant
from elearning.storage.statements import delete_rows

KEPT_MONTHS = 24


def people_past_limit(
    session: Session, *, today: date, account_months: int = KEPT_MONTHS
) -> tuple[UUID, ...]:
    """Return who left longer ago than people are kept: their last appointment and role ended.

    Who has only appointments that a roster brought and took back left when they were taken back.
    Who never had any, but has an account, goes `account_months` after it was made or last used.
    """
    left_by = add_months(today, -KEPT_MONTHS)
    left: dict[UUID, date] = {}
    undone: dict[UUID, date] = {}
    for person_id, ends_on, retracted_at in session.execute(_ends()):
        days = left if retracted_at is None else undone
        day = (ends_on or date.max) if retracted_at is None else retracted_at.date()
        days[person_id] = max(days.get(person_id, date.min), day)
    last = {**undone, **left}
    unused_since = add_months(today, -account_months)
    unused = session.scalars(select(Account.person_id).where(Account.used_on <= unused_since))
    gone = {person_id for person_id, day in last.items() if day <= left_by}
    return tuple(sorted(gone | ({*unused} - last.keys())))


def forget_people(session: Session, *, ids: Collection[UUID], clock: Clock) -> int:
    """Delete these people and everything about them; return how many there were.

    Certificates go with them: whoever looks up a code finds "unknown". The audit log keeps digests
    of what it said, and badges that point to a public list stay void there.
    """
    keys = session.scalars(select(LearningLink.learning_key).where(LearningLink.person_id.in_(ids)))
    for learning_key in keys.all():
        forget_learning_state(session, learning_key=learning_key)
    awards = session.scalars(select(Award.id).where(Award.person_id.in_(ids))).all()
    # At once: an award may refer to the one that it renewed.
    session.execute(delete(Award).where(Award.person_id.in_(ids)))
    gone = delete_rows(session, delete(Person).where(Person.id.in_(ids)))
    session.expire_all()
    empty_entries_about(session, keys={*ids, *awards}, clock=clock)
    return gone


def _ends() -> CompoundSelect[UUID, date | None, datetime | None]:
    work = select(Appointment.person_id, Appointment.ends_on, Appointment.retracted_at)
    roles = select(RoleGrant.person_id, RoleGrant.until_on, null())
    return union_all(work, roles)
