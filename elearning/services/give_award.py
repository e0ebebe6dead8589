"""Store a new award, and the entry in the audit log that goes with every one, whatever its kind.

A request to let a training elsewhere count for it is then needless, and goes.
"""

from __future__ import annotations

from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.services.audit_log import Act, record
from elearning.services.prior_requests import forget_request
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.completion import Award


def give_award(session: Session, *, award: Award, clock: Clock) -> Award:
    """Store the award and log it in the same transaction."""
    session.add(award)
    session.flush()
    forget_request(session, person_id=award.person_id, training_id=award.training_id)
    facts = {
        AuditFact.TRAINING: award.training_id,
        AuditFact.VERSION: award.content_version,
        AuditFact.REASON: award.kind.value,
    }
    record(session, Act(AuditKind.AWARD_GIVEN, None, award.id, facts), clock=clock)
    return award
