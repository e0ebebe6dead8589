"""What is not right in the roster and keeps people out of figures or messages, as lists to work on.

Everything is of today, as known now: it is about what can be put right. Each list takes a fixed
number of statements.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, union
from sqlalchemy.orm import Session

from elearning.services.completion_query import Key, key, read_rows, these_people
from elearning.services.roster_plan import last_import
from elearning.services.unit_tree import UnitNode, UnitTree, read_tree
from elearning.storage.completion import Obligation
from elearning.storage.facts import covers, known
from elearning.storage.people import Account, Appointment, Person


class Check(StrEnum):
    """What is looked for."""

    NO_UNIT = "no_unit"
    NO_ADDRESS = "no_address"
    SAME_NAME = "same_name"
    SAME_ADDRESS = "same_address"
    MAIN_ENDED = "main_ended"
    ACCOUNT_ONLY = "account_only"
    EMPTY_UNIT = "empty_unit"
    ROW_REFUSED = "row_refused"

    @property
    def names_people(self) -> bool:
        """Say whether the list holds names of people."""
        return self not in {Check.EMPTY_UNIT, Check.ROW_REFUSED}


@dataclass(frozen=True, slots=True)
class PersonFound:
    """Somebody whose details need a look, with the units they work in today."""

    name: str
    number: str
    units: tuple[UnitNode, ...]


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit without people; `above` is the one it stands below."""

    unit: UnitNode
    above: UnitNode | None


@dataclass(frozen=True, slots=True)
class RowFound:
    """A row of the last roster that was left out: its number, and what is wrong by column."""

    row: int
    problems: tuple[tuple[str, str], ...]


Found = PersonFound | UnitFound | RowFound


def findings(session: Session, check: Check, *, day: date) -> tuple[Found, ...]:
    """Return what one check finds; who goes together stands together."""
    if check is Check.ROW_REFUSED:
        return _refused_rows(session)
    tree = read_tree(session, day=day)
    if check is Check.EMPTY_UNIT:
        return _empty_units(session, tree, day)
    return _people(session, tree, day, PEOPLE[check](tree, day))


def _refused_rows(session: Session) -> tuple[RowFound, ...]:
    last = last_import(session)
    problems: dict[int, list[tuple[str, str]]] = {}
    for row, column, trouble in [] if last is None else last.problems:
        problems.setdefault(int(row), []).append((column, trouble))
    return tuple(RowFound(row, tuple(each)) for row, each in problems.items())


def finding_counts(session: Session, *, day: date) -> Mapping[Check, int]:
    """Return how much each check finds: of people, the database counts."""
    tree = read_tree(session, day=day)
    found = {}
    for check, people in PEOPLE.items():
        each = people(tree, day).order_by(None).subquery()
        found[check] = session.scalars(select(func.count()).select_from(each)).one()
    others = [check for check in Check if check not in PEOPLE]
    return found | {check: len(findings(session, check, day=day)) for check in others}


def roster_day(session: Session) -> date | None:
    """Return of which day the last roster is; None before the first."""
    last = last_import(session)
    return None if last is None else last.as_of


def _runs(day: date) -> ColumnElement[bool]:
    return and_(known(Appointment, None), covers(Appointment.starts_on, Appointment.ends_on, day))


def _working(day: date) -> Select[Any]:
    return select(Appointment.person_id).where(_runs(day))


def _selected() -> Select[Any]:
    return select(key(Person.__table__.c.id), Person.display_name, Person.external_id)


def _no_unit(tree: UnitTree, day: date) -> Select[Any]:
    """Return who works or must hold something, and works in no unit that counts.

    That is who works in a unit that does not, or nowhere: few, so they are looked for first.
    """
    units = sorted(tree.counted_in(tree.units))
    astray = _working(day).where(Appointment.unit_id.not_in(units))
    works = exists().where(Appointment.person_id == Obligation.person_id, _runs(day))
    obliged = select(Obligation.person_id).where(
        known(Obligation, None), covers(Obligation.opened_on, Obligation.closed_on, day), ~works
    )
    counted = exists().where(
        Appointment.person_id == Person.id, _runs(day), Appointment.unit_id.in_(units)
    )
    return (
        _selected()
        .where(Person.id.in_(union(astray, obliged)), ~counted)
        .order_by(Person.sort_name)
    )


