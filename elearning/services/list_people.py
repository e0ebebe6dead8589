"""Put people on a list for a training, or take them off, by their numbers in the roster.

Whoever stands on a list has to do the training because somebody said so, and no rule. Being taken
off ends that from a day on; no award is ever touched.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, insert, select, update
from sqlalchemy.orm import Session, class_mapper

from elearning.clock import Clock
from elearning.errors import InvalidInput, NotFound
from elearning.learning.assignment import LEAST_NOTICE_DAYS
from elearning.learning.training import Training
from elearning.services.assign_training import LONGEST_TERM_DAYS
from elearning.services.audit_log import Act, record
from elearning.services.completion_query import these_people
from elearning.services.derive_obligations import derive_obligations
from elearning.services.number_list import COLUMN, NumberList
from elearning.services.preview_rule import People, exempt_people, obliged_people, valid_people
from elearning.services.roster_row import RowProblem, Trouble
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.completion import Basis, Obligation
from elearning.storage.facts import covers, known
from elearning.storage.people import Appointment, Person
from elearning.storage.statements import one_at_a_time


@dataclass(frozen=True, slots=True)
class ListDraft:
    """Whom to put on the list for a training, or to take off, from a day on."""

    training_id: str
    from_on: date
    due_days: int
    is_off: bool


@dataclass(frozen=True, slots=True)
class ListPreview:
    """What it would do: `new` get an obligation or lose one, the others stay as they are."""

    people: People
    new: People
    unchanged: People
    valid_already: People
    exempt: People
    problems: tuple[RowProblem, ...]
    due_on: date


def preview_list(
    session: Session,
    *,
    draft: ListDraft,
    numbers: NumberList,
    trainings: Mapping[str, Training],
    clock: Clock,
) -> ListPreview:
    """Return what a list would do; raises `InvalidInput` or `NotFound` for what cannot be."""
    _check(draft, trainings, clock.today())
    people, problems = _people(session, numbers, draft.from_on)
    if draft.is_off:
        new = people & frozenset(row.person_id for row in _listed(session, draft))
    else:
        new = people - obliged_people(session, draft.training_id, draft.from_on)
    day = draft.from_on
    return ListPreview(
        people=people,
        new=new,
        unchanged=people - new,
        valid_already=people & valid_people(session, draft.training_id, trainings, day),
        exempt=people & exempt_people(session, draft.training_id, day),
        problems=tuple(sorted((*numbers.problems, *problems), key=lambda each: each.row)),
        due_on=day + timedelta(days=draft.due_days),
    )


def apply_list(
    session: Session,
    *,
    draft: ListDraft,
    numbers: NumberList,
    trainings: Mapping[str, Training],
    made_by: UUID | None,
    clock: Clock,
) -> int:
    """Do what the preview says; return for how many."""
    one_at_a_time(session, "rules")
    found = preview_list(session, draft=draft, numbers=numbers, trainings=trainings, clock=clock)
    if draft.is_off:
        _take_off(session, draft, found.new, clock)
    else:
        _put_on(session, draft, found, clock)
    kind = AuditKind.LIST_SHORTENED if draft.is_off else AuditKind.LIST_EXTENDED
    facts = {
        AuditFact.TRAINING: draft.training_id,
        AuditFact.DAY: draft.from_on.isoformat(),
        AuditFact.COUNT: str(len(found.new)),
    }
    record(session, Act(kind, made_by, None, facts), clock=clock)
    return len(found.new)


def listed_counts(session: Session, *, day: date) -> dict[str, int]:
    """Return how many people stand on a list for each training on a day."""
    rows = session.execute(
        select(Obligation.training_id, func.count(Obligation.person_id.distinct()))
        .where(
            Obligation.rule_code.is_(None),
            known(Obligation, None),
            covers(Obligation.opened_on, Obligation.closed_on, day),
        )
        .group_by(Obligation.training_id)
    )
    return {row[0]: row[1] for row in rows}


def _check(draft: ListDraft, trainings: Mapping[str, Training], today: date) -> None:
    if draft.training_id not in trainings:
        raise NotFound(f"no training {draft.training_id!r}")
    if draft.from_on < today:
        raise InvalidInput("a list holds from today or later")
    if not LEAST_NOTICE_DAYS <= draft.due_days <= LONGEST_TERM_DAYS:
        raise InvalidInput(f"a term is {LEAST_NOTICE_DAYS} to {LONGEST_TERM_DAYS} days")


def _people(session: Session, numbers: NumberList, day: date) -> tuple[People, list[RowProblem]]:
    """Return who has these numbers and works on the day, and what is wrong with the others."""
    known_numbers = these_numbers(session, numbers)
    working = frozenset(
        session.scalars(
            select(Appointment.person_id).where(
                Appointment.person_id.in_(these_people(session, known_numbers.values())),
                known(Appointment, None),
                covers(Appointment.starts_on, Appointment.ends_on, day),
            )
        )
    )
    problems = [
        RowProblem(row, COLUMN, Trouble.NO_WORK if number in known_numbers else Trouble.NOBODY)
        for number, row in numbers.numbers.items()
        if known_numbers.get(number) not in working
    ]
    return working, problems


def these_numbers(session: Session, numbers: NumberList) -> dict[str, UUID]:
    """Return whose numbers these are; the whole roster is read, and no name."""
    rows = session.execute(select(Person.external_id, Person.id))
    return {number: person_id for number, person_id in rows if number in numbers.numbers}


def _put_on(session: Session, draft: ListDraft, found: ListPreview, clock: Clock) -> None:
    rows = [
        {
            "id": uuid4(),
            "person_id": person_id,
            "training_id": draft.training_id,
            "opened_on": draft.from_on,
            "due_on": found.due_on,
            "days_later": 0,
            "closed_on": None,
            "basis": Basis.LISTED,
            "rule_code": None,
            "recorded_at": clock.now(),
        }
        for person_id in sorted(found.new)
    ]
    if rows:
        session.execute(insert(Obligation), rows)


def _listed(session: Session, draft: ListDraft) -> list[Obligation]:
    """Return what stands on the list for a training on the day or later."""
    return list(
        session.scalars(
            select(Obligation).where(
                Obligation.training_id == draft.training_id,
                Obligation.rule_code.is_(None),
                known(Obligation, None),
                Obligation.closed_on.is_(None) | (Obligation.closed_on > draft.from_on),
            )
        )
    )


def _take_off(session: Session, draft: ListDraft, people: People, clock: Clock) -> None:
    """End what was asked by hand; where a rule asks it too, the rule goes on."""
    rows = [row for row in _listed(session, draft) if row.person_id in people]
    copies = [{**_copy(row), "closed_on": max(draft.from_on, row.opened_on)} for row in rows]
    gone = [{"id": row.id, "retracted_at": clock.now()} for row in rows]
    if rows:
        session.execute(update(Obligation), gone)
        session.execute(insert(Obligation), [{**row, "recorded_at": clock.now()} for row in copies])
    session.expire_all()
    derive_obligations(session, clock=clock, training_id=draft.training_id)


def _copy(row: Obligation) -> dict[str, Any]:
    values = {each.key: getattr(row, each.key) for each in class_mapper(Obligation).column_attrs}
    return {**values, "id": uuid4(), "retracted_at": None}
