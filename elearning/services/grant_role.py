"""Give somebody a role for a while, and end one; both stand in the audit log.

A role that stays for ever is one that nobody looks at again, so every new one ends within a year.
"""

from __future__ import annotations

from collections.abc import Container
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import Conflict, ElearningError, InvalidInput, NotFound
from elearning.services.audit_log import Act, record
from elearning.services.hr_scope import usual_level
from elearning.services.role_message import tell_receiver
from elearning.services.role_wish import Refusal, Wish, latest_end, refusals
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.people import Person, RoleGrant, Unit
from elearning.storage.statements import one_at_a_time

GIVING = "give a role"


def give_role(
    session: Session, *, wish: Wish, trainings: Container[str], given_by: UUID | None, clock: Clock
) -> RoleGrant:
    """Give the role from today on, and tell who gets it.

    Raises `NotFound` for who or what there is not, `InvalidInput` for a role that makes no sense,
    and `Conflict` when the person has exactly this role already. Who gives takes turns, so that two
    at once do not give the same role twice.
    """
    one_at_a_time(session, GIVING)
    today = clock.today()
    found = refusals(session, wish=wish, trainings=trainings, today=today)
    if found:
        raise _error(found[0], wish, clock)
    person = session.scalars(select(Person).where(Person.external_id == wish.person_number)).one()
    grant = RoleGrant(
        person_id=person.id,
        role=wish.role,
        unit_id=None if wish.unit_code is None else _unit_id(session, wish.unit_code),
        training_id=wish.training_id,
        level=wish.level or usual_level(wish.role),
        from_on=today,
        until_on=wish.until_on or latest_end(today),
        given_by=given_by,
        given_at=clock.now(),
    )
    session.add(grant)
    session.flush()
    record(session, _act(AuditKind.ROLE_GIVEN, grant, given_by), clock=clock)
    tell_receiver(session, person=person, clock=clock)
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


def _error(refusal: Refusal, wish: Wish, clock: Clock) -> ElearningError:
    """Return the error for a refusal, in the words of the command line."""
    no_scope = InvalidInput("this role is for no unit and no training")
    errors: dict[Refusal, ElearningError] = {
        Refusal.NOBODY: NotFound("there is nobody with this staff number"),
        Refusal.LEARNER: InvalidInput("everybody is a learner"),
        Refusal.NEEDS_UNIT: InvalidInput("this role is for a unit: say which"),
        Refusal.TAKES_NO_UNIT: no_scope,
        Refusal.TAKES_NO_TRAINING: no_scope,
        Refusal.OPENS_NO_NAMES: InvalidInput("this role opens no names"),
        Refusal.NO_TRAINING: NotFound(f"there is no training {wish.training_id!r}"),
        Refusal.DAY: InvalidInput(f"a role ends after today and by {latest_end(clock.today())}"),
        Refusal.NO_UNIT: NotFound(f"there is no unit {wish.unit_code!r}"),
        Refusal.HELD: Conflict("this person has this role already"),
    }
    return errors[refusal]


def _unit_id(session: Session, code: str) -> int:
    return session.scalars(select(Unit.id).where(Unit.code == code)).one()


def _act(kind: AuditKind, grant: RoleGrant, actor_id: UUID | None) -> Act:
    facts = {AuditFact.ROLE: grant.role.value, AuditFact.LEVEL: grant.level.value}
    if grant.until_on is not None:
        facts[AuditFact.UNTIL] = grant.until_on.isoformat()
    if grant.unit_id is not None:
        facts[AuditFact.UNIT] = str(grant.unit_id)
    if grant.training_id is not None:
        facts[AuditFact.TRAINING] = grant.training_id
    return Act(kind, actor_id, grant.person_id, facts)
