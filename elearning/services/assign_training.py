"""Make, change and end assignment rules: who must hold which training.

A change is a new rule from a day on, and the end of the earlier one on that day: what was asked
before stays on record. No award is ever touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import Conflict, InvalidInput, NotFound
from elearning.learning.assignment import LEAST_NOTICE_DAYS, Rule
from elearning.learning.predicate import parse_predicate, units_named
from elearning.learning.status import Interval
from elearning.learning.training import Training
from elearning.services.audit_log import Act, record
from elearning.services.derive_obligations import derive_obligations
from elearning.services.obligation_plan import Derived
from elearning.services.unit_tree import read_tree
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.facts import known
from elearning.storage.rules import AssignmentRule
from elearning.storage.statements import one_at_a_time

LONGEST_TERM_DAYS = 365


@dataclass(frozen=True, slots=True)
class RuleDraft:
    """A rule before it is one; `predicate` is the data of learning/predicate.py."""

    code: str
    training_id: str
    predicate: Mapping[str, Any]
    from_on: date
    until_on: date | None
    due_days: int


def make_rule(
    session: Session,
    *,
    draft: RuleDraft,
    replaces: str | None,
    trainings: Mapping[str, Training],
    made_by: UUID | None,
    clock: Clock,
) -> Derived:
    """Make a rule, in the place of another if it replaces one."""
    if replaces is None:
        return add_rule(session, draft=draft, trainings=trainings, made_by=made_by, clock=clock)
    return change_rule(
        session, code=replaces, draft=draft, trainings=trainings, made_by=made_by, clock=clock
    )


def add_rule(
    session: Session,
    *,
    draft: RuleDraft,
    trainings: Mapping[str, Training],
    made_by: UUID | None,
    clock: Clock,
) -> Derived:
    """Make a rule and the obligations that follow from it; raises `Conflict` for one made twice."""
    one_at_a_time(session, "rules")
    checked_rule(session, draft, trainings, clock.today())
    refuse_twice(session, draft.code)
    _add(session, draft, made_by, clock)
    return _derived(session, AuditKind.RULE_ADDED, draft, made_by, clock)


def change_rule(
    session: Session,
    *,
    code: str,
    draft: RuleDraft,
    trainings: Mapping[str, Training],
    made_by: UUID | None,
    clock: Clock,
) -> Derived:
    """Let a rule end on the first day of another, for the same training, that takes its place."""
    one_at_a_time(session, "rules")
    refuse_twice(session, draft.code)
    running_rule(session, code, training_id=draft.training_id, day=draft.from_on)
    checked_rule(session, draft, trainings, clock.today())
    _end(session, code, draft.from_on, clock)
    _add(session, draft, made_by, clock)
    return _derived(session, AuditKind.RULE_CHANGED, draft, made_by, clock)


def end_rule(
    session: Session, *, code: str, until_on: date, made_by: UUID | None, clock: Clock
) -> Derived:
    """Let a rule assign nobody from a day on; one that begins then or later never was."""
    one_at_a_time(session, "rules")
    row = running_rule(session, code, day=until_on)
    if until_on < clock.today():
        raise InvalidInput("a rule ends today or later")
    draft = RuleDraft(code, row.training_id, row.predicate, row.from_on, until_on, row.due_days)
    _end(session, code, until_on, clock)
    return _derived(session, AuditKind.RULE_ENDED, draft, made_by, clock)


def checked_rule(
    session: Session, draft: RuleDraft, trainings: Mapping[str, Training], today: date
) -> Rule:
    """Return a draft as a rule; raises `InvalidInput` or `NotFound` when it cannot be one."""
    predicate = parse_predicate(draft.predicate)
    if draft.training_id not in trainings:
        raise NotFound(f"no training {draft.training_id!r}")
    if draft.from_on < today:
        raise InvalidInput("a rule begins today or later")
    tree = read_tree(session, day=draft.from_on)
    unknown = sorted(code for code in units_named(predicate) if tree.find(code) is None)
    if unknown:
        raise InvalidInput(f"no such unit: {', '.join(unknown)}")
    if not LEAST_NOTICE_DAYS <= draft.due_days <= LONGEST_TERM_DAYS:
        raise InvalidInput(f"a term is {LEAST_NOTICE_DAYS} to {LONGEST_TERM_DAYS} days")
    during = Interval(draft.from_on, draft.until_on)
    return Rule(draft.code, draft.training_id, predicate, during, draft.due_days)


def running_rule(
    session: Session, code: str, *, day: date, training_id: str | None = None
) -> AssignmentRule:
    """Return a rule that would still assign on a day; raises `NotFound` for any other."""
    row = session.scalars(
        select(AssignmentRule).where(AssignmentRule.code == code, known(AssignmentRule, None))
    ).one_or_none()
    if row is None or (row.until_on is not None and row.until_on <= day):
        raise NotFound(f"no rule {code!r} that runs then")
    if training_id not in {None, row.training_id}:
        raise InvalidInput("a rule goes on with its own training")
    return row


def was_made(session: Session, code: str) -> bool:
    """Say whether there is or was a rule of this code."""
    found = session.scalar(select(AssignmentRule.id).where(AssignmentRule.code == code).limit(1))
    return found is not None


def refuse_twice(session: Session, code: str) -> None:
    """Raise `Conflict` where a rule of this code was made before."""
    if was_made(session, code):
        raise Conflict(f"there is a rule {code!r} already")


def _derived(
    session: Session, kind: AuditKind, draft: RuleDraft, made_by: UUID | None, clock: Clock
) -> Derived:
    """Write the obligations that follow, and the entry in the log as the last thing."""
    found = derive_obligations(session, clock=clock, training_id=draft.training_id)
    facts = {
        AuditFact.RULE: draft.code,
        AuditFact.TRAINING: draft.training_id,
        AuditFact.COUNT: str(found.opened),
        AuditFact.ENDED: str(found.ended),
    }
    record(session, Act(kind, made_by, None, facts), clock=clock)
    return found


def _end(session: Session, code: str, until_on: date, clock: Clock) -> None:
    """Take the rule back, and say again what holds of it before that day."""
    row = running_rule(session, code, day=until_on)
    row.retracted_at = clock.now()
    session.flush()
    if row.from_on < until_on:
        draft = RuleDraft(code, row.training_id, row.predicate, row.from_on, until_on, row.due_days)
        _add(session, draft, row.made_by, clock)


def _add(session: Session, draft: RuleDraft, made_by: UUID | None, clock: Clock) -> None:
    session.add(
        AssignmentRule(
            code=draft.code,
            training_id=draft.training_id,
            predicate=dict(draft.predicate),
            from_on=draft.from_on,
            until_on=draft.until_on,
            due_days=draft.due_days,
            made_by=made_by,
            recorded_at=clock.now(),
        )
    )
    session.flush()
