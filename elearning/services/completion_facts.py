"""Read the dated facts of people in a scope: a fixed number of statements, however many people.

Only appointments, obligations, exemptions, absences, awards and names; nothing of what people
learn or how (a test in tests/architecture keeps it so).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import Session

from elearning.learning.award import AwardDates
from elearning.learning.status import Facts, Interval, ObligationDates
from elearning.services.completion_query import (
    ABSENCE,
    APPOINTMENT,
    AWARD,
    EXEMPTION,
    OBLIGATION,
    CompletionQuery,
    Key,
    counted_appointments,
    key,
    known_absences,
    known_awards,
    known_exemptions,
    known_obligations,
    read_rows,
)

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """The facts of one person, with the unit of each appointment that counts."""

    facts: Facts
    unit_ids: tuple[int, ...]


def each_person(
    session: Session, query: CompletionQuery, among: Select[Any]
) -> Iterator[tuple[Key, KnownPerson]]:
    """Yield the facts of these people, whatever their days; who has no obligation is left out.

    `among` selects the keys of people. Facts that lie outside the day asked for are there too: the
    same reading serves one day and a trend over years.
    """
    obligations = _obligations(session, query, among)
    absences = _absences(session, query, among)
    awards = _awards(session, query, among)
    for person, held in _appointments(session, query, among).items():
        if person in obligations:
            facts = Facts(
                appointments=tuple([interval for _, interval in held]),
                absences=absences.get(person, ()),
                obligations=obligations[person],
                awards=awards.get(person, ()),
            )
            yield person, KnownPerson(facts, tuple([unit_id for unit_id, _ in held]))


def _appointments(
    session: Session, query: CompletionQuery, among: Select[Any]
) -> dict[Key, tuple[tuple[int, Interval], ...]]:
    statement = select(
        key(APPOINTMENT.person_id),
        APPOINTMENT.unit_id,
        APPOINTMENT.starts_on,
        APPOINTMENT.ends_on,
    ).where(counted_appointments(session, query), APPOINTMENT.person_id.in_(among))
    interval = cache(Interval)
    rows = read_rows(session, statement.order_by(APPOINTMENT.person_id, APPOINTMENT.unit_id))
    return _grouped((person, (unit_id, interval(*dates))) for person, unit_id, *dates in rows)


def _obligations(
    session: Session, query: CompletionQuery, among: Select[Any]
) -> dict[Key, tuple[ObligationDates, ...]]:
    exemptions = _exemptions(session, query, among)
    columns = (OBLIGATION.due_on, OBLIGATION.opened_on, OBLIGATION.closed_on)
    rows = _of(session, OBLIGATION.person_id, columns, known_obligations(query), among)
    interval, obligation = cache(Interval), cache(ObligationDates)
    return _grouped(
        (person, obligation(interval(*dates), due_on, exemptions.get(person, ())))
        for person, due_on, *dates in rows
    )


def _exemptions(
    session: Session, query: CompletionQuery, among: Select[Any]
) -> Mapping[Key, tuple[Interval, ...]]:
    columns = (EXEMPTION.from_on, EXEMPTION.until_on)
    rows = _of(session, EXEMPTION.person_id, columns, known_exemptions(query), among)
    return _grouped((person, Interval(*dates)) for person, *dates in rows)


def _absences(
    session: Session, query: CompletionQuery, among: Select[Any]
) -> Mapping[Key, tuple[Interval, ...]]:
    columns = (ABSENCE.from_on, ABSENCE.until_on)
    rows = _of(session, ABSENCE.person_id, columns, known_absences(query), among)
    return _grouped((person, Interval(*dates)) for person, *dates in rows)


def _awards(
    session: Session, query: CompletionQuery, among: Select[Any]
) -> Mapping[Key, tuple[AwardDates, ...]]:
    columns = (
        key(AWARD.id),
        key(AWARD.supersedes_id),
        AWARD.withdrawal_recorded_at,
        AWARD.obtained_on,
        AWARD.valid_from,
        AWARD.valid_until,
        AWARD.withdrawn_on,
    )
    rows = list(_of(session, AWARD.person_id, columns, known_awards(query), among))
    replaced = {row[2]: row[5] for row in rows if row[2] is not None}
    moment = query.known_at

    def dates_of(row: tuple[Any, ...]) -> AwardDates:
        _, award_id, _, heard_at, obtained_on, valid_from, valid_until, withdrawn_on = row
        is_unheard = moment is not None and heard_at is not None and heard_at > moment
        return AwardDates(
            obtained_on=obtained_on,
            valid_from=valid_from,
            valid_until=valid_until,
            withdrawn_on=None if is_unheard else withdrawn_on,
            replaced_on=replaced.get(award_id),
        )

    return _grouped((row[0], dates_of(row)) for row in rows)


def _of(
    session: Session,
    person_id: ColumnElement[Any],
    columns: Iterable[ColumnElement[Any]],
    condition: ColumnElement[bool],
    among: Select[Any],
) -> Iterator[tuple[Any, ...]]:
    """Yield the key of each of these people with some columns of a fact about them."""
    statement = select(key(person_id), *columns).where(condition, person_id.in_(among))
    return read_rows(session, statement)


def _grouped(pairs: Iterable[tuple[Key, Value]]) -> dict[Key, tuple[Value, ...]]:
    found: dict[Key, tuple[Value, ...]] = {}
    for person, value in pairs:
        found[person] = (*found.get(person, ()), value)
    return found
