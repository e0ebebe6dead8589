"""Where everybody in a scope stands: most from few dates, the others from all their facts.

Status is decided by one rule (learning/status.py). Most people need few dates for it
(services/few_dates.py), which the rule compares as text. Who was away several times, a
few in a thousand, goes the long way with all their facts.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from elearning.learning.status import (
    ENDLESS,
    CompletionStatus,
    Standing,
    Terms,
    standing_on,
)
from elearning.services.completion_facts import each_person
from elearning.services.completion_query import (
    EXEMPTION,
    CompletionQuery,
    Key,
    key,
    known_exemptions,
)
from elearning.services.packed_days import EXEMPT, taken_apart
from elearning.storage.facts import covers


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


def from_pairs(
    terms: Terms[str],
    person: Key,
    unit_ids: tuple[int, ...],
    dates: str,
    longest: str | None,
    back_on: str | None,
) -> Placed:
    """Return where somebody stands, by pairs of days (services/packed_days.py).

    `back_on` is the first day back after a long absence, before which they are paused, or `EXEMPT`.
    """
    due_on, opened_on = taken_apart(dates)
    ended_on, obtained_on = (None, None) if longest is None else taken_apart(longest)
    if back_on is not None and back_on > terms.day:
        is_exempt = back_on == EXEMPT
        status = CompletionStatus.EXEMPT if is_exempt else CompletionStatus.PAUSED
        return Placed(person, unit_ids, status, False, None, obtained_on, ended_on)  # noqa: FBT003
    status = terms.status(opened_on, due_on, ended_on)
    if status is CompletionStatus.VALID:
        is_expiring = terms.is_expiring(ended_on)
        return Placed(person, unit_ids, status, is_expiring, None, obtained_on, ended_on)
    late_on = terms.deadline(opened_on, due_on, ended_on, _day_before)
    return Placed(person, unit_ids, status, False, late_on, obtained_on, ended_on)  # noqa: FBT003


def exempt_people(session: Session, query: CompletionQuery) -> set[Key]:
    """Return who is exempt on the day, whoever's scope they are in."""
    statement = select(key(EXEMPTION.person_id)).where(
        known_exemptions(query), covers(EXEMPTION.from_on, EXEMPTION.until_on, query.day)
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


@cache
def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


@cache
def _day_before(text: str) -> str:
    return (date.fromisoformat(text) - timedelta(days=1)).isoformat()
