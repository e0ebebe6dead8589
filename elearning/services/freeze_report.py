"""Freeze the figures of a training: every count for HR, and what others may see of them.

A report is written once. What was hidden in an earlier report of the training stays hidden, so
freezing is done by one at a time.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID, uuid4

import rfc8785
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM, Clock
from elearning.errors import InvalidInput, NobodyCounts
from elearning.learning.board_report import Json, full_report, head_of, suppressed_report
from elearning.learning.training import Training
from elearning.services.audit_log import Act, lock_head, record
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.hr_scope import hr_scope
from elearning.services.report_grid import gone_units, report_lines
from elearning.services.roster_known import roster_known
from elearning.services.sign_in import Grant
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.people import Role
from elearning.storage.reports import BoardReport


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be frozen: a training, a day, and as known when; None is now."""

    training_id: str
    day: date
    known_at: datetime | None = None


def freeze_report(
    session: Session,
    *,
    wanted: Wanted,
    trainings: Mapping[str, Training],
    least: int,
    frozen_by: UUID | None,
    clock: Clock,
) -> BoardReport:
    """Freeze a report; the same question on the same day of knowledge gives the one there is.

    Raises `InvalidInput` for a day that has not come, `NobodyCounts` for one on which nobody had to
    hold the training, and `NotFound` where there is no unit.
    """
    if wanted.day > clock.today():
        raise InvalidInput("a report is about a day that has come")
    lock_head(session)
    known_at = wanted.known_at or clock.now()
    known_on = known_at.astimezone(AMSTERDAM).date()
    found = _frozen_before(session, wanted, known_on)
    if found is not None:
        return found
    query = _query(session, wanted, trainings)
    head = _head(session, query, known_at, clock)
    lines = report_lines(session, query)
    if not any(each.rates.everyone for each in lines):
        raise NobodyCounts("nobody had to hold this training on that day")
    earlier = [json.loads(each) for each in _shown_before(session, wanted.training_id)]
    full = canonical(full_report(head, lines))
    gone = gone_units(session, query.scope.tree)
    shown = canonical(suppressed_report(head, lines, least=least, earlier=earlier, gone=gone))
    report = BoardReport(
        id=uuid4(),
        training_id=wanted.training_id,
        day=wanted.day,
        known_on=known_on,
        frozen_at=clock.now(),
        frozen_by=frozen_by,
        full=full,
        full_digest=digest_of(full),
        shown=shown,
        shown_digest=digest_of(shown),
    )
    session.add(report)
    session.flush()
    record(session, _act(report), clock=clock)
    return report


def canonical(content: Json) -> str:
    """Return JSON that is the same for the same content, byte by byte (RFC 8785)."""
    return rfc8785.dumps(content).decode()


def digest_of(text: str) -> str:
    """Return the digest that stands beside a report and in the audit log."""
    return sha256(text.encode()).hexdigest()


def _frozen_before(session: Session, wanted: Wanted, known_on: date) -> BoardReport | None:
    return session.scalars(
        select(BoardReport).where(
            BoardReport.training_id == wanted.training_id,
            BoardReport.day == wanted.day,
            BoardReport.known_on == known_on,
        )
    ).one_or_none()


def _shown_before(session: Session, training_id: str) -> list[str]:
    statement = select(BoardReport.shown).where(BoardReport.training_id == training_id)
    return [*session.scalars(statement.order_by(BoardReport.frozen_at, BoardReport.id))]


def _query(session: Session, wanted: Wanted, trainings: Mapping[str, Training]) -> CompletionQuery:
    scope = hr_scope(
        session,
        grants=[Grant(Role.HR_CENTRAL, None)],
        day=wanted.day,
        known_at=wanted.known_at,
        training_id=wanted.training_id,
    )
    return completion_query(
        trainings,
        training_id=wanted.training_id,
        scope=scope,
        day=wanted.day,
        known_at=wanted.known_at,
    )


def _head(session: Session, query: CompletionQuery, known_at: datetime, clock: Clock) -> Json:
    roster = roster_known(session, known_at)
    validity = query.training.validity
    return head_of(
        query.training.id,
        query.training.title,
        day=query.day.isoformat(),
        known_at=_instant(known_at),
        frozen_at=_instant(clock.now()),
        roster_of=None if roster is None else roster.as_of.isoformat(),
        roster_read_at=None if roster is None else _instant(roster.applied_at),
        grace_days=validity.grace_days,
        renewal_window_days=validity.renewal_window_days,
    )


def _instant(moment: datetime) -> str:
    return moment.astimezone(AMSTERDAM).isoformat(timespec="minutes")


def _act(report: BoardReport) -> Act:
    facts = {
        AuditFact.TRAINING: report.training_id,
        AuditFact.DAY: report.day.isoformat(),
        AuditFact.KEY: report.full_digest,
        AuditFact.DIGEST: report.shown_digest,
    }
    return Act(AuditKind.REPORT_FROZEN, report.frozen_by, report.id, facts)
