"""Which appointments a training is about, on a day and as known then: rules turned into SQL."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, false, not_, or_, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.elements import True_

from elearning.learning.assignment import Rule
from elearning.learning.predicate import (
    AllOf,
    AnyOf,
    FteAtLeast,
    HasCategory,
    HasTag,
    InUnit,
    Not,
    Predicate,
    parse_predicate,
)
from elearning.learning.status import Interval
from elearning.services.unit_tree import UnitTree
from elearning.storage.completion import Obligation
from elearning.storage.facts import covers, known
from elearning.storage.people import Appointment
from elearning.storage.rules import AssignmentRule

APPOINTMENT = Appointment.__table__.c


def read_rules(
    session: Session, *, training_id: str | None = None, known_at: datetime | None = None
) -> tuple[Rule, ...]:
    """Return the rules, of one training or of all, in order of their codes."""
    statement = select(AssignmentRule).where(known(AssignmentRule, known_at))
    if training_id is not None:
        statement = statement.where(AssignmentRule.training_id == training_id)
    return tuple(rule_of(row) for row in session.scalars(statement.order_by(AssignmentRule.code)))


def rule_of(row: AssignmentRule) -> Rule:
    """Return a stored rule as a value."""
    return Rule(
        code=row.code,
        training_id=row.training_id,
        predicate=parse_predicate(row.predicate),
        effective=Interval(row.from_on, row.until_on),
        due_days=row.due_days,
    )


def appointments_in_scope(
    session: Session, *, training_id: str, tree: UnitTree, day: date, known_at: datetime | None
) -> ColumnElement[bool] | None:
    """Return which appointments a training is about, by its rules; None is all of them.

    Of whoever was put on a list every appointment counts; without a rule on the day, so it is for
    everybody.
    """
    rows = session.scalars(
        select(AssignmentRule)
        .where(
            AssignmentRule.training_id == training_id,
            known(AssignmentRule, known_at),
            covers(AssignmentRule.from_on, AssignmentRule.until_on, day),
        )
        .order_by(AssignmentRule.code)
    )
    conditions = [as_sql(parse_predicate(row.predicate), tree) for row in rows]
    if not conditions or any(isinstance(each, True_) for each in conditions):
        return None
    listed = _listed(training_id, day, known_at)
    if session.scalar(listed.limit(1)) is not None:
        conditions.append(APPOINTMENT.person_id.in_(listed))
    return or_(*conditions)


def _listed(training_id: str, day: date, known_at: datetime | None) -> Select[Any]:
    """Return who has to hold a training on a day because somebody put them on a list."""
    return select(Obligation.person_id).where(
        Obligation.training_id == training_id,
        Obligation.rule_code.is_(None),
        known(Obligation, known_at),
        covers(Obligation.opened_on, Obligation.closed_on, day),
    )


def as_sql(predicate: Predicate, tree: UnitTree) -> ColumnElement[bool]:
    """Return a predicate as a condition on the table of appointments."""
    if isinstance(predicate, AllOf | AnyOf):
        parts = [as_sql(part, tree) for part in predicate.parts]
        return _all(parts) if isinstance(predicate, AllOf) else _any(parts)
    if isinstance(predicate, Not):
        return not_(as_sql(predicate.part, tree))
    return _leaf(predicate, tree)


def _all(parts: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    return and_(true(), *parts)


def _any(parts: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    return or_(false(), *parts)


def _leaf(
    predicate: InUnit | HasCategory | HasTag | FteAtLeast, tree: UnitTree
) -> ColumnElement[bool]:
    if isinstance(predicate, InUnit):
        unit = tree.find(predicate.code)
        below = {} if unit is None else tree.subtree({unit.id})
        if len(below) == len(tree.units):
            return true()
        ids = tree.counted_in(below)
        return APPOINTMENT.unit_id.in_(sorted(ids))
    if isinstance(predicate, HasCategory):
        return APPOINTMENT.category == predicate.category
    if isinstance(predicate, FteAtLeast):
        return APPOINTMENT.fte_percent >= predicate.percent
    tags: ColumnElement[Any] = " " + APPOINTMENT.function_tags + " "
    return tags.contains(f" {predicate.tag} ", autoescape=True)
