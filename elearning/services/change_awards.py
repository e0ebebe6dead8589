"""Apply another rule to awards that exist: see what it does, ask for it, let another decide."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.errors import AwardNotCurrent, NotFound, NothingToChange, SameEyes
from elearning.learning.award_change import (
    Change,
    Effect,
    Preview,
    change_on,
    preview,
)
from elearning.learning.training import Training
from elearning.services.audit_log import Act, record
from elearning.services.standing_awards import standing_awards
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.award_change import AwardChange
from elearning.storage.people import Person


@dataclass(frozen=True, slots=True)
class OpenChange:
    """A request that somebody still has to decide on, with what it would do today.

    Without a preview there is nothing to apply any more: its version was taken out of the training.
    """

    id: UUID
    training: Training
    preview: Preview | None
    effect: Effect
    requested_by: UUID | None
    requester: str
    requested_at: datetime


def preview_change(
    session: Session, *, training: Training, effect: Effect, wished: date, clock: Clock
) -> Preview:
    """Count what a change does when it is decided today; raises `NothingToChange`."""
    today = clock.today()
    change = change_on(training, effect, today, wished)
    if change is None:
        raise NothingToChange("the training has no version that can be applied now")
    return preview(standing_awards(session, training=training, today=today).values(), change)


def ask_for_change(
    session: Session,
    *,
    training: Training,
    effect: Effect,
    wished: date,
    actor_id: UUID,
    clock: Clock,
) -> AwardChange:
    """Ask for a change; raises `NothingToChange`, or `AwardNotCurrent` while one is asked for."""
    found = preview_change(session, training=training, effect=effect, wished=wished, clock=clock)
    still_open = select(AwardChange.id).where(
        AwardChange.training_id == training.id, AwardChange.decided_at.is_(None)
    )
    if session.scalar(still_open) is not None:
        raise AwardNotCurrent("a change of this training waits for a decision")
    asked = AwardChange(
        id=uuid4(),
        training_id=training.id,
        effect=effect,
        version_on=found.change.version_on,
        effective_on=found.change.effective_on,
        requested_by=actor_id,
        requested_at=clock.now(),
        decided_by=None,
        decided_at=None,
        is_confirmed=None,
        done_at=None,
    )
    session.add(asked)
    session.flush()
    _log(session, asked, AuditKind.CHANGE_REQUESTED, found, actor_id, clock)
    return asked


def open_changes(session: Session, *, library: Library, clock: Clock) -> tuple[OpenChange, ...]:
    """Return every request that is not decided and can still be applied, the oldest first."""
    rows = session.execute(
        select(AwardChange, Person.display_name)
        .outerjoin(Person, Person.id == AwardChange.requested_by)
        .where(
            AwardChange.decided_at.is_(None), AwardChange.training_id.in_(library.trainings.keys())
        )
        .order_by(AwardChange.requested_at, AwardChange.id)
    ).all()
    return tuple(
        OpenChange(
            id=asked.id,
            training=library.training(asked.training_id),
            preview=_preview(session, asked, library, clock),
            effect=asked.effect,
            requested_by=asked.requested_by,
            requester=name or "",
            requested_at=asked.requested_at,
        )
        for asked, name in rows
    )


def confirm_change(
    session: Session, *, change_id: UUID, library: Library, actor_id: UUID, clock: Clock
) -> Preview:
    """Decide that a change is made; the days of notice are counted from today.

    The awards follow by `carry_out`. Raises `NotFound`, `SameEyes`, `NothingToChange`.
    """
    asked = _undecided(session, change_id)
    if asked.requested_by == actor_id:
        raise SameEyes("who asks for a change cannot confirm it")
    found = preview_change(
        session,
        training=library.training(asked.training_id),
        effect=asked.effect,
        wished=asked.effective_on,
        clock=clock,
    )
    asked.version_on, asked.effective_on = found.change.version_on, found.change.effective_on
    asked.decided_by, asked.decided_at, asked.is_confirmed = actor_id, clock.now(), True
    session.flush()
    _log(session, asked, AuditKind.CHANGE_CONFIRMED, found, actor_id, clock)
    return found


def decline_change(session: Session, *, change_id: UUID, actor_id: UUID, clock: Clock) -> None:
    """Leave all awards as they are; who asked may take it back so. Raises `NotFound`."""
    asked = _undecided(session, change_id)
    asked.decided_by, asked.decided_at, asked.is_confirmed = actor_id, clock.now(), False
    session.flush()
    _log(session, asked, AuditKind.CHANGE_DECLINED, None, actor_id, clock)


def _preview(
    session: Session, asked: AwardChange, library: Library, clock: Clock
) -> Preview | None:
    try:
        return preview_change(
            session,
            training=library.training(asked.training_id),
            effect=asked.effect,
            wished=asked.effective_on,
            clock=clock,
        )
    except NothingToChange:
        return None


def decided_change(asked: AwardChange, training: Training) -> Change:
    """Return a decided change as a value; raises `NothingToChange` when its version is gone."""
    if asked.effect is Effect.LIMIT:
        return Change(asked.effect, asked.version_on, asked.effective_on, None)
    for each in training.policies:
        if each.from_on == asked.version_on:
            return Change(asked.effect, asked.version_on, asked.effective_on, each.validity)
    raise NothingToChange("the policy that was decided on stands no longer with the training")


def _undecided(session: Session, change_id: UUID) -> AwardChange:
    asked = session.get(AwardChange, change_id, with_for_update=True)
    if asked is None or asked.decided_at is not None:
        raise NotFound("no such request")
    return asked


def _log(
    session: Session,
    asked: AwardChange,
    kind: AuditKind,
    found: Preview | None,
    actor_id: UUID,
    clock: Clock,
) -> None:
    """Log who decided what, and how many it is about; no name and no key of a holder."""
    facts = {
        AuditFact.TRAINING: asked.training_id,
        AuditFact.RULE: asked.effect.value,
        AuditFact.DAY: asked.effective_on.isoformat(),
    }
    if found is not None:
        facts |= {
            AuditFact.KEPT: str(found.kept),
            AuditFact.SHORTENED: str(found.shortened),
            AuditFact.EXTENDED: str(found.extended),
            AuditFact.ENDED: str(found.ended),
        }
    record(session, Act(kind, actor_id, asked.id, facts), clock=clock)
