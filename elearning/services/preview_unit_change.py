"""What a change of the tree of units concerns and does: looked at, with nothing written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.assignment import Rule
from elearning.learning.predicate import units_named
from elearning.services.derive_obligations import Grounds, plan_obligations, present_grounds
from elearning.services.in_scope import read_rules
from elearning.services.obligation_plan import ObligationPlan
from elearning.services.unit_change import UnitChange, changed, find_unit
from elearning.services.unit_tree import UnitFacts, read_unit_facts
from elearning.storage.facts import covers, known
from elearning.storage.people import Appointment, RoleGrant

APPOINTMENT = Appointment.__table__.c


@dataclass(frozen=True, slots=True)
class ChangePreview:
    """What a change concerns: work in the unit and below it, rules that name one of these, roles.

    `below` counts the units right below it, which go on in another place when it is gone. `opened`
    and `ended` count the obligations that follow; they are none where no rule names units.
    """

    appointments: int
    people: int
    below: int
    rules: tuple[Rule, ...]
    roles: int
    opened: int
    ended: int


def preview_change(session: Session, change: UnitChange, *, clock: Clock) -> ChangePreview:
    """Return what a change would do; raises as `change_unit` does, and writes nothing."""
    facts = read_unit_facts(session)
    after = changed(facts, change)
    tree = facts.tree(change.day)
    unit_id = find_unit(tree, change.code).id
    within = tree.subtree({unit_id})
    codes = {unit.code for unit in within.values()}
    appointments, people = _work(session, tree.counted_in(within), change.day)
    plan = _plan(session, after, clock)
    return ChangePreview(
        appointments=appointments,
        people=people,
        below=len(tree.below.get(unit_id, ())),
        rules=tuple(
            rule
            for rule in read_rules(session)
            if units_named(rule.predicate) & codes and _goes_on(rule, change.day)
        ),
        roles=_roles(session, unit_id, change.day),
        opened=len(plan.opened),
        ended=len(plan.ended),
    )


def _goes_on(rule: Rule, day: date) -> bool:
    return rule.effective.until_on is None or rule.effective.until_on > day


def _plan(session: Session, after: UnitFacts, clock: Clock) -> ObligationPlan:
    grounds = present_grounds(session)
    if not any(units_named(rule.predicate) for rule in grounds.rules):
        return ObligationPlan()
    return plan_obligations(session, Grounds(grounds.rules, after), today=clock.today())


def _work(session: Session, unit_ids: frozenset[int], day: date) -> tuple[int, int]:
    """Return how many appointments there are in some units on a day, and of how many people."""
    row = session.execute(
        select(func.count(), func.count(APPOINTMENT.person_id.distinct())).where(
            known(APPOINTMENT, None),
            covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, day),
            APPOINTMENT.unit_id.in_(sorted(unit_ids)),
        )
    ).one()
    return row[0], row[1]


def _roles(session: Session, unit_id: int, day: date) -> int:
    statement = (
        select(func.count()).select_from(RoleGrant).where(RoleGrant.unit_id == unit_id, _runs(day))
    )
    return session.scalar(statement) or 0


def _runs(day: date) -> ColumnElement[bool]:
    return RoleGrant.until_on.is_(None) | (RoleGrant.until_on > day)
