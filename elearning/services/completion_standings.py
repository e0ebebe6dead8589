"""Where everybody in a scope stands, as one relation in SQL: counted, filtered and sorted there.

Status is decided by one rule (learning/status.py). Who was never exempt, away or corrected needs
three dates for it, which one statement gathers; the rule stands here a second time, as SQL, and a
test holds both together over every order that its days can have. Everyone else, some in a hundred,
goes the long way with all their facts, and joins the others as rows that are already worked out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Date,
    Integer,
    Select,
    Text,
    Uuid,
    and_,
    case,
    cast,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from elearning.learning.status import ENDLESS, CompletionStatus, Terms, terms_on
from elearning.services.completion_people import (
    Placed,
    everything_about,
    from_three_dates,
    special_people,
)
from elearning.services.completion_query import (
    APPOINTMENT,
    AWARD,
    OBLIGATION,
    CompletionQuery,
    Key,
    as_kept,
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
from elearning.storage.completion import Obligation
from elearning.storage.facts import covers
from elearning.storage.people import Appointment

BY_NUMBER = tuple(CompletionStatus)
ISO_LENGTH = 10
Column = ColumnElement[Any]


@dataclass(frozen=True, slots=True)
class Standings:
    """Everybody in scope on a day: `plain` by three dates, `apart` by all their facts.

    The columns of `plain` are person, units, dates (the due day, then the first day of what is
    due) and longest (the end of the longest award, then its first day), all as text.
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
        plain = select(*self.plain.c, *(self._worked_out(name).label(name) for name in names))
        if not self.apart:
            return plain
        return select(union_all(plain, self._given(names)).subquery("everybody"))

    def place(self, person: Key, units: str, dates: str | None, longest: str | None) -> Placed:
        """Return where somebody stands, from the first four columns of a row of `everybody`."""
        if dates is None:
            return self.apart[person]
        opened_on, due_on = dates[ISO_LENGTH:], dates[:ISO_LENGTH]
        return from_three_dates(self.terms, person, unit_ids(units), opened_on, due_on, longest)

    def _worked_out(self, name: str) -> Column:
        row = self.plain.c
        due_on, opened_on = func.substr(row.dates, 1, 10), func.substr(row.dates, 11)
        ended_on = func.substr(row.longest, 1, 10)
        if name == "status":
            return status_sql(self.terms, opened_on, due_on, ended_on)
        if name == "is_expiring":
            is_soon = and_(ended_on > self.terms.day, ended_on <= self.terms.window_ends_on)
            return case((is_soon, 1), else_=0)
        if name == "obtained_on":
            return func.substr(row.longest, 11)
        if name == "ended_on":
            return ended_on
        return self._late_on(opened_on, due_on, ended_on)

    def _late_on(self, opened_on: Column, due_on: Column, ended_on: Column) -> Column:
        """Return `Terms.deadline` as SQL; nothing for who is valid."""
        is_new = or_(ended_on.is_(None), ended_on <= opened_on)
        day_before = (
            func.date(ended_on, "-1 day")
            if self.session.get_bind().dialect.name == "sqlite"
            else cast(cast(ended_on, Date) - 1, Text)
        )
        return case(
            (is_new, due_on),
            (ended_on > self.terms.day, null()),
            (day_before > due_on, day_before),
            else_=due_on,
        )

    def _given(self, names: tuple[str, ...]) -> Select[Any]:
        """Return who stands apart as rows: one parameter, however many there are."""
        given = listed(
            self.session,
            GIVEN,
            ((as_kept(person), _units(each), *_days(each)) for person, each in self.apart.items()),
        ).subquery("given")
        nothing = cast(null(), Text)
        columns = (given.c[name] for name in names)
        return select(given.c.person, given.c.units, nothing, nothing, *columns)


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

    `for_counts` leaves the due days inexact of who came back from an absence long ago.
    """
    special = these_people(session, special_people(session, query, only_recent=for_counts))
    apart = {each.key: each for each in everything_about(session, query, special)}
    # Without the word, SQLite would look up the longest award again for every comparison.
    plain = _three_dates(session, query, special).cte("plain").prefix_with("MATERIALIZED")
    terms = terms_on(query.day, query.training.validity).as_text()
    return Standings(session, plain, apart, terms)


def placed(session: Session, query: CompletionQuery) -> Iterator[Placed]:
    """Yield everybody in scope on the day once."""
    found = standings(session, query)
    for person, units, dates, longest in read_rows(session, select(*found.plain.c)):
        yield found.place(person, units, dates, longest)
    yield from found.apart.values()


def _three_dates(session: Session, query: CompletionQuery, leaving_out: Select[Any]) -> Select[Any]:
    """Return everybody with an open obligation and an appointment that counts.

    Of two obligations the earliest due decides, as in learning/status.py.
    """
    longest = select(
        func.max(
            func.coalesce(_text(AWARD.valid_until), literal(ENDLESS.isoformat()))
            + _text(AWARD.obtained_on)
        )
    ).where(
        known_awards(query),
        AWARD.person_id == OBLIGATION.person_id,
        AWARD.valid_from <= query.day,
        withdrawn_after(query, query.day),
    )
    if some_replaced_by_less(session):
        replaced = replaced_from(query).scalar_subquery()
        longest = longest.where(or_(replaced.is_(None), replaced > query.day))
    return (
        select(
            key(OBLIGATION.person_id).label("person"),
            func.aggregate_strings(_text(APPOINTMENT.unit_id), ",").label("units"),
            func.min(_text(OBLIGATION.due_on) + _text(OBLIGATION.opened_on)).label("dates"),
            longest.scalar_subquery().label("longest"),
        )
        .select_from(Obligation.__table__)
        .join(Appointment.__table__, APPOINTMENT.person_id == OBLIGATION.person_id)
        .where(
            known_obligations(query),
            covers(OBLIGATION.opened_on, OBLIGATION.closed_on, query.day),
            counted_appointments(session, query),
            covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, query.day),
            OBLIGATION.person_id.not_in(leaving_out),
        )
        .group_by(OBLIGATION.person_id)
    )


def _text(column: Column) -> Column:
    """Return a day or a key as text; SQLite keeps days as ISO text already."""
    return cast(column, Text)


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
