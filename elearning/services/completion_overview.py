"""The completion overview: rates for a unit and the units below it, and the people behind them.

The rates, the table and every file come from one query object and one set of facts, so they agree.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from elearning.folding import folded
from elearning.learning.rates import Rates, rates_from
from elearning.services.completion_counts import tally
from elearning.services.completion_people import Placed, placed
from elearning.services.completion_query import (
    OBLIGATION,
    PERSON,
    CompletionQuery,
    Key,
    key,
    known_obligations,
    read_rows,
    these_people,
)
from elearning.services.hr_scope import HrScope
from elearning.services.people_filter import Candidates, PeopleFilter, Row, select_people
from elearning.services.unit_tree import UnitNode
from elearning.storage.completion import Obligation
from elearning.storage.facts import covers


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
class UnitLine:
    """The rates of a unit with everything below it, and how deep it lies in the scope."""

    unit: UnitNode
    depth: int
    rates: Rates


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of the people that meet a filter; pages count from one."""

    rows: tuple[Row, ...]
    found: int
    everyone: int
    page: int
    pages: int


def overview(session: Session, query: CompletionQuery) -> Overview:
    """Return the rates of the scope and of the units one level down."""
    found, scope = tally(session, query), query.scope
    rates = found.rates()
    per_unit = {unit: rates_from({}) for unit in scope.parts}
    if per_unit:
        per_unit |= found.rates_per_unit(_part_of_each(scope))
    units = tuple(UnitRates(unit, unit is scope.unit, each) for unit, each in per_unit.items())
    return Overview(
        rates=rates,
        units=tuple(sorted(units, key=_most_to_do_first)),
        counted_twice=max(0, sum(each.rates.counted for each in units) - rates.counted),
    )


def unit_lines(session: Session, query: CompletionQuery) -> tuple[UnitLine, ...]:
    """Return the rates of every unit in the scope, as a tree that is written down."""
    found, scope = tally(session, query), query.scope
    rates = found.rates_with_all_above(
        {
            unit_id: tuple(unit for unit in scope.tree.line(unit_id) if unit.id in scope.units)
            for unit_id in scope.tree.counted_in(scope.units)
        }
    )
    return tuple(
        UnitLine(unit, depth, rates.get(unit, rates_from({})))
        for unit, depth in scope.written_down()
    )


def _part_of_each(scope: HrScope) -> dict[int, UnitNode]:
    """Return in which unit one level down people count, for every unit that has people.

    Who works in the unit itself, and not in one below it, has a line of their own.
    """
    tree = scope.tree
    return {
        unit_id: scope.part_of(scope.units[tree.stands_for(unit_id)])
        for unit_id in tree.counted_in(scope.units)
    }


def _most_to_do_first(line: UnitRates) -> tuple[int, bool, str]:
    return -line.rates.to_do, line.is_direct, line.unit.code


def people_rows(session: Session, query: CompletionQuery, chosen: PeopleFilter) -> tuple[Row, ...]:
    """Return everyone who meets the filter, sorted: the rows of the files."""
    people = select_people(_candidates(session, query, chosen), chosen)
    return _rows(query, people, read_names(session, query))


def people_page(
    session: Session, query: CompletionQuery, chosen: PeopleFilter, *, page: int, page_size: int
) -> PeoplePage:
    """Return one page of the same rows; a page beyond the last is the last."""
    every = _candidates(session, query, chosen)
    people = select_people(every, chosen)
    pages = max(1, -(-len(people) // page_size))
    shown = min(max(page, 1), pages)
    here = people[(shown - 1) * page_size : shown * page_size]
    return PeoplePage(
        rows=_rows(query, here, read_names(session, query, here)),
        found=len(people),
        everyone=len(every.people),
        page=shown,
        pages=pages,
    )


def _candidates(session: Session, query: CompletionQuery, chosen: PeopleFilter) -> Candidates:
    scope = query.scope

    @cache
    def names(unit_ids: tuple[int, ...]) -> str:
        return folded(", ".join(unit.name(chosen.lang) for unit in scope.named(unit_ids)))

    return Candidates(
        people=list(placed(session, query)),
        sort_names=read_sort_names(session, query),
        unit_names=lambda person: names(person.unit_ids),
    )


def _rows(
    query: CompletionQuery, people: Iterable[Placed], names: Mapping[Key, str]
) -> tuple[Row, ...]:
    named = cache(query.scope.named)
    return tuple(Row(names[each.key], named(each.unit_ids), each.standing()) for each in people)


def read_sort_names(session: Session, query: CompletionQuery) -> dict[Key, str]:
    """Return the names to sort by of everybody who has an open obligation."""
    return _names(session, query, PERSON.sort_name)


def read_names(
    session: Session, query: CompletionQuery, people: Sequence[Placed] | None = None
) -> dict[Key, str]:
    """Return the names as they are shown, of these people or of everybody."""
    if people is None:
        return _names(session, query, PERSON.display_name)
    among = these_people(session, (each.key for each in people))
    statement = select(key(PERSON.id), PERSON.display_name).where(PERSON.id.in_(among))
    return dict(read_rows(session, statement))


def _names(session: Session, query: CompletionQuery, column: ColumnElement[str]) -> dict[Key, str]:
    statement = (
        select(key(PERSON.id), column)
        .join(Obligation.__table__, OBLIGATION.person_id == PERSON.id)
        .where(
            known_obligations(query),
            covers(OBLIGATION.opened_on, OBLIGATION.closed_on, query.day),
        )
    )
    return dict(read_rows(session, statement))
