"""A learner for tests: does what the web does, one use case after the other."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.scenario.ids import ChoiceId
from elearning.services.complete_module import answer_check, read_page
from elearning.services.complete_training import (
    TrainingState,
    complete_what_is_met,
    training_states,
)
from elearning.services.play_scenario import (
    Run,
    look_up_run,
    make_choice,
    practise_from,
    start_attempt,
)
from elearning.services.training_codes import complete_with_code, print_codes
from elearning.storage.completion import Award
from elearning.storage.people import Person
from tests.practice_content import (
    BASIS,
    MODULE_ID,
    OTHER_TALK,
    QUIZ,
    QUIZ_WELL,
    READ_WELL,
    TALK,
    WELL,
    reading_of,
)

SECRET = "a secret key that is used in tests only"  # noqa: S105 - of tests only


@dataclass(slots=True)
class Learner:
    """One person in one database session."""

    session: Session
    library: Library
    clock: SetClock
    person_id: UUID = field(default_factory=uuid4)

    @property
    def person(self) -> Person:
        """Return who this is."""
        return self.session.get_one(Person, self.person_id)

    @property
    def _here(self) -> dict[str, Any]:
        return {"library": self.library, "person_id": self.person_id}

    def start(self, scenario_id: str = TALK) -> UUID:
        """Start a run, or go on with the open one."""
        return start_attempt(self.session, scenario_id=scenario_id, clock=self.clock, **self._here)

    def run(self, attempt_id: UUID, scenario_id: str = TALK) -> Run:
        """Look where a run stands."""
        return look_up_run(
            self.session, scenario_id=scenario_id, attempt_id=attempt_id, **self._here
        )

    def choose(self, attempt_id: UUID, turn: int, choice: str, scenario_id: str = TALK) -> Run:
        """Make one choice."""
        return make_choice(
            self.session,
            scenario_id=scenario_id,
            attempt_id=attempt_id,
            turn=turn,
            choice_id=ChoiceId(choice),
            clock=self.clock,
            **self._here,
        )

    def practise(self, attempt_id: UUID, turn: int, choice: str, scenario_id: str = TALK) -> Run:
        """Choose otherwise at an earlier turn."""
        return practise_from(
            self.session,
            scenario_id=scenario_id,
            attempt_id=attempt_id,
            turn=turn,
            choice_id=ChoiceId(choice),
            clock=self.clock,
            **self._here,
        )

    def play(self, scenario_id: str, *choices: str) -> UUID:
        """Play a new run with these choices."""
        attempt_id = self.start(scenario_id)
        for turn, choice in enumerate(choices, start=1):
            self.choose(attempt_id, turn, choice, scenario_id)
        return attempt_id

    def read(self, page_id: str, module_id: str = MODULE_ID) -> None:
        """Note that a page of the module was read."""
        read_page(
            self.session, module_id=module_id, page_id=page_id, clock=self.clock, **self._here
        )

    def answer(self, option_id: str, page_id: str = "vraag", module_id: str = MODULE_ID) -> None:
        """Answer the check of a page."""
        answer_check(
            self.session,
            module_id=module_id,
            page_id=page_id,
            option_id=option_id,
            clock=self.clock,
            **self._here,
        )

    def complete_module(self, module_id: str = MODULE_ID) -> None:
        """Do what the module asks, and no more."""
        self.read("lezen", module_id)
        self.answer("past", module_id=module_id)

    def finish(self) -> tuple[Award, ...]:
        """Ask for what has been met, as the web does after every ending."""
        return complete_what_is_met(self.session, clock=self.clock, secret_key=SECRET, **self._here)

    def do_everything(self) -> tuple[Award, ...]:
        """Do everything the basis asks, in conversations, without a slip."""
        self.complete_module()
        self.play(TALK, *WELL)
        self.play(OTHER_TALK, *WELL)
        self.play(QUIZ, *QUIZ_WELL)
        return self.finish()

    def read_everything(self) -> tuple[Award, ...]:
        """Do everything the basis asks, by reading alone."""
        self.complete_module()
        self.play(reading_of(TALK), *READ_WELL)
        self.play(reading_of(OTHER_TALK), *READ_WELL)
        self.play(QUIZ, *QUIZ_WELL)
        return self.finish()

    def a_code(self, training_id: str = BASIS) -> str:
        """Return a one-time code, fresh from the printer."""
        (code,), _ = print_codes(
            self.session,
            training=self.library.training(training_id),
            number=1,
            printed_by=None,
            secret_key=SECRET,
            clock=self.clock,
        )
        return str(code)

    def use(self, code: str) -> Award:
        """Use a one-time code."""
        return complete_with_code(
            self.session, text=code, clock=self.clock, secret_key=SECRET, **self._here
        )

    @property
    def states(self) -> tuple[TrainingState, ...]:
        """Return how the person stands with each training."""
        return training_states(self.session, clock=self.clock, **self._here)

    @property
    def state(self) -> TrainingState:
        """Return how the person stands with the only training."""
        (found,) = self.states
        return found
