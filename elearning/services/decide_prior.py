"""Decide on a training elsewhere: HR of the whole institution, and never on a request of their own.

With the decision the request goes, and its evidence with it, in the same transaction. An approval
leaves an award like any other; the log says that and by whom, and never what was done elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.errors import Conflict, NotFound, SameEyes
from elearning.learning.prior import Equivalent, EvidenceKind, Refusal
from elearning.services.audit_log import Act, record
from elearning.services.equivalent_award import Place, day_problem, end_of, place_for
from elearning.services.give_award import give_award
from elearning.services.issue_certificate import issue_certificate
from elearning.services.prior_requests import forget_request, is_waiting
from elearning.services.seal import Issuing
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.completion import Award, AwardKind, Obligation
from elearning.storage.facts import covers, known
from elearning.storage.people import Person
from elearning.storage.prior_learning import PriorAnswer, PriorLearning

MOST_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Waiting:
    """A request that waits, without its file."""

    id: UUID
    person_id: UUID
    name: str
    number: str
    training_id: str
    code: str
    completed_on: date
    sent_at: datetime
    evidence_kind: EvidenceKind | None


@dataclass(frozen=True, slots=True)
class Approval:
    """What an approval would give: an award that is valid until this day, if it has an end."""

    equivalent: Equivalent
    place: Place
    valid_until: date | None


def waiting_requests(session: Session, *, clock: Clock) -> tuple[tuple[Waiting, ...], int]:
    """Return the requests that wait longest, and how many wait."""
    rows = session.execute(_waiting(clock).limit(MOST_SHOWN)).all()
    total = session.scalar(select(func.count()).select_from(PriorLearning).where(is_waiting(clock)))
    return tuple(Waiting(*row) for row in rows), total or 0


def waiting_request(session: Session, *, request_id: UUID, clock: Clock) -> Waiting:
    """Return a request that waits; raises `NotFound`."""
    row = session.execute(_waiting(clock).where(PriorLearning.id == request_id)).one_or_none()
    if row is None:
        raise NotFound("no such request waits")
    return Waiting(*row)


def evidence_of(session: Session, *, request_id: UUID, clock: Clock) -> tuple[EvidenceKind, bytes]:
    """Return the file of a request that waits; raises `NotFound`."""
    row = session.execute(
        select(PriorLearning.evidence_kind, PriorLearning.evidence).where(
            PriorLearning.id == request_id,
            is_waiting(clock),
        )
    ).one_or_none()
    kind, content = (None, None) if row is None else row
    if kind is None or content is None:
        raise NotFound("no such file")
    return kind, content


def reading_acts(kind: AuditKind, read: Sequence[Waiting], actor_id: UUID) -> tuple[Act, ...]:
    """Return what is noted of a reading: whose request it was, of which training."""
    return tuple(
        Act(kind, actor_id, each.person_id, {AuditFact.TRAINING: each.training_id}) for each in read
    )


def approval(
    session: Session, *, library: Library, asked: Waiting | PriorLearning, today: date
) -> Approval | None:
    """Return what approving would give; None where no award can come of it any more."""
    training = library.trainings.get(asked.training_id)
    listed = library.institution.equivalents
    codes = (each for each in listed if each.code == asked.code)
    equivalent = next((each for each in codes if each.training_id == asked.training_id), None)
    if training is None or equivalent is None or not _must_hold(session, asked, today):
        return None
    place = place_for(session, training=training, person_id=asked.person_id, today=today)
    day = asked.completed_on
    if not place.is_open or day_problem(
        session, place=place, equivalent=equivalent, day=day, today=today
    ):
        return None
    end = end_of(session, place=place, equivalent=equivalent, day=day)
    return Approval(equivalent, place, end)


def approve(session: Session, *, request_id: UUID, actor_id: UUID, issuing: Issuing) -> Award:
    """Give the award and its certificate; with any award the request goes, and its evidence.

    Raises `NotFound`, `SameEyes` for one's own, `Conflict` where no award can come of it any more.
    """
    clock = issuing.clock
    asked = _locked(session, request_id, actor_id, clock)
    found = approval(session, library=issuing.library, asked=asked, today=clock.today())
    if found is None:
        raise Conflict("no award can come of this request any more")
    award = give_award(session, award=_award(asked, found, clock), clock=clock)
    issue_certificate(session, award=award, issuing=issuing)
    facts = {AuditFact.TRAINING: award.training_id}
    record(session, Act(AuditKind.PRIOR_APPROVED, actor_id, award.id, facts), clock=clock)
    return award


def decline(
    session: Session, *, request_id: UUID, reason: Refusal, actor_id: UUID, clock: Clock
) -> None:
    """Forget the request with its evidence, and keep why for who made it; raises as `approve`."""
    asked = _locked(session, request_id, actor_id, clock)
    person_id, training_id = asked.person_id, asked.training_id
    session.execute(delete(PriorAnswer).where(PriorAnswer.person_id == person_id))
    session.add(
        PriorAnswer(
            person_id=person_id, training_id=training_id, reason=reason, answered_at=clock.now()
        )
    )
    forget_request(session, person_id=person_id, training_id=training_id)
    facts = {AuditFact.TRAINING: training_id, AuditFact.REASON: reason.value}
    record(session, Act(AuditKind.PRIOR_DECLINED, actor_id, person_id, facts), clock=clock)


def _waiting(clock: Clock) -> Any:  # noqa: ANN401 - a statement
    return (
        select(
            PriorLearning.id,
            PriorLearning.person_id,
            Person.display_name,
            Person.external_id,
            PriorLearning.training_id,
            PriorLearning.code,
            PriorLearning.completed_on,
            PriorLearning.sent_at,
            PriorLearning.evidence_kind,
        )
        .join(Person, Person.id == PriorLearning.person_id)
        .where(is_waiting(clock))
        .order_by(PriorLearning.sent_at, PriorLearning.id)
    )


def _locked(session: Session, request_id: UUID, actor_id: UUID, clock: Clock) -> PriorLearning:
    """Lock a request, so that it is decided once."""
    statement = select(PriorLearning).where(PriorLearning.id == request_id, is_waiting(clock))
    asked = session.scalar(statement.with_for_update())
    if asked is None:
        raise NotFound("no such request waits")
    if asked.person_id == actor_id:
        raise SameEyes("nobody decides on their own request")
    return asked


def _must_hold(session: Session, asked: Waiting | PriorLearning, today: date) -> bool:
    """Say whether the person must hold the training, and let nobody complete it meanwhile."""
    statement = select(Obligation.id).where(
        Obligation.person_id == asked.person_id,
        Obligation.training_id == asked.training_id,
        known(Obligation, None),
        covers(Obligation.opened_on, Obligation.closed_on, today),
    )
    if isinstance(asked, PriorLearning):
        statement = statement.with_for_update()
    return session.scalar(statement.limit(1)) is not None


def _award(asked: PriorLearning, found: Approval, clock: Clock) -> Award:
    renewed = found.place.renewed
    return Award(
        id=uuid4(),
        person_id=asked.person_id,
        training_id=asked.training_id,
        sequence=len(found.place.awards) + 1,
        content_version=found.place.training.version,
        obtained_on=asked.completed_on,
        valid_from=asked.completed_on,
        valid_until=found.valid_until,
        kind=AwardKind.EQUIVALENT,
        supersedes_id=None if renewed is None else renewed.id,
        withdrawn_on=None,
        recorded_at=clock.now(),
    )
