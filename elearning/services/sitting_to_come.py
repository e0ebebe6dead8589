"""Whether a module or scenario waits for its sitting, where an institution makes spacing a rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.learning.training import ModulePart, Part, PartStatus
from elearning.services.complete_training import TrainingState, training_states


@dataclass(frozen=True, slots=True)
class Wait:
    """Something that is not open yet; `opens_on` is None while the sitting before is not done."""

    opens_on: date | None


def wait_for(
    session: Session, *, library: Library, person_id: UUID, content_id: str, clock: Clock
) -> Wait | None:
    """Return the wait of a module or scenario; None where it is open, as nearly everything is.

    What was begun stays open, and so does what no training of the person asks, or what one of them
    asks now.
    """
    if not library.institution.enforces_spacing:
        return None
    states = training_states(session, library=library, person_id=person_id, clock=clock)
    waits = [
        _wait(state, part, clock.today())
        for state in states
        for part in state.training.parts
        if content_id in _names(part)
    ]
    return None if None in waits else next(iter(waits), None)


def _names(part: Part) -> Iterator[str]:
    yield from (part.module_id,) if isinstance(part, ModulePart) else part.any_of


def _wait(state: TrainingState, part: Part, today: date) -> Wait | None:
    is_held = state.progress.statuses[part.id] is PartStatus.NOT_YET_AVAILABLE
    sitting = next((each for each in state.calendar if part.id in each.sitting.part_ids), None)
    if not is_held or not state.may_obtain or sitting is None or not sitting.waits_on(today):
        return None
    return Wait(sitting.opens_on)
