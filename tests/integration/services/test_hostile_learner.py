"""A learner who sends whatever they like: nothing is forged, nothing breaks, nothing is lost.

The expectations are worked out anew from a table of the paths that pass, not by the code that is
tested.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TypeVar
from uuid import UUID, uuid4

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.content.library import Library
from elearning.errors import ElearningError
from elearning.scenario.ids import ChoiceId
from elearning.scenario.play import is_over, offered, replay
from elearning.services.publish_content import publish_content
from elearning.storage.completion import Award
from elearning.storage.engine import begin_reading, one_transaction
from elearning.storage.models import Base
from tests.builders import a_person, an_obligation
from tests.databases import frozen_clock
from tests.integration.services.learner import Learner
from tests.integration.services.stored_runs import PARTS, PASSING, Expected, StoredRun, read_runs
from tests.practice_content import BASIS, OTHER_TALK, SILENT, TALK

STEPS = 25
EXAMPLES = 12
LATEST = 3
SCENARIOS = [*PASSING, "nergens", "", "\0"]
CHOICES = [
    *("ruimte", "kort", "geheim", "herstel", "verder", "wijzen", "zwijgen", "bellen"),
    *("goed", "fout", "", "\0", "'; DROP TABLE award; --", "\ud800"),
]
OPTIONS = ["past", "kan_beter", "liever_niet", "", "\0"]
PAGES = ["lezen", "vraag", "extra", "nergens", "\0"]

Answer = TypeVar("Answer")
scenario_ids = st.sampled_from(SCENARIOS)
choice_ids = st.sampled_from(CHOICES)
people = st.integers(0, 1)
picks = st.integers(0, 200)
turns = st.one_of(st.integers(-2, 5), st.sampled_from([2**31, 2**63, 10**30]))


def practise(attempt_id: UUID, talk: str, learner: Learner) -> None:
    """Choose what passes at the second turn, and ask for what is met, as no page does."""
    learner.practise(attempt_id, 2, "wijzen", talk)
    learner.finish()


class HostileLearner(RuleBasedStateMachine):
    """Two people on one database, who know each other's addresses."""

    def __init__(self, engine: Engine, library: Library) -> None:
        """Begin with an empty database, in which both must hold the basis."""
        super().__init__()
        self.engine, self.library = engine, library
        with one_transaction(engine) as session:
            for table in reversed(Base.metadata.sorted_tables):
                session.execute(table.delete())
            publish_content(session, library=library, clock=frozen_clock())
            persons = [a_person(session) for _ in range(2)]
            for person in persons:
                an_obligation(session, person=person, training_id=BASIS)
            self.people = [person.id for person in persons]
        self.expected = {person_id: Expected() for person_id in self.people}
        self.known: list[tuple[UUID, str]] = [(uuid4(), TALK)]
        self.log: dict[UUID, tuple[str, ...]] = {}
        self.seen: dict[UUID, StoredRun] | None = None

    def act(self, who: int, deed: Callable[[Learner], Answer]) -> Answer | None:
        """Do something as one request: all of it or, when it is refused, nothing."""
        self.seen = None
        try:
            with one_transaction(self.engine) as session:
                return deed(Learner(session, self.library, frozen_clock(), self.people[who]))
        except ElearningError:
            return None

    def attempt(self, pick: int) -> tuple[UUID, str]:
        """Return some address that anybody has seen, or a made-up one."""
        return self.known[pick % len(self.known)]

    def latest(self, scenario_id: str) -> list[UUID]:
        """Return the last few runs of a scenario, whosever they are."""
        return [known for known, played in self.known if played == scenario_id][-LATEST:]

    @initialize(who=people, parts=st.sets(st.sampled_from(PARTS)), way=picks, taste=picks)
    def has_done_part_of_it(
        self, who: int, parts: set[tuple[str, ...]], way: int, taste: int
    ) -> None:
        self.read(who, "lezen")
        self.answer(who, "past", "vraag")
        for part in parts:
            self.play_well(who, part, way, taste)

    @rule(who=people, scenario_id=scenario_ids)
    def start(self, who: int, scenario_id: str) -> None:
        attempt_id = self.act(who, lambda learner: learner.start(scenario_id))
        if attempt_id is not None and (attempt_id, scenario_id) not in self.known:
            self.known.append((attempt_id, scenario_id))

    @rule(who=people, scenario_id=scenario_ids, turn=turns, choice=choice_ids)
    def start_with_anything(self, who: int, scenario_id: str, turn: int, choice: str) -> None:
        self.start(who, scenario_id)
        self.post(who, self.known[-1][0], turn, choice, scenario_id)

    @rule(who=people, talk=st.sampled_from([TALK, OTHER_TALK]))
    def practise_what_passes(self, who: int, talk: str) -> None:
        self.start(who, talk)
        for attempt_id in self.latest(talk):
            for turn, choice in enumerate(SILENT, start=1):
                self.post(who, attempt_id, turn, choice, talk)
            self.act(who, partial(practise, attempt_id, talk))

    @rule(who=people, pick=picks, turn=turns, choice=choice_ids)
    def choose_anything(self, who: int, pick: int, turn: int, choice: str) -> None:
        attempt_id, scenario_id = self.attempt(pick)
        self.post(who, attempt_id, turn, choice, scenario_id)

    @rule(who=people, pick=picks, turn=turns, choice=choice_ids, scenario_id=scenario_ids)
    def choose_under_another_scenario(
        self, who: int, pick: int, turn: int, choice: str, scenario_id: str
    ) -> None:
        self.post(who, self.attempt(pick)[0], turn, choice, scenario_id)

    @rule(who=people, pick=picks, taste=picks, times=st.integers(1, 2))
    def choose_what_is_offered(self, who: int, pick: int, taste: int, times: int) -> None:
        attempt_id, scenario_id = self.attempt(pick)
        run = self.act(who, lambda learner: learner.run(attempt_id, scenario_id))
        if run is None or run.is_over:
            return
        choices = offered(run.playable.scenario, run.position)
        choice = choices[taste % len(choices)].id
        for _ in range(times):
            self.post(who, attempt_id, run.log.next_turn, choice, scenario_id)

    @rule(who=people, part=st.sampled_from(PARTS), way=picks, taste=picks)
    def play_well(self, who: int, part: tuple[str, ...], way: int, taste: int) -> None:
        scenario_id = part[way % len(part)]
        paths = list(PASSING[scenario_id])
        self.start(who, scenario_id)
        for attempt_id in self.latest(scenario_id):
            for turn, choice in enumerate(paths[taste % len(paths)], start=1):
                self.post(who, attempt_id, turn, choice, scenario_id)

    @rule(who=people, pick=picks, turn=turns, choice=choice_ids)
    def practise(self, who: int, pick: int, turn: int, choice: str) -> None:
        attempt_id, scenario_id = self.attempt(pick)
        run = self.act(who, lambda learner: learner.practise(attempt_id, turn, choice, scenario_id))
        if run is not None and (run.log.id, scenario_id) not in self.known:
            self.known.append((run.log.id, scenario_id))

    @rule(who=people, page_id=st.sampled_from(PAGES))
    def read(self, who: int, page_id: str) -> None:
        def deed(learner: Learner) -> None:
            learner.read(page_id)
            learner.finish()

        self.act(who, deed)
        if page_id == "lezen":
            self.expected[self.people[who]].done_pages.add(page_id)

    @rule(who=people, option=st.sampled_from(OPTIONS), page_id=st.sampled_from(PAGES))
    def answer(self, who: int, option: str, page_id: str) -> None:
        def deed(learner: Learner) -> None:
            learner.answer(option, page_id)
            learner.finish()

        self.act(who, deed)
        if (option, page_id) == ("past", "vraag"):
            self.expected[self.people[who]].done_pages.add(page_id)

    def post(self, who: int, attempt_id: UUID, turn: int, choice: str, scenario_id: str) -> None:
        """Send a choice as the form does; an ending asks for what is met, as the view does."""

        def deed(learner: Learner) -> None:
            run = learner.choose(attempt_id, turn, choice, scenario_id)
            if run.is_over and not run.log.is_practice:
                learner.finish()

        self.act(who, deed)

    @invariant()
    def every_log_is_gapless_and_can_be_played(self) -> None:
        for run in self.runs.values():
            assert run.turns == tuple(range(1, len(run.turns) + 1))
            scenario = self.library.scenario(run.scenario_id).scenario
            position = replay(scenario, [ChoiceId(choice) for choice in run.choices])
            assert run.is_ended == is_over(scenario, position)

    @invariant()
    def nothing_that_was_chosen_ever_changes(self) -> None:
        runs = self.runs
        for attempt_id, choices in self.log.items():
            assert runs[attempt_id].choices[: len(choices)] == choices
        self.log = {attempt_id: run.choices for attempt_id, run in runs.items()}

    @invariant()
    def practice_follows_the_run_it_left(self) -> None:
        runs = self.runs
        for run in runs.values():
            if run.forked_from is not None and run.forked_at_turn is not None:
                before = run.forked_at_turn - 1
                assert runs[run.forked_from].owner == run.owner
                assert runs[run.forked_from].choices[:before] == run.choices[:before]

    @invariant()
    def one_run_of_a_scenario_is_open_at_a_time(self) -> None:
        open_runs = [
            (run.owner, run.scenario_id)
            for run in self.runs.values()
            if not run.is_ended and run.forked_from is None
        ]
        assert len(open_runs) == len(set(open_runs))

    @invariant()
    def an_award_exists_exactly_when_everything_was_done(self) -> None:
        with Session(self.engine) as session:
            begin_reading(session)
            holders = list(session.scalars(select(Award.person_id)))
        met = {
            person_id
            for person_id, expected in self.expected.items()
            if expected.is_met([r for r in self.runs.values() if r.owner == person_id])
        }
        assert sorted(holders, key=str) == sorted(met, key=str)

    @property
    def runs(self) -> dict[UUID, StoredRun]:
        """Return every run as stored, read once after each request."""
        if self.seen is None:
            with Session(self.engine) as session:
                begin_reading(session)
                self.seen = read_runs(session)
        return self.seen


@pytest.mark.either_database
def test_whatever_is_sent_nothing_is_forged_and_nothing_breaks(
    engine: Engine, library: Library
) -> None:
    class Here(HostileLearner):
        def __init__(self) -> None:
            super().__init__(engine, library)

    run_state_machine_as_test(
        Here,
        settings=settings(
            max_examples=EXAMPLES,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
