"""The completion overview: rates for a unit and the units below it, and the people behind them.

The rates, the table and the CSV come from one query object and one set of facts, so they agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from elearning.errors import NotFound
from elearning.learning.rates import Rates, rates_of
from elearning.learning.status import CompletionStatus, Standing, standing_on
from elearning.learning.training import Training
from elearning.services.completion_facts import (
    FactsQuery,
    Key,
    each_person,
    read_names,
)
from elearning.services.hr_scope import HrScope, UnitNode
from elearning.services.people_filter import PeopleFilter, Row, select_rows


@dataclass(frozen=True, slots=True)
class CompletionQuery:
    """What is asked: a training, the units that may be seen, and the day.

    `satisfied_by` are the trainings whose awards count: itself first, then those that include it.
    """

    training: Training
    satisfied_by: tuple[str, ...]
    scope: HrScope
    day: date


@dataclass(frozen=True, slots=True)
class Placed:
    """Where a person stands, and in which units of the scope they work."""

    key: Key
    unit_ids: tuple[int, ...]
    standing: Standing


@dataclass(frozen=True, slots=True)
class UnitRates:
    """The rates of a unit with everything below it; `is_direct` is without what is below."""

    unit: UnitNode
    is_direct: bool
    rates: Rates


@dataclass(frozen=True, slots=True)
class Overview:
    """Rates over all distinct people, and per unit one level down, most to do first.

    `counted_twice` is by how much the units together exceed the whole: people with appointments
    in several of them.
    """

    rates: Rates
    units: tuple[UnitRates, ...]
    counted_twice: int


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of the people that meet a filter; pages count from one."""

    rows: tuple[Row, ...]
    found: int
    everyone: int
    page: int
    pages: int


def completion_query(
    trainings: Mapping[str, Training], *, training_id: str, scope: HrScope, day: date
) -> CompletionQuery:
    """Return the question about one training; raises `NotFound` when it is not served."""
    if training_id not in trainings:
        raise NotFound(f"no training {training_id!r}")
    others = (each.id for each in trainings.values() if training_id in each.satisfies)
    return CompletionQuery(trainings[training_id], (training_id, *others), scope, day)


def overview(session: Session, query: CompletionQuery) -> Overview:
    """Return the rates of the scope and of the units one level down."""
    people = list(_placed(session, query))
    rates = rates_of(person.standing for person in people)
    units = tuple(
        UnitRates(unit, unit is query.scope.unit, rates_of(found))
        for unit, found in _by_unit(people, query.scope).items()
    )
    return Overview(
        rates=rates,
        units=tuple(sorted(units, key=_most_to_do_first)),
        counted_twice=sum(each.rates.counted for each in units) - rates.counted,
    )


def _most_to_do_first(line: UnitRates) -> tuple[int, bool, str]:
    return -line.rates.to_do, line.is_direct, line.unit.code


def people_rows(session: Session, query: CompletionQuery, chosen: PeopleFilter) -> tuple[Row, ...]:
    """Return everyone who meets the filter, sorted: the rows of the CSV."""
    return select_rows(_all_rows(session, query), chosen)


def people_page(
    session: Session, query: CompletionQuery, chosen: PeopleFilter, *, page: int, page_size: int
) -> PeoplePage:
    """Return one page of the same rows; a page beyond the last is the last."""
    every = _all_rows(session, query)
    rows = select_rows(every, chosen)
    pages = max(1, -(-len(rows) // page_size))
    shown = min(max(page, 1), pages)
    return PeoplePage(
        rows=rows[(shown - 1) * page_size : shown * page_size],
        found=len(rows),
        everyone=len(every),
        page=shown,
        pages=pages,
    )


def _all_rows(session: Session, query: CompletionQuery) -> tuple[Row, ...]:
    names = read_names(session, _facts_query(query))
    return tuple(
        Row(
            name=names[person.key],
            units=tuple(query.scope.units[unit_id] for unit_id in sorted(person.unit_ids)),
            standing=person.standing,
        )
        for person in _placed(session, query)
    )


def _facts_query(query: CompletionQuery) -> FactsQuery:
    return FactsQuery(query.satisfied_by, query.scope, query.day)


def _placed(session: Session, query: CompletionQuery) -> Iterator[Placed]:
    """Yield where everyone stands who is in scope on the day."""
    for key, person in each_person(session, _facts_query(query)):
        standing = standing_on(person.facts, query.day, query.training.validity)
        if standing.status is not CompletionStatus.NOT_IN_SCOPE:
            yield Placed(key, person.unit_ids, standing)


def _by_unit(people: Iterable[Placed], scope: HrScope) -> dict[UnitNode, list[Standing]]:
    """Return the standings per unit one level down, each person once in each of them.

    Who works in the unit itself, and not in one below it, has a line of their own; where there is
    nothing below there is nothing to split.
    """
    found: dict[UnitNode, list[Standing]] = {unit: [] for unit in scope.parts}
    if not found:
        return {}
    part_of = {unit.id: scope.part_of(unit) for unit in scope.units.values()}
    for person in people:
        for unit in {part_of[unit_id] for unit_id in person.unit_ids}:
            found.setdefault(unit, []).append(person.standing)
    return found
