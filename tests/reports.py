"""Frozen reports for tests, of figures that a test makes up."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time
from random import Random
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
COUNTS = ("valid", "open", "in_grace", "overdue", "lapsed")


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


def _some_rates(random: Random) -> Rates:
    """Return people of every status; often few."""
    most = random.choice((0, 3, 9, 30))
    counts = {name: random.randint(0, most) for name in COUNTS}
    return Rates(expiring=0, exempt=random.randint(0, 12), paused=random.randint(0, 12), **counts)


def _together(parts: Sequence[GridLine]) -> Rates:
    names = Rates.__dataclass_fields__
    return Rates(**{name: sum(getattr(each.rates, name) for each in parts) for name in names})


def grids(random: Random) -> Iterator[list[GridLine]]:
    """Yield the same institution in one report after the other; each time some of it changes."""
    shape = {f"f{at}": random.randint(0, 4) for at in range(random.randint(1, 4))}
    leaves = {
        (code, place): _some_rates(random)
        for code, parts in shape.items()
        for place in range(parts + 1)
    }
    for _ in range(random.randint(1, 4)):
        yield _grid(shape, leaves)
        for key in random.sample(sorted(leaves), random.randint(1, len(leaves))):
            leaves[key] = _some_rates(random)


def _grid(shape: dict[str, int], leaves: dict[tuple[str, int], Rates]) -> list[GridLine]:
    """Return the lines: of each faculty its departments, and last what is in none of them."""
    lines, faculties = [], []
    for code, parts in shape.items():
        own = [a_line(f"{code}-{at}", code, leaves[code, at], level=2) for at in range(parts)]
        if parts:
            own.append(a_line(code, code, leaves[code, parts], level=2, is_itself=True))
        found = _together(own) if own else leaves[code, 0]
        faculty = a_line(code, "top", found)
        faculties.append(faculty)
        lines += [faculty, *own]
    return [a_line("top", None, _together(faculties), level=0), *lines]
