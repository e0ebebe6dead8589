"""Boosters: which one is on offer follows from the date of the award."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from elearning.learning.award import AwardDates
from elearning.learning.follow_up import booster_on
from elearning.learning.training import Booster, LearningRecord
from tests.trainings import a_training

OBTAINED = date(2027, 1, 31)
AWARD = AwardDates(
    obtained_on=OBTAINED,
    valid_from=OBTAINED,
    valid_until=date(2029, 1, 31),
    withdrawn_on=None,
    replaced_on=None,
)
TRAINING = replace(
    a_training(),
    boosters=(
        Booster(1, "b1", (), tells_changes=False),
        Booster(6, "b2", (), tells_changes=False),
        Booster(12, "b3", (), tells_changes=True),
    ),
)


def done(**modules: date) -> LearningRecord:
    return LearningRecord(modules, frozenset(modules), {}, {}, frozenset())


def offered(day: date, record: LearningRecord, award: AwardDates | None = AWARD) -> str | None:
    booster = booster_on(TRAINING, award, record, day)
    return None if booster is None else booster.module_id


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2027, 2, 27), None),
        (date(2027, 2, 28), "b1"),
        (date(2027, 7, 30), "b1"),
        (date(2027, 7, 31), "b2"),
        (date(2028, 1, 30), "b2"),
        (date(2028, 1, 31), "b3"),
        (date(2029, 1, 30), "b3"),
        (date(2029, 1, 31), None),
    ],
)
def test_one_is_offered_from_its_month_until_the_next_one_or_the_end(
    day: date, expected: str | None
) -> None:
    assert offered(day, done()) == expected


def test_who_did_it_is_not_asked_again_until_the_next_one() -> None:
    record = done(b1=date(2027, 3, 5))
    assert offered(date(2027, 3, 6), record) is None
    assert offered(date(2027, 8, 1), record) == "b2"


@pytest.mark.parametrize(("day", "expected"), [(21, None), (20, "b1")])
def test_the_week_before_counts_and_what_was_done_long_before_does_not(
    day: int, expected: str | None
) -> None:
    assert offered(date(2027, 3, 6), done(b1=date(2027, 2, day))) == expected


def test_without_a_valid_award_nothing_is_offered() -> None:
    day = date(2027, 8, 1)
    assert offered(day, done(), None) is None
    assert offered(day, done(), replace(AWARD, withdrawn_on=date(2027, 7, 1))) is None
    assert offered(day, done(), replace(AWARD, replaced_on=date(2027, 7, 1))) is None
