"""Read attempts with their steps, each in one statement; only the learner's own are ever found."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import BindParameter, Row, Select, bindparam, select
from sqlalchemy.orm import Session

from elearning.content.library import Library, Playable
from elearning.errors import NotFound, ScenarioNotPublished
from elearning.scenario.ids import ChoiceId, ScenarioId
from elearning.storage.learning_state import (
    Attempt,
    AttemptStep,
    LearningLink,
    PublishedScenario,
)

# Rows instead of entities: this is the hot path, and identity and change tracking cost more than
# the statement itself.
COLUMNS = (
    Attempt.id,
    Attempt.learning_key,
    Attempt.scenario_id,
    Attempt.content_version,
    Attempt.seed,
    Attempt.forked_from,
    Attempt.forked_at_turn,
    Attempt.last_played_on,
    Attempt.ended_on,
)
FIELDS = tuple(column.key for column in COLUMNS)


@dataclass(frozen=True, slots=True)
class AttemptLog:
    """An attempt as stored: what was chosen, in order; the position is replayed from it."""

    id: UUID
    learning_key: UUID
    scenario_id: str
    content_version: str
    seed: int
    forked_from: UUID | None
    forked_at_turn: int | None
    last_played_on: date
    ended_on: date | None
    choices: tuple[ChoiceId, ...]

    @property
    def next_turn(self) -> int:
        """Return the number of the turn that comes next."""
        return len(self.choices) + 1

    @property
    def is_practice(self) -> bool:
        """Say whether this run left from another one, so that it never counts."""
        return self.forked_from is not None


def read_attempt(
    session: Session, *, person_id: UUID, scenario_id: str, attempt_id: UUID
) -> AttemptLog:
    """Return one of the person's own attempts; anybody else's is simply not there.

    The scenario is compared here: not every text from an address can be sent to a database.
    """
    names = {"person_id": person_id, "attempt_id": attempt_id}
    rows = session.connection().execute(_one_attempt(), names).all()
    if not rows or rows[0].scenario_id != scenario_id:
        raise NotFound("no such attempt")
    return _log(rows)


def open_attempt(session: Session, *, person_id: UUID, scenario_id: str) -> AttemptLog | None:
    """Return the person's run of this scenario that has not ended, if there is one."""
    rows = session.execute(
        _own_attempts(person_id).where(
            Attempt.scenario_id == scenario_id,
            Attempt.ended_on.is_(None),
            Attempt.forked_from.is_(None),
        )
    ).all()
    return _log(rows) if rows else None


def all_attempts(session: Session, *, person_id: UUID) -> tuple[AttemptLog, ...]:
    """Return everything the person played, in one statement."""
    return _logs(session, _own_attempts(person_id))


def practices_of(session: Session, *, person_id: UUID, log: AttemptLog) -> tuple[AttemptLog, ...]:
    """Return the practice runs that left from one of the person's runs."""
    return _logs(session, _own_attempts(person_id).where(Attempt.forked_from == log.id))


def playable_for(session: Session, *, library: Library, log: AttemptLog) -> Playable:
    """Return the version this attempt was started on, served or not."""
    current = library.scenarios.get(ScenarioId(log.scenario_id))
    if current is not None and current.scenario.version == log.content_version:
        return current
    known = library.older(log.scenario_id, log.content_version)
    return known or _revive(session, library, log)


def _revive(session: Session, library: Library, log: AttemptLog) -> Playable:
    sources = session.scalar(
        select(PublishedScenario.sources).where(
            PublishedScenario.scenario_id == log.scenario_id,
            PublishedScenario.version == log.content_version,
        )
    )
    if sources is None:
        raise ScenarioNotPublished(f"version {log.content_version} of {log.scenario_id} is gone")
    return library.revive(log.scenario_id, sources)


def _own_attempts(person_id: UUID | BindParameter[UUID]) -> Select[*tuple[Any, ...]]:
    return (
        select(*COLUMNS, AttemptStep.turn, AttemptStep.choice_id)
        .join(LearningLink, LearningLink.learning_key == Attempt.learning_key)
        .outerjoin(AttemptStep, AttemptStep.attempt_id == Attempt.id)
        .where(LearningLink.person_id == person_id)
        .order_by(Attempt.id, AttemptStep.turn)
    )


@cache
def _one_attempt() -> Select[*tuple[Any, ...]]:
    """Return the statement of the hot path, built once: building costs more than executing."""
    return _own_attempts(bindparam("person_id")).where(Attempt.id == bindparam("attempt_id"))


def _logs(session: Session, statement: Select[*tuple[Any, ...]]) -> tuple[AttemptLog, ...]:
    rows = session.execute(statement).all()
    return tuple(_log(list(group)) for _, group in groupby(rows, key=lambda row: row.id))


def _log(rows: Iterable[Row[Any]]) -> AttemptLog:
    rows = list(rows)
    steps = tuple(ChoiceId(row.choice_id) for row in rows if row.turn is not None)
    fields = dict(zip(FIELDS, rows[0], strict=False))
    return AttemptLog(**fields, choices=steps)
