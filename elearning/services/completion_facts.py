"""Read the dated facts of everyone in a scope: a fixed number of statements, however many people.

Only appointments, obligations, exemptions, absences, awards and names; nothing of what people
learn or how (a test in tests/architecture keeps it so).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, or_, select, type_coerce
from sqlalchemy.orm import InstrumentedAttribute, Session

from elearning.learning.award import AwardDates
from elearning.learning.status import Facts, Interval, ObligationDates
from elearning.services.hr_scope import HrScope
from elearning.storage.completion import Award, Exemption, Obligation
from elearning.storage.people import Absence, Appointment, Person

PersonKey = Hashable


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """The facts of one person, and the units of the scope they work in on the day."""

    facts: Facts
    unit_ids: frozenset[int]


@dataclass(frozen=True, slots=True)
class FactsQuery:
    """For which trainings (the first is asked about, the others satisfy it), whom and when."""

    training_ids: tuple[str, ...]
    scope: HrScope
    day: date


def read_people(session: Session, query: FactsQuery) -> dict[PersonKey, KnownPerson]:
    """Return everyone who works in the scope on the day and has an open obligation."""
    obligations = _obligations(session, query)
    appointments = _appointments(session, query)
    absences = _absences(session, query)
    awards = _awards(session, query)
    return {
        key: KnownPerson(
            Facts(
                appointments=tuple(interval for _, interval in held),
                absences=tuple(absences.get(key, ())),
                obligations=tuple(obligations[key]),
                awards=tuple(awards.get(key, ())),
            ),
            frozenset(unit_id for unit_id, _ in held),
        )
        for key, held in appointments.items()
        if key in obligations
    }


def read_names(session: Session, query: FactsQuery) -> dict[PersonKey, str]:
    """Return the names of the people in the scope who have an open obligation."""
    statement = select(_key(Person.id), Person.display_name).join(
        Obligation, and_(Obligation.person_id == Person.id, _is_open(query))
    )
    rows = session.execute(_in_scope(statement, Person.id, query))
    return {row[0]: row[1] for row in rows}


def _appointments(
    session: Session, query: FactsQuery
) -> Mapping[PersonKey, list[tuple[int, Interval]]]:
    statement = select(
        _key(Appointment.person_id), Appointment.unit_id, Appointment.starts_on, Appointment.ends_on
    ).where(_covers(Appointment.starts_on, Appointment.ends_on, query.day))
    found = defaultdict(list)
    for key, unit_id, *dates in session.execute(query.scope.narrow(statement, Appointment.unit_id)):
        found[key].append((unit_id, Interval(*dates)))
    return found


def _obligations(session: Session, query: FactsQuery) -> Mapping[PersonKey, list[ObligationDates]]:
    statement = select(
        _key(Obligation.id),
        _key(Obligation.person_id),
        Obligation.opened_on,
        Obligation.closed_on,
        Obligation.due_on,
    ).where(_is_open(query))
    rows = session.execute(_in_scope(statement, Obligation.person_id, query)).all()
    exemptions = _exemptions(session, query)
    found = defaultdict(list)
    for obligation, key, opened_on, closed_on, due_on in rows:
        dates = Interval(opened_on, closed_on)
        found[key].append(ObligationDates(dates, due_on, tuple(exemptions.get(obligation, ()))))
    return found


def _exemptions(session: Session, query: FactsQuery) -> Mapping[Hashable, list[Interval]]:
    statement = (
        select(_key(Exemption.obligation_id), Exemption.from_on, Exemption.until_on)
        .join(Obligation, Obligation.id == Exemption.obligation_id)
        .where(_is_open(query), _covers(Exemption.from_on, Exemption.until_on, query.day))
    )
    return _intervals(session, _in_scope(statement, Obligation.person_id, query))


def _absences(session: Session, query: FactsQuery) -> Mapping[PersonKey, list[Interval]]:
    statement = select(_key(Absence.person_id), Absence.from_on, Absence.until_on).join(
        Obligation, and_(Obligation.person_id == Absence.person_id, _is_open(query))
    )
    return _intervals(session, _in_scope(statement, Absence.person_id, query))


def _awards(session: Session, query: FactsQuery) -> Mapping[PersonKey, list[AwardDates]]:
    statement = select(
        _key(Award.id),
        _key(Award.person_id),
        _key(Award.supersedes_id),
        Award.obtained_on,
        Award.valid_from,
        Award.valid_until,
        Award.withdrawn_on,
    ).where(Award.training_id.in_(query.training_ids), Award.valid_from <= query.day)
    rows = session.execute(_in_scope(statement, Award.person_id, query)).all()
    replaced = {row[2]: row[4] for row in rows if row[2] is not None}
    found = defaultdict(list)
    for award, key, _, obtained_on, valid_from, valid_until, withdrawn_on in rows:
        dates = (obtained_on, valid_from, valid_until, withdrawn_on)
        found[key].append(AwardDates(*dates, replaced_on=replaced.get(award)))
    return found


def _intervals(session: Session, statement: Select[Any]) -> Mapping[Hashable, list[Interval]]:
    found = defaultdict(list)
    for key, *dates in session.execute(statement):
        found[key].append(Interval(*dates))
    return found


def _in_scope(
    statement: Select[Any], person_id: InstrumentedAttribute[Any], query: FactsQuery
) -> Select[Any]:
    """Return the statement limited to people who work in the scope on the day."""
    if query.scope.is_everything:
        return statement
    working = select(Appointment.person_id).where(
        _covers(Appointment.starts_on, Appointment.ends_on, query.day)
    )
    return statement.where(person_id.in_(query.scope.narrow(working, Appointment.unit_id)))


def _is_open(query: FactsQuery) -> ColumnElement[bool]:
    return and_(
        Obligation.training_id == query.training_ids[0],
        _covers(Obligation.opened_on, Obligation.closed_on, query.day),
    )


def _covers(
    first: InstrumentedAttribute[date], last: InstrumentedAttribute[Any], day: date
) -> ColumnElement[bool]:
    return and_(first <= day, or_(last.is_(None), last > day))


def _key(column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    """Return a key as the driver gives it: it is only compared, so it need not become a UUID."""
    return type_coerce(column, String).label(column.key)
