"""Where everybody in a scope stands: most from three dates, the others from all their facts.

Status is decided by one rule (learning/status.py). Who was never exempt, long away, corrected or
obliged twice needs three dates for it, which one statement gathers; the rule compares them as text.
Everyone else, some in a hundred, goes the long way with all their facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, Text, cast, func, literal, select, true, union
from sqlalchemy.orm import Session

from elearning.learning.status import (
    ENDLESS,
    CompletionStatus,
    Standing,
    Terms,
    standing_on,
    terms_on,
)
from elearning.services.completion_facts import each_person
from elearning.services.completion_query import (
    ABSENCE,
    APPOINTMENT,
    AWARD,
    EXEMPTION,
    OBLIGATION,
    CompletionQuery,
    Key,
    counted_appointments,
    key,
    known_absences,
    known_awards,
    known_exemptions,
    known_obligations,
    read_rows,
    these_people,
    withdrawn_after,
)
from elearning.storage.completion import Obligation
from elearning.storage.facts import covers
from elearning.storage.people import Appointment

ISO_LENGTH = 10


class Placed(NamedTuple):
    """Where one person stands, with the units of the appointments that count.

    Days are ISO texts, which sort as days do; `ended_on` is the first day without validity, and
    `due_on` is only there while something is to be done.
    """

    key: Key
    unit_ids: tuple[int, ...]
    status: CompletionStatus
    is_expiring: bool
    due_on: str | None
    obtained_on: str | None
    ended_on: str | None

    def standing(self) -> Standing:
        """Return the same with dates."""
        return Standing(
            status=self.status,
            is_expiring=self.is_expiring,
            due_on=_date(self.due_on),
            obtained_on=_date(self.obtained_on),
            valid_until=None if self.ended_on == ENDLESS.isoformat() else _date(self.ended_on),
        )


def placed(session: Session, query: CompletionQuery) -> Iterator[Placed]:
    """Yield everybody in scope on the day once; exempt and paused are there, out of scope not."""
    special = special_people(session, query)
    yield from _plain(session, query, three_dates(session, query), special).values()
    yield from everything_about(session, query, these_people(session, special))


def placed_among(
    session: Session, query: CompletionQuery, people: set[Key], special: set[Key]
) -> Iterator[Placed]:
    """Yield the same for some people only; `special` are those who need all facts."""
    among = these_people(session, people - special)
    statement = three_dates(session, query).where(OBLIGATION.person_id.in_(among))
    yield from _plain(session, query, statement, set()).values()
    yield from everything_about(session, query, these_people(session, people & special))


def _plain(
    session: Session, query: CompletionQuery, statement: Select[Any], special: set[Key]
) -> dict[Key, Placed]:
    """Return who needs three dates; somebody with two appointments has both units."""
    terms = terms_on(query.day, query.training.validity).as_text()
    found: dict[Key, Placed] = {}
    for person, unit_id, *dates in read_rows(session, statement):
        if person in found:
            before = found[person]
            if unit_id not in before.unit_ids:
                found[person] = before._replace(unit_ids=(*before.unit_ids, unit_id))
        elif person not in special:
            found[person] = _from_three_dates(terms, person, unit_id, *dates)
    return found


def _from_three_dates(
    terms: Terms[str], person: Key, unit_id: int, opened_on: str, due_on: str, longest: str | None
) -> Placed:
    """Return where somebody stands; `longest` is the end of the longest award, then its start."""
    ended_on = obtained_on = None
    if longest is not None:
        ended_on, obtained_on = longest[:ISO_LENGTH], longest[ISO_LENGTH:]
    status = terms.status(opened_on, due_on, ended_on)
    if status is CompletionStatus.VALID:
        is_expiring = terms.is_expiring(ended_on)
        return Placed(person, (unit_id,), status, is_expiring, None, obtained_on, ended_on)
    late_on = terms.deadline(opened_on, due_on, ended_on, _day_before)
    return Placed(person, (unit_id,), status, False, late_on, obtained_on, ended_on)  # noqa: FBT003


def three_dates(
    session: Session, query: CompletionQuery, *, leaving_out: Select[Any] | None = None
) -> Select[Any]:
    """Return everybody with an open obligation, once for each appointment that counts."""
    longest = (
        select(
            func.max(
                func.coalesce(_text(AWARD.valid_until), literal(ENDLESS.isoformat()))
                + _text(AWARD.obtained_on)
            )
        )
        .where(
            known_awards(query),
            AWARD.person_id == OBLIGATION.person_id,
            AWARD.valid_from <= query.day,
            withdrawn_after(query, query.day),
        )
        .scalar_subquery()
    )
    return (
        select(
            key(OBLIGATION.person_id),
            APPOINTMENT.unit_id,
            _text(OBLIGATION.opened_on).label("opened_on"),
            _text(OBLIGATION.due_on).label("due_on"),
            longest.label("longest"),
        )
        .select_from(Obligation.__table__)
        .join(Appointment.__table__, APPOINTMENT.person_id == OBLIGATION.person_id)
        .where(
            known_obligations(query),
            covers(OBLIGATION.opened_on, OBLIGATION.closed_on, query.day),
            counted_appointments(session, query),
            covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, query.day),
            true() if leaving_out is None else OBLIGATION.person_id.not_in(leaving_out),
        )
    )


def special_people(session: Session, query: CompletionQuery) -> set[Key]:
    """Return everybody who needs all facts on the day, whoever's scope they are in."""
    day = query.day
    statement = union(
        select(key(EXEMPTION.person_id)).where(
            known_exemptions(query), covers(EXEMPTION.from_on, EXEMPTION.until_on, day)
        ),
        select(key(ABSENCE.person_id)).where(known_absences(query)),
        select(key(AWARD.person_id)).where(known_awards(query), AWARD.supersedes_id.is_not(None)),
        select(key(OBLIGATION.person_id))
        .where(known_obligations(query), covers(OBLIGATION.opened_on, OBLIGATION.closed_on, day))
        .group_by(OBLIGATION.person_id)
        .having(func.count() > 1),
    )
    return {person for (person,) in session.execute(statement)}


def everything_about(
    session: Session, query: CompletionQuery, among: Select[Any]
) -> Iterator[Placed]:
    """Yield where these people stand, by all their facts; who is not in scope is left out."""
    for person, known in each_person(session, query, among):
        standing = standing_on(known.facts, query.day, query.training.validity)
        if standing.status is CompletionStatus.NOT_IN_SCOPE:
            continue
        held = zip(known.unit_ids, known.facts.appointments, strict=True)
        units = dict.fromkeys(unit_id for unit_id, during in held if during.covers(query.day))
        yield placed_at(person, tuple(units), standing)


def placed_at(person: Key, unit_ids: tuple[int, ...], standing: Standing) -> Placed:
    """Return a standing with its days as texts; an award without an end ends on the last day."""
    ended_on = standing.valid_until
    if ended_on is None and standing.obtained_on is not None:
        ended_on = ENDLESS
    return Placed(
        key=person,
        unit_ids=unit_ids,
        status=standing.status,
        is_expiring=standing.is_expiring,
        due_on=_iso(standing.due_on),
        obtained_on=_iso(standing.obtained_on),
        ended_on=_iso(ended_on),
    )


def _text(column: Any) -> Any:  # noqa: ANN401 - a column of days
    """Return a day as ISO text; SQLite keeps it as that."""
    return cast(column, Text)


@cache
def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@cache
def _day_before(text: str) -> str:
    return (date.fromisoformat(text) - timedelta(days=1)).isoformat()
