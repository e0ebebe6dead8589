"""New content: what it asks of who holds an earlier award, by which the award is the evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.errors import NothingToChange
from elearning.learning.award_change import Effect
from elearning.learning.training import ModulePart
from elearning.learning.validity import Asks
from elearning.services.forget_learning import forget_learning_state
from elearning.services.issue_certificate import code_of
from elearning.services.learning_key import ensure_learning_key
from elearning.services.learning_limit import LearningLimit
from elearning.services.verify_certificate import Standing, verify_code
from elearning.storage.completion import Award, AwardKind
from tests.integration.services.changes import DAY, Office, an_office, with_major, with_policy
from tests.integration.services.conftest import NewLearner
from tests.integration.services.learner import SECRET, Learner
from tests.practice_content import BASIS, BOOSTER_MODULE

OBTAINED_ON, OWN_END = date(2026, 9, 1), date(2028, 9, 1)
LIMIT = DAY + timedelta(days=90)


def awards(learner: Learner) -> list[Award]:
    """Return the learner's awards, the newest first."""
    rows = select(Award).where(Award.person_id == learner.person_id)
    return [*learner.session.scalars(rows.order_by(Award.sequence.desc()))]


def holder(
    new_learner: NewLearner, office: Office, *, kind: AwardKind = AwardKind.COMPLETED
) -> Learner:
    """Return somebody who holds an award of the first version, and no learning state."""
    learner = replace(new_learner(BASIS), library=office.library)
    office.holder(OBTAINED_ON, OWN_END, person=learner.person, kind=kind)
    return learner


@pytest.fixture
def office(session: Session, library: Library, clock: SetClock) -> Office:
    """Return an office with new content of today, of which one module is asked within 90 days."""
    return an_office(session, with_major(library, Asks.DELTA), clock)


def office_with(
    asks: Asks, session: Session, library: Library, clock: SetClock, *, from_on: date = DAY
) -> Office:
    return an_office(session, with_major(library, asks, from_on=from_on), clock)


class TestADelta:
    """One module is asked of who holds a valid award of the older major version."""

    def test_asks_that_module_alone(self, new_learner: NewLearner, office: Office) -> None:
        state = holder(new_learner, office).state
        (part,) = state.training.parts
        assert isinstance(part, ModulePart)
        assert part.module_id == BOOSTER_MODULE
        assert (state.may_obtain, state.progress.open_count) == (True, 1)

    def test_gives_the_next_award_of_the_new_version_with_the_end_there_was(
        self, new_learner: NewLearner, office: Office
    ) -> None:
        learner = holder(new_learner, office)
        office.change(Effect.LIMIT)
        learner.complete_module(BOOSTER_MODULE)
        (new,) = learner.finish()
        assert (new.sequence, new.content_version) == (3, "1" * 64)
        assert (new.obtained_on, new.valid_until) == (DAY, OWN_END)
        assert new.supersedes_id == awards(learner)[1].id
        assert (learner.state.may_obtain, learner.finish()) == (False, ())

    def test_leaves_the_award_valid_until_the_limit_and_no_longer(
        self, new_learner: NewLearner, office: Office
    ) -> None:
        learner = holder(new_learner, office)
        office.change(Effect.LIMIT)
        assert [each.valid_until for each in awards(learner)] == [LIMIT, OWN_END]
        code = str(code_of(awards(learner)[0].id, SECRET))
        for days, standing in ((89, Standing.VALID), (1, Standing.EXPIRED)):
            office.clock.instant += timedelta(days=days)
            found = verify_code(office.session, text=code, secret_key=SECRET, clock=office.clock)
            assert found.standing is standing

    def test_asks_the_whole_training_after_the_limit(
        self, new_learner: NewLearner, office: Office
    ) -> None:
        learner = holder(new_learner, office)
        office.change(Effect.LIMIT)
        office.clock.instant += timedelta(days=90)
        assert (learner.state.update, learner.state.progress.open_count) == (None, 4)
        (new,) = learner.do_everything()
        assert new.valid_until == LIMIT.replace(year=LIMIT.year + 2)

    def test_needs_nothing_of_what_was_learned_before(
        self, new_learner: NewLearner, office: Office
    ) -> None:
        learner = holder(new_learner, office)
        key = ensure_learning_key(learner.session, person_id=learner.person_id)
        forget_learning_state(learner.session, learning_key=key)
        learner.complete_module(BOOSTER_MODULE)
        assert len(learner.finish()) == 1

    def test_counts_only_what_was_done_since_it_was_there(
        self, new_learner: NewLearner, office: Office
    ) -> None:
        learner = holder(new_learner, office)
        today = office.clock.instant
        office.clock.instant = today - timedelta(days=30)
        learner.complete_module(BOOSTER_MODULE)
        office.clock.instant = today
        assert learner.finish() == ()
        learner.complete_module(BOOSTER_MODULE)
        assert len(learner.finish()) == 1

    def test_can_be_done_before_anybody_set_a_limit(
        self, new_learner: NewLearner, office: Office
    ) -> None:
        learner = holder(new_learner, office)
        learner.complete_module(BOOSTER_MODULE)
        (new,) = learner.finish()
        assert (new.sequence, new.valid_until) == (2, OWN_END)

    def test_is_not_asked_of_who_may_renew_everything(
        self, new_learner: NewLearner, office: Office
    ) -> None:
        learner = replace(new_learner(BASIS), library=office.library)
        office.holder(date(2025, 4, 20), date(2027, 4, 20), person=learner.person)
        assert (learner.state.update, learner.state.progress.open_count) == (None, 4)
        (new,) = learner.do_everything()
        assert new.valid_until == date(2029, 4, 20)

    def test_keeps_what_was_begun_of_it(self, new_learner: NewLearner, office: Office) -> None:
        learner = holder(new_learner, office)
        learner.read("lezen", BOOSTER_MODULE)
        limit = LearningLimit(office.library)
        later = DAY + timedelta(days=45)
        assert limit.past(office.session, today=later) == ()
        learner.complete_module(BOOSTER_MODULE)
        learner.finish()
        assert len(limit.past(office.session, today=later)) == 1

    @pytest.mark.parametrize("kind", [AwardKind.EQUIVALENT, AwardKind.IMPORTED])
    def test_is_enough_whatever_kind_the_award_is_of(
        self, new_learner: NewLearner, office: Office, kind: AwardKind
    ) -> None:
        learner = holder(new_learner, office, kind=kind)
        learner.complete_module(BOOSTER_MODULE)
        (new,) = learner.finish()
        assert new.kind is AwardKind.COMPLETED

    def test_leaves_room_for_a_later_policy_by_the_first_anchor(
        self, new_learner: NewLearner, office: Office
    ) -> None:
        learner = holder(new_learner, office)
        office.change(Effect.LIMIT)
        learner.complete_module(BOOSTER_MODULE)
        learner.finish()
        office.clock.instant += timedelta(days=1)
        longer = with_policy(office.library, 36, from_on=DAY + timedelta(days=1))
        replace(office, library=longer).change(Effect.EXTEND)
        assert awards(learner)[0].valid_until == date(2029, 9, 1)

    def test_three_routes_give_identical_rows(
        self, new_learner: NewLearner, office: Office
    ) -> None:
        learners = [holder(new_learner, office) for _ in range(3)]
        office.change(Effect.LIMIT)
        for learner in learners[:2]:
            learner.complete_module(BOOSTER_MODULE)
            learner.finish()
        learners[2].use(learners[2].a_code())
        first, second, third = ([said(each) for each in awards(learner)] for learner in learners)
        assert first == second == third


