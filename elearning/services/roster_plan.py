"""What a roster would change: compared with what is known, without writing anything."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.errors import InvalidInput
from elearning.folding import folded
from elearning.services.roster_file import RosterFile
from elearning.services.roster_row import RosterRow, RowProblem, Trouble
from elearning.services.roster_words import UnusedWord, unused_words, words_in_use
from elearning.services.unit_tree import read_tree
from elearning.storage.facts import known
from elearning.storage.people import Appointment, Person
from elearning.storage.roster import RosterImport, RosterMissing

BRAKE_PERCENT = 5
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody as they are known."""

    id: UUID
    name: str
    email: str | None
    language: str


@dataclass(frozen=True, slots=True)
class KnownWork:
    """An appointment as it is known."""

    id: int
    person_id: UUID
    unit_id: int
    category: str
    tags: str
    fte_percent: int
    is_primary: bool
    starts_on: date
    ends_on: date | None
    first_seen_on: date
    appointment: str


@dataclass(slots=True)
class RosterPlan:
    """What applying the roster would do; `brake` is how many would end, when that is too many.

    `unused` are the function words in it that no rule names; they are read all the same.
    """

    as_of: date
    total: int
    problems: list[RowProblem]
    ambiguous: list[RowProblem]
    new: list[RosterRow] = field(default_factory=list)
    changed: list[tuple[KnownWork, RosterRow]] = field(default_factory=list)
    ended: list[tuple[KnownWork, date]] = field(default_factory=list)
    missing: list[tuple[KnownWork, date]] = field(default_factory=list)
    unchanged: int = 0
    running: int = 0
    people: dict[str, KnownPerson] = field(default_factory=dict)
    renamed: list[tuple[KnownPerson, RosterRow]] = field(default_factory=list)
    units: dict[str, int] = field(default_factory=dict)
    unused: tuple[UnusedWord, ...] = ()

    @property
    def endings(self) -> int:
        """Return how many appointments end now, or end if the next roster lacks them too."""
        closing = sum(
            row.ends_on is not None and work.ends_on is None for work, row in self.changed
        )
        return len(self.ended) + len(self.missing) + closing

    @property
    def brake(self) -> int | None:
        """Return the endings when they are more than 5 % of what runs; otherwise None."""
        is_too_many = self.endings * 100 > BRAKE_PERCENT * self.running
        return self.endings if is_too_many else None

    def counts(self) -> dict[str, int]:
        """Return the diff in numbers."""
        return {
            "rows": self.total,
            "new": len(self.new),
            "changed": len(self.changed),
            "people": len(self.renamed),
            "ended": len(self.ended),
            "missing": len(self.missing),
            "unchanged": self.unchanged,
            "left_out": _rows(self.problems),
            "ambiguous": _rows(self.ambiguous),
        }

    @property
    def left_out(self) -> int:
        """Return how many rows are not read in: what is wrong with them, or who they are about."""
        return _rows((*self.problems, *self.ambiguous))


def plan_roster(session: Session, *, file: RosterFile, as_of: date, today: date) -> RosterPlan:
    """Return what a roster would change; raises `InvalidInput` for a day that cannot be."""
    before = last_import(session)
    if as_of > today or (before is not None and as_of < before.as_of):
        raise InvalidInput("a roster is of today, or of a day since the last one")
    people, works = _people(session), _works(session)
    tree = read_tree(session, day=as_of)
    units = {unit.code: unit.id for unit in tree.units.values()}
    ambiguous = list(_ambiguous(file, people))
    doubtful = {row.person for row in file.rows if row.row in {each.row for each in ambiguous}}
    plan = RosterPlan(as_of, file.total, list(file.problems), ambiguous, people=people, units=units)
    plan.running = sum(_runs(work, as_of) for work in works.values())
    seen: set[Key] = set(file.unread_keys)
    for row in file.rows:
        seen.add(row.key)
        if row.person in doubtful:
            continue
        if row.unit not in units:
            plan.problems.append(RowProblem(row.row, "unit", Trouble.NO_UNIT))
            continue
        _compare(plan, row, works.get(row.key))
    _renamed(plan, file, doubtful)
    _not_seen(session, plan, works, seen, doubtful, before)
    plan.unused = unused_words(file.rows, words_in_use(session, day=as_of))
    plan.problems.sort(key=lambda each: each.row)
    return plan


def _rows(problems: Iterable[RowProblem]) -> int:
    """Return how many rows these are about; of one row several things can be wrong."""
    return len({each.row for each in problems})


def last_import(session: Session) -> RosterImport | None:
    """Return the last roster that was applied and not undone."""
    return session.scalars(
        select(RosterImport)
        .where(RosterImport.undone_at.is_(None))
        .order_by(RosterImport.id.desc())
        .limit(1)
    ).one_or_none()


