"""Runs as they stand in the tables, and what they are worth, worked out without the code itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import product
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.storage.learning_state import Attempt, AttemptStep, LearningLink
from tests.practice_content import (
    OTHER_TALK,
    QUIZ,
    QUIZ_WELL,
    READ_WELL,
    REPAIRED,
    TALK,
    WELL,
    WITH_A_SLIP,
    reading_of,
)

# What each path that passes leaves behind: unrepaired B errors, and repaired A errors.
TALK_PATHS = {WELL: (0, 0), WITH_A_SLIP: (1, 0), REPAIRED: (0, 1)}
PASSING: dict[str, dict[tuple[str, ...], tuple[int, int]]] = {
    TALK: TALK_PATHS,
    OTHER_TALK: TALK_PATHS,
    reading_of(TALK): {READ_WELL: (0, 0)},
    reading_of(OTHER_TALK): {READ_WELL: (0, 0)},
    QUIZ: {QUIZ_WELL: (0, 0)},
}
PARTS = ((TALK, reading_of(TALK)), (OTHER_TALK, reading_of(OTHER_TALK)), (QUIZ,))
MOST_OPEN_B, MOST_REPAIRED_A = 1, 1


@dataclass(frozen=True, slots=True)
class StoredRun:
    """A run as it stands in the database."""

    owner: UUID
    scenario_id: str
    forked_from: UUID | None
    forked_at_turn: int | None
    is_ended: bool
    turns: tuple[int, ...]
    choices: tuple[str, ...]


@dataclass(slots=True)
class Expected:
    """What must be true of one person, by what they were seen to do."""

    done_pages: set[str] = field(default_factory=set)

    def is_met(self, runs: Sequence[StoredRun]) -> bool:
        """Say whether everything the basis asks was done, within its limits."""
        outcomes = [
            [
                PASSING[run.scenario_id][run.choices]
                for run in runs
                if run.forked_from is None
                and run.scenario_id in part
                and run.choices in PASSING[run.scenario_id]
            ]
            for part in PARTS
        ]
        return {"lezen", "vraag"} <= self.done_pages and any(
            sum(open_b for open_b, _ in chosen) <= MOST_OPEN_B
            and sum(repaired for _, repaired in chosen) <= MOST_REPAIRED_A
            for chosen in product(*outcomes)
        )


def read_runs(session: Session) -> dict[UUID, StoredRun]:
    """Read every run and its steps."""
    owners = {row.learning_key: row.person_id for row in session.scalars(select(LearningLink))}
    steps = session.scalars(
        select(AttemptStep).order_by(AttemptStep.attempt_id, AttemptStep.turn)
    ).all()
    return {
        row.id: StoredRun(
            owner=owners[row.learning_key],
            scenario_id=row.scenario_id,
            forked_from=row.forked_from,
            forked_at_turn=row.forked_at_turn,
            is_ended=row.ended_on is not None,
            turns=tuple(step.turn for step in steps if step.attempt_id == row.id),
            choices=tuple(step.choice_id for step in steps if step.attempt_id == row.id),
        )
        for row in session.scalars(select(Attempt))
    }
