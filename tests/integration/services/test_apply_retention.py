"""Learning state goes when it is no longer needed, whole, and awards stay."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.services.apply_retention import STEPS, Forgotten, Retention, apply_retention
from elearning.services.learning_limit import LearningLimit
from elearning.services.sign_in import open_session, sign_in
from elearning.services.throttle import Limit, count_try
from elearning.storage.base import Base
from elearning.storage.completion import Award, Certificate, Obligation
from elearning.storage.learning_state import Attempt, AttemptStep, LearningLink, ModulePage
from elearning.storage.people import Account, Person, Role
from elearning.storage.security import SignedInSession, Throttle
from tests.builders import PASSWORD, a_role, an_account, an_appointment, an_award
from tests.integration.services.conftest import NewLearner
from tests.integration.services.learner import Learner
from tests.practice_content import (
    ADVISER,
    ADVISER_TALK,
    BASIS,
    TALK,
    UNREPAIRED,
    WELL,
)

LEARNING_TABLES = (AttemptStep, Attempt, ModulePage, LearningLink)
NOTHING = Forgotten(**dict.fromkeys((each.counted for each in STEPS), 0))
KEPT_TABLES = (Award, Certificate, Obligation, Person)


def count(session: Session, model: type[Base]) -> int:
    """Return how many rows there are."""
    return session.scalar(select(func.count()).select_from(model)) or 0


def forget(learner: Learner) -> Forgotten:
    """Run the job, at the instant of the clock."""
    limit = LearningLimit(learner.library)
    return apply_retention(Retention(lambda: nullcontext(learner.session), limit, learner.clock))


def has_learning_state(learner: Learner) -> bool:
    """Say whether anything of the learning is left."""
    return any(count(learner.session, model) for model in LEARNING_TABLES)


@pytest.fixture
def done(learner: Learner) -> Learner:
    """Return a learner who did everything, with detours and practice."""
    learner.practise(learner.play(TALK, *UNREPAIRED), 2, "herstel")
    nested = learner.practise(learner.play(TALK, *WELL), 1, "kort").log.id
    learner.practise(nested, 1, "geheim")
    learner.do_everything()
    return learner


def test_thirty_days_after_completion_the_way_is_forgotten_and_the_award_stays(
    done: Learner,
) -> None:
    kept = [count(done.session, model) for model in KEPT_TABLES]
    done.clock.instant += timedelta(days=29)
    assert forget(done).learners == 0
    assert has_learning_state(done)
    done.clock.instant += timedelta(days=1)
    assert forget(done).learners == 1
    assert not has_learning_state(done)
    assert [count(done.session, model) for model in KEPT_TABLES] == kept
    assert forget(done).learners == 0


def test_someone_who_forgot_all_can_begin_anew(done: Learner) -> None:
    done.clock.instant += timedelta(days=31)
    forget(done)
    attempt_id = done.play(TALK, "ruimte")
    assert done.run(attempt_id).log.next_turn == 2


def test_playing_on_after_completion_moves_the_day(done: Learner) -> None:
    done.clock.instant += timedelta(days=20)
    done.play(TALK, *WELL)
    done.clock.instant += timedelta(days=29)
    assert forget(done).learners == 0
    done.clock.instant += timedelta(days=1)
    assert forget(done).learners == 1


def test_what_is_not_completed_is_kept_for_thirty_idle_months(learner: Learner) -> None:
    learner.complete_module()
    learner.play(TALK, "ruimte")
    learner.clock.instant = datetime(2029, 9, 2, 12, tzinfo=learner.clock.instant.tzinfo)
    assert forget(learner).learners == 0
    learner.clock.instant += timedelta(days=1)
    assert forget(learner).learners == 1
    assert not has_learning_state(learner)


def test_someone_without_any_obligation_is_forgotten_after_thirty_idle_months(
    new_learner: NewLearner,
) -> None:
    learner = new_learner()
    learner.play(TALK, *WELL)
    learner.clock.instant += timedelta(days=365)
    assert forget(learner).learners == 0
    learner.clock.instant += timedelta(days=600)
    assert forget(learner).learners == 1


def test_one_training_that_is_still_open_keeps_everything(new_learner: NewLearner) -> None:
    learner = new_learner(BASIS, "check-only")
    learner.complete_module()
    learner.play("slot", "goed")
    assert len(learner.finish()) == 1
    learner.clock.instant += timedelta(days=60)
    assert forget(learner).learners == 0


def test_the_adviser_award_settles_the_basis_too(new_learner: NewLearner) -> None:
    learner = new_learner(BASIS, ADVISER)
    learner.play(ADVISER_TALK, *WELL)
    (award,) = learner.do_everything()
    assert award.training_id == ADVISER
    learner.clock.instant += timedelta(days=30)
    assert forget(learner).learners == 1


def test_a_renewal_that_was_begun_is_not_thrown_away(learner: Learner) -> None:
    an_award(
        learner.session,
        person=learner.person,
        obtained_on=date(2025, 4, 20),
        valid_until=date(2027, 4, 20),
    )
    learner.complete_module()
    learner.clock.instant += timedelta(days=40)
    assert forget(learner).learners == 0
    assert learner.state.progress.open_count == 3


def test_a_withdrawn_award_settles_nothing(done: Learner) -> None:
    award = done.session.scalars(select(Award)).one()
    award.withdrawn_on = done.clock.today()
    done.session.flush()
    done.clock.instant += timedelta(days=60)
    assert forget(done).learners == 0


def test_only_those_past_their_limit_are_forgotten(new_learner: NewLearner) -> None:
    finished, busy = new_learner(BASIS), new_learner(BASIS)
    finished.do_everything()
    attempt_id = busy.play(TALK, "geheim")
    finished.clock.instant += timedelta(days=45)
    assert forget(finished).learners == 1
    assert busy.run(attempt_id).log.choices == ("geheim",)
    assert count(busy.session, LearningLink) == 1


def test_ended_sessions_and_old_counters_go_and_the_others_stay(learner: Learner) -> None:
    for hours in (1, 12):
        lasts = timedelta(hours=hours)
        open_session(learner.session, person_id=learner.person_id, clock=learner.clock, lasts=lasts)
        limit = Limit("test", tries=9, window=lasts)
        count_try(learner.session, limit=limit, subject=str(hours), key="k", clock=learner.clock)
    learner.clock.instant += timedelta(hours=2)
    assert forget(learner) == replace(NOTHING, sessions=1, counters=1)
    assert count(learner.session, SignedInSession) == 1
    assert count(learner.session, Throttle) == 1


MADE_ON = date(2027, 3, 3)


class TestAnAccountThatNobodyWorksUnder:
    """It has a limit of its own: months since it was made, or last used."""

    def run(self, session: Session, clock: SetClock, library: Library, months: int = 24) -> int:
        """Return how many people the job forgets."""
        limit = LearningLimit(library)
        return apply_retention(Retention(lambda: nullcontext(session), limit, clock, months)).people

    def at(self, clock: SetClock, day: date) -> None:
        """Set the clock to noon of a day."""
        clock.instant = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)

    def test_goes_on_the_day_that_its_months_are_over(
        self, session: Session, clock: SetClock, library: Library
    ) -> None:
        an_account(session, used_on=MADE_ON)
        self.at(clock, date(2029, 3, 2))
        assert self.run(session, clock, library) == 0
        self.at(clock, date(2029, 3, 3))
        assert self.run(session, clock, library) == 1
        assert count(session, Person) == count(session, Account) == 0

    def test_goes_sooner_where_the_institution_says_so(
        self, session: Session, clock: SetClock, library: Library
    ) -> None:
        an_account(session, used_on=MADE_ON)
        self.at(clock, date(2027, 9, 3))
        assert self.run(session, clock, library, months=7) == 0
        assert self.run(session, clock, library, months=6) == 1

    def test_begins_its_months_anew_when_somebody_signs_in(
        self, session: Session, clock: SetClock, library: Library
    ) -> None:
        account = an_account(session, used_on=MADE_ON)
        self.at(clock, date(2028, 1, 1))
        sign_in(
            session,
            sign_in_name=account.sign_in_name,
            password=PASSWORD,
            network="192.0.2.0/24",
            key="k",
            clock=clock,
            lasts=timedelta(hours=1),
        )
        self.at(clock, date(2029, 12, 31))
        assert self.run(session, clock, library) == 0
        self.at(clock, date(2030, 1, 1))
        assert self.run(session, clock, library) == 1

    @pytest.mark.parametrize("is_role", [False, True])
    def test_stays_as_long_as_there_is_an_appointment_or_a_role(
        self, session: Session, clock: SetClock, library: Library, *, is_role: bool
    ) -> None:
        account = an_account(session, used_on=MADE_ON)
        if is_role:
            a_role(session, person=account.person, role=Role.AUTHOR)
        else:
            an_appointment(session, person=account.person)
        self.at(clock, date(2035, 3, 3))
        assert self.run(session, clock, library) == 0
