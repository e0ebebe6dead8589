"""The people of the completion overview, filtered, sorted and cut into pages by the database.

The page and the files read the same rows in the same order: one relation, one order.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import CTE, ColumnElement, Integer, Select, Text, and_, func, select, true
from sqlalchemy.orm import Session
from sqlalchemy.sql.base import ReadOnlyColumnCollection

from elearning.folding import folded
from elearning.learning.status import CompletionStatus
from elearning.services.completion_query import PERSON, CompletionQuery, read_rows
from elearning.services.completion_standings import standings, unit_ids
from elearning.services.listed import listed
from elearning.services.packed_days import CELLS
from elearning.services.people_filter import GROUPS, PeopleFilter, Row, SortKey, StatusFilter
from elearning.storage.engine import is_sqlite
from elearning.storage.people import Person

Column = ColumnElement[Any]
Columns = ReadOnlyColumnCollection[str, ColumnElement[Any]]
DATES = {
    SortKey.OBTAINED_ON: "obtained_on",
    SortKey.DUE_ON: "due_on",
    SortKey.VALID_UNTIL: "ended_on",
}


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """One page of the people that meet a filter; pages count from one."""

    rows: tuple[Row, ...]
    found: int
    everyone: int
    page: int
    pages: int


def people_rows(session: Session, query: CompletionQuery, chosen: PeopleFilter) -> tuple[Row, ...]:
    """Return everyone who meets the filter, sorted: the rows of the files."""
    return tuple(_Table(session, query, chosen).rows())


def people_page(
    session: Session, query: CompletionQuery, chosen: PeopleFilter, *, page: int, page_size: int
) -> PeoplePage:
    """Return one page of the same rows; a page beyond the last is the last."""
    table = _Table(session, query, chosen)
    asked = max(page, 1)
    rows, found, everyone = table.cut((asked - 1) * page_size, page_size)
    pages = max(1, -(-found // page_size))
    if asked > pages:
        asked = pages
        rows, found, everyone = table.cut((asked - 1) * page_size, page_size)
    return PeoplePage(rows, found, everyone, asked, pages)


class _Table:
    """The rows that meet a filter, in its order."""

    def __init__(self, session: Session, query: CompletionQuery, chosen: PeopleFilter) -> None:
        self._session, self._query, self._chosen = session, query, chosen
        self._found = standings(session, query)
        self._people = self._found.everybody(*_columns(chosen)).subquery("people")
        self._named = cache(query.scope.named)
        self._places = self._places_of_units() if chosen.sort is SortKey.UNIT else None

    def rows(self) -> Iterator[Row]:
        """Yield every row."""
        for name, *shown in read_rows(self._session, self._sorted()):
            yield self._row(name, *shown)

    def cut(self, start: int, size: int) -> tuple[tuple[Row, ...], int, int]:
        """Return some rows, how many there are, and how many without the filter."""
        statement = self._sorted().add_columns(func.count().over(), self._found.count())
        lines = self._session.execute(statement.offset(start).limit(size)).all()
        if not lines:
            return (), *self._counts()
        rows = tuple(self._row(*shown) for *shown, _, _ in lines)
        return rows, lines[0][-2], lines[0][-1]

    def _counts(self) -> tuple[int, int]:
        found = self._matching(func.count()).scalar_subquery()
        matching, everyone = self._session.execute(select(found, self._found.count())).one()
        return matching, everyone

    def _row(self, name: str, *shown: Any) -> Row:  # noqa: ANN401 - the columns that `place` needs
        placed = self._found.place(*shown)
        return Row(name, self._named(placed.unit_ids), placed.standing())

    def _sorted(self) -> Select[Any]:
        shown = self._people.c
        columns = shown.person, shown.units, shown.dates, shown.longest, shown.back_on
        statement = self._matching(PERSON.display_name, *columns)
        return statement.order_by(*self._order())

    def _matching(self, *columns: Column) -> Select[Any]:
        joined = self._people.join(Person.__table__, PERSON.id == self._people.c.person)
        if self._places is not None:
            joined = joined.join(self._places, self._places.c.units == self._people.c.units)
        return select(*columns).select_from(joined).where(self._meets())

    def _meets(self) -> ColumnElement[bool]:
        """Return the filter as a condition."""
        chosen, people = self._chosen, self._people.c
        conditions: list[ColumnElement[bool]] = [true()]
        if wanted := folded(chosen.name):
            conditions.append(PERSON.sort_name.contains(wanted, autoescape=True))
        if chosen.status is not None:
            conditions.append(_in_group(chosen.status, people))
        if chosen.ends_by is not None:
            last_end = chosen.ends_by.isoformat()
            is_valid = _is_any(people, CompletionStatus.VALID)
            conditions.append(and_(is_valid, people.ended_on <= last_end))
        return and_(*conditions)

    def _order(self) -> list[Column]:
        """Return by what rows are sorted; who lacks the date comes last either way."""
        chosen, people = self._chosen, self._people.c
        by_name = [_by_code_point(self._session, PERSON.sort_name), people.person]
        if chosen.sort is SortKey.NAME:
            return [each.desc() for each in by_name] if chosen.is_descending else by_name
        if chosen.sort in DATES:
            day = people[DATES[chosen.sort]]
            return [day.is_(None), day.desc() if chosen.is_descending else day, *by_name]
        first = people.cell if self._places is None else self._places.c.place
        return [first.desc() if chosen.is_descending else first, *by_name]

    def _places_of_units(self) -> CTE:
        """Return the place of each set of units in the order of their names."""
        sets = self._session.scalars(select(self._people.c.units).distinct()).all()
        names = {each: folded(self._unit_names(each)) for each in sets}
        places = {name: place for place, name in enumerate(sorted(set(names.values())))}
        rows = ((each, places[name]) for each, name in names.items())
        found = listed(self._session, {"units": Text, "place": Integer}, rows).cte("places")
        return found.prefix_with("MATERIALIZED")

    def _unit_names(self, units: str) -> str:
        named = self._named(unit_ids(units))
        return ", ".join(unit.name(self._chosen.lang) for unit in named)


def _columns(chosen: PeopleFilter) -> list[str]:
    """Return what has to be worked out for everybody to filter and to sort."""
    found = {DATES[chosen.sort]} if chosen.sort in DATES else set()
    if chosen.status is not None or chosen.sort is SortKey.STATUS:
        found.add("cell")
    if chosen.ends_by is not None:
        found |= {"cell", "ended_on"}
    return sorted(found)


def _in_group(status: StatusFilter, people: Columns) -> ColumnElement[bool]:
    if status is StatusFilter.EXPIRING:
        return people.cell.in_([cell for cell, (_, is_soon) in enumerate(CELLS) if is_soon])
    return _is_any(people, *map(CompletionStatus, GROUPS.get(status, (status.value,))))


def _is_any(people: Columns, *wanted: CompletionStatus) -> ColumnElement[bool]:
    return people.cell.in_([cell for cell, (status, _) in enumerate(CELLS) if status in wanted])


def _by_code_point(session: Session, column: Column) -> Column:
    """Return a column that sorts as Python does, also where the database knows a language."""
    return column if is_sqlite(session) else column.collate("C")
