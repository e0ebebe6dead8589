"""Withdraw an award with four eyes: one person asks for it with a reason, another decides."""

from __future__ import annotations

from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import AwardNotCurrent, NotFound, SameEyes
from elearning.services.audit_log import Act, record
from elearning.services.replace_award import is_current
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.certificates import Withdrawal, WithdrawalReason
from elearning.storage.completion import Award
from elearning.storage.people import Person


def current_award(session: Session, *, external_id: str, training_id: str) -> Award:
    """Return the award that somebody holds, by staff number; raises `NotFound`."""
    found = session.scalars(
        select(Award)
        .join(Person, Person.id == Award.person_id)
        .where(Person.external_id == external_id, Award.training_id == training_id)
        .order_by(Award.sequence.desc())
        .limit(1)
    ).one_or_none()
    if found is None or not is_current(session, award=found):
        raise NotFound("nobody with this number holds it")
    return found


def request_withdrawal(
    session: Session,
    *,
    award: Award,
    reason: WithdrawalReason,
    actor_id: UUID,
    clock: Clock,
) -> Withdrawal:
    """Ask for a withdrawal; raises `AwardNotCurrent`, also where somebody has asked already."""
    session.refresh(award, with_for_update=True)
    asked = select(Withdrawal.id).where(
        Withdrawal.award_id == award.id, Withdrawal.decided_at.is_(None)
    )
    if not is_current(session, award=award) or session.scalar(asked) is not None:
        raise AwardNotCurrent("there is nothing to withdraw, or it has been asked")
    found = Withdrawal(
        id=uuid4(),
        award_id=award.id,
        reason=reason,
        requested_by=actor_id,
        requested_at=clock.now(),
        decided_by=None,
        decided_at=None,
        is_confirmed=None,
    )
    session.add(found)
    session.flush()
    facts = {AuditFact.REASON: reason.value, AuditFact.TRAINING: award.training_id}
    act = Act(AuditKind.WITHDRAWAL_REQUESTED, actor_id, award.id, facts)
    record(session, act, clock=clock)
    return found


def confirm_withdrawal(
    session: Session, *, withdrawal_id: UUID, actor_id: UUID, clock: Clock
) -> None:
    """Withdraw the award from today; raises `NotFound`, `SameEyes`, `AwardNotCurrent`."""
    asked = _undecided(session, withdrawal_id)
    if asked.requested_by == actor_id:
        raise SameEyes("who asks for a withdrawal cannot confirm it")
    award = session.get_one(Award, asked.award_id)
    session.refresh(award, with_for_update=True)
    if not is_current(session, award=award):
        raise AwardNotCurrent("there is nothing to withdraw any more")
    award.withdrawn_on, award.withdrawal_recorded_at = clock.today(), clock.now()
    _decide(session, asked, AuditKind.WITHDRAWAL_CONFIRMED, actor_id, clock)


def decline_withdrawal(
    session: Session, *, withdrawal_id: UUID, actor_id: UUID, clock: Clock
) -> None:
    """Leave the award as it is; who asked may take the request back so. Raises `NotFound`."""
    asked = _undecided(session, withdrawal_id)
    _decide(session, asked, AuditKind.WITHDRAWAL_DECLINED, actor_id, clock)


def _undecided(session: Session, withdrawal_id: UUID) -> Withdrawal:
    asked = session.get(Withdrawal, withdrawal_id, with_for_update=True)
    if asked is None or asked.decided_at is not None:
        raise NotFound("no such request")
    return asked


def _decide(
    session: Session, asked: Withdrawal, kind: AuditKind, actor_id: UUID, clock: Clock
) -> None:
    asked.decided_by, asked.decided_at = actor_id, clock.now()
    asked.is_confirmed = kind is AuditKind.WITHDRAWAL_CONFIRMED
    session.flush()
    facts = {AuditFact.REASON: asked.reason.value}
    record(session, Act(kind, actor_id, asked.award_id, facts), clock=clock)
