"""What a learner may put off, without saying why: a message by a week, a due day once.

A due day is put off by a new row in the place of the old one, as every fact is corrected. The row
says by how many days and no more; HR sees the later day.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid4

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from elearning.clock import AMSTERDAM, Clock
from elearning.errors import Conflict, NotFound
from elearning.learning.reminders import DAYS_LATER
from elearning.learning.training import Training
from elearning.services.what_hr_sees import what_hr_sees
from elearning.storage.completion import Obligation
from elearning.storage.facts import covers, known
from elearning.storage.outbox import MessageState, MessageTemplate, OutboxMessage, QuietUntil
from elearning.storage.statements import insert_if_absent, update_rows


@dataclass(frozen=True, slots=True)
class MoreTime:
    """A training that is due, and the day to which it can be put off; None when it cannot be."""

    training: Training
    due_on: date
    later_on: date | None


def hear_later(session: Session, *, person_id: UUID, clock: Clock) -> date:
    """Let no reminder come for a week, also none that waits; return the first day for one."""
    until_on = clock.today() + timedelta(days=DAYS_LATER)
    if not insert_if_absent(session, QuietUntil, {"person_id": person_id, "until_on": until_on}):
        session.execute(
            update(QuietUntil).where(QuietUntil.person_id == person_id).values(until_on=until_on)
        )
    _hold_what_waits(session, person_id, datetime.combine(until_on, time(), AMSTERDAM))
    return until_on


def _hold_what_waits(session: Session, person_id: UUID, until: datetime) -> None:
    session.execute(
        update(OutboxMessage)
        .where(
            OutboxMessage.person_id == person_id,
            OutboxMessage.state == MessageState.QUEUED,
            OutboxMessage.template == MessageTemplate.REMINDER,
            OutboxMessage.next_try_at < until,
        )
        .values(next_try_at=until)
        .execution_options(synchronize_session=False)
    )


def quiet_until(session: Session, *, person_id: UUID, clock: Clock) -> date | None:
    """Return until when somebody would rather not hear; None where a message may come."""
    day = session.scalar(select(QuietUntil.until_on).where(QuietUntil.person_id == person_id))
    return day if day is not None and day > clock.today() else None


def more_time(
    session: Session,
    *,
    trainings: Mapping[str, Training],
    person_id: UUID,
    days: int,
    clock: Clock,
) -> tuple[MoreTime, ...]:
    """Return the trainings that somebody still has to complete, the earliest due first."""
    offers = _offers(session, trainings, person_id, days, clock.today())
    return tuple(offer for _row, offer in offers)


def put_off(
    session: Session,
    *,
    trainings: Mapping[str, Training],
    person_id: UUID,
    training_id: str,
    days: int,
    clock: Clock,
) -> date:
    """Put off the due day of an obligation, once; return the new day.

    Raises `NotFound` where there is nothing to put off, `Conflict` where that was done before.
    """
    offers = _offers(session, trainings, person_id, days, clock.today())
    chosen = next((each for each in offers if each[1].training.id == training_id), None)
    if chosen is None:
        raise NotFound("no such obligation")
    row, offer = chosen
    if offer.later_on is None or not _take_back(session, row, clock):
        raise Conflict("the day was put off before")
    _add(session, row, days, clock)
    return offer.later_on


def _offers(
    session: Session, trainings: Mapping[str, Training], person_id: UUID, days: int, day: date
) -> list[tuple[Obligation, MoreTime]]:
    """Return what is still to be done, with the last day in time as HR sees it."""
    seen = what_hr_sees(session, trainings=trainings, person_id=person_id, day=day)
    due = {each.training.id: each.row.standing.due_on for each in seen}
    found = []
    for row in _open(session, person_id, day):
        due_on = due.get(row.training_id)
        if due_on is None:
            continue
        later_on = row.due_on + timedelta(days=days)
        is_possible = days > 0 and not row.days_later and due_on < later_on and later_on > day
        offer = MoreTime(trainings[row.training_id], due_on, later_on if is_possible else None)
        found.append((row, offer))
    return found


def _open(session: Session, person_id: UUID, day: date) -> list[Obligation]:
    return list(
        session.scalars(
            select(Obligation)
            .where(
                Obligation.person_id == person_id,
                known(Obligation, None),
                covers(Obligation.opened_on, Obligation.closed_on, day),
            )
            .order_by(Obligation.due_on, Obligation.training_id)
        )
    )


def _take_back(session: Session, row: Obligation, clock: Clock) -> bool:
    """Take the row back, if nobody did so a moment ago."""
    statement = update(Obligation).where(
        Obligation.id == row.id, Obligation.retracted_at.is_(None), Obligation.days_later == 0
    )
    changed = update_rows(
        session,
        statement.values(retracted_at=clock.now()).execution_options(synchronize_session=False),
    )
    return changed == 1


def _add(session: Session, row: Obligation, days: int, clock: Clock) -> None:
    session.execute(
        insert(Obligation).values(
            id=uuid4(),
            person_id=row.person_id,
            training_id=row.training_id,
            opened_on=row.opened_on,
            due_on=row.due_on + timedelta(days=days),
            days_later=days,
            closed_on=row.closed_on,
            basis=row.basis,
            rule_code=row.rule_code,
            recorded_at=clock.now(),
        )
    )
    session.expire_all()
