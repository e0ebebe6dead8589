"""Who is behind a plan of reminders, by name: for who looks at it before anything is queued."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.learning.reminders import Slot, Why
from elearning.services.completion_query import PERSON, Key, key, read_rows, these_people
from elearning.services.plan_reminders import ReminderPlan
from elearning.services.queue_reminders import occasion_of
from elearning.services.reminder_text import Occasion


@dataclass(frozen=True, slots=True, order=True)
class Kind:
    """Which moment a message is for, of a day in time or of a validity that ends."""

    is_renewal: bool
    slot: Slot


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody of a plan: the kind and the day of their message, or none of either."""

    name: str
    kind: Kind | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class NamedPage:
    """One page of the people of one group, by name."""

    rows: tuple[Named, ...]
    found: int
    page: int
    pages: int


def kinds(plan: ReminderPlan) -> Mapping[Kind, int]:
    """Return how many get a message of each kind: the first day decides, as in its words."""
    slots = list(Slot)
    found = Counter(_kind(plan, person) for person in plan.mails)
    ordered = sorted(found, key=lambda kind: (kind.is_renewal, slots.index(kind.slot)))
    return {kind: found[kind] for kind in ordered}


def occasions(plan: ReminderPlan) -> tuple[Occasion, ...]:
    """Return one example of each wording that the plan has, the earliest day of each."""
    every = {occasion_of(dues, plan.day) for dues in plan.mails.values()}
    shapes: dict[tuple[bool, bool, bool], Occasion] = {}
    for each in sorted(every, key=lambda occasion: occasion.due_on):
        shapes.setdefault((each.is_several, each.is_renewal, each.is_past), each)
    return tuple(shapes[shape] for shape in sorted(shapes))


def named_page(
    session: Session, plan: ReminderPlan, group: Why | None, *, page: int, page_size: int
) -> NamedPage:
    """Return who gets a message, or who gets none for one reason; sorted, one page of them."""
    people = _group(plan, group)
    pages = max(1, -(-len(people) // page_size))
    shown = min(max(page, 1), pages)
    statement = (
        select(key(PERSON.id), PERSON.display_name)
        .where(PERSON.id.in_(these_people(session, people)))
        .order_by(PERSON.sort_name, PERSON.id)
        .offset((shown - 1) * page_size)
        .limit(page_size)
    )
    rows = tuple(_named(plan, person, name) for person, name in read_rows(session, statement))
    return NamedPage(rows, len(people), shown, pages)


def _group(plan: ReminderPlan, group: Why | None) -> list[Key]:
    if group is None:
        return list(plan.mails)
    return [person for person, why in plan.left_out.items() if why is group]


def _named(plan: ReminderPlan, person: Key, name: str) -> Named:
    if person not in plan.mails:
        return Named(name, None, None)
    return Named(name, _kind(plan, person), min(plan.mails[person]).due_on)


def _kind(plan: ReminderPlan, person: Key) -> Kind:
    first = min(plan.mails[person])
    return Kind(first.is_renewal, first.slot)
