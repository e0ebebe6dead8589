"""Exempt somebody from a training for a while, by a closed code; never by a reason in words.

An exemption can end early: the fact is taken back and said again with its new last day, so that
every report of before stays what it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import Conflict, InvalidInput, NotFound, SameEyes
from elearning.learning.award import add_months
from elearning.services.audit_log import Act, record
from elearning.services.hr_scope import HrScope
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.completion import Exemption, ExemptionCode, Obligation
from elearning.storage.facts import covers, known
from elearning.storage.people import Appointment, Person

LONGEST_MONTHS = 12
ENDING_SOON_DAYS = 30


@dataclass(frozen=True, slots=True)
class ExemptionDraft:
    """Whom to exempt, by their number in the roster, from what, during [from_on, until_on)."""

    person_number: str
    training_id: str
    code: ExemptionCode
    from_on: date
    until_on: date


def exempt(
    session: Session,
    *,
    scope: HrScope,
    draft: ExemptionDraft,
    granted_by: UUID,
    clock: Clock,
) -> Exemption:
    """Exempt somebody who works in the scope.

    Raises `NotFound` for who does not work there or need not hold the training, `InvalidInput` for
    days that cannot be, `SameEyes` for one's own, `Conflict` where an exemption holds already.
    """
    person_id = check_draft(
        session, scope=scope, draft=draft, granted_by=granted_by, today=clock.today()
    )
    row = Exemption(
        person_id=person_id,
        training_id=draft.training_id,
        code=draft.code,
        from_on=draft.from_on,
        until_on=draft.until_on,
        granted_by=granted_by,
        recorded_at=clock.now(),
    )
    session.add(row)
    facts = {
        AuditFact.TRAINING: draft.training_id,
        AuditFact.REASON: draft.code.value,
        AuditFact.UNTIL: draft.until_on.isoformat(),
    }
    act = Act(AuditKind.EXEMPTION_GIVEN, granted_by, person_id, facts)
    record(session, act, clock=clock)
    return row


def check_draft(
    session: Session, *, scope: HrScope, draft: ExemptionDraft, granted_by: UUID, today: date
) -> UUID:
    """Return whom a draft is about; raises as `exempt` does, and writes nothing."""
    _check_days(draft, today)
    person_id = _who(session, scope, draft, today)
    if person_id == granted_by:
        raise SameEyes("nobody exempts themselves")
    if _overlaps(session, person_id, draft):
        raise Conflict("an exemption holds in these days already")
    return person_id


def end_exemption(
    session: Session,
    *,
    scope: HrScope,
    training_id: str,
    exemption_id: int,
    ended_by: UUID,
    clock: Clock,
) -> bool:
    """End an exemption from today, and say whether it held on any day before.

    One that held on none is taken back whole.
    Raises `NotFound` for one of another training or of somebody who does not work in the scope,
    `Conflict` for one that has ended.
    """
    row, _name = running_exemption(
        session,
        scope=scope,
        training_id=training_id,
        exemption_id=exemption_id,
        today=clock.today(),
    )
    row.retracted_at = clock.now()
    has_held = row.from_on < clock.today()
    if has_held:
        session.add(
            Exemption(
                person_id=row.person_id,
                training_id=row.training_id,
                code=row.code,
                from_on=row.from_on,
                until_on=clock.today(),
                granted_by=row.granted_by,
                recorded_at=clock.now(),
            )
        )
    facts = {AuditFact.TRAINING: row.training_id, AuditFact.REASON: row.code.value}
    act = Act(AuditKind.EXEMPTION_ENDED, ended_by, row.person_id, facts)
    record(session, act, clock=clock)
    return has_held


def running_exemption(
    session: Session, *, scope: HrScope, training_id: str, exemption_id: int, today: date
) -> tuple[Exemption, str]:
    """Return an exemption that can still be ended, and whose; raises as `end_exemption` does."""
    statement: Any = (
        select(Exemption, Person.display_name)
        .join(Person, Person.id == Exemption.person_id)
        .join(Appointment, Appointment.person_id == Exemption.person_id)
        .where(
            Exemption.id == exemption_id,
            Exemption.training_id == training_id,
            known(Exemption, None),
            known(Appointment, None),
            covers(Appointment.starts_on, Appointment.ends_on, today),
        )
        .limit(1)
    )
    narrowed = scope.narrow(statement, Appointment.__table__.c.unit_id)
    found = session.execute(narrowed).one_or_none()
    if found is None:
        raise NotFound("no such exemption here")
    row, name = found
    if row.until_on <= today:
        raise Conflict("this exemption has ended")
    return row, name


def last_until(code: ExemptionCode, from_on: date) -> date:
    """Return the latest first day on which the training counts again."""
    if code is ExemptionCode.ENDS_WITHIN_30_DAYS:
        return from_on + timedelta(days=ENDING_SOON_DAYS)
    return add_months(from_on, LONGEST_MONTHS)


def _check_days(draft: ExemptionDraft, today: date) -> None:
    from_on, until_on = draft.from_on, draft.until_on
    if until_on <= from_on or until_on <= today:
        raise InvalidInput("an exemption ends after it began, and after today")
    if until_on > last_until(draft.code, from_on):
        raise InvalidInput("an exemption lasts at most 12 months, and 30 days for whoever leaves")


def _who(session: Session, scope: HrScope, draft: ExemptionDraft, today: date) -> UUID:
    statement = (
        select(Person.id)
        .join(Appointment, Appointment.person_id == Person.id)
        .join(Obligation, Obligation.person_id == Person.id)
        .where(
            Person.external_id == draft.person_number,
            known(Appointment, None),
            covers(Appointment.starts_on, Appointment.ends_on, today),
            Obligation.training_id == draft.training_id,
            known(Obligation, None),
            covers(Obligation.opened_on, Obligation.closed_on, today),
        )
        .limit(1)
    )
    found: UUID | None = session.scalar(scope.narrow(statement, Appointment.__table__.c.unit_id))
    if found is None:
        raise NotFound("nobody with this number must hold the training here")
    return found


def _overlaps(session: Session, person_id: UUID, draft: ExemptionDraft) -> bool:
    statement = select(Exemption.id).where(
        Exemption.person_id == person_id,
        Exemption.training_id == draft.training_id,
        known(Exemption, None),
        Exemption.from_on < draft.until_on,
        Exemption.until_on > draft.from_on,
    )
    return session.scalar(statement.limit(1)) is not None
