"""A role that somebody is to have, and everything that is wrong with it, told at once."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from elearning.learning.award import add_months
from elearning.services.hr_scope import HR_ROLES, usual_level
from elearning.storage.people import Level, Person, Role, RoleGrant, Unit

LONGEST_MONTHS = 12
NEED_A_UNIT = frozenset({Role.HR_UNIT, Role.MANAGER})
HAVE_NO_SCOPE = frozenset({Role.ADVISER, Role.AUTHOR, Role.ADMIN, Role.AUDITOR})


@dataclass(frozen=True, slots=True)
class Wish:
    """A role that somebody is to have; what is None is the usual: everything, at most a year."""

    person_number: str
    role: Role
    unit_code: str | None
    training_id: str | None
    level: Level | None
    until_on: date | None


class Refusal(StrEnum):
    """Why a role cannot be given; the first three say so of the person."""

    NOBODY = "nobody"
    LEFT = "left"
    OWN = "own"
    LEARNER = "learner"
    NEEDS_UNIT = "needs_unit"
    TAKES_NO_UNIT = "takes_no_unit"
    TAKES_NO_TRAINING = "takes_no_training"
    OPENS_NO_NAMES = "opens_no_names"
    NO_TRAINING = "no_training"
    DAY = "day"
    NO_UNIT = "no_unit"
    HELD = "held"


def refusals(
    session: Session, *, wish: Wish, trainings: Container[str], today: date
) -> tuple[Refusal, ...]:
    """Return everything for which a role cannot be given; nothing where it can."""
    return (
        *_of_the_role(wish),
        *_of_its_limits(wish, trainings, today),
        *_stored(session, wish, today),
    )


def latest_end(today: date) -> date:
    """Return the first day after the longest time for which a role is given."""
    return add_months(today, LONGEST_MONTHS)


def same_role(session: Session, wish: Wish, today: date) -> RoleGrant | None:
    """Return exactly this role of this person that runs or is still to begin."""
    level = wish.level or usual_level(wish.role)
    statement = (
        select(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .outerjoin(Unit, Unit.id == RoleGrant.unit_id)
        .where(
            Person.external_id == wish.person_number,
            RoleGrant.role == wish.role,
            Unit.code.is_not_distinct_from(wish.unit_code),
            RoleGrant.training_id.is_not_distinct_from(wish.training_id),
            RoleGrant.level == level,
            or_(RoleGrant.until_on.is_(None), RoleGrant.until_on > today),
        )
        .order_by(RoleGrant.id)
        .limit(1)
    )
    return session.scalars(statement).one_or_none()


def _of_the_role(wish: Wish) -> Iterator[Refusal]:
    if wish.role is Role.LEARNER:
        yield Refusal.LEARNER
    if wish.role in NEED_A_UNIT and wish.unit_code is None:
        yield Refusal.NEEDS_UNIT
    if wish.role in HAVE_NO_SCOPE and wish.unit_code is not None:
        yield Refusal.TAKES_NO_UNIT
    if wish.role in HAVE_NO_SCOPE and wish.training_id is not None:
        yield Refusal.TAKES_NO_TRAINING
    if wish.level is Level.NAMED and wish.role not in HR_ROLES:
        yield Refusal.OPENS_NO_NAMES


def _of_its_limits(wish: Wish, trainings: Container[str], today: date) -> Iterator[Refusal]:
    if wish.training_id is not None and wish.training_id not in trainings:
        yield Refusal.NO_TRAINING
    if wish.until_on is not None and not today < wish.until_on <= latest_end(today):
        yield Refusal.DAY


def _stored(session: Session, wish: Wish, today: date) -> Iterator[Refusal]:
    if session.scalar(select(Person.id).where(Person.external_id == wish.person_number)) is None:
        yield Refusal.NOBODY
    code = wish.unit_code
    if code is not None and session.scalar(select(Unit.id).where(Unit.code == code)) is None:
        yield Refusal.NO_UNIT
    elif same_role(session, wish, today) is not None:
        yield Refusal.HELD
