"""What a change of the tree of units makes of it: move, merge into another, close, rename.

From facts to facts, with nothing written. What was so before the day stays so.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from elearning.errors import InvalidInput, NotFound
from elearning.services.unit_tree import Place, UnitFacts, UnitNode, UnitTree


class ChangeKind(StrEnum):
    """What can become of a unit."""

    MOVE = "move"
    MERGE = "merge"
    CLOSE = "close"
    RENAME = "rename"


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One change from a day on: `target` for a move or a merge, `names` for another name."""

    kind: ChangeKind
    code: str
    day: date
    target: str | None = None
    names: tuple[str, str] | None = None


def changed(facts: UnitFacts, change: UnitChange) -> UnitFacts:
    """Return what is known of units after a change.

    Raises `NotFound` for a unit that is not there on that day, `InvalidInput` for what cannot be.
    """
    unit = find_unit(facts.tree(change.day), change.code)
    if change.kind is ChangeKind.RENAME:
        return _with(facts, unit.id, tuple(_renamed(facts, unit.id, change)))
    if unit.parent_id is None:
        raise InvalidInput("the institution itself stays where it is")
    before = tuple(_before(facts, unit.id, change.day))
    if change.kind is ChangeKind.CLOSE:
        return _with(facts, unit.id, before)
    return _with(facts, unit.id, (*before, _elsewhere(facts, unit, change)))


def find_unit(tree: UnitTree, code: str | None) -> UnitNode:
    """Return a unit of a tree; raises `NotFound` for one that is not in it."""
    unit = None if code is None else tree.find(code)
    if unit is None:
        raise NotFound(f"no unit {code!r} on that day")
    return unit


def _elsewhere(facts: UnitFacts, unit: UnitNode, change: UnitChange) -> Place:
    tree = facts.tree(change.day)
    parent = find_unit(tree, change.target)
    if parent.id in tree.subtree({unit.id}):
        raise InvalidInput(f"{change.target!r} lies in {change.code!r} itself")
    if parent.id == unit.parent_id and change.kind is ChangeKind.MOVE:
        raise InvalidInput(f"{change.code!r} stands there already")
    return Place(
        unit_id=unit.id,
        parent_id=parent.id,
        is_merged=change.kind is ChangeKind.MERGE,
        from_on=change.day,
        until_on=None,
        names=_names_on(facts, unit.id, change.day),
    )


def _names_on(facts: UnitFacts, unit_id: int, day: date) -> tuple[str, str] | None:
    """Return under which names a unit goes on: those of the last place before or on a day."""
    names = [each.names for each in _places(facts, unit_id) if each.from_on <= day]
    return names[-1] if names else None


def _before(facts: UnitFacts, unit_id: int, day: date) -> Iterator[Place]:
    """Yield what holds before the day; what was said about the day and after goes."""
    for each in _places(facts, unit_id):
        if each.until_on is not None and each.until_on <= day:
            yield each
        elif each.from_on < day:
            yield replace(each, until_on=day)


def _renamed(facts: UnitFacts, unit_id: int, change: UnitChange) -> Iterator[Place]:
    yield from _before(facts, unit_id, change.day)
    for each in _places(facts, unit_id):
        if each.until_on is None or each.until_on > change.day:
            yield replace(each, from_on=max(each.from_on, change.day), names=change.names)


def _places(facts: UnitFacts, unit_id: int) -> Iterator[Place]:
    return (each for each in facts.places if each.unit_id == unit_id)


def _with(facts: UnitFacts, unit_id: int, places: tuple[Place, ...]) -> UnitFacts:
    others = (each for each in facts.places if each.unit_id != unit_id)
    in_order = sorted((*others, *places), key=lambda each: each.from_on)
    return replace(facts, places=tuple(in_order))
