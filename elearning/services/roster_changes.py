"""What a roster would change, line by line: which appointment, which column, what it was."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from elearning.services.roster_plan import KnownPerson, KnownWork, RosterPlan
from elearning.services.roster_row import RosterRow

Value = str | int | bool | date | None


class What(StrEnum):
    """What becomes of an appointment, or of what is known of a person."""

    NEW = "new"
    CHANGED = "changed"
    PERSON = "person"
    ENDED = "ended"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class RosterChange:
    """One value that changes; `row` is that of the file, where the file has one.

    `column` is a name of `roster_row.COLUMNS`; it is empty where nothing changes yet.
    """

    what: What
    row: int | None
    person: str
    appointment: str | None
    column: str
    before: Value
    after: Value


def roster_changes(plan: RosterPlan) -> Iterator[RosterChange]:
    """Yield every change: first the rows of the file, in their order, then what it lacks."""
    codes = {unit_id: code for code, unit_id in plan.units.items()}
    found = [
        *(_new(row) for row in plan.new),
        *(each for work, row in plan.changed for each in _changed(codes, work, row)),
        *(each for person, row in plan.renamed for each in _person(person, row)),
    ]
    yield from sorted(found, key=lambda each: each.row or 0)
    numbers = {person.id: number for number, person in plan.people.items()}
    for work, ends_on in plan.ended:
        person, last_day = numbers[work.person_id], _last_day(ends_on)
        before = _last_day(work.ends_on)
        yield RosterChange(What.ENDED, None, person, work.appointment, "last_day", before, last_day)
    for work, _seen in plan.missing:
        person = numbers[work.person_id]
        yield RosterChange(What.MISSING, None, person, work.appointment, "", None, None)


def _new(row: RosterRow) -> RosterChange:
    return RosterChange(What.NEW, row.row, row.person, row.appointment, "unit", None, row.unit)


def _changed(codes: Mapping[int, str], work: KnownWork, row: RosterRow) -> Iterator[RosterChange]:
    values: tuple[tuple[str, Value, Value], ...] = (
        ("unit", codes.get(work.unit_id), row.unit),
        ("category", work.category, row.category),
        ("tags", work.tags, row.tags),
        ("fte", work.fte_percent, row.fte_percent),
        ("primary", work.is_primary, row.is_primary),
        ("starts_on", work.starts_on, row.starts_on),
        ("last_day", _last_day(work.ends_on), _last_day(row.ends_on)),
    )
    for column, before, after in values:
        if before != after:
            yield RosterChange(
                What.CHANGED, row.row, row.person, row.appointment, column, before, after
            )


def _person(person: KnownPerson, row: RosterRow) -> Iterator[RosterChange]:
    values = (
        ("name", person.name, row.name),
        ("email", person.email, row.email),
        ("language", person.language, row.language),
    )
    for column, before, after in values:
        if before != after:
            yield RosterChange(What.PERSON, row.row, row.person, None, column, before, after)


def _last_day(ends_on: date | None) -> date | None:
    return None if ends_on is None else ends_on - timedelta(days=1)
