"""Read frozen reports: HR all of it, everybody else what is shown of the units in their role.

What lies outside a role is answered exactly as what does not exist.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.errors import NotFound
from elearning.learning.board_report import Json, cut_to
from elearning.services.completion_query import read_rows
from elearning.services.hr_scope import HR_ROLES
from elearning.services.sign_in import Grant
from elearning.storage.people import Level, Role, Unit
from elearning.storage.reports import BoardReport

UNIT = Unit.__table__.c
WHOLE_ROLES = frozenset({Role.BOARD, Role.WORKS_COUNCIL, Role.HR_CENTRAL})
VIEWERS = frozenset({Role.BOARD, Role.WORKS_COUNCIL, Role.MANAGER})


@dataclass(frozen=True, slots=True)
class ShownReport:
    """What somebody may see of a report; `is_all` is everything that is shown to anybody."""

    row: BoardReport
    content: Json
    is_all: bool


def viewer_grants(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Return the grants that open frozen reports; a manager's only with a unit.

    Of HR it is those for counts; who may read names has live figures.
    """
    return tuple(
        each
        for each in grants
        if (each.role in VIEWERS or (each.role in HR_ROLES and each.level is Level.COUNTS))
        and (each.unit_id is not None or each.role in WHOLE_ROLES)
    )


def shown_reports(session: Session, *, grants: Iterable[Grant]) -> tuple[ShownReport, ...]:
    """Return every report of which these grants open something, the newest first."""
    held = viewer_grants(grants)
    codes = _codes(session, held)
    found = (_shown(row, held, codes) for row in _newest_first(session))
    return tuple(each for each in found if each is not None)


def shown_report(session: Session, *, grants: Iterable[Grant], report_id: UUID) -> ShownReport:
    """Return what these grants open of a report; raises `NotFound` where that is nothing."""
    held = viewer_grants(grants)
    row = session.get(BoardReport, report_id)
    found = None if row is None else _shown(row, held, _codes(session, held))
    if found is None:
        raise NotFound("no report")
    return found


def full_reports(session: Session) -> tuple[BoardReport, ...]:
    """Return every report, the newest first."""
    return tuple(_newest_first(session))


def full_report(session: Session, *, report_id: UUID) -> BoardReport:
    """Return a report with every figure; raises `NotFound`."""
    row = session.get(BoardReport, report_id)
    if row is None:
        raise NotFound("no report")
    return row


def newest_shown(session: Session, *, training_id: str) -> Json | None:
    """Return what is shown of the newest report of a training: that of the latest day."""
    text = session.scalar(
        select(BoardReport.shown)
        .where(BoardReport.training_id == training_id)
        .order_by(BoardReport.day.desc(), BoardReport.frozen_at.desc())
        .limit(1)
    )
    return None if text is None else dict(json.loads(text))


def _newest_first(session: Session) -> Iterable[BoardReport]:
    return session.scalars(
        select(BoardReport).order_by(BoardReport.day.desc(), BoardReport.frozen_at.desc())
    )


def _codes(session: Session, grants: Iterable[Grant]) -> dict[int, str]:
    ids = {each.unit_id for each in grants if each.unit_id is not None}
    if not ids:
        return {}
    statement = select(UNIT.id, UNIT.code).where(UNIT.id.in_(ids))
    return dict(read_rows(session, statement))


def _shown(row: BoardReport, grants: Iterable[Grant], codes: dict[int, str]) -> ShownReport | None:
    held = [each for each in grants if each.training_id in {None, row.training_id}]
    is_all = any(each.unit_id is None for each in held)
    units = None if is_all else [codes[each.unit_id] for each in held if each.unit_id in codes]
    content = cut_to(json.loads(row.shown), units)
    return ShownReport(row, content, is_all) if content["units"] else None
