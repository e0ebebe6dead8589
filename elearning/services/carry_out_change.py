"""Give awards the end that was decided on, in small transactions that can break off and go on.

A large institution has more awards than fit in one request: each gets a signed certificate. What
was done is done whole, and a next run finds what is left by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from elearning.errors import NotFound
from elearning.learning.award_change import Outcome, new_end, outcome
from elearning.services.audit_log import Act, record
from elearning.services.change_awards import decided_change
from elearning.services.replace_award import give_other_end, is_current
from elearning.services.seal import Issuing
from elearning.services.standing_awards import standing_awards
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.award_change import AwardChange
from elearning.storage.completion import Award

AT_ONCE = 100
OpenTransaction = Callable[[], AbstractContextManager[Session]]
Waiting = tuple[UUID, date | None]
IsStopping = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class CarriedOut:
    """How many awards got another end, and which changes the content no longer knows, and why."""

    awards: int
    stuck: tuple[tuple[UUID, str], ...]


def carry_out_all(
    transaction: OpenTransaction, *, issuing: Issuing, is_stopping: IsStopping = lambda: False
) -> CarriedOut:
    """Carry out every change that was decided on.

    Whoever is stopping ends with the hundred in hand; the next run goes on from there. A change
    whose training or policy has left the content waits until it is back, and keeps up no other.
    """
    with transaction() as session:
        decided = tuple(session.scalars(_decided()))
    done, stuck = 0, []
    for each in decided:
        try:
            done += carry_out(transaction, change_id=each, issuing=issuing, is_stopping=is_stopping)
        except NotFound as reason:
            stuck.append((each, str(reason)))
    return CarriedOut(done, tuple(stuck))


def _decided() -> Select[Any]:
    return (
        select(AwardChange.id)
        .where(AwardChange.is_confirmed.is_(True), AwardChange.done_at.is_(None))
        .order_by(AwardChange.decided_at)
    )


def carry_out(
    transaction: OpenTransaction, *, change_id: UUID, issuing: Issuing, is_stopping: IsStopping
) -> int:
    """Carry out one change, a hundred awards in a transaction."""
    done = 0
    with transaction() as session:
        waiting = waiting_awards(session, change_id=change_id, issuing=issuing)
    for first in range(0, len(waiting), AT_ONCE):
        if is_stopping():
            return done
        with transaction() as session:
            some = waiting[first : first + AT_ONCE]
            done += give_other_ends(session, change_id=change_id, awards=some, issuing=issuing)
    with transaction() as session:
        note_done(session, change_id=change_id, issuing=issuing)
    return done


def carry_out_some(session: Session, *, change_id: UUID, issuing: Issuing) -> bool:
    """Carry out a change in this very transaction, where it is small enough; say whether it was."""
    waiting = waiting_awards(session, change_id=change_id, issuing=issuing)
    if len(waiting) > AT_ONCE:
        return False
    give_other_ends(session, change_id=change_id, awards=waiting, issuing=issuing)
    note_done(session, change_id=change_id, issuing=issuing)
    return True


def waiting_awards(session: Session, *, change_id: UUID, issuing: Issuing) -> list[Waiting]:
    """Return the awards that a decided change still has to give another end, with that end.

    An award that was given after the decision keeps the end it was given with.
    """
    asked = session.get_one(AwardChange, change_id)
    training = issuing.library.training(asked.training_id)
    change = decided_change(asked, training)
    standing = standing_awards(session, training=training, today=issuing.clock.today())
    early = set(
        session.scalars(
            select(Award.id).where(
                Award.training_id == training.id, Award.recorded_at <= asked.decided_at
            )
        )
    )
    return [
        (award_id, new_end(each, change))
        for award_id, each in standing.items()
        if award_id in early and outcome(each, change) is not Outcome.KEPT
    ]


def give_other_ends(
    session: Session, *, change_id: UUID, awards: Iterable[Waiting], issuing: Issuing
) -> int:
    """Replace these awards in one transaction; one that was replaced meanwhile is passed over."""
    asked = session.get_one(AwardChange, change_id, with_for_update=True)
    done = 0
    for award_id, valid_until in awards:
        award = session.get(Award, award_id, with_for_update=True)
        if award is None or not is_current(session, award=award):
            continue
        give_other_end(session, award=award, valid_until=valid_until, change=asked, issuing=issuing)
        done += 1
    return done


def note_done(session: Session, *, change_id: UUID, issuing: Issuing) -> None:
    """Note that no award waits any more, once."""
    asked = session.get_one(AwardChange, change_id, with_for_update=True)
    if asked.done_at is not None or waiting_awards(session, change_id=change_id, issuing=issuing):
        return
    asked.done_at = issuing.clock.now()
    session.flush()
    facts = {AuditFact.TRAINING: asked.training_id, AuditFact.RULE: asked.effect.value}
    act = Act(AuditKind.CHANGE_DONE, asked.decided_by, asked.id, facts)
    record(session, act, clock=issuing.clock)
