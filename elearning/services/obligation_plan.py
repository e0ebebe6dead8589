"""What is to become of obligations: looked at first, and then written as it was looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from elearning.learning.assignment import Duty
from elearning.storage.completion import Basis, Obligation


@dataclass(frozen=True, slots=True)
class Derived:
    """How many obligations were opened, changed (due day or end) and left as they were.

    `ended` counts those of the changed for whom a training ends sooner, each once.
    """

    opened: int
    changed: int
    kept: int
    ended: int


@dataclass(frozen=True, slots=True)
class Row:
    """An obligation on record; its duty is due without the days by which it was put off."""

    id: UUID
    duty: Duty
    days_later: int


@dataclass(frozen=True, slots=True)
class Step:
    """One obligation that would be written, in the place of `before` if there is one."""

    person_id: UUID
    training_id: str
    before: Row | None
    duty: Duty

    @property
    def due_on(self) -> date:
        """Return the last day in time, with the days by which it was put off."""
        return self.duty.due_on + timedelta(days=self._days_later)

    @property
    def is_end(self) -> bool:
        """Say whether it ends sooner than it would have."""
        if self.before is None or self.duty.closed_on is None:
            return False
        end = self.before.duty.closed_on
        return end is None or self.duty.closed_on < end

    @property
    def _days_later(self) -> int:
        return 0 if self.before is None else self.before.days_later

    def values(self, now: datetime) -> dict[str, Any]:
        """Return the new row."""
        return {
            "id": uuid4(),
            "person_id": self.person_id,
            "training_id": self.training_id,
            "opened_on": self.duty.opened_on,
            "due_on": self.due_on,
            "days_later": self._days_later,
            "closed_on": self.duty.closed_on,
            "basis": Basis.RULE,
            "rule_code": self.duty.rule_code,
            "recorded_at": now,
        }


@dataclass(slots=True)
class ObligationPlan:
    """What is to be written: obligations that open, and those that become something else."""

    steps: list[Step] = field(default_factory=list)
    kept: int = 0

    @property
    def opened(self) -> list[Step]:
        """Return the obligations that are new."""
        return [each for each in self.steps if each.before is None]

    @property
    def ended(self) -> frozenset[tuple[UUID, str]]:
        """Return for whom which training ends sooner."""
        return frozenset((each.person_id, each.training_id) for each in self.steps if each.is_end)

    def add(
        self, person_id: UUID, training_id: str, rows: Sequence[Row], after: Sequence[Duty]
    ) -> None:
        """Note what becomes of the rows of one person; the first of `after` are those rows."""
        for row, duty in zip(rows, after, strict=False):
            if duty == row.duty:
                self.kept += 1
            else:
                self.steps.append(Step(person_id, training_id, row, duty))
        for duty in after[len(rows) :]:
            self.steps.append(Step(person_id, training_id, None, duty))

    def write(self, session: Session, now: datetime) -> Derived:
        """Take back first, so that nobody has two open obligations for a moment."""
        before = [each.before for each in self.steps if each.before is not None]
        if before:
            session.execute(
                update(Obligation), [{"id": row.id, "retracted_at": now} for row in before]
            )
        if self.steps:
            session.execute(insert(Obligation), [each.values(now) for each in self.steps])
        session.expire_all()
        return Derived(len(self.opened), len(before), self.kept, len(self.ended))
