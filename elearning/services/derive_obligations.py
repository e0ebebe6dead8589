"""Bring obligations in step with rules and appointments; run when one of those changes.

Nothing runs by the clock: an end that lies ahead is written now, and holds from its own day. What
was known before stays readable, since a corrected obligation is a new row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Select, insert, select, update
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.assignment import Duty, Held, Rule, duties, reconciled
from elearning.learning.predicate import Work
from elearning.learning.status import Interval
from elearning.services.in_scope import read_rules
from elearning.services.unit_tree import UnitTree, read_tree
from elearning.storage.completion import Basis, Obligation
from elearning.storage.facts import known
from elearning.storage.people import Appointment


@dataclass(frozen=True, slots=True)
class Derived:
    """How many obligations were opened, changed (due day or end) and left as they were."""

    opened: int
    changed: int
    kept: int


def derive_obligations(
    session: Session, *, clock: Clock, among: Select[Any] | None = None
) -> Derived:
    """Bring the obligations of these people, or of everybody, in step; `among` selects their keys.

    Obligations that somebody listed by hand are left alone. A day that was put off stays put off:
    the rules decide without those days, and they are added again.
    """
    today, rules = clock.today(), read_rules(session)
    tree = read_tree(session, day=today)
    held = held_appointments(session, tree, among)
    existing, listed = _existing(session, among), _listed(session)
    changes = _Changes(clock.now())
    for training_id in sorted({rule.training_id for rule in rules} | {key[1] for key in existing}):
        own_rules = [rule for rule in rules if rule.training_id == training_id]
        people = {*held, *(person for person, training in existing if training == training_id)}
        for person_id in sorted(people):
            if (person_id, training_id) in listed:
                continue
            rows = existing.get((person_id, training_id), ())
            changes.add(
                person_id, training_id, rows, _after(own_rules, held, person_id, rows, today)
            )
    return changes.write(session)


def _after(
    rules: Sequence[Rule],
    held: Mapping[UUID, Sequence[Held]],
    person_id: UUID,
    rows: Sequence[_Row],
    today: date,
) -> tuple[Duty, ...]:
    wanted = duties(rules, held.get(person_id, ()), today)
    return reconciled([row.duty for row in rows], wanted, today)


@dataclass(frozen=True, slots=True)
class _Row:
    """An obligation on record; its duty is due without the days by which it was put off."""

    id: UUID
    duty: Duty
    days_later: int


class _Changes:
    """What is to be written: rows to take back, and rows to add."""

    def __init__(self, now: datetime) -> None:
        self.now = now
        self.taken_back: list[UUID] = []
        self.added: list[dict[str, Any]] = []
        self.kept = 0

    def add(
        self,
        person_id: UUID,
        training_id: str,
        rows: Sequence[_Row],
        after: Sequence[Duty],
    ) -> None:
        """Note what becomes of the rows of one person; the first of `after` are those rows."""
        for row, duty in zip(rows, after, strict=False):
            if duty == row.duty:
                self.kept += 1
                continue
            self.taken_back.append(row.id)
            self._put(person_id, training_id, duty, row.days_later)
        for duty in after[len(rows) :]:
            self._put(person_id, training_id, duty, 0)

    def _put(self, person_id: UUID, training_id: str, duty: Duty, days_later: int) -> None:
        self.added.append(
            {
                "id": uuid4(),
                "person_id": person_id,
                "training_id": training_id,
                "opened_on": duty.opened_on,
                "due_on": duty.due_on + timedelta(days=days_later),
                "days_later": days_later,
                "closed_on": duty.closed_on,
                "basis": Basis.RULE,
                "rule_code": duty.rule_code,
                "recorded_at": self.now,
            }
        )

    def write(self, session: Session) -> Derived:
        """Take back first, so that nobody has two open obligations for a moment."""
        if self.taken_back:
            session.execute(
                update(Obligation),
                [{"id": each, "retracted_at": self.now} for each in self.taken_back],
            )
        if self.added:
            session.execute(insert(Obligation), self.added)
        session.expire_all()
        changed = len(self.taken_back)
        return Derived(len(self.added) - changed, changed, self.kept)


def held_appointments(
    session: Session, tree: UnitTree, among: Select[Any] | None
) -> dict[UUID, list[Held]]:
    """Return the appointments of these people as rules see them."""
    statement = select(
        Appointment.person_id,
        Appointment.unit_id,
        Appointment.category,
        Appointment.function_tags,
        Appointment.fte_percent,
        Appointment.starts_on,
        Appointment.ends_on,
        Appointment.first_seen_on,
    ).where(known(Appointment, None))
    if among is not None:
        statement = statement.where(Appointment.person_id.in_(among))
    lines: dict[int, frozenset[str]] = {}
    found: dict[UUID, list[Held]] = {}
    for person_id, unit_id, category, tags, fte, starts_on, ends_on, seen_on in session.execute(
        statement
    ):
        if unit_id not in lines:
            lines[unit_id] = frozenset(unit.code for unit in tree.line(unit_id))
        work = Work(lines[unit_id], category, frozenset(tags.split()), fte)
        found.setdefault(person_id, []).append(Held(work, Interval(starts_on, ends_on), seen_on))
    return found


def _existing(session: Session, among: Select[Any] | None) -> dict[tuple[UUID, str], list[_Row]]:
    statement = (
        select(
            Obligation.person_id,
            Obligation.training_id,
            Obligation.id,
            Obligation.opened_on,
            Obligation.closed_on,
            Obligation.due_on,
            Obligation.days_later,
            Obligation.rule_code,
        )
        .where(known(Obligation, None), Obligation.rule_code.is_not(None))
        .order_by(Obligation.opened_on)
    )
    if among is not None:
        statement = statement.where(Obligation.person_id.in_(among))
    found: dict[tuple[UUID, str], list[_Row]] = {}
    for person_id, training_id, row_id, opened_on, closed_on, due_on, days, code in session.execute(
        statement
    ):
        duty = Duty(opened_on, closed_on, due_on - timedelta(days=days), code)
        found.setdefault((person_id, training_id), []).append(_Row(row_id, duty, days))
    return found


def _listed(session: Session) -> set[tuple[UUID, str]]:
    """Return who must hold what because somebody listed them: no rule opens it a second time."""
    statement = select(Obligation.person_id, Obligation.training_id).where(
        known(Obligation, None), Obligation.rule_code.is_(None), Obligation.closed_on.is_(None)
    )
    return {(person_id, training_id) for person_id, training_id in session.execute(statement)}
