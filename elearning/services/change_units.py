"""Change the tree of units from a day on: add, move, merge into another, close.

What was so before stays so for earlier days; what a later correction says is told apart by when it
became known. Who is appointed in a unit that is gone counts in the unit above it from that day.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import Conflict, InvalidInput, NotFound
from elearning.services.unit_tree import UnitNode, UnitTree, read_tree
from elearning.storage.facts import known
from elearning.storage.people import Unit
from elearning.storage.units import UnitPlace


def add_unit(
    session: Session, *, code: str, names: tuple[str, str], below: str, day: date, clock: Clock
) -> Unit:
    """Add a unit below another from a day on; `names` are in Dutch and in English."""
    if session.scalar(select(Unit.id).where(Unit.code == code)) is not None:
        raise Conflict(f"there is a unit {code!r} already")
    parent = _find(read_tree(session, day=day), below)
    unit = Unit(code=code, name_nl=names[0], name_en=names[1])
    session.add(unit)
    session.flush()
    _place(session, unit.id, parent.id, day, clock, is_merged=False)
    return unit


def move_unit(session: Session, *, code: str, below: str, day: date, clock: Clock) -> None:
    """Let a unit, with everything below it, stand below another from a day on."""
    _stand_elsewhere(session, code, below, day, clock, is_merged=False)


def merge_unit(session: Session, *, code: str, into: str, day: date, clock: Clock) -> None:
    """Let a unit go up into another from a day on; what stood below it stands below that one."""
    _stand_elsewhere(session, code, into, day, clock, is_merged=True)


def close_unit(session: Session, *, code: str, day: date, clock: Clock) -> None:
    """Let a unit end; whoever is still appointed there counts in the unit above it."""
    unit = _find(read_tree(session, day=day), code)
    if unit.parent_id is None:
        raise InvalidInput("the institution itself cannot be closed")
    _end_places(session, unit.id, day, clock)


def _stand_elsewhere(
    session: Session, code: str, below: str, day: date, clock: Clock, *, is_merged: bool
) -> None:
    tree = read_tree(session, day=day)
    unit, parent = _find(tree, code), _find(tree, below)
    if unit.parent_id is None:
        raise InvalidInput("the institution itself stands below nothing")
    if parent.id in tree.subtree({unit.id}):
        raise InvalidInput(f"{below!r} lies in {code!r} itself")
    _end_places(session, unit.id, day, clock)
    _place(session, unit.id, parent.id, day, clock, is_merged=is_merged)


def _find(tree: UnitTree, code: str) -> UnitNode:
    unit = tree.find(code)
    if unit is None:
        raise NotFound(f"no unit {code!r} on that day")
    return unit


def _end_places(session: Session, unit_id: int, day: date, clock: Clock) -> None:
    """Take back what was said about the day and after; what holds before it is said again."""
    now = clock.now()
    rows = session.scalars(
        select(UnitPlace).where(
            UnitPlace.unit_id == unit_id,
            known(UnitPlace, None),
            UnitPlace.until_on.is_(None) | (UnitPlace.until_on > day),
        )
    ).all()
    for row in rows:
        row.retracted_at = now
        if row.from_on < day:
            session.add(
                UnitPlace(
                    unit_id=unit_id,
                    parent_id=row.parent_id,
                    is_merged=row.is_merged,
                    from_on=row.from_on,
                    until_on=day,
                    recorded_at=now,
                )
            )
    session.flush()


def _place(
    session: Session, unit_id: int, parent_id: int, day: date, clock: Clock, *, is_merged: bool
) -> None:
    session.add(
        UnitPlace(
            unit_id=unit_id,
            parent_id=parent_id,
            is_merged=is_merged,
            from_on=day,
            until_on=None,
            recorded_at=clock.now(),
        )
    )
    session.flush()
