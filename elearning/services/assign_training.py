"""Make, preview and end assignment rules: who must hold which training.

A preview writes nothing: it counts who would be in and who out, and who of them is valid already.
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
from elearning.learning.assignment import LEAST_NOTICE_DAYS
from elearning.learning.predicate import Predicate, parse_predicate, units_named
from elearning.learning.training import Training
from elearning.services.audit_log import Act, record
from elearning.services.derive_obligations import Derived, derive_obligations, held_appointments
from elearning.services.unit_tree import UnitTree, read_tree
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.completion import Award, Obligation
from elearning.storage.facts import covers, known
from elearning.storage.rules import AssignmentRule

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


@dataclass(frozen=True, slots=True)
class Preview:
    """Who works there on the day: in or out by the rule, and of those in, how they stand now."""

    inside: int
    outside: int
    new: int
    obliged_already: int
    valid_already: int


def preview_rule(
    session: Session, *, draft: RuleDraft, trainings: Mapping[str, Training], day: date
) -> Preview:
    """Return what a rule would do; raises `InvalidInput` or `NotFound` when it cannot be one."""
    tree = read_tree(session, day=day)
    predicate = _checked(draft, trainings, tree)
    inside, outside = set(), set()
    for person_id, held in held_appointments(session, tree, None).items():
        works = [each.work for each in held if each.during.covers(day)]
        if any(predicate.matches(work) for work in works):
            inside.add(person_id)
        elif works:
            outside.add(person_id)
    obliged = inside & _obliged(session, draft.training_id, day)
    valid = inside & _valid(session, draft.training_id, trainings, day)
    return Preview(len(inside), len(outside), len(inside - obliged), len(obliged), len(valid))


def add_rule(
    session: Session,
    *,
    draft: RuleDraft,
    trainings: Mapping[str, Training],
    made_by: UUID | None,
    clock: Clock,
) -> Derived:
    """Make a rule and the obligations that follow from it."""
    _checked(draft, trainings, read_tree(session, day=clock.today()))
    if _current(session, draft.code) is not None:
        raise Conflict(f"there is a rule {draft.code!r} already")
    _add(session, draft, made_by, clock)
    return _derived(session, AuditKind.RULE_ADDED, draft, made_by, clock)


def change_rule(
    session: Session,
    *,
    draft: RuleDraft,
    trainings: Mapping[str, Training],
    made_by: UUID | None,
    clock: Clock,
) -> Derived:
    """Replace a rule by another of the same code; the earlier one stays on record."""
    _checked(draft, trainings, read_tree(session, day=clock.today()))
    _take_back(session, draft.code, clock)
    _add(session, draft, made_by, clock)
    return _derived(session, AuditKind.RULE_CHANGED, draft, made_by, clock)


def end_rule(
    session: Session, *, code: str, until_on: date, made_by: UUID | None, clock: Clock
) -> Derived:
    """Let a rule assign nobody from a day on."""
    row = _take_back(session, code, clock)
    if until_on <= row.from_on:
        raise InvalidInput("a rule ends after it began")
    draft = RuleDraft(code, row.training_id, row.predicate, row.from_on, until_on, row.due_days)
    _add(session, draft, made_by, clock)
    return _derived(session, AuditKind.RULE_ENDED, draft, made_by, clock)


def _derived(
    session: Session, kind: AuditKind, draft: RuleDraft, made_by: UUID | None, clock: Clock
) -> Derived:
    """Write the obligations that follow, and the entry in the log as the last thing."""
    found = derive_obligations(session, clock=clock)
    facts = {AuditFact.RULE: draft.code, AuditFact.TRAINING: draft.training_id}
    record(session, Act(kind, made_by, None, facts), clock=clock)
    return found


def _checked(draft: RuleDraft, trainings: Mapping[str, Training], tree: UnitTree) -> Predicate:
    predicate = parse_predicate(draft.predicate)
    if draft.training_id not in trainings:
        raise NotFound(f"no training {draft.training_id!r}")
    unknown = sorted(code for code in units_named(predicate) if tree.find(code) is None)
    if unknown:
        raise InvalidInput(f"no such unit: {', '.join(unknown)}")
    if not LEAST_NOTICE_DAYS <= draft.due_days <= LONGEST_TERM_DAYS:
        raise InvalidInput(f"a term is {LEAST_NOTICE_DAYS} to {LONGEST_TERM_DAYS} days")
    return predicate


def _current(session: Session, code: str) -> AssignmentRule | None:
    return session.scalars(
        select(AssignmentRule).where(AssignmentRule.code == code, known(AssignmentRule, None))
    ).one_or_none()


def _take_back(session: Session, code: str, clock: Clock) -> AssignmentRule:
    row = _current(session, code)
    if row is None:
        raise NotFound(f"no rule {code!r}")
    row.retracted_at = clock.now()
    session.flush()
    return row


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


def _obliged(session: Session, training_id: str, day: date) -> set[UUID]:
    return set(
        session.scalars(
            select(Obligation.person_id).where(
                Obligation.training_id == training_id,
                known(Obligation, None),
                covers(Obligation.opened_on, Obligation.closed_on, day),
            )
        )
    )


def _valid(
    session: Session, training_id: str, trainings: Mapping[str, Training], day: date
) -> set[UUID]:
    counting = [
        training_id,
        *(each.id for each in trainings.values() if training_id in each.satisfies),
    ]
    return set(
        session.scalars(
            select(Award.person_id).where(
                Award.training_id.in_(counting),
                covers(Award.valid_from, Award.valid_until, day),
                Award.withdrawn_on.is_(None) | (Award.withdrawn_on > day),
            )
        )
    )
