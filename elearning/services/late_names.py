"""Whom a manager may see by name where the institution allows it: who is past the date, today.

Of these people there is a name and the day by which it had to be done, and nothing else: no status,
no unit, no earlier day. Whoever is exempt, long away or within the grace is not among them
(docs/decisions/0017).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from elearning.learning.training import Training
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.completion_table import people_page
from elearning.services.hr_scope import hr_scope, open_trainings
from elearning.services.people_filter import PeopleFilter, SortKey, StatusFilter
from elearning.services.sign_in import Grant
from elearning.storage.people import Role

LATE = PeopleFilter(StatusFilter.LATE, name="", sort=SortKey.NAME, is_descending=False, lang="nl")


@dataclass(frozen=True, slots=True)
class LateNames:
    """Some of the names, each with its day, and how many there are; pages count from one."""

    names: tuple[tuple[str, date | None], ...]
    found: int
    page: int
    pages: int


def manager_grants(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Return the grants of a manager; one without a unit is a mistake, and opens nothing."""
    return tuple(each for each in grants if each.role is Role.MANAGER and each.unit_id is not None)


def managed_trainings(
    grants: Iterable[Grant], trainings: Mapping[str, Training]
) -> Mapping[str, Training]:
    """Return the trainings of which a manager may see names; raises `NotFound` for none."""
    return open_trainings(_with_names(grants), trainings)


def late_query(
    session: Session,
    *,
    grants: Iterable[Grant],
    trainings: Mapping[str, Training],
    training_id: str,
    today: date,
) -> CompletionQuery:
    """Return the question about today; raises `NotFound` for what the grants do not open."""
    opened = managed_trainings(grants, trainings)
    scope = hr_scope(session, grants=_with_names(grants), day=today, training_id=training_id)
    return completion_query(opened, training_id=training_id, scope=scope, day=today)


def late_names(session: Session, query: CompletionQuery, *, page: int, page_size: int) -> LateNames:
    """Return one page of who is past the date, by name; never by who is longest."""
    found = people_page(session, query, LATE, page=page, page_size=page_size)
    names = tuple((row.name, row.standing.due_on) for row in found.rows)
    return LateNames(names, found.found, found.page, found.pages)


def _with_names(grants: Iterable[Grant]) -> tuple[Grant, ...]:
    """Return what the grants of a manager open, as grants that open names."""
    return tuple(
        Grant(Role.HR_UNIT, each.unit_id, each.training_id) for each in manager_grants(grants)
    )
