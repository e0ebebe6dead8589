"""The few dates that most people's status is told by: one statement gathers them for everybody.

Who is exempt, or was away for long once, stands in it too; who was away several times does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Text,
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

from elearning.learning.status import ENDLESS
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
    reads_all_awards,
    replaced_from,
    some_replaced_by_less,
    these_people,
    withdrawn_after,
)
from elearning.services.listed import listed
from elearning.services.long_absences import AWAY, Away
from elearning.services.packed_days import after_return
from elearning.storage.completion import Obligation
from elearning.storage.facts import covers

Column = ColumnElement[Any]


def few_dates(
    session: Session, query: CompletionQuery, away: Mapping[Key, Away], leaving_out: Iterable[Key]
) -> CompoundSelect[Any]:
    """Return everybody with an open obligation and an appointment that counts, one row each.

    The columns are those of `Standings.plain` (services/completion_standings.py).
    Those who are exempt, and those who are or were away, stand in a part of their own: for all
    others nothing is looked up.
    """
    everybody = _Reading(session, query)
    aside = these_people(session, (*away, *leaving_out))
    never_away = OBLIGATION.person_id.not_in(aside)
    given = listed(session, AWAY, ((as_kept(person), *each) for person, each in away.items()))
    some = given.cte("away").prefix_with("MATERIALIZED")
    back_on = func.min(some.c.back_on)
    return union_all(
        everybody.at_work(never_away),
        # Grouped by the key that was given, so that SQLite begins with these few: from 3.51, if not
        # before, it would walk through everybody in order instead, and compare each with each.
        everybody.rows(
            some.c.person,
            after_return(everybody.dates, back_on, func.min(some.c.late_on)),
            back_on,
            who=OBLIGATION.person_id == some.c.person,
        ),
    )


class _Reading:
    """The statement that gathers the few dates; of two obligations the earliest due decides."""

    def __init__(self, session: Session, query: CompletionQuery) -> None:
        due_on, opened_on = OBLIGATION.due_on, OBLIGATION.opened_on
        self.dates = func.min(as_text(session, due_on) + as_text(session, opened_on))
        self._units = func.aggregate_strings(as_text(session, APPOINTMENT.unit_id), ",")
        self._longest = _longest(session, query)
        self._is_joined = reads_all_awards(session, query)
        self._counts = and_(
            known_obligations(query),
            covers(OBLIGATION.opened_on, OBLIGATION.closed_on, query.day),
            counted_appointments(session, query),
            covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, query.day),
            APPOINTMENT.person_id == OBLIGATION.person_id,
        )

    def at_work(self, who: ColumnElement[bool]) -> Select[Any]:
        """Return the rows of people who were not away, as nearly everybody."""
        person, nothing = OBLIGATION.person_id, cast(null(), Text)
        if not self._is_joined:
            return self.rows(person, self.dates, nothing, who=who)
        of_each = self._longest.add_columns(AWARD.person_id).group_by(AWARD.person_id)
        held = of_each.subquery("held")
        joined = Obligation.__table__.outerjoin(held, held.c.person_id == person)
        rows = self._rows(person, self.dates, func.min(held.c.longest), nothing)
        return rows.select_from(joined).where(who)

    def rows(
        self, person: Column, dates: Column, back_on: Column, *, who: ColumnElement[bool]
    ) -> Select[Any]:
        """Return the rows of some people; `person` is the column that holds their key."""
        longest = self._longest.where(AWARD.person_id == person).scalar_subquery()
        return self._rows(person, dates, longest, back_on).where(who)

    def _rows(self, person: Column, dates: Column, longest: Column, back_on: Column) -> Select[Any]:
        return (
            select(
                key(person).label("person"),
                self._units.label("units"),
                dates.label("dates"),
                longest.label("longest"),
                back_on.label("back_on"),
            )
            .where(self._counts)
            .group_by(person)
        )


def _longest(session: Session, query: CompletionQuery) -> Select[Any]:
    """Return the award that lasts longest, as a pair of days: of a person that the caller names."""
    longest = select(
        func.max(
            func.coalesce(as_text(session, AWARD.valid_until), literal(ENDLESS.isoformat()))
            + as_text(session, AWARD.obtained_on)
        ).label("longest")
    ).where(
        known_awards(query),
        AWARD.valid_from <= query.day,
        withdrawn_after(query, query.day),
    )
    if not some_replaced_by_less(session):
        return longest
    replaced = replaced_from(query).scalar_subquery()
    return longest.where(or_(replaced.is_(None), replaced > query.day))
