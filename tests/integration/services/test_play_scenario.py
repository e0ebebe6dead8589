"""Playing: the first choice counts, nothing is taken twice, and practice changes nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.errors import (
    AttemptEnded,
    ChoiceNotOffered,
    ElearningError,
    InvalidInput,
    NotFound,
    TurnAlreadyPlayed,
)
from elearning.scenario.play import display_order
from elearning.services.attempts import all_attempts
from elearning.services.publish_content import publish_content
from elearning.storage.learning_state import Attempt, AttemptStep
from tests.integration.services.conftest import NewLearner
from tests.integration.services.learner import Learner
from tests.practice_content import (
    OTHER_TALK,
    QUIZ,
    REPAIRED,
    SILENT,
    TALK,
    UNREPAIRED,
    WELL,
    practice_library,
)

TURNS_NEVER_REACHED = (-1, 0, 3, 999, 2**31, 10**30)


def steps_of(session: Session, attempt_id: UUID) -> list[tuple[int, str]]:
    """Return what is stored of a run."""
    rows = session.execute(
        select(AttemptStep.turn, AttemptStep.choice_id)
        .where(AttemptStep.attempt_id == attempt_id)
        .order_by(AttemptStep.turn)
    )
    return [(row.turn, row.choice_id) for row in rows]


def test_a_run_keeps_its_choices_in_order_and_ends_where_they_lead(learner: Learner) -> None:
    attempt_id = learner.play(TALK, *REPAIRED)
    assert steps_of(learner.session, attempt_id) == list(enumerate(REPAIRED, start=1))
    run = learner.run(attempt_id)
    assert run.is_over
    assert run.log.ended_on == learner.clock.today()
    assert run.position.node_id == "einde"


def test_the_same_choice_at_the_same_turn_is_one_step(learner: Learner) -> None:
    attempt_id = learner.start()
    first = learner.choose(attempt_id, 1, "ruimte")
    second = learner.choose(attempt_id, 1, "ruimte")
    assert steps_of(learner.session, attempt_id) == [(1, "ruimte")]
    assert (first.log, first.position) == (second.log, second.position)


def test_repeating_an_earlier_choice_answers_where_the_run_stands_now(learner: Learner) -> None:
    attempt_id = learner.play(TALK, "geheim", "herstel")
    again = learner.choose(attempt_id, 1, "geheim")
    assert again.log.next_turn == 3


def test_the_first_choice_counts(learner: Learner) -> None:
    attempt_id = learner.play(TALK, "geheim")
    with pytest.raises(TurnAlreadyPlayed):
        learner.choose(attempt_id, 1, "ruimte")
    assert steps_of(learner.session, attempt_id) == [(1, "geheim")]


@pytest.mark.parametrize("choice", ["herstel", "wijzen", "", "ruimte ", "RUIMTE", "\0", "é" * 5000])
def test_only_what_is_offered_at_this_turn_can_be_chosen(learner: Learner, choice: str) -> None:
    attempt_id = learner.start()
    with pytest.raises(ChoiceNotOffered):
        learner.choose(attempt_id, 1, choice)
    assert steps_of(learner.session, attempt_id) == []


@pytest.mark.parametrize("turn", TURNS_NEVER_REACHED)
@pytest.mark.parametrize("played", [(), ("ruimte",)])
def test_a_turn_that_was_never_reached_takes_nothing(
    learner: Learner, played: tuple[str, ...], turn: int
) -> None:
    attempt_id = learner.play(TALK, *played)
    with pytest.raises(InvalidInput):
        learner.choose(attempt_id, turn, "ruimte")
    with pytest.raises(InvalidInput):
        learner.practise(attempt_id, turn, "ruimte")
    assert steps_of(learner.session, attempt_id) == list(enumerate(played, start=1))


def test_an_ended_run_takes_no_more_steps(learner: Learner) -> None:
    attempt_id = learner.play(TALK, *WELL)
    with pytest.raises(AttemptEnded):
        learner.choose(attempt_id, 3, "ruimte")
    assert learner.choose(attempt_id, 2, "wijzen").is_over
    assert steps_of(learner.session, attempt_id) == list(enumerate(WELL, start=1))


ACTS: tuple[Callable[[Learner, UUID], object], ...] = (
    lambda learner, attempt_id: learner.run(attempt_id),
    lambda learner, attempt_id: learner.choose(attempt_id, 2, "wijzen"),
    lambda learner, attempt_id: learner.choose(attempt_id, 1, "ruimte"),
    lambda learner, attempt_id: learner.practise(attempt_id, 1, "kort"),
)


@pytest.mark.parametrize("act", ACTS, ids=["look", "choose", "repeat", "practise"])
def test_a_run_of_somebody_else_is_not_there(
    new_learner: NewLearner, act: Callable[[Learner, UUID], object]
) -> None:
    theirs = new_learner().play(TALK, "ruimte")
    stranger = new_learner()
    stranger.start()
    with pytest.raises(NotFound, match="no such attempt"):
        act(stranger, theirs)
    with pytest.raises(NotFound, match="no such attempt"):
        act(stranger, uuid4())


def test_a_run_is_not_there_under_another_scenario(learner: Learner) -> None:
    attempt_id = learner.start(TALK)
    with pytest.raises(NotFound):
        learner.run(attempt_id, OTHER_TALK)


@pytest.mark.parametrize("scenario_id", ["", "nergens", "../gesprek", "gesprek\0", "\ud800"])
def test_an_unknown_scenario_is_not_there(learner: Learner, scenario_id: str) -> None:
    with pytest.raises(NotFound):
        learner.start(scenario_id)
    with pytest.raises(NotFound):
        learner.run(learner.start(), scenario_id)


def test_starting_twice_gives_the_same_open_run(learner: Learner) -> None:
    attempt_id = learner.play(TALK, "ruimte")
    assert learner.start(TALK) == attempt_id
    assert learner.run(attempt_id).log.next_turn == 2


def test_after_an_ending_one_can_start_again_and_the_first_run_stays(learner: Learner) -> None:
    first = learner.play(TALK, *SILENT)
    second = learner.play(TALK, *WELL)
    assert second != first
    assert steps_of(learner.session, first) == list(enumerate(SILENT, start=1))


def test_two_scenarios_can_be_open_at_once(learner: Learner) -> None:
    talk, quiz = learner.start(TALK), learner.start(QUIZ)
    assert learner.start(TALK) == talk
    assert learner.start(QUIZ) == quiz


def test_practice_copies_the_path_and_leaves_the_first_run_alone(learner: Learner) -> None:
    first = learner.play(TALK, *UNREPAIRED)
    practice = learner.practise(first, 2, "herstel")
    assert practice.log.is_practice
    assert practice.log.forked_from == first
    assert practice.log.forked_at_turn == 2
    assert steps_of(learner.session, practice.log.id) == [(1, "geheim"), (2, "herstel")]
    assert steps_of(learner.session, first) == list(enumerate(UNREPAIRED, start=1))
    assert learner.choose(practice.log.id, 3, "wijzen").is_over


def test_practice_can_begin_while_the_first_run_goes_on(learner: Learner) -> None:
    first = learner.play(TALK, "geheim")
    practice = learner.practise(first, 1, "ruimte")
    assert learner.start(TALK) == first
    assert learner.choose(first, 2, "herstel").log.next_turn == 3
    assert learner.run(practice.log.id).log.next_turn == 2


def test_pressing_practise_twice_gives_one_practice(learner: Learner) -> None:
    first = learner.play(TALK, *UNREPAIRED)
    once, twice = (learner.practise(first, 2, "herstel").log for _ in range(2))
    assert once.id == twice.id
    assert len(all_attempts(learner.session, person_id=learner.person_id)) == 2


def test_another_practice_from_the_same_turn_is_a_run_of_its_own(learner: Learner) -> None:
    first = learner.play(TALK, *UNREPAIRED)
    one = learner.practise(first, 2, "herstel").log.id
    learner.choose(one, 3, "wijzen")
    other = learner.practise(first, 2, "herstel").log.id
    assert other != one
    assert steps_of(learner.session, other) == [(1, "geheim"), (2, "herstel")]


def test_practice_with_what_was_not_offered_starts_nothing(learner: Learner) -> None:
    first = learner.play(TALK, *WELL)
    with pytest.raises(ChoiceNotOffered):
        learner.practise(first, 2, "herstel")
    assert len(all_attempts(learner.session, person_id=learner.person_id)) == 1


def test_practice_keeps_the_order_of_the_options_and_a_new_run_need_not(learner: Learner) -> None:
    first = learner.play(TALK, *WELL)
    seed = learner.run(first).log.seed
    assert learner.run(first).log.seed == seed
    assert learner.practise(first, 1, "kort").log.seed == seed
    seeds = {seed, *(learner.run(learner.play(TALK, *WELL)).log.seed for _ in range(5))}
    assert len(seeds) == 6


def test_the_order_of_the_options_differs_between_runs(learner: Learner) -> None:
    scenario = learner.library.scenario(TALK).scenario
    node = scenario.nodes[scenario.start]
    orders = {
        tuple(each.id for each in display_order(node.choices, seed, node.id))
        for seed in (learner.run(learner.play(TALK, *WELL)).log.seed for _ in range(20))
    }
    assert len(orders) > 1


def test_most_choices_of_a_day_leave_the_run_itself_alone(learner: Learner) -> None:
    attempt_id = learner.play(TALK, "geheim")
    learner.clock.instant += timedelta(days=1)
    learner.choose(attempt_id, 2, "herstel")
    row = learner.session.get_one(Attempt, attempt_id, populate_existing=True)
    assert row.last_played_on == learner.clock.today()
    assert row.ended_on is None


@pytest.fixture
def changed(tmp_path: Path) -> Library:
    """Return the content after an author renamed an option and rewrote a line."""
    changes = {
        "- id: ruimte": "- id: alle_ruimte",
        '"Wat moet ik nu doen?"': '"En nu?"',
        '"What shall I do now?"': '"And now?"',
    }
    return practice_library(tmp_path / "content", changes=changes)


def test_an_open_run_keeps_its_version_when_the_content_changes(
    learner: Learner, changed: Library, clock: SetClock
) -> None:
    attempt_id = learner.play(TALK, "ruimte")
    before = learner.run(attempt_id)
    publish_content(learner.session, library=changed, clock=clock)
    later = replace_library(learner, changed)
    assert later.start(TALK) == attempt_id
    run = later.run(attempt_id)
    assert run.playable.scenario.version == before.playable.scenario.version
    assert run.playable.rendered == before.playable.rendered
    assert later.choose(attempt_id, 2, "wijzen").is_over


def test_a_new_run_plays_the_version_that_is_served(
    learner: Learner, changed: Library, clock: SetClock
) -> None:
    learner.play(TALK, *WELL)
    publish_content(learner.session, library=changed, clock=clock)
    later = replace_library(learner, changed)
    attempt_id = later.start(TALK)
    with pytest.raises(ChoiceNotOffered):
        later.choose(attempt_id, 1, "ruimte")
    run = later.choose(attempt_id, 1, "alle_ruimte")
    assert run.playable.scenario.version == changed.scenario(TALK).scenario.version


def test_an_old_version_is_read_from_the_database_once(
    learner: Learner, changed: Library, clock: SetClock
) -> None:
    attempt_id = learner.play(TALK, "ruimte")
    publish_content(learner.session, library=changed, clock=clock)
    later = replace_library(learner, changed)
    assert later.run(attempt_id).playable is later.run(attempt_id).playable


def test_publishing_again_keeps_each_version_once(learner: Learner, changed: Library) -> None:
    served = len(learner.library.scenarios)
    assert publish_content(learner.session, library=learner.library, clock=learner.clock) == 0
    assert publish_content(learner.session, library=changed, clock=learner.clock) == 1
    assert publish_content(learner.session, library=changed, clock=learner.clock) == 0
    assert served == len(changed.scenarios)


def test_every_refusal_is_an_expected_error(learner: Learner) -> None:
    attempt_id = learner.play(TALK, *WELL)
    for turn in (-5, 0, 1, 2, 3, 4):
        for choice in ("ruimte", "kort", "wijzen", "", "\0"):
            try:
                learner.choose(attempt_id, turn, choice)
            except ElearningError:
                continue
            assert (turn, choice) in {(1, "ruimte"), (2, "wijzen")}


def replace_library(learner: Learner, library: Library) -> Learner:
    """Return the same learner after the content was replaced."""
    return replace(learner, library=library)
