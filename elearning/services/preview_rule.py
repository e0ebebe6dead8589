"""What a rule would do, and what its end would do: looked at, with nothing written.

The obligations are planned as they would be when somebody says yes, so both always agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import InvalidInput
from elearning.learning.assignment import Rule, ended
from elearning.learning.training import Training
from elearning.services.assign_training import RuleDraft, checked_rule, running_rule
from elearning.services.derive_obligations import Grounds, plan_obligations, present_grounds
from elearning.services.held_work import held_appointments
from elearning.services.in_scope import rule_of
from elearning.services.obligation_plan import ObligationPlan
from elearning.storage.completion import Award, Exemption, Obligation
from elearning.storage.facts import covers, known

People = frozenset[UUID]


@dataclass(frozen=True, slots=True)
class Preview:
    """Who works there on the first day: in or out by the rule, and how they stand.

    `new` are all who get an obligation, those who begin to work later too; `ended` lose one.
    """

    day: date
    inside: People
    outside: People
    new: People
    obliged_already: People
    valid_already: People
    exempt: People
    ended: People
    earliest_due: date | None

    @property
    def later(self) -> People:
        """Return who gets an obligation on the first day of work, after that day."""
        return self.new - self.inside


@dataclass(frozen=True, slots=True)
class EndPreview:
    """What the end of a rule does: whose obligation ends, and whom another rule still asks.

    `new` begin again later: they have a rule for work that is still to come.
    """

    rule: Rule
    ended: People
    still: People
    new: People


def preview_rule(
    session: Session,
    *,
    draft: RuleDraft,
    replaces: str | None = None,
    trainings: Mapping[str, Training],
    clock: Clock,
) -> Preview:
    """Return what a rule would do, in the place of another if it replaces one.

    Raises `InvalidInput` or `NotFound` when it cannot be one.
    """
    rule = checked_rule(session, draft, trainings, clock.today())
    grounds = present_grounds(session)
    if replaces is not None:
        running_rule(session, replaces, training_id=rule.training_id, day=draft.from_on)
        grounds = _without(grounds, replaces, draft.from_on)
    grounds = Grounds((*grounds.rules, rule), grounds.units)
    plan = _plan(session, grounds, rule.training_id, clock)
    inside, outside = who_is_in(session, grounds, rule, draft.from_on)
    new = frozenset(step.person_id for step in plan.opened)
    return Preview(
        day=draft.from_on,
        inside=inside,
        outside=outside,
        new=new,
        obliged_already=inside - new,
        valid_already=inside & valid_people(session, rule.training_id, trainings, draft.from_on),
        exempt=inside & exempt_people(session, rule.training_id, draft.from_on),
        ended=frozenset(person_id for person_id, _ in plan.ended),
        earliest_due=min((step.due_on for step in plan.opened), default=None),
    )


def preview_end(session: Session, *, code: str, until_on: date, clock: Clock) -> EndPreview:
    """Return what the end of a rule would do; raises `NotFound` for one that does not run then."""
    if until_on < clock.today():
        raise InvalidInput("a rule ends today or later")
    rule = rule_of(running_rule(session, code, day=until_on))
    grounds = present_grounds(session)
    plan = _plan(session, _without(grounds, code, until_on), rule.training_id, clock)
    gone = frozenset(person_id for person_id, _ in plan.ended)
    inside, _ = who_is_in(session, grounds, rule, until_on)
    new = frozenset(step.person_id for step in plan.opened)
    return EndPreview(rule, gone, inside - gone, new)


def who_is_in(session: Session, grounds: Grounds, rule: Rule, day: date) -> tuple[People, People]:
    """Return whom a rule is about among those who work on a day, and all others who do."""
    inside, outside = set(), set()
    for person_id, held in held_appointments(session, grounds.units, None).items():
        works = [each.work for each in held if each.during.covers(day)]
        if any(rule.predicate.matches(work) for work in works):
            inside.add(person_id)
        elif works:
            outside.add(person_id)
    return frozenset(inside), frozenset(outside)


def _without(grounds: Grounds, code: str, day: date) -> Grounds:
    return Grounds(ended(grounds.rules, code, day), grounds.units)


def _plan(session: Session, grounds: Grounds, training_id: str, clock: Clock) -> ObligationPlan:
    return plan_obligations(session, grounds, today=clock.today(), training_id=training_id)


def obliged_people(session: Session, training_id: str, day: date) -> People:
    """Return who has to hold a training on a day."""
    return frozenset(
        session.scalars(
            select(Obligation.person_id).where(
                Obligation.training_id == training_id,
                known(Obligation, None),
                covers(Obligation.opened_on, Obligation.closed_on, day),
            )
        )
    )


def valid_people(
    session: Session, training_id: str, trainings: Mapping[str, Training], day: date
) -> People:
    """Return who holds a training on a day, or one that includes it."""
    counting = [
        training_id,
        *(each.id for each in trainings.values() if training_id in each.satisfies),
    ]
    return frozenset(
        session.scalars(
            select(Award.person_id).where(
                Award.training_id.in_(counting),
                covers(Award.valid_from, Award.valid_until, day),
                Award.withdrawn_on.is_(None) | (Award.withdrawn_on > day),
            )
        )
    )


def exempt_people(session: Session, training_id: str, day: date) -> People:
    """Return who is exempt from a training on a day."""
    return frozenset(
        session.scalars(
            select(Exemption.person_id).where(
                Exemption.training_id == training_id,
                known(Exemption, None),
                covers(Exemption.from_on, Exemption.until_on, day),
            )
        )
    )