def _runs(work: KnownWork, day: date) -> bool:
    return work.ends_on is None or work.ends_on > day


def _people(session: Session) -> dict[str, KnownPerson]:
    rows = session.execute(
        select(Person.external_id, Person.id, Person.display_name, Person.email, Person.language)
    )
    return {
        number: KnownPerson(person_id, name, email, language)
        for number, person_id, name, email, language in rows
    }


def _works(session: Session) -> dict[Key, KnownWork]:
    rows = session.execute(
        select(
            Person.external_id,
            Appointment.id,
            Appointment.person_id,
            Appointment.unit_id,
            Appointment.category,
            Appointment.function_tags,
            Appointment.fte_percent,
            Appointment.is_primary,
            Appointment.starts_on,
            Appointment.ends_on,
            Appointment.first_seen_on,
            Appointment.roster_number,
        )
        .join(Person, Person.id == Appointment.person_id)
        .where(known(Appointment, None), Appointment.roster_number.is_not(None))
    )
    found = ((person, KnownWork(*rest)) for person, *rest in rows)
    return {(person, work.appointment): work for person, work in found}


def _ambiguous(file: RosterFile, people: Mapping[str, KnownPerson]) -> Iterator[RowProblem]:
    """Yield the rows that could be about somebody else than they say; nobody guesses which."""
    by_email = {
        person.email.casefold(): number for number, person in people.items() if person.email
    }
    primary: dict[str, int] = {}
    first: dict[str, RosterRow] = {}
    for row in file.rows:
        person = people.get(row.person)
        owner = by_email.get((row.email or "").casefold())
        if person is None and owner is not None:
            yield RowProblem(row.row, "person", Trouble.OTHER_NUMBER)
        elif person is not None and _is_somebody_else(person, row):
            yield RowProblem(row.row, "person", Trouble.OTHER_PERSON)
        elif _is_somebody_else(first.setdefault(row.person, row), row):
            yield RowProblem(row.row, "person", Trouble.TWO_PEOPLE)
        elif row.is_primary and row.ends_on is None:
            if row.person in primary:
                yield RowProblem(row.row, "primary", Trouble.TWO_PRIMARY)
            primary[row.person] = row.row


def _is_somebody_else(person: KnownPerson | RosterRow, row: RosterRow) -> bool:
    """Say whether name and address are both new: a number that was given to somebody else."""
    has_other_address = (person.email or "").casefold() != (row.email or "").casefold()
    common = set(folded(person.name).split()) & set(folded(row.name).split())
    return has_other_address and not common


def _compare(plan: RosterPlan, row: RosterRow, work: KnownWork | None) -> None:
    if work is None:
        plan.new.append(row)
        return
    before = (
        work.unit_id, work.category, work.tags, work.fte_percent, work.is_primary,
        work.starts_on, work.ends_on,
    )  # fmt: skip
    after = (
        plan.units[row.unit], row.category, row.tags, row.fte_percent, row.is_primary,
        row.starts_on, row.ends_on,
    )  # fmt: skip
    if before == after:
        plan.unchanged += 1
    else:
        plan.changed.append((work, row))


def _renamed(plan: RosterPlan, file: RosterFile, doubtful: set[str]) -> None:
    told: set[str] = set()
    for row in file.rows:
        person = plan.people.get(row.person)
        if person is None or row.person in doubtful or row.person in told:
            continue
        told.add(row.person)
        if (person.name, person.email, person.language) != (row.name, row.email, row.language):
            plan.renamed.append((person, row))


def _not_seen(
    session: Session,
    plan: RosterPlan,
    works: Mapping[Key, KnownWork],
    seen: set[Key],
    doubtful: set[str],
    before: RosterImport | None,
) -> None:
    """End what is missing for the second time, at the day it was last seen; note the first time."""
    missed = _missed(session, before)
    for key, work in works.items():
        if key in seen or key[0] in doubtful or not _runs(work, plan.as_of):
            continue
        if before is None:
            last_seen_on = plan.as_of - timedelta(days=1)
        else:
            last_seen_on = missed.get(work.id, before.as_of)
        if before is not None and work.id in missed and before.as_of < plan.as_of:
            ends_on = max(last_seen_on, work.starts_on) + timedelta(days=1)
            plan.ended.append((work, ends_on))
        else:
            plan.missing.append((work, last_seen_on))


def _missed(session: Session, before: RosterImport | None) -> dict[int, date]:
    if before is None:
        return {}
    rows = session.scalars(select(RosterMissing).where(RosterMissing.import_id == before.id))
    return {row.appointment_id: row.last_seen_on for row in rows}
