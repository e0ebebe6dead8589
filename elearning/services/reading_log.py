"""Note who read names or took figures along: one entry in the audit log for each time.

An entry says who, what kind, of which training and unit and for which day; never who stood in a
list. Whose row it was follows from the roster when that person asks (`who_looked`).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.services.audit_log import Act, record
from elearning.services.hr_scope import HrScope
from elearning.storage.audit import AuditFact, AuditKind


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: a list of people or a file."""

    kind: AuditKind
    training_id: str
    scope: HrScope
    day: date
    file: str | None = None


@dataclass(frozen=True, slots=True)
class DetailsReading:
    """A list of people whose details in the roster need a look was read, or taken along."""

    check: str
    day: date
    file: str | None = None


def note_reading(
    session: Session, reading: Reading | DetailsReading, *, actor_id: UUID, clock: Clock
) -> None:
    """Append one entry for each highest unit that was read: nearly always one."""
    if isinstance(reading, DetailsReading):
        record(session, _details_act(reading, actor_id), clock=clock)
        return
    facts = {AuditFact.TRAINING: reading.training_id, AuditFact.DAY: reading.day.isoformat()}
    if reading.file is not None:
        facts[AuditFact.FILE] = reading.file
    acts = (
        Act(reading.kind, actor_id, None, {**facts, AuditFact.UNIT: str(top.id)})
        for top in reading.scope.tops
    )
    record(session, *acts, clock=clock)


def _details_act(reading: DetailsReading, actor_id: UUID) -> Act:
    facts = {AuditFact.REASON: reading.check, AuditFact.DAY: reading.day.isoformat()}
    if reading.file is not None:
        facts[AuditFact.FILE] = reading.file
    return Act(AuditKind.DETAILS_READ, actor_id, None, facts)
