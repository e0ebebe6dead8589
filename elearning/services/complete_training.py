"""Give the award in the very transaction that completes the training, once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.learning.award import AwardDates, may_obtain
from elearning.learning.follow_up import booster_on
from elearning.learning.pool import Run
from elearning.learning.spacing import SittingDates, calendar, held_back, waiting
from elearning.learning.training import (
    Booster,
    Progress,
    ScenarioPart,
    Training,
    part_to_better,
    progress,
)
from elearning.learning.update import Update
from elearning.scenario.ids import ScenarioId
from elearning.services.awards import awards_of, dates_of
from elearning.services.content_update import (
    ChangedEnd,
    asked_update,
    changed_end,
    next_end,
)
from elearning.services.give_award import give_award
from elearning.services.issue_certificate import issue_certificate
from elearning.services.learning_record import Done, read_done, record_since
from elearning.services.seal import Issuing
from elearning.storage.completion import Award, AwardKind, Obligation
from elearning.storage.facts import covers, known


@dataclass(frozen=True, slots=True)
class TrainingState:
    """How someone stands with one training: what is due, what was obtained, what is to do.

    `to_better` is there only when all parts are done and the limits over them do not hold;
    `booster` only when there is something to offer to who holds the award. With an `update` the
    training has only the parts that new content asks of who holds an earlier award.
    """

    training: Training
    update: Update | None
    changed_end: ChangedEnd | None
    due_on: date | None
    awards: tuple[Award, ...]
    dates: AwardDates | None
    progress: Progress
    calendar: tuple[SittingDates, ...]
    to_better: ScenarioPart | None
    booster: Booster | None
    may_obtain: bool


def trainings_of(
    session: Session, *, library: Library, person_id: UUID, today: date
) -> tuple[Obligation, ...]:
    """Return the open obligations for trainings that are served, the earliest due first.

    A training that is satisfied by another one the person must hold is left out.
    """
    rows = session.scalars(
        select(Obligation)
        .where(
            Obligation.person_id == person_id,
            known(Obligation, None),
            covers(Obligation.opened_on, Obligation.closed_on, today),
        )
        .order_by(Obligation.due_on, Obligation.training_id)
    ).all()
    served = [row for row in rows if row.training_id in library.trainings]
    covered = {other for row in served for other in library.trainings[row.training_id].satisfies}
    return tuple(row for row in served if row.training_id not in covered)


@dataclass(frozen=True, slots=True)
class LearnerOverview:
    """Everything a learner's home is made of."""

    states: tuple[TrainingState, ...]
    done: Done

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return the runs that may count, as a pool looks at them."""
        passed = {log.id for log, outcome in self.done.outcomes if outcome is not None}
        return tuple(
            Run(
                scenario_id=ScenarioId(log.scenario_id),
                played_on=log.last_played_on,
                has_ended=log.ended_on is not None,
                has_passed=log.id in passed,
            )
            for log in self.done.attempts
            if not log.is_practice
        )


def learner_overview(
    session: Session, *, library: Library, person_id: UUID, clock: Clock
) -> LearnerOverview:
    """Return how the person stands with each training they must hold, and what they did."""
    today = clock.today()
    obligations = trainings_of(session, library=library, person_id=person_id, today=today)
    done = read_done(session, library=library, person_id=person_id)
    states = tuple(_state(session, library, each, done, today) for each in obligations)
    return LearnerOverview(states, done)


def training_states(
    session: Session, *, library: Library, person_id: UUID, clock: Clock
) -> tuple[TrainingState, ...]:
    """Return how the person stands with each training they must hold."""
    return learner_overview(session, library=library, person_id=person_id, clock=clock).states


def complete_what_is_met(
    session: Session, *, person_id: UUID, issuing: Issuing
) -> tuple[Award, ...]:
    """Give an award for each training that has just been met; usually there is none to give.

    The obligation's row is locked, so that two requests that finish at once give one award; the
    unique sequence in the table refuses a second one whatever else happens.
    """
    given: list[Award] = []
    library, clock = issuing.library, issuing.clock
    held = trainings_of(session, library=library, person_id=person_id, today=clock.today())
    for obligation in held:
        state = locked_state(session, library=library, obligation=obligation, clock=clock)
        if state.progress.is_met and state.may_obtain:
            given.append(obtain(session, state=state, person_id=person_id, issuing=issuing))
    return tuple(given)


def locked_state(
    session: Session, *, library: Library, obligation: Obligation, clock: Clock
) -> TrainingState:
    """Lock an obligation and return how its person stands now, with nobody else in between."""
    session.refresh(obligation, with_for_update=True)
    done = read_done(session, library=library, person_id=obligation.person_id)
    return _state(session, library, obligation, done, clock.today())


def obtain(session: Session, *, state: TrainingState, person_id: UUID, issuing: Issuing) -> Award:
    """Give an award with its certificate: the same for every way in which a training is met.

    Whoever calls it has seen that it may be given, by `locked_state`; nothing of why is kept.
    """
    new = _award(session, state, person_id, issuing.clock)
    award = give_award(session, award=new, clock=issuing.clock)
    issue_certificate(session, award=award, issuing=issuing)
    return award


def last_award_on(session: Session, *, person_id: UUID) -> date | None:
    """Return the day of the person's newest award of any training, or None."""
    return session.scalar(select(func.max(Award.obtained_on)).where(Award.person_id == person_id))


def _state(
    session: Session, library: Library, obligation: Obligation, done: Done, today: date
) -> TrainingState:
    training = library.trainings[obligation.training_id].on(today)
    awards = awards_of(session, person_id=obligation.person_id, training_id=training.id)
    newest = dates_of(session, awards[0]) if awards else None
    update = asked_update(session, training=training, awards=awards, newest=newest, today=today)
    may_renew = update is not None or may_obtain(newest, today, training.validity)
    asked = training if update is None else update.of(training)
    record = record_since(done, library, _counts_after(newest, update) if may_renew else None)
    found = progress(asked, record)
    sittings = calendar(asked, record)
    if library.institution.enforces_spacing:
        found = held_back(found, waiting(sittings, today))
    return TrainingState(
        training=asked,
        update=update,
        changed_end=changed_end(session, awards) if awards else None,
        due_on=obligation.due_on,
        awards=awards,
        dates=newest,
        progress=found,
        calendar=sittings,
        to_better=part_to_better(asked, record) if found.needs_better_runs else None,
        booster=None if may_renew else booster_on(training, newest, record, today),
        may_obtain=may_renew,
    )


def _counts_after(newest: AwardDates | None, update: Update | None) -> date | None:
    """Return the day after which what was done counts; None where everything does."""
    if newest is None:
        return None
    return newest.obtained_on if update is None else max(newest.obtained_on, update.counts_after)


def _award(session: Session, state: TrainingState, person_id: UUID, clock: Clock) -> Award:
    today = clock.today()
    return Award(
        id=uuid4(),
        person_id=person_id,
        training_id=state.training.id,
        sequence=len(state.awards) + 1,
        content_version=state.training.version,
        obtained_on=today,
        valid_from=today,
        valid_until=next_end(
            session,
            training=state.training,
            awards=state.awards,
            previous=state.dates,
            update=state.update,
            today=today,
        ),
        kind=AwardKind.COMPLETED,
        supersedes_id=_renewed(state),
        withdrawn_on=None,
        recorded_at=clock.now(),
    )


def _renewed(state: TrainingState) -> UUID | None:
    """Return the award that a new one takes the place of; a withdrawn one is not renewed."""
    if not state.awards or state.awards[0].withdrawn_on is not None:
        return None
    return state.awards[0].id
