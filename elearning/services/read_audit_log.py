"""Read the audit log as an auditor does: entries by kind and day, the latest first, without names.

An entry holds keys and codes only, so nothing here can look a name up.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from elearning.storage.audit import AuditEntry, AuditFact, AuditKind


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries are asked for: of one kind, and of days from and through; None is all."""

    kind: AuditKind | None
    from_on: date | None
    through_on: date | None


@dataclass(frozen=True, slots=True)
class LogRow:
    """One entry; `kind` is None where it was emptied because it was about somebody erased."""

    number: int
    recorded_at: datetime
    kind: AuditKind | None
    actor_id: UUID | None
    subject_id: UUID | None
    facts: Mapping[AuditFact, str]


@dataclass(frozen=True, slots=True)
class LogPage:
    """One page of entries; pages count from one."""

    rows: tuple[LogRow, ...]
    found: int
    page: int
    pages: int


def log_page(
    session: Session, chosen: LogFilter, *, zone: ZoneInfo, page: int, page_size: int
) -> LogPage:
    """Return one page of the log; a page beyond the last is the last. Days begin in the zone."""
    wanted = _wanted(chosen, zone)
    found = session.scalar(select(func.count()).select_from(AuditEntry).where(*wanted)) or 0
    pages = max(1, -(-found // page_size))
    shown = min(max(page, 1), pages)
    entries = session.scalars(
        select(AuditEntry)
        .where(*wanted)
        .order_by(AuditEntry.number.desc())
        .limit(page_size)
        .offset((shown - 1) * page_size)
    )
    return LogPage(tuple(map(_row, entries)), found, shown, pages)


def _wanted(chosen: LogFilter, zone: ZoneInfo) -> list[ColumnElement[bool]]:
    wanted: list[ColumnElement[bool]] = []
    if chosen.kind is not None:
        wanted.append(AuditEntry.kind == chosen.kind)
    if chosen.from_on is not None:
        wanted.append(AuditEntry.recorded_at >= datetime.combine(chosen.from_on, time(), zone))
    if chosen.through_on is not None:
        end = datetime.combine(chosen.through_on + timedelta(days=1), time(), zone)
        wanted.append(AuditEntry.recorded_at < end)
    return wanted


def _row(entry: AuditEntry) -> LogRow:
    facts = json.loads(entry.facts or "{}")
    return LogRow(
        number=entry.number,
        recorded_at=entry.recorded_at,
        kind=entry.kind,
        actor_id=entry.actor_id,
        subject_id=entry.subject_id,
        facts={AuditFact(name): value for name, value in facts.items()},
    )
