"""Ask to let a training elsewhere count: an entry of the list, a day, and at most one file.

It is filled in first and sent after a look at it; it can be taken back while it waits. HR decides
(`decide_prior`), and nothing is kept of a request after that.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.errors import Conflict, InvalidInput, NotFound
from elearning.learning.prior import LARGEST_BYTES, Equivalent, EvidenceKind, evidence_kind
from elearning.services.complete_training import trainings_of
from elearning.services.equivalent_award import Place, day_problem, place_for
from elearning.services.prior_requests import ANSWER_STAYS, is_draft, is_waiting
from elearning.storage.people import Person
from elearning.storage.prior_learning import PriorAnswer, PriorLearning


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry of the list that somebody can choose, and how they stand with its training."""

    equivalent: Equivalent
    place: Place


@dataclass(frozen=True, slots=True)
class Filled:
    """What somebody filled in."""

    code: str
    completed_on: date
    evidence: bytes | None


def offers_for(library: Library, places: Iterable[Place]) -> Iterator[Offer]:
    """Yield what can be chosen by who stands like this."""
    for place in places:
        for each in library.institution.equivalents:
            if place.is_open and each.training_id == place.training.id:
                yield Offer(each, place)


def own_offers(
    session: Session, *, library: Library, person_id: UUID, today: date
) -> tuple[Offer, ...]:
    """Return what somebody can choose, for the trainings that they must hold."""
    held = trainings_of(session, library=library, person_id=person_id, today=today)
    places = (
        place_for(
            session,
            training=library.trainings[each.training_id],
            person_id=person_id,
            today=today,
        )
        for each in held
    )
    return tuple(offers_for(library, places))


def fill_in(
    session: Session, *, library: Library, person_id: UUID, filled: Filled, clock: Clock
) -> None:
    """Keep what somebody filled in, in the place of what they filled in before; not sent yet.

    Raises `NotFound` for what is not on their list, `InvalidInput` for a day or a file that cannot
    be, `Conflict` while a request waits.
    """
    offer = _offer(session, library, person_id, filled.code, clock.today())
    _check_day(session, offer, filled.completed_on, clock.today())
    kind = None if filled.evidence is None else _kind(filled.evidence)
    session.get_one(Person, person_id, with_for_update=True)
    if _waits(own_request(session, person_id=person_id, clock=clock)):
        raise Conflict("a request waits already")
    take_back(session, person_id=person_id)
    session.add(
        PriorLearning(
            id=uuid4(),
            person_id=person_id,
            training_id=offer.place.training.id,
            code=filled.code,
            completed_on=filled.completed_on,
            drafted_at=clock.now(),
            sent_at=None,
            evidence_kind=kind,
            evidence=filled.evidence,
        )
    )
    session.flush()


def send_request(session: Session, *, library: Library, person_id: UUID, clock: Clock) -> None:
    """Send what was filled in; an answer to an earlier request goes.

    Raises `NotFound` where nothing was filled in, `InvalidInput` where the day fits no longer. A
    second time changes nothing.
    """
    session.get_one(Person, person_id, with_for_update=True)
    row = own_request(session, person_id=person_id, clock=clock)
    if row is None:
        raise NotFound("nothing was filled in")
    if row.sent_at is not None:
        return
    offer = _offer(session, library, person_id, row.code, clock.today())
    _check_day(session, offer, row.completed_on, clock.today())
    row.sent_at = clock.now()
    session.execute(delete(PriorAnswer).where(PriorAnswer.person_id == person_id))
    session.flush()


def take_back(session: Session, *, person_id: UUID) -> None:
    """Delete somebody's request with its evidence, sent or not."""
    session.execute(delete(PriorLearning).where(PriorLearning.person_id == person_id))


def own_request(session: Session, *, person_id: UUID, clock: Clock) -> PriorLearning | None:
    """Return what somebody filled in or sent, while it is kept; without its file."""
    return session.scalar(
        select(PriorLearning).where(
            PriorLearning.person_id == person_id, or_(is_draft(clock), is_waiting(clock))
        )
    )


def own_answer(session: Session, *, person_id: UUID, clock: Clock) -> PriorAnswer | None:
    """Return why somebody's last request was declined, for thirty days."""
    return session.scalar(
        select(PriorAnswer).where(
            PriorAnswer.person_id == person_id,
            PriorAnswer.answered_at > clock.now() - ANSWER_STAYS,
        )
    )


def own_evidence(session: Session, *, person_id: UUID, clock: Clock) -> tuple[EvidenceKind, bytes]:
    """Return the file that somebody added to their own request; raises `NotFound`."""
    row = own_request(session, person_id=person_id, clock=clock)
    if row is None or row.evidence_kind is None or row.evidence is None:
        raise NotFound("there is no file")
    return row.evidence_kind, row.evidence


def _waits(row: PriorLearning | None) -> bool:
    return row is not None and row.sent_at is not None


def _offer(session: Session, library: Library, person_id: UUID, code: str, today: date) -> Offer:
    found = own_offers(session, library=library, person_id=person_id, today=today)
    fitting = (each for each in found if each.equivalent.code == code)
    offer = next(fitting, None)
    if offer is None:
        raise NotFound(f"{code!r} is not on the list of this person")
    return offer


def _check_day(session: Session, offer: Offer, day: date, today: date) -> None:
    problem = day_problem(
        session, place=offer.place, equivalent=offer.equivalent, day=day, today=today
    )
    if problem is not None:
        raise InvalidInput(f"the day cannot be: {problem}")


def _kind(content: bytes) -> EvidenceKind:
    kind = evidence_kind(content)
    if kind is None or len(content) > LARGEST_BYTES:
        raise InvalidInput("the file is no PDF, PNG or JPEG, or too large")
    return kind
