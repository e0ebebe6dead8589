"""Why somebody must hold a training, for that person: the rule, and the appointment it is about."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.learning.assignment import Held, Rule
from elearning.learning.predicate import Predicate
from elearning.learning.training import Training
from elearning.services.held_work import held_appointments
from elearning.services.in_scope import read_rules
from elearning.services.unit_tree import UnitNode, read_unit_facts
from elearning.storage.completion import Obligation
from elearning.storage.facts import covers, known
from elearning.storage.people import Person


@dataclass(frozen=True, slots=True)
class Reason:
    """A training, since when and by when; the rules that ask for it, none when it was listed."""

    training: Training
    opened_on: date
    due_on: date
    rules: tuple[Predicate, ...]
    units: Mapping[str, UnitNode]


def why_assigned(
    session: Session, *, trainings: Mapping[str, Training], person_id: UUID, day: date
) -> tuple[Reason, ...]:
    """Return a reason for each training that the person must hold on a day."""
    facts = read_unit_facts(session)
    units = facts.by_code(day)
    rules = read_rules(session)
    only = select(Person.id).where(Person.id == person_id)
    held = held_appointments(session, facts, only).get(person_id, [])
    now = [each for each in held if each.during.covers(day)]
    return tuple(
        Reason(
            training=trainings[row.training_id],
            opened_on=row.opened_on,
            due_on=row.due_on,
            rules=tuple(_asking(rules, row.training_id, now, day)) if row.rule_code else (),
            units=units,
        )
        for row in _open(session, person_id, day)
        if row.training_id in trainings
    )


def _asking(
    rules: tuple[Rule, ...], training_id: str, held: list[Held], day: date
) -> Iterator[Predicate]:
    for rule in rules:
        applies = rule.training_id == training_id and rule.effective.covers(day)
        if applies and any(rule.predicate.matches(each.work) for each in held):
            yield rule.predicate


def _open(session: Session, person_id: UUID, day: date) -> list[Obligation]:
    return list(
        session.scalars(
            select(Obligation)
            .where(
                Obligation.person_id == person_id,
                known(Obligation, None),
                covers(Obligation.opened_on, Obligation.closed_on, day),
            )
            .order_by(Obligation.due_on, Obligation.training_id)
        )
    )
