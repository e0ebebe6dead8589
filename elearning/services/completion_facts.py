"""Read the dated facts of everyone in a scope: a fixed number of statements, however many people.

Only appointments, obligations, exemptions, absences, awards and names; nothing of what people
learn or how (a test in tests/architecture keeps it so). The columns are those of the tables, not
of the mapped classes: no row becomes an object, which halves the time for a whole institution.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, String, and_, or_, select, type_coerce
from sqlalchemy.orm import Session

from elearning.learning.award import AwardDates
from elearning.learning.status import Facts, Interval, ObligationDates
from elearning.services.hr_scope import HrScope
from elearning.storage.completion import Award, Exemption, Obligation
from elearning.storage.people import Absence, Appointment, Person

Key = Hashable
Value = TypeVar("Value")

ROWS_AT_ONCE = 500
ABSENCE = Absence.__table__.c
APPOINTMENT = Appointment.__table__.c
AWARD = Award.__table__.c
EXEMPTION = Exemption.__table__.c
OBLIGATION = Obligation.__table__.c
PERSON = Person.__table__.c


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """The facts of one person, and the units of the scope they work in on the day."""

    facts: Facts
    unit_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FactsQuery:
    """For which trainings (the first is asked about, the others satisfy it), whom and when."""

    training_ids: tuple[str, ...]
    scope: HrScope
    day: date


def read_people(session: Session, query: FactsQuery) -> dict[Key, KnownPerson]:
    """Return everyone who works in the scope on the day and has an open obligation."""
    return dict(each_person(session, query))


def each_person(session: Session, query: FactsQuery) -> Iterator[tuple[Key, KnownPerson]]:
    """Yield the same people one by one, so that nobody keeps the facts of all of them."""
    obligations = _obligations(session, query)
    absences = _absences(session, query)
    awards = _awards(session, query)
    for key, held in _appointments(session, query).items():
        if key in obligations:
            facts = Facts(
                appointments=tuple([interval for _, interval in held]),
                absences=absences.get(key, ()),
                obligations=obligations[key],
                awards=awards.get(key, ()),
            )
            yield key, KnownPerson(facts, tuple(dict.fromkeys([unit_id for unit_id, _ in held])))


def read_names(session: Session, query: FactsQuery) -> dict[Key, str]:
    """Return the names of the people in the scope who have an open obligation."""
    statement = select(_key(PERSON.id), PERSON.display_name).join(
        Obligation.__table__, and_(OBLIGATION.person_id == PERSON.id, _is_open(query))
    )
    return {row[0]: row[1] for row in _rows(session, _in_scope(statement, PERSON.id, query))}


def _appointments(
    session: Session, query: FactsQuery
) -> dict[Key, tuple[tuple[int, Interval], ...]]:
    statement = select(
        _key(APPOINTMENT.person_id),
        APPOINTMENT.unit_id,
        APPOINTMENT.starts_on,
        APPOINTMENT.ends_on,
    ).where(_covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, query.day))
    rows = _rows(session, query.scope.narrow(statement, APPOINTMENT.unit_id))
    interval = cache(Interval)
    return _grouped((key, (unit_id, interval(*dates))) for key, unit_id, *dates in rows)


def _obligations(session: Session, query: FactsQuery) -> dict[Key, tuple[ObligationDates, ...]]:
    statement = select(
        _key(OBLIGATION.person_id),
        _key(OBLIGATION.id),
        OBLIGATION.due_on,
        OBLIGATION.opened_on,
        OBLIGATION.closed_on,
    ).where(_is_open(query))
    exemptions = _exemptions(session, query)
    rows = _rows(session, _in_scope(statement, OBLIGATION.person_id, query))
    interval, obligation = cache(Interval), cache(ObligationDates)
    return _grouped(
        (key, obligation(interval(*dates), due_on, exemptions.get(obligation_id, ())))
        for key, obligation_id, due_on, *dates in rows
    )


def _exemptions(session: Session, query: FactsQuery) -> Mapping[Key, tuple[Interval, ...]]:
    statement = (
        select(_key(EXEMPTION.obligation_id), EXEMPTION.from_on, EXEMPTION.until_on)
        .join(Obligation.__table__, OBLIGATION.id == EXEMPTION.obligation_id)
        .where(_is_open(query), _covers(EXEMPTION.from_on, EXEMPTION.until_on, query.day))
    )
    rows = _rows(session, _in_scope(statement, OBLIGATION.person_id, query))
    return _grouped((key, Interval(*dates)) for key, *dates in rows)


def _absences(session: Session, query: FactsQuery) -> Mapping[Key, tuple[Interval, ...]]:
    statement = select(_key(ABSENCE.person_id), ABSENCE.from_on, ABSENCE.until_on).join(
        Obligation.__table__, and_(OBLIGATION.person_id == ABSENCE.person_id, _is_open(query))
    )
    rows = _rows(session, _in_scope(statement, ABSENCE.person_id, query))
    return _grouped((key, Interval(*dates)) for key, *dates in rows)


def _awards(session: Session, query: FactsQuery) -> Mapping[Key, tuple[AwardDates, ...]]:
    statement = select(
        _key(AWARD.person_id),
        _key(AWARD.id),
        _key(AWARD.supersedes_id),
        AWARD.obtained_on,
        AWARD.valid_from,
        AWARD.valid_until,
        AWARD.withdrawn_on,
    ).where(AWARD.training_id.in_(query.training_ids), AWARD.valid_from <= query.day)
    rows = list(_rows(session, _in_scope(statement, AWARD.person_id, query)))
    replaced = {row[2]: row[4] for row in rows if row[2] is not None}
    dates_of = cache(AwardDates)
    return _grouped(
        (key, dates_of(*dates, replaced.get(award_id))) for key, award_id, _, *dates in rows
    )


def _rows(session: Session, statement: Select[Any]) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of a statement, read in parts: quicker than singly, lighter than at once."""
    return chain.from_iterable(session.execute(statement).partitions(ROWS_AT_ONCE))


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    found: dict[Key, tuple[Value, ...]] = {}
    for key, value in pairs:
        found[key] = (*found.get(key, ()), value)
    return found


def _in_scope(
    statement: Select[Any], person_id: ColumnElement[Any], query: FactsQuery
) -> Select[Any]:
    """Return the statement limited to people who work in the scope on the day."""
    if query.scope.is_everything:
        return statement
    working = select(APPOINTMENT.person_id).where(
        _covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, query.day)
    )
    return statement.where(person_id.in_(query.scope.narrow(working, APPOINTMENT.unit_id)))


def _is_open(query: FactsQuery) -> ColumnElement[bool]:
    return and_(
        OBLIGATION.training_id == query.training_ids[0],
        _covers(OBLIGATION.opened_on, OBLIGATION.closed_on, query.day),
    )


def _covers(first: ColumnElement[date], last: ColumnElement[Any], day: date) -> ColumnElement[bool]:
    return and_(first <= day, or_(last.is_(None), last > day))


def _key(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """Return a key as the driver gives it: it is only compared, so it need not become a UUID."""
    return type_coerce(column, String)
