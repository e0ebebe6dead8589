"""Small institutions drawn at random, with every kind of fact and every odd order of days."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlalchemy.orm import Session

from elearning.storage.completion import Award
from elearning.storage.facts import Known
from elearning.storage.people import Person, Unit
from elearning.storage.rules import AssignmentRule
from tests.builders import (
    TRAINING,
    a_person,
    a_unit,
    an_absence,
    an_appointment,
    an_award,
    an_exemption,
    an_obligation,
)
from tests.databases import TODAY

DAY = TODAY.date()
ADVISER = "adviser"
# Few days, so that edges meet: a status changes where two of them are equal.
OFFSETS = (-800, -760, -430, -90, -75, -74, -60, -44, -31, -30, -28, -15, -14, -13, -1, 0, 1, 14)


def some_day(random: Random) -> date:
    """Return a day at which something can begin, end or be due."""
    return DAY + timedelta(days=random.choice(OFFSETS) + random.choice((0, 0, 0, 60, -60)))


def an_institution(session: Session, random: Random, *, people: int = 8) -> list[Unit]:
    """Add units, maybe a rule, and people with facts; return the units below the institution."""
    root = a_unit(session)
    units = [a_unit(session, parent=root) for _ in range(3)]
    units.append(a_unit(session, parent=units[0]))
    if random.random() < 0.5:
        session.add(_rule(random))
    for _ in range(people):
        _a_life(session, random, units)
    session.flush()
    return units


def _rule(random: Random) -> AssignmentRule:
    predicates: list[dict[str, Any]] = [
        {"all": []},
        {"category": "academic"},
        {"fte_at_least": 50},
    ]
    return AssignmentRule(
        code=f"r{random.random()}",
        training_id=TRAINING,
        predicate=random.choice(predicates),
        from_on=date(2020, 1, 1),
        until_on=None,
        due_days=60,
        made_by=None,
        recorded_at=_moment(date(2020, 1, 1)),
    )


def _a_life(session: Session, random: Random, units: list[Unit]) -> None:
    person = a_person(session, name=random.choice(("Noor", "Bram", "Éva")))
    for number in range(random.choice((0, 1, 1, 1, 2, 3))):
        start, end = _interval(random)
        row = an_appointment(
            session,
            person=person,
            unit=random.choice(units),
            starts_on=start,
            ends_on=end,
            is_primary=number == 0,
            category=random.choice(("academic", "support")),
            fte_percent=random.choice((20, 50, 100)),
            recorded_at=_moment(min(start, DAY)),
        )
        _maybe_taken_back(row, random)
    for _ in range(random.choice((0, 0, 1))):
        start, end = _interval(random)
        an_absence(
            session, person=person, from_on=start, until_on=end or start + timedelta(days=28)
        )
    _completion(session, random, person)


def _completion(session: Session, random: Random, person: Person) -> None:
    opened, closed = _interval(random)
    for _ in range(random.choice((0, 1, 1, 1, 2))):
        row = an_obligation(
            session,
            person=person,
            opened_on=opened,
            closed_on=closed,
            due_on=some_day(random),
            rule_code=random.choice((None, "all")),
        )
        _maybe_taken_back(row, random)
        if random.random() < 0.2:
            start, end = _interval(random)
            until_on = end or start + timedelta(days=90)
            an_exemption(session, obligation=row, from_on=start, until_on=until_on)
        opened = (closed or opened) + timedelta(days=random.choice((0, 5)))
        closed = opened + timedelta(days=40)
    for training_id in (TRAINING, ADVISER):
        previous: Award | None = None
        for _ in range(random.choice((0, 0, 1, 1, 2))):
            previous = _an_award(session, random, person, training_id, previous)


def _an_award(
    session: Session, random: Random, person: Person, training_id: str, previous: Award | None
) -> Award:
    start, end = _interval(random)
    award = an_award(
        session,
        person=person,
        training_id=training_id,
        obtained_on=start,
        valid_until=end,
        withdrawn_on=some_day(random) if random.random() < 0.2 else None,
        withdrawal_recorded_at=TODAY,
        replaces=previous,
        recorded_at=_moment(min(start, DAY)),
    )
    if random.random() < 0.7:
        award.supersedes_id = None
    session.flush()
    return award


def _interval(random: Random) -> tuple[date, date | None]:
    start, end = some_day(random), some_day(random)
    return (min(start, end), max(start, end)) if start != end else (start, None)


def _maybe_taken_back(row: Known, random: Random) -> None:
    if random.random() < 0.1:
        row.retracted_at = TODAY


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(7), TODAY.tzinfo)