def said(award: Award) -> tuple[object, ...]:
    """Return everything that an award says but whose it is."""
    return (
        award.sequence,
        award.content_version,
        award.obtained_on,
        award.valid_from,
        award.valid_until,
        award.kind,
        award.withdrawn_on,
        award.recorded_at,
    )


class TestEverythingAnew:
    """The whole training is asked of who holds a valid award of the older major version."""

    def test_asks_everything_and_counts_from_its_own_day(
        self, new_learner: NewLearner, session: Session, library: Library, clock: SetClock
    ) -> None:
        office = office_with(Asks.FULL, session, library, clock)
        learner = holder(new_learner, office)
        office.change(Effect.LIMIT)
        assert (learner.state.may_obtain, learner.state.progress.open_count) == (True, 4)
        (new,) = learner.do_everything()
        assert (new.sequence, new.valid_until) == (3, date(2029, 3, 3))


class TestNothing:
    """A major version that asks nothing, and a change that is none, touch nobody."""

    def test_a_version_that_asks_nothing_changes_nothing(
        self, new_learner: NewLearner, session: Session, library: Library, clock: SetClock
    ) -> None:
        office = office_with(Asks.NONE, session, library, clock)
        learner = holder(new_learner, office)
        assert (learner.state.update, learner.state.may_obtain) == (None, False)
        with pytest.raises(NothingToChange):
            office.ask(Effect.LIMIT)

    def test_a_minor_change_touches_nobody(
        self, new_learner: NewLearner, session: Session, library: Library, clock: SetClock
    ) -> None:
        training = replace(library.trainings[BASIS], version="2" * 64)
        changed = replace(library, trainings={**library.trainings, BASIS: training})
        learner = holder(new_learner, an_office(session, changed, clock))
        assert (learner.state.update, learner.state.may_obtain) == (None, False)

    def test_content_that_comes_later_asks_nothing_yet(
        self, new_learner: NewLearner, session: Session, library: Library, clock: SetClock
    ) -> None:
        office = office_with(Asks.DELTA, session, library, clock, from_on=DAY + timedelta(days=1))
        learner = holder(new_learner, office)
        assert learner.state.may_obtain is False
        with pytest.raises(NothingToChange):
            office.ask(Effect.LIMIT)

    def test_an_award_of_the_new_version_is_asked_nothing(
        self, new_learner: NewLearner, office: Office
    ) -> None:
        learner = replace(new_learner(BASIS), library=office.library)
        learner.do_everything()
        assert learner.state.update is None
        assert office.preview(Effect.LIMIT).kept == 1
