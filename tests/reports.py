"""Frozen reports for tests, of figures that a test makes up."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.learning.board_report import (
    GridLine,
    full_report,
    head_of,
    suppressed_report,
)
from elearning.learning.rates import Rates
from elearning.services.freeze_report import canonical, digest_of
from elearning.storage.reports import BoardReport

DAY = date(2027, 3, 1)


def rates(people: int, *, valid: int = 0, exempt: int = 0, paused: int = 0) -> Rates:
    """Return how so many people stand of whom some have completed; the others are open."""
    return Rates(valid, 0, people - valid, 0, 0, 0, exempt, paused)


def a_line(
    code: str, above: str | None, found: Rates, *, level: int = 1, is_itself: bool = False
) -> GridLine:
    """Return a line of a grid, named after its code."""
    return GridLine(code, above, level, is_itself, {"nl": f"{code} nl", "en": f"{code} en"}, found)


def institution(faculties: Mapping[str, int], *, code: str = "instelling") -> list[GridLine]:
    """Return an institution with these faculties, of each of which half has completed."""
    total = rates(sum(faculties.values()), valid=sum(each // 2 for each in faculties.values()))
    units = [
        a_line(each, code, rates(people, valid=people // 2)) for each, people in faculties.items()
    ]
    return [a_line(code, None, total, level=0), *units]


def a_report(
    session: Session,
    *,
    lines: Sequence[GridLine],
    training_id: str,
    day: date = DAY,
    least: int = 10,
    report_id: UUID | None = None,
) -> BoardReport:
    """Add a report as `freeze_report` would, after those that there are of the training."""
    frozen_at = datetime.combine(day, time(12), UTC)
    head = head_of(
        training_id,
        {"nl": "Training nl", "en": "Training en"},
        day=day.isoformat(),
        known_at=frozen_at.isoformat(),
        frozen_at=frozen_at.isoformat(),
        roster_of=None,
        roster_read_at=None,
    )
    statement = select(BoardReport.shown).where(BoardReport.training_id == training_id)
    earlier = [json.loads(each) for each in session.scalars(statement)]
    full = canonical(full_report(head, lines))
    shown = canonical(suppressed_report(head, lines, least=least, earlier=earlier, gone={}))
    row = BoardReport(
        id=report_id or uuid4(),
        training_id=training_id,
        day=day,
        known_on=day,
        frozen_at=frozen_at,
        frozen_by=None,
        full=full,
        full_digest=digest_of(full),
        shown=shown,
        shown_digest=digest_of(shown),
    )
    session.add(row)
    session.flush()
    return row
