"""During which days people count, and are valid: read for the trend, most of it added up in SQL."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
    known_obligations,
    read_rows,
    these_people,
)
from elearning.services.held_spans import Held
from elearning.services.trend_window import Window, is_one
from elearning.storage.completion import Obligation
from elearning.storage.people import Appointment

Gap = tuple[str, str]
COUNTED, VALID, ODD = range(3)


class Spans:
    """Reads spans, each with how many people count, or are valid, during it; and who is odd."""

    def __init__(self, session: Session, query: CompletionQuery, window: Window) -> None:
        """Take what is asked; nothing is read yet."""
        self._session, self._window = session, window
        self._counting = _counting(session, query, window)
        self._held = Held(session, query, window)

    def without_a_gap(self, leaving_out: Iterable[Key]) -> Iterator[Any]:
        """Yield the spans of everybody but these people: the database adds them up."""
        people = these_people(self._session, leaving_out)
        others = self._counting.where(OBLIGATION.person_id.not_in(people))
        # Without the words, SQLite would work every day out again for each comparison.
        counting = _at_once(others).cte("counting").prefix_with("MATERIALIZED")
        row, valid = counting.c, self._held.while_counting(counting).c
        as_days = partial(_as_days, self._session)
        nobody = type_coerce(cast(null(), Uuid), String)
        statement = union_all(
            select(literal(COUNTED), *as_days(row.a, row.z), func.count(), nobody)
            .where(row.is_one)
            .group_by(row.a, row.z),
            select(literal(VALID), *as_days(valid.a, valid.z), func.count(), nobody)
            .where(valid.a < valid.z)
            .group_by(valid.a, valid.z),
            select(literal(ODD), *as_days(row.a, row.z), literal(1), row.person).where(
                not_(row.is_one)
            ),
        )
        return read_rows(self._session, statement)

    def with_a_gap(self, gaps: Mapping[Key, Gap]) -> Iterator[Any]:
        """Yield the spans of who was exempt or away once, less the days of it.

        They are few, and SQLite, which does not know that, would compare each with each.
        """
        people = these_people(self._session, gaps)
        counting = _at_once(self._counting.where(OBLIGATION.person_id.in_(people))).cte("counting")
        row, found = counting.c, {}
        as_days = partial(_as_days, self._session)
        for person, a, z, in_one in read_rows(
            self._session, select(row.person, *as_days(row.a, row.z), row.is_one)
        ):
            if not in_one:
                yield ODD, a, z, 1, person
                continue
            found[person] = a, z
            yield from _pieces(COUNTED, (a, z), gaps[person])
        held = select(key(AWARD.person_id), *as_days(self._held.begins, self._held.ends))
        for person, a, z in read_rows(
            self._session, held.where(self._held.which, AWARD.person_id.in_(people))
        ):
            if person in found:
                first, after = found[person]
                yield from _pieces(VALID, (max(first, a), min(after, z)), gaps[person])


def _as_days(
    session: Session, a: ColumnElement[Any], z: ColumnElement[Any]
) -> tuple[ColumnElement[str], ColumnElement[str]]:
    """Return both ends of a span as texts: only what is handed over becomes one."""
    return as_text(session, a), as_text(session, z)


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
    """Return each person once, with the outer edges of their spans, and whether these are one."""
    spans = rows.subquery("spans").c
    return select(
        spans.person,
        func.min(spans.a).label("a"),
        func.max(spans.z).label("z"),
        is_one(spans.a, spans.z).label("is_one"),
    ).group_by(spans.person)
