"""Apply a roster, whole or not at all, and undo it within a day; nothing is ever deleted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any, TypeVar
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session, class_mapper

from elearning.clock import Clock
from elearning.errors import Conflict
from elearning.folding import folded
from elearning.services.audit_log import Act, record
from elearning.services.completion_query import these_people
from elearning.services.derive_obligations import derive_obligations
from elearning.services.roster_file import read_roster
from elearning.services.roster_plan import KnownWork, RosterPlan, last_import, plan_roster
from elearning.services.roster_row import RosterRow
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.completion import Obligation
from elearning.storage.people import Appointment, Person
from elearning.storage.roster import RosterImport, RosterMissing

Fact = TypeVar("Fact", Appointment, Obligation)
UNDO_FOR = timedelta(hours=24)


class TooManyEndings(Conflict):
    """More than 5 % would end; whoever applies it all the same says how many."""


@dataclass(frozen=True, slots=True)
class Applied:
    """A roster that was applied: its number, and what it changed."""

    import_id: int
    counts: Mapping[str, int]
    obligations_opened: int


def look_over_roster(session: Session, *, content: bytes, as_of: date, clock: Clock) -> RosterPlan:
    """Return what applying a file would do; nothing is written."""
    return plan_roster(session, file=read_roster(content), as_of=as_of, today=clock.today())


def apply_roster(
    session: Session,
    *,
    plan: RosterPlan,
    content: bytes,
    accepted_endings: int | None,
    applied_by: UUID | None,
    clock: Clock,
) -> Applied:
    """Apply what was looked over in this very transaction; `content` is the file it came from.

    Raises `TooManyEndings` unless `accepted_endings` names their number.
    """
    if plan.brake is not None and accepted_endings != plan.brake:
        raise TooManyEndings(f"{plan.brake} of {plan.running} appointments would end")
    now = clock.now()
    people = _write_work(session, plan, _write_people(session, plan), now)
    row = RosterImport(
        as_of=plan.as_of,
        applied_at=now,
        applied_by=applied_by,
        digest=sha256(content).hexdigest(),
        counts=plan.counts(),
        problems=[
            [each.row, each.column, each.trouble.value]
            for each in (*plan.problems, *plan.ambiguous)
        ],
        undone_at=None,
    )
    session.add(row)
    session.flush()
    _write_missing(session, plan, row.id)
    session.expire_all()
    derived = derive_obligations(session, clock=clock, among=these_people(session, people))
    _note(session, AuditKind.ROSTER_APPLIED, row, applied_by, clock)
    return Applied(row.id, plan.counts(), derived.opened)


def _note(
    session: Session, kind: AuditKind, row: RosterImport, actor_id: UUID | None, clock: Clock
) -> None:
    facts = {AuditFact.DAY: row.as_of.isoformat(), AuditFact.DIGEST: row.digest}
    record(session, Act(kind, actor_id, None, facts), clock=clock)


def _write_people(session: Session, plan: RosterPlan) -> dict[str, UUID]:
    """Add who is new, bring names and addresses up to date; return everybody's key by number."""
    ids = {number: person.id for number, person in plan.people.items()}
    new = []
    for row in plan.new:
        if row.person not in ids:
            ids[row.person] = uuid4()
            new.append({"id": ids[row.person], "external_id": row.person, **_names(row)})
    if new:
        session.execute(insert(Person), new)
    if plan.renamed:
        renamed = [{"id": person.id, **_names(row)} for person, row in plan.renamed]
        session.execute(update(Person), renamed)
    return ids


def _names(row: RosterRow) -> dict[str, Any]:
    return {
        "display_name": row.name,
        "sort_name": folded(row.name),
        "email": row.email,
        "language": row.language,
    }


def _write_work(
    session: Session, plan: RosterPlan, ids: Mapping[str, UUID], now: datetime
) -> set[UUID]:
    """Write what is new, changed and ended; return whom that is about.

    Old rows are taken back first, so that nobody has two open main appointments for a moment.
    """
    gone = [work.id for work, _ in (*plan.changed, *plan.ended)]
    if gone:
        session.execute(update(Appointment), [{"id": each, "retracted_at": now} for each in gone])
    rows = [
        *(_as_row(row, ids[row.person], plan, plan.as_of) for row in plan.new),
        *(_as_row(row, work.person_id, plan, work.first_seen_on) for work, row in plan.changed),
        *(_ended_row(session, work, ends_on) for work, ends_on in plan.ended),
    ]
    if rows:
        session.execute(insert(Appointment), [{**row, "recorded_at": now} for row in rows])
    return {row["person_id"] for row in rows}


def _as_row(
    row: RosterRow, person_id: UUID, plan: RosterPlan, first_seen_on: date
) -> dict[str, Any]:
    return {
        "person_id": person_id,
        "unit_id": plan.units[row.unit],
        "roster_number": row.appointment,
        "category": row.category,
        "function_tags": row.tags,
        "fte_percent": row.fte_percent,
        "is_primary": row.is_primary,
        "starts_on": row.starts_on,
        "ends_on": row.ends_on,
        "first_seen_on": first_seen_on,
    }


def _ended_row(session: Session, work: KnownWork, ends_on: date) -> dict[str, Any]:
    return {**_copy(session.get_one(Appointment, work.id)), "ends_on": ends_on}


def _write_missing(session: Session, plan: RosterPlan, import_id: int) -> None:
    rows = [
        {"import_id": import_id, "appointment_id": work.id, "last_seen_on": last_seen_on}
        for work, last_seen_on in plan.missing
    ]
    if rows:
        session.execute(insert(RosterMissing), rows)


def undo_roster(session: Session, *, import_id: int, undone_by: UUID | None, clock: Clock) -> None:
    """Take the last roster back within 24 hours; nothing is deleted.

    What it wrote is retracted, what it retracted is said again. Whoever it brought stays, without
    an appointment; names stay as they are now. Raises `Conflict` for another roster than the last,
    after a day, or when later facts build on it.
    """
    last = last_import(session)
    if last is None or last.id != import_id:
        raise Conflict("only the last roster can be undone")
    if clock.now() - last.applied_at > UNDO_FOR:
        raise Conflict("a roster can be undone for 24 hours")
    _take_back(session, Appointment, last.applied_at, clock.now())
    _take_back(session, Obligation, last.applied_at, clock.now())
    last.undone_at = clock.now()
    _note(session, AuditKind.ROSTER_UNDONE, last, undone_by, clock)


def may_undo(last: RosterImport | None, clock: Clock) -> bool:
    """Say whether a roster is recent enough to be undone."""
    return last is not None and clock.now() - last.applied_at <= UNDO_FOR


def _take_back(session: Session, kind: type[Fact], moment: datetime, now: datetime) -> None:
    written = session.scalars(select(kind).where(kind.recorded_at == moment)).all()
    if any(row.retracted_at is not None for row in written):
        raise Conflict("later facts build on this roster")
    replaced = session.scalars(select(kind).where(kind.retracted_at == moment)).all()
    if written:
        gone = [{"id": row.id, "retracted_at": now} for row in written]
        session.execute(update(kind), gone)
    copies = [{**_copy(row), "recorded_at": now} for row in replaced]
    if copies:
        session.execute(insert(kind), copies)
    session.expire_all()


def _copy(row: Appointment | Obligation) -> dict[str, Any]:
    """Return the values of a fact for a new row that says the same."""
    values = {
        each.key: getattr(row, each.key)
        for each in class_mapper(type(row)).column_attrs
        if each.key not in {"id", "recorded_at", "retracted_at"}
    }
    return {"id": uuid4(), **values} if isinstance(row, Obligation) else values
