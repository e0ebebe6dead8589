"""Where everybody in a scope stands, as one relation in SQL: counted, filtered and sorted there.

Status is decided by one rule (learning/status.py). Most people need few dates for it, which one
statement gathers; the rule stands a second time, as SQL (services/packed_days.py), and a test holds
both together over every order that its days can have. Who was away several times, a few in a
thousand, goes the long way with all their facts, and joins the others as rows that are already
worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    FromClause,
    Integer,
    Select,
    Text,
    Uuid,
    cast,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from elearning.learning.status import DAYS_AFTER_RETURN, Terms, terms_on
from elearning.services.completion_people import (
    Placed,
    everything_about,
    exempt_people,
    from_pairs,
)
from elearning.services.completion_query import (
    CompletionQuery,
    Key,
    as_kept,
    read_rows,
    these_people,
)
from elearning.services.few_dates import few_dates
from elearning.services.listed import Types, listed
from elearning.services.long_absences import Away, long_absences
from elearning.services.packed_days import (
    CELLS,
    EXEMPT,
    cell_sql,
    first_of,
    late_on_sql,
    second_of,
)
from elearning.storage.engine import is_sqlite

Column = ColumnElement[Any]
# Only the first day back says anything of who is exempt.
IS_EXEMPT = Away(from_on="", back_on=EXEMPT, late_on="")


@dataclass(frozen=True, slots=True)
class Standings:
    """Everybody in scope on a day: `plain` by few dates, `apart` by all their facts.

    The columns of `plain` are person, units, dates (the due day, then the first day of what is
    due), longest (the end of the longest award, then the day it was obtained) and back_on (the
    first day back, of a long absence that began by the day, or `EXEMPT`), all as text.
    """

    session: Session
    plain: FromClause
    apart: Mapping[Key, Placed]
    terms: Terms[str]

    def count(self) -> ColumnElement[int]:
        """Return how many people there are, for a statement that reads them anyway."""
        plain = select(func.count()).select_from(self.plain).scalar_subquery()
        return plain + literal(len(self.apart))

    def everybody(self, *names: str) -> Select[Any]:
        """Return one row for everybody with these columns, and those that `place` needs.

        A column that is not asked for is not worked out, which matters for a hundred thousand.
        """
        plain = select(*self.plain.c, *(self.worked_out(name).label(name) for name in names))
        if not self.apart:
            return plain
        return select(union_all(plain, self._given(names)).subquery("everybody"))

    def place(
        self,
        person: Key,
        units: str,
        dates: str | None,
        longest: str | None,
        back_on: str | None,
    ) -> Placed:
        """Return where somebody stands, from the first five columns of a row of `everybody`."""
        if dates is None:
            return self.apart[person]
        return from_pairs(self.terms, person, unit_ids(units), dates, longest, back_on)

    def worked_out(self, name: str) -> Column:
        """Return a column of `GIVEN` as SQL, for who is in `plain`."""
        row = self.plain.c
        dates, longest, back_on = row.dates, row.longest, row.back_on
        match name:
            case "cell":
                return cell_sql(self.terms, dates, longest, back_on)
            case "obtained_on":
                return second_of(longest)
            case "ended_on":
                return first_of(longest)
            case _:
                return late_on_sql(self.session, self.terms, dates, longest, back_on)

    def _given(self, names: tuple[str, ...]) -> Select[Any]:
        """Return who stands apart as rows: one parameter, however many there are."""
        given = listed(
            self.session,
            GIVEN,
            ((as_kept(person), _units(each), *_days(each)) for person, each in self.apart.items()),
        ).subquery("given")
        nothing = cast(null(), Text)
        columns = (given.c[name] for name in names)
        return select(given.c.person, given.c.units, nothing, nothing, nothing, *columns)


GIVEN: Types = {
    "person": Uuid,
    "units": Text,
    "cell": Integer,
    "due_on": Text,
    "obtained_on": Text,
    "ended_on": Text,
}


def _days(each: Placed) -> tuple[int, str | None, str | None, str | None]:
    cell = CELLS.index((each.status, each.is_expiring))
    return cell, each.due_on, each.obtained_on, each.ended_on


def _units(each: Placed) -> str:
    return ",".join(map(str, each.unit_ids))


@cache
def unit_ids(listed: str) -> tuple[int, ...]:
    """Return the units of somebody, each once, from the text that the database made of them."""
    return tuple(dict.fromkeys(int(each) for each in listed.split(",")))


def standings(session: Session, query: CompletionQuery, *, for_counts: bool = False) -> Standings:
    """Return where everybody in scope stands; exempt and paused are there, out of scope not.

    `for_counts` is for a statement that reads them once, and leaves the due days inexact of who
    came back from an absence long ago: longer than its extra days and the grace, it changes no
    status any more.
    """
    validity = query.training.validity
    extra = timedelta(days=DAYS_AFTER_RETURN + validity.grace_days)
    since = query.day - extra if for_counts else date.min
    exempt = dict.fromkeys(exempt_people(session, query), IS_EXEMPT)
    found = long_absences(session, query, since, query.day)
    special = found.several - exempt.keys()
    apart = _apart(session, query, special)
    people = few_dates(session, query, found.once | exempt, special)
    plain = _read_once(people) if for_counts and is_sqlite(session) else _kept(people)
    return Standings(session, plain, apart, terms_on(query.day, validity).as_text())


def _kept(people: CompoundSelect[Any]) -> FromClause:
    """Return the rows as a table that the statement makes first.

    Without the word, SQLite would look up the longest award again for every comparison.
    """
    return people.cte("plain").prefix_with("MATERIALIZED")


def _read_once(people: CompoundSelect[Any]) -> FromClause:
    """Return the rows as they come, for a statement that reads them once: SQLite keeps none then.

    The limit, which is none, keeps it from working them into the statement around them.
    """
    return people.limit(-1).subquery("plain")


def _apart(session: Session, query: CompletionQuery, people: set[Key]) -> dict[Key, Placed]:
    """Return who goes the long way and is in scope; nothing is read for nobody."""
    if not people:
        return {}
    found = everything_about(session, query, these_people(session, people))
    return {each.key: each for each in found}


def placed(session: Session, query: CompletionQuery) -> Iterator[Placed]:
    """Yield everybody in scope on the day once."""
    found = standings(session, query)
    for row in read_rows(session, select(*found.plain.c)):
        yield found.place(*row)
    yield from found.apart.values()
