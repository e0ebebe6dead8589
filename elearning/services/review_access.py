"""Who has which role over what until when, for who has to look at that now and then."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import func, or_, select, true
from sqlalchemy.orm import Session, aliased

from elearning.clock import Clock
from elearning.errors import Conflict
from elearning.services.audit_log import Act, record
from elearning.storage.audit import AuditEntry, AuditFact, AuditKind
from elearning.storage.people import Level, Person, Role, RoleGrant, Unit

# What only a role allows. What somebody does as a learner, or with the codes of an adviser, is not
# for a review to tell.
ACTS_OF_A_ROLE = (
    AuditKind.ACCESS_EXPORTED,
    AuditKind.ACCESS_READ,
    AuditKind.ACCESS_REVIEWED,
    AuditKind.CHANGE_CONFIRMED,
    AuditKind.CHANGE_DECLINED,
    AuditKind.CHANGE_REQUESTED,
    AuditKind.COUNTS_EXPORTED,
    AuditKind.DETAILS_READ,
    AuditKind.EXEMPTION_ENDED,
    AuditKind.EXEMPTION_GIVEN,
    AuditKind.LATE_READ,
    AuditKind.LIST_EXPORTED,
    AuditKind.LIST_EXTENDED,
    AuditKind.LIST_SHORTENED,
    AuditKind.PEOPLE_EXPORTED,
    AuditKind.PEOPLE_READ,
    AuditKind.PERSON_READ,
    AuditKind.PRIOR_APPROVED,
    AuditKind.PRIOR_DECLINED,
    AuditKind.PRIOR_FILE_OPENED,
    AuditKind.PRIOR_READ,
    AuditKind.REMINDERS_QUEUED,
    AuditKind.REPORT_FROZEN,
    AuditKind.ROLE_ENDED,
    AuditKind.ROLE_GIVEN,
    AuditKind.ROSTER_APPLIED,
    AuditKind.ROSTER_UNDONE,
    AuditKind.RULE_ADDED,
    AuditKind.RULE_CHANGED,
    AuditKind.RULE_ENDED,
    AuditKind.UNIT_CHANGED,
    AuditKind.WITHDRAWAL_CONFIRMED,
    AuditKind.WITHDRAWAL_DECLINED,
    AuditKind.WITHDRAWAL_REQUESTED,
)


@dataclass(frozen=True, slots=True)
class HeldRole:
    """A role that runs; `last_act_at` is when its holder last did what only a role allows."""

    id: int
    person_id: UUID
    number: str
    name: str
    role: Role
    unit: Unit | None
    training_id: str | None
    level: Level
    from_on: date
    until_on: date | None
    given_by: str | None
    given_at: datetime | None
    last_act_at: datetime | None


@dataclass(frozen=True, slots=True)
class Review:
    """Somebody looked at all roles and found them right; `name` is None for who is gone."""

    at: datetime
    name: str | None
    roles: int


def held_roles(
    session: Session, *, clock: Clock, person_id: UUID | None = None
) -> tuple[HeldRole, ...]:
    """Return every role that runs or is still to begin, by name: of one person, or of all."""
    giver = aliased(Person)
    today = clock.today()
    rows = session.execute(
        select(RoleGrant, Person, Unit, giver.display_name)
        .join(Person, Person.id == RoleGrant.person_id)
        .outerjoin(Unit, Unit.id == RoleGrant.unit_id)
        .outerjoin(giver, giver.id == RoleGrant.given_by)
        .where(
            or_(RoleGrant.until_on.is_(None), RoleGrant.until_on > today),
            true() if person_id is None else RoleGrant.person_id == person_id,
        )
        .order_by(Person.sort_name, Person.id, RoleGrant.id)
    ).all()
    last = _last_acts(session, {person.id for _, person, _, _ in rows})
    return tuple(
        HeldRole(
            id=grant.id,
            person_id=person.id,
            number=person.external_id,
            name=person.display_name,
            role=grant.role,
            unit=unit,
            training_id=grant.training_id,
            level=grant.level,
            from_on=grant.from_on,
            until_on=grant.until_on,
            given_by=given_by,
            given_at=grant.given_at,
            last_act_at=last.get(person.id),
        )
        for grant, person, unit, given_by in rows
    )


def digest_of_roles(roles: tuple[HeldRole, ...]) -> str:
    """Return what stands for exactly these roles, so that a review is of what was seen."""
    lines = (f"{each.id} {each.until_on} {each.level}\n" for each in roles)
    return sha256("".join(sorted(lines)).encode()).hexdigest()


def confirm_review(session: Session, *, digest: str, reviewed_by: UUID, clock: Clock) -> None:
    """Log that all roles were looked at; raises `Conflict` when they are not those that were."""
    roles = held_roles(session, clock=clock)
    if digest != digest_of_roles(roles):
        raise Conflict("the roles have changed since")
    facts = {AuditFact.COUNT: str(len(roles)), AuditFact.DIGEST: digest}
    record(session, Act(AuditKind.ACCESS_REVIEWED, reviewed_by, None, facts), clock=clock)


def last_review(session: Session) -> Review | None:
    """Return the last review, as far back as the audit log goes; None where there is none."""
    row = session.execute(
        select(AuditEntry.recorded_at, Person.display_name, AuditEntry.facts)
        .outerjoin(Person, Person.id == AuditEntry.actor_id)
        .where(AuditEntry.kind == AuditKind.ACCESS_REVIEWED)
        .order_by(AuditEntry.number.desc())
        .limit(1)
    ).one_or_none()
    return None if row is None else Review(row[0], row[1], _count(row[2]))


def _count(facts: str | None) -> int:
    return int(json.loads(facts)[AuditFact.COUNT]) if facts else 0


def _last_acts(session: Session, people: set[UUID]) -> dict[UUID, datetime]:
    statement = (
        select(AuditEntry.actor_id, func.max(AuditEntry.recorded_at))
        .where(AuditEntry.actor_id.in_(people), AuditEntry.kind.in_(ACTS_OF_A_ROLE))
        .group_by(AuditEntry.actor_id)
    )
    return {person: at for person, at in session.execute(statement) if person is not None}