def _no_address(_tree: UnitTree, day: date) -> Select[Any]:
    is_empty = or_(Person.email.is_(None), func.trim(Person.email) == "")
    return _selected().where(Person.id.in_(_working(day)), is_empty).order_by(Person.sort_name)


def _same_name(_tree: UnitTree, day: date) -> Select[Any]:
    return _same(Person.__table__.c.sort_name, day)


def _same_address(_tree: UnitTree, day: date) -> Select[Any]:
    return _same(func.lower(func.trim(Person.__table__.c.email)), day)


def _same(what: ColumnElement[Any], day: date) -> Select[Any]:
    """Return who works here and has the same of something as somebody else who does."""
    is_here = Person.id.in_(_working(day))
    several = select(what).where(is_here, what != "").group_by(what).having(func.count() > 1)
    return _selected().where(is_here, what.in_(several)).order_by(what, Person.external_id)


def _main_ended(_tree: UnitTree, day: date) -> Select[Any]:
    """Return who still works here, while the appointment that is named as the main one has ended.

    One that is the main one today, or has not begun, is right.
    """
    main = select(Appointment.person_id).where(
        known(Appointment, None), Appointment.is_primary.is_(True)
    )
    ended = main.where(Appointment.ends_on <= day)
    others = main.where(or_(Appointment.ends_on.is_(None), Appointment.ends_on > day))
    return (
        _selected()
        .where(Person.id.in_(_working(day)), Person.id.in_(ended), Person.id.not_in(others))
        .order_by(Person.sort_name)
    )


def _account_only(_tree: UnitTree, _day: date) -> Select[Any]:
    """Return who can sign in, and never had an appointment."""
    ever = select(Appointment.person_id).where(known(Appointment, None))
    accounts = select(Account.person_id)
    return (
        _selected()
        .where(Person.id.in_(accounts), Person.id.not_in(ever))
        .order_by(Person.sort_name)
    )


PEOPLE: Mapping[Check, Callable[[UnitTree, date], Select[Any]]] = {
    Check.NO_UNIT: _no_unit,
    Check.NO_ADDRESS: _no_address,
    Check.SAME_NAME: _same_name,
    Check.SAME_ADDRESS: _same_address,
    Check.MAIN_ENDED: _main_ended,
    Check.ACCOUNT_ONLY: _account_only,
}


def _people(
    session: Session, tree: UnitTree, day: date, statement: Select[Any]
) -> tuple[PersonFound, ...]:
    rows = list(read_rows(session, statement))
    among = these_people(session, (person for person, _name, _number in rows))
    works = select(key(Appointment.__table__.c.person_id), Appointment.unit_id).where(
        _runs(day), Appointment.person_id.in_(among)
    )
    units: dict[Key, dict[int, UnitNode]] = {}
    for person, unit_id in read_rows(session, works.order_by(Appointment.unit_id)):
        unit = tree.units.get(tree.stands_for(unit_id))
        if unit is not None:
            units.setdefault(person, {})[unit.id] = unit
    return tuple(
        PersonFound(name, number, tuple(units.get(person, {}).values()))
        for person, name, number in rows
    )


def _empty_units(session: Session, tree: UnitTree, day: date) -> tuple[UnitFound, ...]:
    used = session.scalars(select(Appointment.unit_id).where(_runs(day)).distinct())
    occupied = {unit.id for unit_id in used for unit in tree.line(unit_id)}
    return tuple(
        UnitFound(unit, tree.units.get(unit.parent_id or 0))
        for unit in tree.units.values()
        if unit.id not in occupied
    )
