"""Sittings and draws as a learner's own state has them: days, pools, offers, and what waits."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from elearning.learning.training import PartStatus
from elearning.services.draw import draw_token
from elearning.services.learning_key import ensure_learning_key, learning_key_of
from elearning.services.sitting_to_come import Wait, wait_for
from tests.builders import an_award, an_obligation
from tests.integration.services.conftest import NewLearner
from tests.integration.services.learner import SECRET, Learner
from tests.practice_content import (
    BASIS,
    BOOSTER_MODULE,
    MODULE_ID,
    OTHER_TALK,
    PACED,
    QUIZ,
    QUIZ_WELL,
    READ_WELL,
    SILENT,
    TALK,
    WELL,
    reading_of,
)

LATER = timedelta(days=3)


@pytest.fixture
def paced(new_learner: NewLearner) -> Learner:
    """Return a learner of the training in sittings."""
    return new_learner(PACED)


def as_a_rule(learner: Learner) -> Learner:
    """Return the same learner at an institution that makes spacing a rule."""
    strict = replace(learner.library.institution, enforces_spacing=True)
    return replace(learner, library=replace(learner.library, institution=strict))


def wait(learner: Learner, content_id: str) -> Wait | None:
    return wait_for(
        learner.session,
        library=learner.library,
        person_id=learner.person_id,
        content_id=content_id,
        clock=learner.clock,
    )


def choice_of(learner: Learner) -> PartStatus:
    """Return how far the part with the pool is."""
    return learner.state.progress.statuses["keuze"]


def offered_after(learner: Learner) -> int | None:
    """Return after how many months the booster comes that is on offer; None without one."""
    booster = learner.state.booster
    return None if booster is None else booster.months


def test_a_sitting_is_dated_from_the_day_the_one_before_was_done(paced: Learner) -> None:
    assert [each.opens_on for each in paced.state.calendar] == [None, None]
    paced.complete_module()
    assert paced.state.calendar[1].opens_on == paced.clock.today() + LATER


def test_looking_something_up_again_does_not_put_off_the_next_sitting(paced: Learner) -> None:
    paced.complete_module()
    opens_on = paced.state.calendar[1].opens_on
    paced.clock.instant += timedelta(days=2)
    paced.complete_module()
    assert paced.state.calendar[1].opens_on == opens_on


def test_reading_it_anew_long_afterwards_gives_it_a_new_day(paced: Learner) -> None:
    paced.complete_module()
    paced.clock.instant += timedelta(days=100)
    paced.complete_module()
    assert paced.state.calendar[1].opens_on == paced.clock.today() + LATER


def test_as_advice_nothing_waits(paced: Learner) -> None:
    paced.complete_module()
    assert wait(paced, TALK) is None
    assert choice_of(paced) is PartStatus.NOT_STARTED


def test_as_a_rule_the_next_sitting_waits_for_the_one_before_and_then_for_its_day(
    paced: Learner,
) -> None:
    learner = as_a_rule(paced)
    assert wait(learner, MODULE_ID) is None
    assert wait(learner, TALK) == Wait(None)
    learner.complete_module()
    day = learner.clock.today() + LATER
    assert wait(learner, reading_of(OTHER_TALK)) == Wait(day)
    assert choice_of(learner) is PartStatus.NOT_YET_AVAILABLE
    learner.clock.instant += LATER
    assert wait(learner, TALK) is None
    assert choice_of(learner) is PartStatus.NOT_STARTED


def test_as_a_rule_what_was_begun_goes_on(paced: Learner) -> None:
    paced.play(TALK, "ruimte")
    learner = as_a_rule(paced)
    assert wait(learner, TALK) is None


def test_as_a_rule_what_another_training_asks_now_is_open(paced: Learner) -> None:
    an_obligation(paced.session, person=paced.person, training_id=BASIS)
    assert wait(as_a_rule(paced), TALK) is None


def test_as_a_rule_what_no_training_asks_is_open(new_learner: NewLearner) -> None:
    assert wait(as_a_rule(new_learner()), TALK) is None


def test_as_a_rule_nothing_waits_for_who_holds_the_certificate(paced: Learner) -> None:
    an_award(paced.session, person=paced.person, training_id=PACED)
    assert wait(as_a_rule(paced), TALK) is None


@pytest.mark.parametrize("talk", [TALK, OTHER_TALK])
@pytest.mark.parametrize("reads", [True, False])
def test_any_one_of_a_pool_completes_the_part(paced: Learner, talk: str, *, reads: bool) -> None:
    paced.complete_module()
    paced.play(TALK, *SILENT)
    paced.play(*((reading_of(talk), *READ_WELL) if reads else (talk, *WELL)))
    paced.play(QUIZ, *QUIZ_WELL)
    assert len(paced.finish()) == 1


def test_the_draw_hangs_on_the_learning_key_and_on_the_key_of_the_installation(
    paced: Learner,
) -> None:
    def token(secret: str = SECRET) -> str:
        return draw_token(paced.session, person_id=paced.person_id, secret_key=secret)

    before = token()
    key = ensure_learning_key(paced.session, person_id=paced.person_id)
    assert learning_key_of(paced.session, person_id=paced.person_id) == key
    after = token()
    assert token() == after
    assert len({before, after, token("another key of the installation")}) == 3
    assert key.hex not in after


def test_a_booster_is_offered_in_its_month_and_gone_once_done(paced: Learner) -> None:
    award = an_award(
        paced.session, person=paced.person, training_id=PACED, obtained_on=date(2027, 2, 3)
    )
    assert offered_after(paced) == 1
    paced.complete_module(BOOSTER_MODULE)
    assert paced.finish() == ()
    assert offered_after(paced) is None
    assert paced.state.awards == (award,)


def test_before_its_month_and_while_renewing_no_booster_is_offered(paced: Learner) -> None:
    an_award(
        paced.session,
        person=paced.person,
        training_id=PACED,
        obtained_on=date(2027, 2, 4),
        valid_until=date(2029, 2, 4),
    )
    assert offered_after(paced) is None
    paced.clock.instant += timedelta(days=680)
    assert paced.state.may_obtain
    assert offered_after(paced) is None


def test_after_a_year_the_refresher_tells_what_changed(paced: Learner) -> None:
    an_award(
        paced.session,
        person=paced.person,
        training_id=PACED,
        obtained_on=date(2026, 3, 3),
        valid_until=date(2028, 3, 3),
    )
    booster = paced.state.booster
    assert booster is not None
    assert booster.tells_changes
