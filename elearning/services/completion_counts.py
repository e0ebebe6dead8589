"""How many people stand where, per unit: counted by the database, for almost everybody.

The rule of learning/status.py stands here a second time, as SQL; a test holds both together over
every order that its days can have. Who needs all facts, or works in several units, is counted one
by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal, or_, select
from sqlalchemy.orm import Session

from elearning.learning.rates import Rates, rates_from
from elearning.learning.status import CompletionStatus, Terms, terms_on
from elearning.services.completion_people import Placed, placed_among, special_people, three_dates
from elearning.services.completion_query import (
    APPOINTMENT,
    CompletionQuery,
    Key,
    counted_appointments,
    key,
    these_people,
)
from elearning.services.unit_tree import UnitNode
from elearning.storage.facts import covers

Cell = tuple[CompletionStatus, bool]
BY_NUMBER = tuple(CompletionStatus)


@dataclass(frozen=True, slots=True)
class Tally:
    """Who works in one unit, as counts per unit and status; and the others, one by one."""

    counts: Mapping[int, Mapping[Cell, int]]
    others: tuple[Placed, ...]

    def rates(self) -> Rates:
        """Return the rates over everybody, each person once."""
        found: Counter[Cell] = Counter()
        for cells in self.counts.values():
            found.update(cells)
        found.update((each.status, each.is_expiring) for each in self.others)
        return rates_from(found)

    def rates_per_unit(self, groups: Mapping[int, UnitNode]) -> dict[UnitNode, Rates]:
        """Return the rates per group of units, each person once in each; `groups` says which."""
        return self.rates_with_all_above({unit_id: (unit,) for unit_id, unit in groups.items()})

    def rates_with_all_above(
        self, lines: Mapping[int, tuple[UnitNode, ...]]
    ) -> dict[UnitNode, Rates]:
        """Return the rates of every unit in these lines, each person once in each unit."""
        found: dict[UnitNode, Counter[Cell]] = {}
        for unit_id, cells in self.counts.items():
            for unit in lines[unit_id]:
                found.setdefault(unit, Counter()).update(cells)
        for each in self.others:
            for unit in {unit for unit_id in each.unit_ids for unit in lines[unit_id]}:
                found.setdefault(unit, Counter())[each.status, each.is_expiring] += 1
        return {unit: rates_from(cells) for unit, cells in found.items()}


def tally(session: Session, query: CompletionQuery) -> Tally:
    """Return where everybody in the scope stands on the day; out of scope nobody is counted."""
    special = special_people(session, query)
    apart = special | _in_several_units(session, query)
    counts: dict[int, Counter[Cell]] = {}
    for unit_id, number, is_expiring, people in session.execute(_grouped(session, query, apart)):
        cell = BY_NUMBER[number], bool(is_expiring)
        counts.setdefault(unit_id, Counter())[cell] += people
    return Tally(counts, tuple(placed_among(session, query, apart, special)))


def _in_several_units(session: Session, query: CompletionQuery) -> set[Key]:
    statement = (
        select(key(APPOINTMENT.person_id))
        .where(
            counted_appointments(session, query),
            covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, query.day),
        )
        .group_by(APPOINTMENT.person_id)
        .having(func.count() > 1)
    )
    return {person for (person,) in session.execute(statement)}


def _grouped(session: Session, query: CompletionQuery, apart: Iterable[Key]) -> Select[Any]:
    people = three_dates(session, query, leaving_out=these_people(session, apart))
    # Without the word, SQLite would look up the longest award again for every comparison.
    rows = people.cte("people").prefix_with("MATERIALIZED")
    terms = terms_on(query.day, query.training.validity).as_text()
    ended_on = func.substr(rows.c.longest, 1, 10)
    status = status_sql(terms, rows.c.opened_on, rows.c.due_on, ended_on)
    expiring = case((and_(ended_on > terms.day, ended_on <= terms.window_ends_on), 1), else_=0)
    return select(rows.c.unit_id, status, expiring, func.count()).group_by(
        rows.c.unit_id, status, expiring
    )


def status_sql(
    terms: Terms[str],
    opened_on: ColumnElement[Any],
    due_on: ColumnElement[Any],
    ended_on: ColumnElement[Any],
) -> ColumnElement[int]:
    """Return `Terms.status` as SQL: the number of the status in the order of its enumeration."""

    def number(status: CompletionStatus) -> ColumnElement[int]:
        return literal(BY_NUMBER.index(status))

    day, grace = literal(terms.day), literal(terms.grace_began_on)
    is_new = or_(ended_on.is_(None), ended_on <= opened_on)
    return case(
        (and_(is_new, day <= due_on), number(CompletionStatus.OPEN)),
        (and_(is_new, grace <= due_on), number(CompletionStatus.IN_GRACE)),
        (is_new, number(CompletionStatus.OVERDUE)),
        (ended_on > day, number(CompletionStatus.VALID)),
        (or_(grace <= due_on, grace < ended_on), number(CompletionStatus.IN_GRACE)),
        else_=number(CompletionStatus.LAPSED),
    )
