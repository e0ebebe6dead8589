"""Play a scenario: start, choose, practise from an earlier turn; only the choices are kept."""

from __future__ import annotations

from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from sqlalchemy import insert, update
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library, Playable
from elearning.errors import AttemptEnded, InvalidInput, TurnAlreadyPlayed
from elearning.scenario.ids import ChoiceId
from elearning.scenario.play import Position, choose, is_over, replay
from elearning.services.attempts import (
    AttemptLog,
    open_attempt,
    playable_for,
    practices_of,
    read_attempt,
)
from elearning.services.learning_key import ensure_learning_key
from elearning.storage.learning_state import Attempt, AttemptStep
from elearning.storage.statements import insert_if_absent

SEED_BITS = 31


@dataclass(frozen=True, slots=True)
class Run:
    """An attempt, the version it plays, and where it stands."""

    log: AttemptLog
    playable: Playable
    position: Position

    @property
    def is_over(self) -> bool:
        """Say whether the run has come to an ending."""
        return is_over(self.playable.scenario, self.position)


def look_up_run(
    session: Session, *, library: Library, person_id: UUID, scenario_id: str, attempt_id: UUID
) -> Run:
    """Return one of the person's own runs; raises `NotFound` for anybody else's."""
    log = read_attempt(session, person_id=person_id, scenario_id=scenario_id, attempt_id=attempt_id)
    return _run(session, library, log)


def open_run(
    session: Session, *, library: Library, person_id: UUID, scenario_id: str
) -> Run | None:
    """Return the run that has not ended, to go on with, or None."""
    log = open_attempt(session, person_id=person_id, scenario_id=scenario_id)
    return None if log is None else _run(session, library, log)


def start_attempt(
    session: Session, *, library: Library, person_id: UUID, scenario_id: str, clock: Clock
) -> UUID:
    """Start a run of the served version and return its id; one that is open is gone on with.

    The seed of the option order comes from the random id, so it is kept and yet tells nothing.
    """
    scenario = library.scenario(scenario_id).scenario
    attempt_id = uuid4()
    values = {
        "id": attempt_id,
        "learning_key": ensure_learning_key(session, person_id=person_id),
        "scenario_id": scenario.id,
        "content_version": scenario.version,
        "seed": attempt_id.int % 2**SEED_BITS,
        "forked_from": None,
        "forked_at_turn": None,
        "last_played_on": clock.today(),
        "ended_on": None,
    }
    if insert_if_absent(session, Attempt, values):
        return attempt_id
    existing = open_attempt(session, person_id=person_id, scenario_id=scenario_id)
    if existing is None:
        raise TurnAlreadyPlayed("the open run ended at this very moment")
    return existing.id


def make_choice(
    session: Session,
    *,
    library: Library,
    person_id: UUID,
    scenario_id: str,
    attempt_id: UUID,
    turn: int,
    choice_id: ChoiceId,
    clock: Clock,
) -> Run:
    """Add one choice to the log and return where the run stands.

    The same choice at the same turn again changes nothing (double click, reload, lost answer).
    Raises `TurnAlreadyPlayed` when another choice stands there, `AttemptEnded`, `ChoiceNotOffered`,
    and `InvalidInput` for a turn that has not been reached.
    """
    run = look_up_run(
        session,
        library=library,
        person_id=person_id,
        scenario_id=scenario_id,
        attempt_id=attempt_id,
    )
    if not 1 <= turn <= run.log.next_turn:
        raise InvalidInput("this turn has not been reached")
    if turn < run.log.next_turn:
        return _repeated(run, turn, choice_id)
    if run.log.ended_on is not None:
        raise AttemptEnded("this run has ended")
    position = choose(run.playable.scenario, run.position, choice_id)
    step = {"attempt_id": attempt_id, "turn": turn, "choice_id": choice_id}
    if not insert_if_absent(session, AttemptStep, step):
        # Another request took this turn since we read; look again and answer as it stands now.
        return _repeated(
            _run(session, library, _read_again(session, run, person_id)), turn, choice_id
        )
    log = replace(run.log, choices=(*run.log.choices, choice_id))
    return _touched(session, Run(log, run.playable, position), clock)


def practise_from(
    session: Session,
    *,
    library: Library,
    person_id: UUID,
    scenario_id: str,
    attempt_id: UUID,
    turn: int,
    choice_id: ChoiceId,
    clock: Clock,
) -> Run:
    """Choose otherwise at an earlier turn: a new run that never counts; the first one stays.

    A practice that stands at this very choice already is gone on with (double click, reload).
    """
    run = look_up_run(
        session,
        library=library,
        person_id=person_id,
        scenario_id=scenario_id,
        attempt_id=attempt_id,
    )
    if not 1 <= turn < run.log.next_turn:
        raise InvalidInput("this turn was not played")
    before = run.log.choices[: turn - 1]
    scenario = run.playable.scenario
    position = choose(scenario, replay(scenario, before), choice_id)
    choices = (*before, choice_id)
    for known in practices_of(session, person_id=person_id, log=run.log):
        if (known.forked_at_turn, known.choices) == (turn, choices):
            return Run(known, run.playable, position)
    log = _practice(run.log, turn, choices, clock)
    _insert_practice(session, log)
    return _touched(session, Run(log, run.playable, position), clock)


def _run(session: Session, library: Library, log: AttemptLog) -> Run:
    playable = playable_for(session, library=library, log=log)
    return Run(log, playable, replay(playable.scenario, log.choices))


def _repeated(run: Run, turn: int, choice_id: ChoiceId) -> Run:
    if run.log.choices[turn - 1] != choice_id:
        raise TurnAlreadyPlayed(f"turn {turn} was played with another choice")
    return run


def _read_again(session: Session, run: Run, person_id: UUID) -> AttemptLog:
    return read_attempt(
        session,
        person_id=person_id,
        scenario_id=run.log.scenario_id,
        attempt_id=run.log.id,
    )


def _touched(session: Session, run: Run, clock: Clock) -> Run:
    """Note the day, and the end when it came; most choices of a day need no statement for it."""
    today = clock.today()
    ended_on = today if run.is_over else None
    if (run.log.last_played_on, run.log.ended_on) == (today, ended_on):
        return run
    session.execute(
        update(Attempt)
        .where(Attempt.id == run.log.id)
        .values(last_played_on=today, ended_on=ended_on)
        .execution_options(synchronize_session=False)
    )
    return replace(run, log=replace(run.log, last_played_on=today, ended_on=ended_on))


def _practice(
    log: AttemptLog, turn: int, choices: tuple[ChoiceId, ...], clock: Clock
) -> AttemptLog:
    return AttemptLog(
        id=uuid4(),
        learning_key=log.learning_key,
        scenario_id=log.scenario_id,
        content_version=log.content_version,
        seed=log.seed,
        forked_from=log.id,
        forked_at_turn=turn,
        last_played_on=clock.today(),
        ended_on=None,
        choices=choices,
    )


def _insert_practice(session: Session, log: AttemptLog) -> None:
    session.execute(
        insert(Attempt).values(
            id=log.id,
            learning_key=log.learning_key,
            scenario_id=log.scenario_id,
            content_version=log.content_version,
            seed=log.seed,
            forked_from=log.forked_from,
            forked_at_turn=log.forked_at_turn,
            last_played_on=log.last_played_on,
            ended_on=None,
        )
    )
    steps = [
        {"attempt_id": log.id, "turn": turn, "choice_id": choice}
        for turn, choice in enumerate(log.choices, start=1)
    ]
    session.execute(insert(AttemptStep), steps)
