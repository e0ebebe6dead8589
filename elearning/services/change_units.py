"""Change the tree of units from a day on: add, move, merge into another, close, rename.

What was so before stays so for earlier days; what a later correction says is told apart by when it
became known. Who is appointed in a unit that is gone counts in the unit above it from that day.
"""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import Conflict, InvalidInput
from elearning.learning.predicate import units_named
from elearning.services.audit_log import Act, record
from elearning.services.derive_obligations import derive_obligations
from elearning.services.in_scope import read_rules
from elearning.services.obligation_plan import Derived
from elearning.services.unit_change import UnitChange, changed, find_unit
from elearning.services.unit_tree import Place, UnitFacts, place_of, read_tree, read_unit_facts
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.facts import known
from elearning.storage.people import Unit
from elearning.storage.statements import one_at_a_time
from elearning.storage.units import UnitPlace


def add_unit(
    session: Session,
    *,
    code: str,
    names: tuple[str, str],
    below: str | None,
    day: date,
    made_by: UUID | None,
    clock: Clock,
) -> Unit:
    """Add a unit below another from a day on; the first one, the institution, below none.

    `names` are in Dutch and in English. Raises `Conflict` for a code that is in use, `NotFound` for
    a unit above that is not there on that day, `InvalidInput` for a second unit below none.
    """
    one_at_a_time(session, "rules")
    if session.scalar(select(Unit.id).where(Unit.code == code)) is not None:
        raise Conflict(f"there is a unit {code!r} already")
    if below is None and session.scalar(select(Unit.id).limit(1)) is not None:
        raise InvalidInput("there is an institution already; say below which unit")
    above = None if below is None else find_unit(read_tree(session, day=day), below).id
    unit = Unit(code=code, name_nl=names[0], name_en=names[1])
    session.add(unit)
    session.flush()
    place = Place(unit.id, above, is_merged=False, from_on=day, until_on=None, names=None)
    session.add(_row(place, clock))
    said = {
        AuditFact.UNIT: str(unit.id),
        AuditFact.REASON: "add",
        AuditFact.DAY: day.isoformat(),
    }
    record(session, Act(AuditKind.UNIT_CHANGED, made_by, None, said), clock=clock)
    return unit


def change_unit(
    session: Session, change: UnitChange, *, made_by: UUID | None, clock: Clock
) -> Derived:
    """Change the tree, and bring obligations in step where rules name units.

    Raises `NotFound` for a unit that is not there on that day, `InvalidInput` for what cannot be.
    """
    one_at_a_time(session, "rules")
    facts = read_unit_facts(session)
    after = changed(facts, change)
    unit = find_unit(facts.tree(change.day), change.code)
    _write(session, unit.id, after, clock)
    derived = Derived(0, 0, 0, 0)
    if any(units_named(rule.predicate) for rule in read_rules(session)):
        derived = derive_obligations(session, clock=clock)
    said = {
        AuditFact.UNIT: str(unit.id),
        AuditFact.REASON: change.kind.value,
        AuditFact.DAY: change.day.isoformat(),
        AuditFact.COUNT: str(derived.opened),
        AuditFact.ENDED: str(derived.ended),
    }
    record(session, Act(AuditKind.UNIT_CHANGED, made_by, None, said), clock=clock)
    return derived


def _write(session: Session, unit_id: int, after: UnitFacts, clock: Clock) -> None:
    """Take back what does not hold any more, and say what holds in its place."""
    wanted = {each for each in after.places if each.unit_id == unit_id}
    rows = session.scalars(
        select(UnitPlace).where(UnitPlace.unit_id == unit_id, known(UnitPlace, None))
    ).all()
    for row in rows:
        place = place_of(row)
        if place in wanted:
            wanted.discard(place)
        else:
            row.retracted_at = clock.now()
    session.flush()
    session.add_all(_row(each, clock) for each in sorted(wanted, key=lambda each: each.from_on))
    session.flush()


def _row(place: Place, clock: Clock) -> UnitPlace:
    return UnitPlace(
        unit_id=place.unit_id,
        parent_id=place.parent_id,
        is_merged=place.is_merged,
        from_on=place.from_on,
        until_on=place.until_on,
        name_nl=None if place.names is None else place.names[0],
        name_en=None if place.names is None else place.names[1],
        recorded_at=clock.now(),
    )
