"""A large invented institution, the same for the same number and seed: to try, and to measure with.

It goes straight into the tables, in parts: a hundred thousand people take seconds. Only a demo gets
one, below the institution that is there or as a new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from elearning.errors import Conflict
from elearning.folding import folded
from elearning.learning.assignment import Duty, Held, Rule, duties
from elearning.learning.predicate import Work, parse_predicate
from elearning.learning.status import Interval
from elearning.learning.training import Training
from elearning.services.generated_people import Life, awards_for, lives
from elearning.storage.base import Base
from elearning.storage.completion import (
    Award,
    AwardKind,
    Basis,
    Exemption,
    ExemptionCode,
    Obligation,
)
from elearning.storage.people import Absence, Appointment, Person, Unit
from elearning.storage.rules import AssignmentRule
from elearning.storage.units import UnitPlace

BASIS, ADVISER = "lecturer-basis", "adviser"
MOST_DEPARTMENTS, PERSONS_A_DEPARTMENT, DEPARTMENTS_A_FACULTY = 378, 39, 21
FIRST_NUMBER = 1_000_000
RULES_SINCE_YEARS = 6
PEOPLE_AT_ONCE = 2_000
ROOT = "GEN"


@dataclass(frozen=True, slots=True)
class Generating:
    """What the whole institution is made from."""

    trainings: Mapping[str, Training]
    today: date
    random: Random
    units: tuple[int, ...] = ()
    rules: tuple[Rule, ...] = ()
    rows: dict[type[Base], list[dict[str, Any]]] = field(default_factory=dict)

    def add(self, table: type[Base], **values: Any) -> None:  # noqa: ANN401 - values of columns
        """Keep a row until the next part is written."""
        self.rows.setdefault(table, []).append(values)

    def write(self, session: Session) -> None:
        """Write what was kept; people first, since all else refers to them."""
        for table in sorted(self.rows, key=lambda each: each is not Person):
            session.execute(insert(table), self.rows[table])
        self.rows.clear()


def generate_institution(
    session: Session, *, persons: int, seed: int, trainings: Mapping[str, Training], today: date
) -> int:
    """Add so many people; return in how many departments. Raises `Conflict` when it was done."""
    if session.scalar(select(Unit.id).where(Unit.code == ROOT)) is not None:
        raise Conflict("a generated institution is there already")
    units = _add_units(session, persons)
    rules = tuple(_add_rules(session, today))
    session.flush()
    making = Generating(trainings, today, Random(seed), units, rules)  # noqa: S311 - no secret
    everyone = lives(persons, len(units), today, making.random)
    while part := list(islice(everyone, PEOPLE_AT_ONCE)):
        for life in part:
            _add_person(making, life)
        making.write(session)
    return len(units)


def _add_units(session: Session, persons: int) -> tuple[int, ...]:
    """Add a tree of faculties and departments; return the departments."""
    departments = min(MOST_DEPARTMENTS, max(3, persons // PERSONS_A_DEPARTMENT))
    top = session.scalar(select(UnitPlace.unit_id).where(UnitPlace.parent_id.is_(None)))
    root = _unit(session, ROOT, "Gegenereerde instelling", "Generated institution", top)
    found, faculty = [], root
    for number in range(departments):
        if number % DEPARTMENTS_A_FACULTY == 0:
            which = number // DEPARTMENTS_A_FACULTY + 1
            faculty = _unit(session, f"G{which:02}", f"Faculteit {which}", f"Faculty {which}", root)
        code, name = f"G{number + 1:04}", f"{number + 1}"
        found.append(_unit(session, code, f"Afdeling {name}", f"Department {name}", faculty))
    return tuple(found)


def _unit(session: Session, code: str, nl: str, en: str, parent_id: int | None) -> int:
    unit = Unit(code=code, name_nl=nl, name_en=en)
    session.add(unit)
    session.flush()
    session.add(
        UnitPlace(
            unit_id=unit.id,
            parent_id=parent_id,
            is_merged=False,
            from_on=date(2000, 1, 1),
            until_on=None,
            recorded_at=datetime(2000, 1, 1, tzinfo=UTC),
        )
    )
    return unit.id


def _add_rules(session: Session, today: date) -> Iterator[Rule]:
    since = date(today.year - RULES_SINCE_YEARS, 1, 1)
    for code, training_id, predicate in (
        ("gen-basis", BASIS, {"unit": ROOT}),
        ("gen-adviser", ADVISER, {"all": [{"unit": ROOT}, {"tag": "adviser"}]}),
    ):
        session.add(
            AssignmentRule(
                code=code,
                training_id=training_id,
                predicate=predicate,
                from_on=since,
                until_on=None,
                due_days=60,
                made_by=None,
                recorded_at=_known(since),
            )
        )
        yield Rule(code, training_id, parse_predicate(predicate), Interval(since, None), 60)


def _add_person(making: Generating, life: Life) -> None:
    person_id = UUID(int=making.random.getrandbits(128), version=4)
    making.add(
        Person,
        id=person_id,
        external_id=str(FIRST_NUMBER + life.number),
        display_name=life.name,
        sort_name=folded(life.name),
        email=f"g{life.number}@gegenereerd.example",
        language="en" if life.number % 7 == 0 else "nl",
    )
    for number, job in enumerate(life.jobs, start=1):
        making.add(
            Appointment,
            person_id=person_id,
            unit_id=making.units[job.department],
            roster_number=str(number),
            category=job.category,
            function_tags=job.tags,
            fte_percent=job.fte_percent,
            is_primary=job.is_primary,
            starts_on=job.during.from_on,
            ends_on=job.during.until_on,
            first_seen_on=job.during.from_on,
            recorded_at=_known(job.during.from_on),
        )
    if life.absence is not None:
        making.add(
            Absence,
            person_id=person_id,
            from_on=life.absence.from_on,
            until_on=life.absence.until_on,
            recorded_at=_known(min(life.absence.from_on, making.today)),
        )
    _add_completion(making, person_id, life)


def _add_completion(making: Generating, person_id: UUID, life: Life) -> None:
    held = [
        Held(
            Work(frozenset({ROOT}), job.category, frozenset(job.tags.split()), job.fte_percent),
            job.during,
            job.during.from_on,
        )
        for job in life.jobs
    ]
    for training_id in (BASIS, ADVISER):
        rules = [rule for rule in making.rules if rule.training_id == training_id]
        found = duties(rules, held, date.min)
        for duty in found:
            _add_obligation(making, person_id, training_id, duty)
        if found:
            _add_awards(making, person_id, training_id, found)
            if life.is_exempt:
                _add_exemption(making, person_id, training_id)


def _add_obligation(making: Generating, person_id: UUID, training_id: str, duty: Duty) -> None:
    making.add(
        Obligation,
        id=UUID(int=making.random.getrandbits(128), version=4),
        person_id=person_id,
        training_id=training_id,
        opened_on=duty.opened_on,
        due_on=duty.due_on,
        closed_on=duty.closed_on,
        basis=Basis.RULE,
        rule_code=duty.rule_code,
        recorded_at=_known(duty.opened_on),
    )


def _add_awards(
    making: Generating, person_id: UUID, training_id: str, found: tuple[Duty, ...]
) -> None:
    training = making.trainings[training_id]
    first, last = found[0], found[-1]
    until = min(last.closed_on or making.today, making.today)
    awards = awards_for(first.opened_on, first.due_on, until, training.validity, making.random)
    previous: UUID | None = None
    for sequence, award in enumerate(awards, start=1):
        award_id = UUID(int=making.random.getrandbits(128), version=4)
        making.add(
            Award,
            id=award_id,
            person_id=person_id,
            training_id=training_id,
            sequence=sequence,
            content_version=training.version,
            obtained_on=award.obtained_on,
            valid_from=award.valid_from,
            valid_until=award.valid_until,
            kind=AwardKind.COMPLETED,
            supersedes_id=previous,
            is_earlier=False,
            withdrawn_on=None,
            withdrawal_recorded_at=None,
            recorded_at=_known(award.obtained_on),
        )
        previous = award_id


def _add_exemption(making: Generating, person_id: UUID, training_id: str) -> None:
    begins_on = making.today - timedelta(days=making.random.randrange(300))
    making.add(
        Exemption,
        person_id=person_id,
        training_id=training_id,
        code=making.random.choice(tuple(ExemptionCode)),
        from_on=begins_on,
        until_on=begins_on + timedelta(days=making.random.randrange(30, 365)),
        granted_by=None,
        recorded_at=_known(begins_on),
    )


def _known(day: date) -> datetime:
    return datetime.combine(day, time(7), UTC)
