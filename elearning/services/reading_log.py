"""Note who read names or took figures along: one entry in the audit log for each time.

An entry says who, what kind, of which training and unit and for which day; never who stood in a
list. Whose row it was follows from the roster when that person asks (`who_looked`). What is about
one person alone has their key.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
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


class About(StrEnum):
    """What somebody was looked at for; the log keeps it, and who it is about is not told."""

    EXEMPTION = "exemption"
    ROLE = "role"
    WITHDRAWAL = "withdrawal"


@dataclass(frozen=True, slots=True)
class PersonReading:
    """Something about one person alone was read; a role is about no training."""

    person_id: UUID
    about: About
    training_id: str | None = None


@dataclass(frozen=True, slots=True)
class RolesReading:
    """Who has which role was read; a file says of which kind it is."""

    roles: int
    file: str | None = None


AnyReading = Reading | DetailsReading | PersonReading | RolesReading


def note_readings(session: Session, *readings: AnyReading, actor_id: UUID, clock: Clock) -> None:
    """Append what was read: a list has one entry for each highest unit, nearly always one."""
    acts = [act for each in readings for act in _acts(each, actor_id)]
    if acts:
        record(session, *acts, clock=clock)


def _acts(reading: AnyReading, actor_id: UUID) -> tuple[Act, ...]:
    match reading:
        case Reading():
            return _list_acts(reading, actor_id)
        case DetailsReading():
            return (_details_act(reading, actor_id),)
        case PersonReading():
            return (_person_act(reading, actor_id),)
        case RolesReading():
            return (_roles_act(reading, actor_id),)


def _list_acts(reading: Reading, actor_id: UUID) -> tuple[Act, ...]:
    facts = {AuditFact.TRAINING: reading.training_id, AuditFact.DAY: reading.day.isoformat()}
    if reading.file is not None:
        facts[AuditFact.FILE] = reading.file
    return tuple(
        Act(reading.kind, actor_id, None, {**facts, AuditFact.UNIT: str(top.id)})
        for top in reading.scope.tops
    )


def _details_act(reading: DetailsReading, actor_id: UUID) -> Act:
    facts = {AuditFact.REASON: reading.check, AuditFact.DAY: reading.day.isoformat()}
    if reading.file is not None:
        facts[AuditFact.FILE] = reading.file
    return Act(AuditKind.DETAILS_READ, actor_id, None, facts)


def _person_act(reading: PersonReading, actor_id: UUID) -> Act:
    facts = {AuditFact.REASON: reading.about.value}
    if reading.training_id is not None:
        facts[AuditFact.TRAINING] = reading.training_id
    return Act(AuditKind.PERSON_READ, actor_id, reading.person_id, facts)


def _roles_act(reading: RolesReading, actor_id: UUID) -> Act:
    facts = {AuditFact.COUNT: str(reading.roles)}
    if reading.file is None:
        return Act(AuditKind.ACCESS_READ, actor_id, None, facts)
    return Act(AuditKind.ACCESS_EXPORTED, actor_id, None, {**facts, AuditFact.FILE: reading.file})
