"""The rules as HR sees them: what each asks, of whom, and of how many people on a day."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.learning.assignment import Rule
from elearning.services.completion_query import these_people
from elearning.services.in_scope import as_sql, read_rules
from elearning.services.unit_tree import UnitFacts, UnitNode, UnitTree, read_unit_facts
from elearning.storage.facts import covers, known
from elearning.storage.people import Appointment, Person

APPOINTMENT = Appointment.__table__.c


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule, and how many people it is about today; None where it does not assign today."""

    rule: Rule
    people: int | None

    def has_ended(self, day: date) -> bool:
        """Say whether it assigns nobody any more."""
        until_on = self.rule.effective.until_on
        return until_on is not None and until_on <= day


@dataclass(frozen=True, slots=True)
class RuleList:
    """All rules that are on record, and the units by which they are put into words."""

    lines: tuple[RuleLine, ...]
    units: Mapping[str, UnitNode]


@dataclass(frozen=True, slots=True)
class NamedPerson:
    """Somebody by name, and where they work on a day."""

    id: UUID
    name: str
    units: tuple[UnitNode, ...]


def rule_list(session: Session, *, day: date) -> RuleList:
    """Return the rules, those that began last first."""
    facts = read_unit_facts(session)
    tree = facts.tree(day)
    lines = (RuleLine(rule, _people(session, rule, tree, day)) for rule in read_rules(session))
    latest = sorted(lines, key=lambda line: line.rule.effective.from_on, reverse=True)
    return RuleList(tuple(latest), facts.by_code(day))


def _people(session: Session, rule: Rule, tree: UnitTree, day: date) -> int | None:
    if not rule.effective.covers(day):
        return None
    statement = select(func.count(APPOINTMENT.person_id.distinct())).where(
        known(APPOINTMENT, None),
        covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, day),
        as_sql(rule.predicate, tree),
    )
    return session.scalar(statement) or 0


def tags_in_use(session: Session) -> tuple[str, ...]:
    """Return every function tag that some appointment has."""
    rows = session.scalars(
        select(APPOINTMENT.function_tags).where(known(APPOINTMENT, None)).distinct()
    )
    return tuple(sorted({tag for tags in rows for tag in tags.split()}))


def first_names(
    session: Session, people: frozenset[UUID], *, facts: UnitFacts, day: date, most: int
) -> tuple[NamedPerson, ...]:
    """Return the first of these people by name, with the units in which they count on a day."""
    rows = session.execute(
        select(Person.id, Person.display_name)
        .where(Person.id.in_(these_people(session, people)))
        .order_by(Person.sort_name, Person.id)
        .limit(most)
    ).all()
    tree = facts.tree(day)
    works: dict[UUID, dict[int, UnitNode]] = {}
    for person_id, unit_id in session.execute(
        select(APPOINTMENT.person_id, APPOINTMENT.unit_id).where(
            APPOINTMENT.person_id.in_([row.id for row in rows]),
            known(APPOINTMENT, None),
            covers(APPOINTMENT.starts_on, APPOINTMENT.ends_on, day),
        )
    ):
        unit = tree.units.get(tree.stands_for(unit_id))
        if unit is not None:
            works.setdefault(person_id, {})[unit.id] = unit
    return tuple(
        NamedPerson(row.id, row.display_name, tuple(works.get(row.id, {}).values())) for row in rows
    )
