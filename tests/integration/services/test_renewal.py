"""Renewal: when it can be given, from when it counts, and what it asks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from elearning.services.awards import awards_of
from tests.builders import an_award
from tests.integration.services.learner import Learner
from tests.practice_content import BASIS, TALK, WELL

FIRST_DAY = date(2025, 4, 20)
LAST_DAY = date(2027, 4, 20)


@pytest.fixture
def holder(learner: Learner) -> Learner:
    """Return a learner whose award ends in seven weeks, within the window of sixty days."""
    an_award(learner.session, person=learner.person, obtained_on=FIRST_DAY, valid_until=LAST_DAY)
    return learner


def test_a_renewal_inside_the_window_runs_on_from_the_old_end(holder: Learner) -> None:
    (award,) = holder.do_everything()
    assert (award.sequence, award.obtained_on) == (2, holder.clock.today())
    assert award.valid_until == date(2029, 4, 20)


def test_a_renewal_is_given_once(holder: Learner) -> None:
    holder.do_everything()
    holder.play(TALK, *WELL)
    assert holder.finish() == ()
    newest, _ = awards_of(holder.session, person_id=holder.person_id, training_id=BASIS)
    assert newest.sequence == 2


def test_a_renewal_asks_for_everything_anew(holder: Learner) -> None:
    today = holder.clock.instant
    holder.clock.instant = today - timedelta(days=690)
    holder.do_everything()
    holder.clock.instant = today
    assert holder.finish() == ()
    assert holder.state.progress.open_count == 4
    assert len(holder.do_everything()) == 1


def test_before_the_window_nothing_is_given(learner: Learner) -> None:
    an_award(
        learner.session,
        person=learner.person,
        obtained_on=date(2026, 3, 3),
        valid_until=date(2028, 3, 3),
    )
    assert learner.do_everything() == ()


def test_after_the_end_the_new_award_counts_from_its_own_day(learner: Learner) -> None:
    an_award(
        learner.session,
        person=learner.person,
        obtained_on=date(2025, 3, 3),
        valid_until=learner.clock.today(),
    )
    (award,) = learner.do_everything()
    assert (award.sequence, award.valid_until) == (2, date(2029, 3, 3))


def test_after_a_withdrawal_the_training_can_be_done_anew(learner: Learner) -> None:
    an_award(
        learner.session,
        person=learner.person,
        obtained_on=date(2027, 1, 15),
        withdrawn_on=date(2027, 2, 1),
    )
    (award,) = learner.do_everything()
    assert (award.sequence, award.valid_until) == (2, date(2029, 3, 3))
