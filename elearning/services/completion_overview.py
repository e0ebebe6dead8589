"""The completion overview: rates for a unit and the units below it, and the people behind them.

The rates, the table and every file come from one query object and one set of facts, so they agree.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from elearning.learning.rates import Rates, rates_from
from elearning.services.completion_counts import tally
from elearning.services.completion_query import (
    CompletionQuery,
)
from elearning.services.hr_scope import HrScope
from elearning.services.unit_tree import UnitNode


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
    nobody = rates_from({})
    return tuple(
        UnitLine(unit, depth, rates.get(unit, nobody)) for unit, depth in scope.written_down()
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
