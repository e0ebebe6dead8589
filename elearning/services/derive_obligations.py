"""Bring obligations in step with rules and appointments; run when one of those changes.

Nothing runs by the clock: an end that lies ahead is written now, and holds from its own day. What
was known before stays readable, since a corrected obligation is a new row. A plan says what would
change and writes nothing; applying it writes that and nothing else.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.assignment import Duty, Held, Rule, duties, reconciled
from elearning.services.held_work import held_appointments
from elearning.services.in_scope import read_rules
from elearning.services.obligation_plan import Derived, ObligationPlan, Row
from elearning.services.unit_tree import UnitFacts, read_unit_facts
from elearning.storage.completion import Obligation
from elearning.storage.facts import known


@dataclass(frozen=True, slots=True)
class Grounds:
    """What obligations follow from: as it is on record, or as it would be."""

    rules: tuple[Rule, ...]
    units: UnitFacts


def present_grounds(session: Session) -> Grounds:
    """Return the rules and units that are on record now."""
    return Grounds(read_rules(session), read_unit_facts(session))


def derive_obligations(
    session: Session,
    *,
    clock: Clock,
    among: Select[Any] | None = None,
    training_id: str | None = None,
) -> Derived:
    """Bring the obligations of these people, or of everybody, in step; `among` selects their keys.

    With a training, only those to hold that one.
    """
    grounds = present_grounds(session)
    plan = plan_obligations(
        session, grounds, today=clock.today(), among=among, training_id=training_id
    )
    return plan.write(session, clock.now())


def plan_obligations(
    session: Session,
    grounds: Grounds,
    *,
    today: date,
    among: Select[Any] | None = None,
    training_id: str | None = None,
) -> ObligationPlan:
    """Return what bringing obligations in step would change.

    Obligations that somebody listed by hand are left alone. A day that was put off stays put off:
    the rules decide without those days, and they are added again.
    """
    held = held_appointments(session, grounds.units, among)
    existing, listed = _existing(session, among, training_id), _listed(session)
    plan = ObligationPlan()
    about = {rule.training_id for rule in grounds.rules} | {key[1] for key in existing}
    for each in sorted(about if training_id is None else {training_id}):
        own_rules = [rule for rule in grounds.rules if rule.training_id == each]
        people = {*held, *(person for person, training in existing if training == each)}
        for person_id in sorted(people):
            if (person_id, each) in listed:
                continue
            rows = existing.get((person_id, each), ())
            plan.add(person_id, each, rows, _after(own_rules, held, person_id, rows, today))
    return plan


def _after(
    rules: Sequence[Rule],
    held: Mapping[UUID, Sequence[Held]],
    person_id: UUID,
    rows: Sequence[Row],
    today: date,
) -> tuple[Duty, ...]:
    wanted = duties(rules, held.get(person_id, ()), today)
    return reconciled([row.duty for row in rows], wanted, today)


def _existing(
    session: Session, among: Select[Any] | None, training_id: str | None
) -> dict[tuple[UUID, str], list[Row]]:
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
    if training_id is not None:
        statement = statement.where(Obligation.training_id == training_id)
    found: dict[tuple[UUID, str], list[Row]] = {}
    for person_id, about, row_id, opened_on, closed_on, due_on, days, code in session.execute(
        statement
    ):
        duty = Duty(opened_on, closed_on, due_on - timedelta(days=days), code)
        found.setdefault((person_id, about), []).append(Row(row_id, duty, days))
    return found


def _listed(session: Session) -> set[tuple[UUID, str]]:
    """Return who must hold what because somebody listed them: no rule opens it a second time."""
    statement = select(Obligation.person_id, Obligation.training_id).where(
        known(Obligation, None), Obligation.rule_code.is_(None), Obligation.closed_on.is_(None)
    )
    return {(person_id, training_id) for person_id, training_id in session.execute(statement)}
