"""Store a new award, and the entry in the audit log that goes with every one, whatever its kind."""

from __future__ import annotations

from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.services.audit_log import Act, record
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.completion import Award


def give_award(session: Session, *, award: Award, clock: Clock) -> Award:
    """Store the award and log it in the same transaction."""
    session.add(award)
    session.flush()
    facts = {
        AuditFact.TRAINING: award.training_id,
        AuditFact.VERSION: award.content_version,
        AuditFact.REASON: award.kind.value,
    }
    record(session, Act(AuditKind.AWARD_GIVEN, None, award.id, facts), clock=clock)
    return award
