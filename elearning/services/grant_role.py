"""Give somebody a role for a while, and end one; both stand in the audit log.

A role that stays for ever is one that nobody looks at again, so every new one ends within a year.
"""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import Conflict, InvalidInput, NotFound
from elearning.learning.award import add_months
from elearning.services.audit_log import Act, record
from elearning.services.hr_scope import HR_ROLES, usual_level
from elearning.services.people_by_number import person_id_of
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.people import Level, Role, RoleGrant, Unit

LONGEST_MONTHS = 12
NEED_A_UNIT = frozenset({Role.HR_UNIT, Role.MANAGER})
HAVE_NO_SCOPE = frozenset({Role.ADVISER, Role.AUTHOR, Role.ADMIN})


@dataclass(frozen=True, slots=True)
class Wish:
    """A role that somebody is to have; what is None is the usual: everything, at most a year."""

    person_number: str
    role: Role
    unit_code: str | None
    training_id: str | None
    level: Level | None
    until_on: date | None


def give_role(
    session: Session, *, wish: Wish, trainings: Container[str], given_by: UUID | None, clock: Clock
) -> RoleGrant:
    """Give the role from today on.

    Raises `NotFound` for who or what there is not, `InvalidInput` for a role that makes no sense,
    and `Conflict` when the person has exactly this role already.
    """
    _check(wish, trainings, clock.today())
    grant = RoleGrant(
        person_id=person_id_of(session, number=wish.person_number),
        role=wish.role,
        unit_id=None if wish.unit_code is None else _unit(session, wish.unit_code).id,
        training_id=wish.training_id,
        level=wish.level or usual_level(wish.role),
        from_on=clock.today(),
        until_on=wish.until_on or latest_end(clock.today()),
        given_by=given_by,
        given_at=clock.now(),
    )
    if _has_it(session, grant, clock.today()):
        raise Conflict("this person has this role already")
    session.add(grant)
    session.flush()
    record(session, _act(AuditKind.ROLE_GIVEN, grant, given_by), clock=clock)
    return grant


def end_role(session: Session, *, grant_id: int, ended_by: UUID | None, clock: Clock) -> RoleGrant:
    """End a role today; raises `NotFound` where there is none that still runs.

    Raises `Conflict` for one's own: somebody has to be left who can undo a mistake.
    """
    grant = running_grant(session, grant_id=grant_id, clock=clock)
    if ended_by is not None and grant.person_id == ended_by:
        raise Conflict("somebody else ends your role")
    grant.until_on = max(clock.today(), grant.from_on)
    session.flush()
    record(session, _act(AuditKind.ROLE_ENDED, grant, ended_by), clock=clock)
    return grant


def running_grant(session: Session, *, grant_id: int, clock: Clock) -> RoleGrant:
    """Return a role that has not ended; raises `NotFound`."""
    grant = session.get(RoleGrant, grant_id)
    if grant is None or (grant.until_on is not None and grant.until_on <= clock.today()):
        raise NotFound("no such role")
    return grant


def latest_end(today: date) -> date:
    """Return the first day after the longest time for which a role is given."""
    return add_months(today, LONGEST_MONTHS)


def _check(wish: Wish, trainings: Container[str], today: date) -> None:
    if wish.role is Role.LEARNER:
        raise InvalidInput("everybody is a learner")
    if wish.role in NEED_A_UNIT and wish.unit_code is None:
        raise InvalidInput("this role is for a unit: say which")
    if wish.role in HAVE_NO_SCOPE and (wish.unit_code or wish.training_id):
        raise InvalidInput("this role is for no unit and no training")
    if wish.level is Level.NAMED and wish.role not in HR_ROLES:
        raise InvalidInput("this role opens no names")
    if wish.training_id is not None and wish.training_id not in trainings:
        raise NotFound(f"there is no training {wish.training_id!r}")
    if wish.until_on is not None and not today < wish.until_on <= latest_end(today):
        raise InvalidInput(f"a role ends after today and by {latest_end(today)}")


def _unit(session: Session, code: str) -> Unit:
    unit = session.scalar(select(Unit).where(Unit.code == code))
    if unit is None:
        raise NotFound(f"there is no unit {code!r}")
    return unit


def _has_it(session: Session, grant: RoleGrant, today: date) -> bool:
    same = (
        RoleGrant.person_id == grant.person_id,
        RoleGrant.role == grant.role,
        RoleGrant.unit_id.is_not_distinct_from(grant.unit_id),
        RoleGrant.training_id.is_not_distinct_from(grant.training_id),
        RoleGrant.level == grant.level,
        or_(RoleGrant.until_on.is_(None), RoleGrant.until_on > today),
    )
    return session.scalar(select(RoleGrant.id).where(*same).limit(1)) is not None


def _act(kind: AuditKind, grant: RoleGrant, actor_id: UUID | None) -> Act:
    facts = {AuditFact.ROLE: grant.role.value, AuditFact.LEVEL: grant.level.value}
    if grant.until_on is not None:
        facts[AuditFact.UNTIL] = grant.until_on.isoformat()
    if grant.unit_id is not None:
        facts[AuditFact.UNIT] = str(grant.unit_id)
    if grant.training_id is not None:
        facts[AuditFact.TRAINING] = grant.training_id
    return Act(kind, actor_id, grant.person_id, facts)
