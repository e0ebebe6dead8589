"""A report as known at a moment goes by the rules announced on the local day before it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM
from elearning.learning.status import CompletionStatus
from elearning.learning.training import Training
from elearning.learning.validity import PolicyVersion
from elearning.services.completion_counts import tally
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.completion_table import people_rows
from elearning.services.hr_scope import whole_institution
from elearning.services.people_filter import PeopleFilter, SortKey, StatusFilter
from tests.builders import a_person, a_unit, an_appointment, an_obligation
from tests.trainings import USUAL, a_training

EVERYONE = PeopleFilter(None, "", SortKey.NAME, is_descending=False, lang="nl")
WINTER, SUMMER = date(2027, 1, 15), date(2026, 7, 15)
CLOCKS_FORWARD, CLOCKS_BACK = date(2027, 3, 28), date(2026, 10, 25)
DAYS = [WINTER, SUMMER, CLOCKS_FORWARD, CLOCKS_BACK]
# The instant of each local midnight: an hour earlier in UTC in winter, two in summer.
HOURS_BEFORE_UTC = {WINTER: 1, SUMMER: 2, CLOCKS_FORWARD: 1, CLOCKS_BACK: 2}
TICK = timedelta(microseconds=1)
DUE_DAYS_AGO = 5


def midnight(day: date) -> datetime:
    """Return the instant at which a local day begins."""
    return datetime(day.year, day.month, day.day, tzinfo=AMSTERDAM).astimezone(UTC)


def announced_on(day: date) -> Training:
    """Return a training with two days of grace instead of fourteen, announced on the very day."""
    version = PolicyVersion(day, day, replace(USUAL, grace_days=2))
    return a_training(policies=(version,))


def asked(session: Session, day: date, known_at: datetime | None) -> CompletionQuery:
    training = announced_on(day)
    return completion_query(
        {training.id: training},
        training_id=training.id,
        scope=whole_institution(session, day=day),
        day=day,
        known_at=known_at,
    )


@pytest.fixture
def late(session: Session, day: date) -> None:
    """Let somebody be five days past the date: in the grace of old, and overdue by the new."""
    person = a_person(session)
    an_appointment(session, person=person, unit=a_unit(session))
    an_obligation(session, person=person, due_on=day - timedelta(days=DUE_DAYS_AGO))


@pytest.mark.parametrize("day", DAYS)
def test_a_local_day_begins_at_the_hour_of_its_season(day: date) -> None:
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    assert midnight(day) == start - timedelta(hours=HOURS_BEFORE_UTC[day])


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(
    ("after_midnight", "grace_days"),
    [(-TICK, 14), (timedelta(), 14), (TICK, 2), (timedelta(hours=2, minutes=30), 2)],
    ids=["just before", "at midnight", "just after", "past midnight in UTC too"],
)
def test_a_rule_is_known_from_the_first_instant_of_the_local_day_that_announced_it(
    session: Session, day: date, after_midnight: timedelta, grace_days: int
) -> None:
    query = asked(session, day, midnight(day) + after_midnight)
    assert query.training.validity.grace_days == grace_days
    is_in_grace = grace_days > DUE_DAYS_AGO
    status = CompletionStatus.IN_GRACE if is_in_grace else CompletionStatus.OVERDUE
    assert [row.standing.status for row in people_rows(session, query, EVERYONE)] == [status]
    for each, is_there in (
        (StatusFilter.IN_GRACE, is_in_grace),
        (StatusFilter.LATE, not is_in_grace),
    ):
        found = people_rows(session, query, replace(EVERYONE, status=each))
        assert len(found) == is_there
    rates = tally(session, query).rates()
    assert (rates.in_grace, rates.overdue) == (is_in_grace, not is_in_grace)


@pytest.mark.usefixtures("late")
@pytest.mark.parametrize("day", DAYS)
def test_as_known_now_every_rule_is_known(session: Session, day: date) -> None:
    assert asked(session, day, None).training.validity.grace_days == 2
