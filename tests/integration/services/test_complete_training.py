"""The award: once, at the moment all parts are met, and the same whichever way was taken."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.learning.training import PartStatus
from elearning.services.issue_certificate import code_of
from elearning.storage.completion import Award, Certificate, Obligation
from elearning.storage.engine import begin_reading
from elearning.storage.people import Person
from tests.builders import an_obligation
from tests.integration.services.conftest import NewLearner
from tests.integration.services.learner import SECRET, Learner
from tests.practice_content import (
    ADVISER,
    ADVISER_TALK,
    BASIS,
    CHECK_ONLY,
    OTHER_TALK,
    QUIZ,
    QUIZ_BADLY,
    QUIZ_WELL,
    READ_BADLY,
    READ_WELL,
    REPAIRED,
    SILENT,
    TALK,
    UNREPAIRED,
    WELL,
    WITH_A_SLIP,
    reading_of,
)


def test_the_award_comes_with_the_last_part_and_not_before(learner: Learner) -> None:
    assert learner.finish() == ()
    learner.complete_module()
    learner.play(TALK, *WELL)
    assert learner.finish() == ()
    learner.play(QUIZ, *QUIZ_WELL)
    assert learner.finish() == ()
    learner.play(OTHER_TALK, *WELL)
    (award,) = learner.finish()
    assert (award.training_id, award.sequence) == (BASIS, 1)
    assert award.obtained_on == award.valid_from == learner.clock.today()
    assert award.valid_until == date(2029, 3, 3)


def test_asking_again_gives_nothing_more(learner: Learner) -> None:
    learner.do_everything()
    assert learner.finish() == ()
    learner.play(TALK, *WELL)
    assert learner.finish() == ()
    assert len(learner.session.scalars(select(Award)).all()) == 1


def test_the_award_and_its_certificate_come_in_one_transaction(
    learner: Learner, engine: Engine
) -> None:
    learner.session.commit()
    award_id = learner.do_everything()[0].id
    with Session(engine) as other:
        begin_reading(other)
        assert other.scalars(select(Award)).all() == []
    learner.session.commit()
    with Session(engine) as other:
        certificate = other.scalars(select(Certificate)).one()
        assert certificate.award_id == award_id
        assert certificate.printed_name == "Noor de Wit"


def test_rolling_back_the_last_choice_takes_the_award_with_it(learner: Learner) -> None:
    learner.session.commit()
    learner.do_everything()
    learner.session.rollback()
    assert learner.session.scalars(select(Award)).all() == []
    assert learner.state.progress.open_count == 4


@pytest.mark.parametrize("choices", [SILENT, UNREPAIRED, ("ruimte", "bellen")])
def test_a_conversation_that_harms_or_leads_nowhere_does_not_count(
    learner: Learner, choices: tuple[str, ...]
) -> None:
    learner.complete_module()
    learner.play(TALK, *choices)
    learner.play(OTHER_TALK, *WELL)
    learner.play(QUIZ, *QUIZ_WELL)
    assert learner.finish() == ()
    assert learner.state.progress.statuses[TALK] is PartStatus.IN_PROGRESS


def test_starting_again_is_always_allowed_and_the_best_run_counts(learner: Learner) -> None:
    learner.complete_module()
    learner.play(OTHER_TALK, *WELL)
    learner.play(QUIZ, *QUIZ_BADLY)
    learner.play(QUIZ, *QUIZ_WELL)
    learner.play(QUIZ, *QUIZ_BADLY)
    learner.play(TALK, *WELL)
    learner.play(TALK, *UNREPAIRED)
    assert len(learner.finish()) == 1


def test_a_run_that_goes_on_does_not_count_however_well_it_goes(learner: Learner) -> None:
    learner.complete_module()
    learner.play(TALK, "ruimte")
    learner.play(OTHER_TALK, *WELL)
    learner.play(QUIZ, *QUIZ_WELL)
    assert learner.finish() == ()


def test_practice_never_counts(learner: Learner) -> None:
    learner.complete_module()
    learner.play(OTHER_TALK, *WELL)
    learner.play(QUIZ, *QUIZ_WELL)
    first = learner.play(TALK, *SILENT)
    practice = learner.practise(first, 2, "wijzen")
    assert practice.is_over
    again = learner.practise(practice.log.id, 1, "kort").log
    assert learner.choose(again.id, 2, "wijzen").is_over
    assert learner.finish() == ()


def test_a_reading_and_a_conversation_can_be_mixed(learner: Learner) -> None:
    learner.complete_module()
    learner.play(reading_of(TALK), *READ_BADLY)
    learner.play(TALK, *WELL)
    learner.play(reading_of(OTHER_TALK), *READ_WELL)
    learner.play(QUIZ, *QUIZ_WELL)
    assert len(learner.finish()) == 1


def test_one_repair_may_be_needed_over_all_conversations_and_two_are_too_many(
    learner: Learner,
) -> None:
    learner.complete_module()
    learner.play(TALK, *REPAIRED)
    learner.play(OTHER_TALK, *REPAIRED)
    learner.play(QUIZ, *QUIZ_WELL)
    assert learner.finish() == ()
    assert learner.state.progress.needs_better_runs
    assert learner.state.progress.open_count == 0
    learner.play(TALK, *WELL)
    assert len(learner.finish()) == 1


def test_slips_add_up_over_all_conversations_and_a_better_run_takes_one_away(
    learner: Learner,
) -> None:
    learner.complete_module()
    learner.play(TALK, *WITH_A_SLIP)
    learner.play(OTHER_TALK, *WITH_A_SLIP)
    learner.play(QUIZ, *QUIZ_WELL)
    assert learner.finish() == ()
    assert learner.state.progress.needs_better_runs
    learner.play(reading_of(OTHER_TALK), *READ_WELL)
    assert len(learner.finish()) == 1
    assert not learner.state.progress.needs_better_runs


def test_one_ending_can_complete_two_trainings(new_learner: NewLearner) -> None:
    learner = new_learner(BASIS, CHECK_ONLY)
    given = learner.do_everything()
    assert {award.training_id for award in given} == {BASIS, CHECK_ONLY}
    codes = {str(code_of(award.id, SECRET)) for award in given}
    assert len(codes) == 2
    endless = next(award for award in given if award.training_id == CHECK_ONLY)
    assert endless.valid_until is None


def test_without_an_obligation_nothing_is_given(new_learner: NewLearner) -> None:
    learner = new_learner()
    assert learner.do_everything() == ()
    assert learner.states == ()


def test_an_obligation_that_was_closed_gives_nothing(learner: Learner) -> None:
    obligation = learner.session.scalars(select(Obligation)).one()
    obligation.retracted_at = learner.clock.now()
    an_obligation(
        learner.session,
        person=learner.session.get_one(Person, obligation.person_id),
        training_id=obligation.training_id,
        closed_on=learner.clock.today(),
    )
    assert learner.do_everything() == ()


def test_an_obligation_for_a_training_that_is_not_served_is_passed_over(
    new_learner: NewLearner,
) -> None:
    learner = new_learner("no-longer-served", BASIS)
    assert [state.training.id for state in learner.states] == [BASIS]
    assert len(learner.do_everything()) == 1


def test_an_obligation_that_comes_later_counts_what_was_done_before(
    new_learner: NewLearner,
) -> None:
    learner = new_learner()
    learner.do_everything()
    an_obligation(learner.session, person=learner.person, training_id=BASIS)
    assert len(learner.finish()) == 1


def test_the_adviser_training_stands_for_the_basis(new_learner: NewLearner) -> None:
    learner = new_learner(BASIS, ADVISER)
    assert [state.training.id for state in learner.states] == [ADVISER]
    assert learner.do_everything() == ()
    learner.play(ADVISER_TALK, *WELL)
    (award,) = learner.finish()
    assert award.training_id == ADVISER


def test_the_limits_of_the_adviser_count_all_three_conversations(new_learner: NewLearner) -> None:
    learner = new_learner(ADVISER)
    learner.complete_module()
    learner.play(TALK, *REPAIRED)
    learner.play(OTHER_TALK, *WELL)
    learner.play(ADVISER_TALK, *REPAIRED)
    learner.play(QUIZ, *QUIZ_WELL)
    assert learner.finish() == ()
    assert learner.state.progress.needs_better_runs


def test_the_earliest_due_training_comes_first(new_learner: NewLearner) -> None:
    learner = new_learner()
    for training_id, due in ((CHECK_ONLY, date(2027, 9, 1)), (BASIS, date(2027, 6, 1))):
        an_obligation(learner.session, person=learner.person, training_id=training_id, due_on=due)
    assert [state.training.id for state in learner.states] == [BASIS, CHECK_ONLY]
