"""Where everybody in a scope stands, as one relation in SQL: counted, filtered and sorted there.

Status is decided by one rule (learning/status.py). Most people need few dates for it, which one
statement gathers; the rule stands a second time, as SQL (services/packed_days.py), and a test holds
both together over every order that its days can have. Who is exempt or was away several times, some
in a hundred, goes the long way with all their facts, and joins the others as rows that are already
worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    CompoundSelect,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from elearning.learning.status import DAYS_AFTER_RETURN, ENDLESS, Terms, terms_on
from elearning.services.completion_people import (
    Placed,
    everything_about,
    from_pairs,
    special_people,
)
from elearning.services.completion_query import (
    APPOINTMENT,
    AWARD,
    OBLIGATION,
    CompletionQuery,
    Key,
    as_kept,
    as_text,
    counted_appointments,
    key,
    known_awards,
    known_obligations,
    read_rows,
    replaced_from,
    some_replaced_by_less,
    these_people,
    withdrawn_after,
)
from elearning.services.listed import Types, listed
from elearning.services.long_absences import AWAY, Away, only_absences
from elearning.services.packed_days import (
    BY_NUMBER,
    after_return,
    first_of,
    is_expiring_sql,
    late_on_sql,
    second_of,
    status_sql,
)
from elearning.storage.facts import covers

Column = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Standings:
    """Everybody in scope on a day: `plain` by few dates, `apart` by all their facts.

    The columns of `plain` are person, units, dates (the due day, then the first day of what is
    due), longest (the end of the longest award, then the day it was obtained) and back_on (the
    first day back, of a long absence that began by the day), all as text.
    """

    session: Session
    plain: CTE
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
            case "status":
                return status_sql(self.terms, dates, longest, back_on)
            case "is_expiring":
                return is_expiring_sql(self.terms, longest, back_on)
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
    "status": Integer,
    "is_expiring": Integer,
    "due_on": Text,
    "obtained_on": Text,
    "ended_on": Text,
}


def _days(each: Placed) -> tuple[int, int, str | None, str | None, str | None]:
    number = BY_NUMBER.index(each.status)
    return number, int(each.is_expiring), each.due_on, each.obtained_on, each.ended_on


def _units(each: Placed) -> str:
    return ",".join(map(str, each.unit_ids))


@cache
def unit_ids(listed: str) -> tuple[int, ...]:
    """Return the units of somebody, each once, from the text that the database made of them."""
    return tuple(dict.fromkeys(int(each) for each in listed.split(",")))


def standings(session: Session, query: CompletionQuery, *, for_counts: bool = False) -> Standings:
    """Return where everybody in scope stands; exempt and paused are there, out of scope not.

    `for_counts` leaves the due days inexact of who came back from an absence long ago: longer than
    its extra days and the grace, it changes no status any more.
    """
    validity = query.training.validity
    extra = timedelta(days=DAYS_AFTER_RETURN + validity.grace_days)
    since = query.day - extra if for_counts else date.min
    special = special_people(session, query, since)
    apart = {
        each.key: each for each in everything_about(session, query, these_people(session, special))
    }
    away = {
        person: each
        for person, each in only_absences(session, query, since, query.day).items()
        if person not in special
    }
    # Without the word, SQLite would look up the longest award again for every comparison.
    plain = _few_dates(session, query, away, special).cte("plain").prefix_with("MATERIALIZED")
    terms = terms_on(query.day, validity).as_text()
    return Standings(session, plain, apart, terms)


def placed(session: Session, query: CompletionQuery) -> Iterator[Placed]:
    """Yield everybody in scope on the day once."""
    found = standings(session, query)
    for row in read_rows(session, select(*found.plain.c)):
        yield found.place(*row)
    yield from found.apart.values()


def _few_dates(
    session: Session, query: CompletionQuery, away: Mapping[Key, Away], leaving_out: Iterable[Key]
) -> CompoundSelect[Any]:
    """Return everybody with an open obligation and an appointment that counts.

    Those who are or were away stand in a part of their own: for all others nothing is looked up.
    """
    everybody = _Reading(session, query)
    aside = these_people(session, (*away, *leaving_out))
    never_away = OBLIGATION.person_id.not_in(aside)
    given = listed(session, AWAY, ((as_kept(person), *each) for person, each in away.items()))
    some = given.cte("away").prefix_with("MATERIALIZED")
    back_on = func.min(some.c.back_on)
    return union_all(
        everybody.rows(everybody.dates, cast(null(), Text), never_away),
        everybody.rows(
            after_return(everybody.dates, back_on, func.min(some.c.late_on)),
            back_on,
            OBLIGATION.person_id == some.c.person,
        ),
    )


class _Reading:
    """The statement that gathers the few dates; of two obligations the earliest due decides."""

    def __init__(self, session: Session, query: CompletionQuery) -> None:
        due_on, opened_on = OBLIGATION.due_on, OBLIGATION.opened_on
        self.dates = func.min(as_text(session, due_on) + as_text(session, opened_on))
        self._units = func.aggregate_strings(as_text(session, APPOINTMENT.unit_id), ",")
        self._longest = _longest(session, query).scalar_subquery()
        self._counts = and_(
            known_obligations(query),
            covers(OBLIGATION.opened_on, OBLIGATION.closed_on, query.day),
            counted_appointments(session, query),
            covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, query.day),
            APPOINTMENT.person_id == OBLIGATION.person_id,
        )

    def rows(self, dates: Column, back_on: Column, who: ColumnElement[bool]) -> Select[Any]:
        """Return the columns of `Standings.plain` for some people."""
        return (
            select(
                key(OBLIGATION.person_id).label("person"),
                self._units.label("units"),
                dates.label("dates"),
                self._longest.label("longest"),
                back_on.label("back_on"),
            )
            .where(self._counts, who)
            .group_by(OBLIGATION.person_id)
        )


def _longest(session: Session, query: CompletionQuery) -> Select[Any]:
    """Return the award that lasts longest of the person of an obligation, as a pair of days."""
    longest = select(
        func.max(
            func.coalesce(as_text(session, AWARD.valid_until), literal(ENDLESS.isoformat()))
            + as_text(session, AWARD.obtained_on)
        )
    ).where(
        known_awards(query),
        AWARD.person_id == OBLIGATION.person_id,
        AWARD.valid_from <= query.day,
        withdrawn_after(query, query.day),
    )
    if not some_replaced_by_less(session):
        return longest
    replaced = replaced_from(query).scalar_subquery()
    return longest.where(or_(replaced.is_(None), replaced > query.day))
