"""During which days people count, and are valid: read for the trend, most of it added up in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    Uuid,
    and_,
    cast,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    tuple_,
    type_coerce,
    union_all,
)
from sqlalchemy.orm import Session

from elearning.services.completion_query import (
    APPOINTMENT,
    AWARD,
    OBLIGATION,
    CompletionQuery,
    Key,
    as_text,
    counted_appointments,
    key,
    known_awards,
    known_obligations,
    read_rows,
    replaced_from,
    some_replaced_by_less,
    these_people,
    withdrawal_known,
)
from elearning.storage.completion import Award, Obligation
from elearning.storage.people import Appointment

Gap = tuple[str, str]
COUNTED, VALID, ODD = range(3)


class Window:
    """The days of the trend: what lies outside is cut off, so that fewer spans differ.

    The two databases name the largest and the smallest of some values differently.
    """

    def __init__(self, session: Session, first: date, after: date) -> None:
        """Take the first day, and the first day after the last."""
        self.first, self.after = first, after
        self._text = partial(as_text, session)
        is_sqlite = session.get_bind().dialect.name == "sqlite"
        self._largest = func.max if is_sqlite else func.greatest
        self._smallest = func.min if is_sqlite else func.least

    def meets(self, from_on: ColumnElement[Any], until_on: ColumnElement[Any]) -> Any:  # noqa: ANN401 - a condition
        """Return which rows hold on some of the days."""
        return and_(from_on < self.after, or_(until_on.is_(None), until_on > self.first))

    def latest(self, *days: ColumnElement[Any]) -> ColumnElement[str]:
        """Return the last of these days as text, and no earlier than the first."""
        texts = map(self._text, days)
        return self._largest(literal(self.first.isoformat()), *texts)

    def earliest(self, *days: ColumnElement[Any]) -> ColumnElement[str]:
        """Return the first of these days as text, and no later than the end; none is the end."""
        after = literal(self.after.isoformat())
        return self._smallest(after, *(func.coalesce(self._text(day), after) for day in days))

    def sooner(self, one: ColumnElement[str], other: ColumnElement[str]) -> ColumnElement[str]:
        """Return the earlier of two texts."""
        return self._smallest(one, other)

    def later(self, one: ColumnElement[str], other: ColumnElement[str]) -> ColumnElement[str]:
        """Return the later of two texts."""
        return self._largest(one, other)


class Spans:
    """Reads spans, each with how many people count, or are valid, during it; and who is odd."""

    def __init__(self, session: Session, query: CompletionQuery, window: Window) -> None:
        """Take what is asked; nothing is read yet."""
        self._session, self._window = session, window
        self._counting = _counting(session, query, window)
        self._held = _Held(session, query, window)

    def without_a_gap(self, leaving_out: Iterable[Key]) -> Iterator[Any]:
        """Yield the spans of everybody but these people: the database adds them up."""
        people = these_people(self._session, leaving_out)
        others = self._counting.where(OBLIGATION.person_id.not_in(people))
        # Without the words, SQLite would work every day out again for each comparison.
        counting = _at_once(others).cte("counting").prefix_with("MATERIALIZED")
        window, row = self._window, counting.c
        valid = (
            select(
                window.later(row.a, self._held.begins).label("a"),
                window.sooner(row.z, self._held.ends).label("z"),
            )
            .select_from(counting.join(Award.__table__, AWARD.person_id == row.person))
            .where(row.is_one, self._held.which)
            .cte("valid")
            .prefix_with("MATERIALIZED")
            .c
        )
        nobody = type_coerce(cast(null(), Uuid), String)
        statement = union_all(
            select(literal(COUNTED), row.a, row.z, func.count(), nobody)
            .where(row.is_one)
            .group_by(row.a, row.z),
            select(literal(VALID), valid.a, valid.z, func.count(), nobody)
            .where(valid.a < valid.z)
            .group_by(valid.a, valid.z),
            select(literal(ODD), row.a, row.z, literal(1), row.person).where(not_(row.is_one)),
        )
        return read_rows(self._session, statement)

    def with_a_gap(self, gaps: Mapping[Key, Gap]) -> Iterator[Any]:
        """Yield the spans of who was exempt or away once, less the days of it.

        They are few, and SQLite, which does not know that, would compare each with each.
        """
        people = these_people(self._session, gaps)
        counting = _at_once(self._counting.where(OBLIGATION.person_id.in_(people))).cte("counting")
        row, found = counting.c, {}
        for person, a, z, in_one in read_rows(
            self._session, select(row.person, row.a, row.z, row.is_one)
        ):
            if not in_one:
                yield ODD, a, z, 1, person
                continue
            found[person] = a, z
            yield from _pieces(COUNTED, (a, z), gaps[person])
        held = select(key(AWARD.person_id), self._held.begins, self._held.ends)
        for person, a, z in read_rows(
            self._session, held.where(self._held.which, AWARD.person_id.in_(people))
        ):
            if person in found:
                first, after = found[person]
                yield from _pieces(VALID, (max(first, a), min(after, z)), gaps[person])


def _pieces(kind: int, span: Gap, gap: Gap) -> Iterator[tuple[int, str, str, int, None]]:
    """Yield what lies of a span of one person before and after a gap."""
    before, after = (span[0], min(span[1], gap[0])), (max(span[0], gap[1]), span[1])
    return ((kind, a, z, 1, None) for a, z in (before, after) if a < z)


def _counting(session: Session, query: CompletionQuery, window: Window) -> Select[Any]:
    """Return when an appointment and an obligation of a person hold together."""
    return (
        select(
            key(OBLIGATION.person_id).label("person"),
            window.latest(OBLIGATION.opened_on, APPOINTMENT.starts_on).label("a"),
            window.earliest(OBLIGATION.closed_on, APPOINTMENT.ends_on).label("z"),
        )
        .select_from(Obligation.__table__)
        .join(Appointment.__table__, APPOINTMENT.person_id == OBLIGATION.person_id)
        .where(
            known_obligations(query),
            counted_appointments(session, query),
            window.meets(OBLIGATION.opened_on, OBLIGATION.closed_on),
            window.meets(APPOINTMENT.starts_on, APPOINTMENT.ends_on),
            _begin_before(OBLIGATION.closed_on),
            _begin_before(APPOINTMENT.ends_on),
        )
    )


def _begin_before(end: ColumnElement[Any]) -> ColumnElement[bool]:
    """Return where both begin before one of them ends: most have no end, which is soon seen."""
    return or_(end.is_(None), and_(OBLIGATION.opened_on < end, APPOINTMENT.starts_on < end))


def _at_once(rows: Select[Any]) -> Select[Any]:
    """Return each person once, with the outer edges of their spans, and whether these are one.

    Two that overlap or touch are; of more the edges do not tell it.
    """
    spans = rows.subquery("spans")
    number, last_a, first_z = func.count(), func.max(spans.c.a), func.min(spans.c.z)
    return select(
        spans.c.person,
        func.min(spans.c.a).label("a"),
        func.max(spans.c.z).label("z"),
        or_(number == 1, and_(number == 2, last_a <= first_z)).label("is_one"),  # noqa: PLR2004
    ).group_by(spans.c.person)


class _Held:
    """The days of an award that no earlier one of the same person covers already.

    They begin where all before it have ended: the latest end of an earlier one.
    """

    def __init__(self, session: Session, query: CompletionQuery, window: Window) -> None:
        self._query, self._window = query, window
        self._some_replaced = some_replaced_by_less(session)
        earlier = Award.__table__.alias("earlier").c
        latest_end = select(func.max(self._ends_on(earlier))).where(
            known_awards(query, earlier), earlier.person_id == AWARD.person_id, _is_before(earlier)
        )
        starts_on = as_text(session, AWARD.valid_from)
        self.begins = window.later(
            starts_on, func.coalesce(latest_end.scalar_subquery(), starts_on)
        )
        self.ends = self._ends_on(AWARD)
        self.which = and_(known_awards(query), window.meets(AWARD.valid_from, AWARD.valid_until))

    def _ends_on(self, award: Any) -> ColumnElement[str]:  # noqa: ANN401 - columns
        ends: list[ColumnElement[Any]] = [award.valid_until, withdrawal_known(self._query, award)]
        if self._some_replaced:
            ends.append(replaced_from(self._query, award).scalar_subquery())
        return self._window.earliest(*ends)


def _is_before(other: Any) -> ColumnElement[bool]:  # noqa: ANN401 - columns
    """Return which awards come before one: by day, and by number where the days are the same."""
    earlier = tuple_(other.valid_from, other.training_id, other.sequence)
    return earlier < tuple_(AWARD.valid_from, AWARD.training_id, AWARD.sequence)
