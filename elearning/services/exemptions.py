"""The exemptions of a training: who is exempt in a scope, by which code and from when until when.

Everybody who works in the scope on the day is in it, with what holds on that day, what has ended
and what lies ahead, as known at the moment that is asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, aliased

from elearning.folding import folded
from elearning.services.completion_query import (
    APPOINTMENT,
    EXEMPTION,
    PERSON,
    CompletionQuery,
    Key,
    counted_appointments,
    key,
    known_exemptions,
    read_rows,
    these_people,
)
from elearning.services.unit_tree import UnitNode
from elearning.storage.completion import Exemption, ExemptionCode
from elearning.storage.facts import covers, known
from elearning.storage.people import Person


class ExemptionState(StrEnum):
    """What an exemption is on a day."""

    NOW = "now"
    AHEAD = "ahead"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class ExemptionDays:
    """From which training, by which code, during [from_on, until_on)."""

    training_id: str
    code: ExemptionCode
    from_on: date
    until_on: date

    def state_on(self, day: date) -> ExemptionState:
        """Return what it is on a day."""
        if self.until_on <= day:
            return ExemptionState.ENDED
        return ExemptionState.NOW if self.from_on <= day else ExemptionState.AHEAD


@dataclass(frozen=True, slots=True)
class ExemptionRow:
    """An exemption as HR sees it; `granted_by` is a name, None for nobody who is known."""

    id: int
    name: str
    units: tuple[UnitNode, ...]
    days: ExemptionDays
    granted_by: str | None


@dataclass(frozen=True, slots=True)
class ExemptionFilter:
    """Which exemptions are asked for."""

    state: ExemptionState | None
    code: ExemptionCode | None
    name: str


@dataclass(frozen=True, slots=True)
class ExemptionsPage:
    """One page of exemptions; pages count from one."""

    rows: tuple[ExemptionRow, ...]
    found: int
    page: int
    pages: int


def exemptions_page(
    session: Session,
    query: CompletionQuery,
    chosen: ExemptionFilter,
    *,
    page: int,
    page_size: int,
) -> ExemptionsPage:
    """Return one page of the exemptions; a page beyond the last is the last."""
    every = _found(session, query, chosen)
    pages = max(1, -(-len(every) // page_size))
    shown = min(max(page, 1), pages)
    here = every[(shown - 1) * page_size : shown * page_size]
    return ExemptionsPage(_rows(session, query, here), len(every), shown, pages)


def exemption_rows(
    session: Session, query: CompletionQuery, chosen: ExemptionFilter
) -> tuple[ExemptionRow, ...]:
    """Return all the same rows, for the files."""
    return _rows(session, query, _found(session, query, chosen))


def own_exemptions(session: Session, *, person_id: UUID) -> tuple[ExemptionDays, ...]:
    """Return the exemptions of one person, for that person."""
    statement = (
        select(Exemption.training_id, Exemption.code, Exemption.from_on, Exemption.until_on)
        .where(Exemption.person_id == person_id, known(Exemption, None))
        .order_by(Exemption.from_on, Exemption.id)
    )
    return tuple(ExemptionDays(*row) for row in session.execute(statement))


def _found(session: Session, query: CompletionQuery, chosen: ExemptionFilter) -> list[Any]:
    wanted = folded(chosen.name)
    return [
        row
        for row in read_rows(session, _statement(session, query))
        if chosen.state in {None, _days(row).state_on(query.day)}
        and chosen.code in {None, row.code}
        and wanted in row.sort_name
    ]


def _statement(session: Session, query: CompletionQuery) -> Select[Any]:
    granter = aliased(Person)
    working = select(APPOINTMENT.person_id).where(
        counted_appointments(session, query),
        covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, query.day),
    )
    return (
        select(
            EXEMPTION.id,
            key(EXEMPTION.person_id).label("person"),
            EXEMPTION.training_id,
            EXEMPTION.code,
            EXEMPTION.from_on,
            EXEMPTION.until_on,
            PERSON.display_name,
            PERSON.sort_name,
            granter.display_name.label("granted_by"),
        )
        .join(Person.__table__, PERSON.id == EXEMPTION.person_id)
        .outerjoin(granter, granter.id == EXEMPTION.granted_by)
        .where(known_exemptions(query), EXEMPTION.person_id.in_(working))
        .order_by(EXEMPTION.until_on, PERSON.sort_name, EXEMPTION.id)
    )


def _rows(
    session: Session, query: CompletionQuery, found: Iterable[Any]
) -> tuple[ExemptionRow, ...]:
    shown = list(found)
    units = _units(session, query, (row.person for row in shown))
    return tuple(
        ExemptionRow(
            row.id,
            row.display_name,
            query.scope.named(units.get(row.person, ())),
            _days(row),
            row.granted_by,
        )
        for row in shown
    )


def _days(row: Any) -> ExemptionDays:  # noqa: ANN401 - a row of the statement
    return ExemptionDays(row.training_id, row.code, row.from_on, row.until_on)


def _units(
    session: Session, query: CompletionQuery, people: Iterable[Key]
) -> Mapping[Key, tuple[int, ...]]:
    statement = select(key(APPOINTMENT.person_id), APPOINTMENT.unit_id).where(
        counted_appointments(session, query),
        covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, query.day),
        APPOINTMENT.person_id.in_(these_people(session, people)),
    )
    found: dict[Key, tuple[int, ...]] = {}
    for person, unit_id in read_rows(session, statement):
        found[person] = (*found.get(person, ()), unit_id)
    return found
