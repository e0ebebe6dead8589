"""A training done elsewhere: asked, decided, and forgotten; on both databases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.errors import Conflict, InvalidInput, NotFound, SameEyes
from elearning.learning.prior import LARGEST_BYTES, EvidenceKind, Refusal
from elearning.services.awards import awards_of
from elearning.services.decide_prior import (
    approve,
    decline,
    evidence_of,
    waiting_request,
    waiting_requests,
)
from elearning.services.prior_learning import (
    Filled,
    fill_in,
    own_answer,
    own_offers,
    own_request,
    send_request,
    take_back,
)
from elearning.services.prior_requests import forget_old_requests
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.completion import Award, AwardKind, Certificate
from elearning.storage.people import Person
from elearning.storage.prior_learning import PriorAnswer, PriorLearning
from tests.builders import a_person, an_award, an_obligation
from tests.databases import TODAY
from tests.integration.services.learner import SECRET, Learner
from tests.practice_content import BASIS
from tests.sealing import an_issuing

DAY = TODAY.date()
DONE_ON = date(2026, 10, 5)
PDF = b"%PDF-1.7 a certificate"
OTHER, DIPLOMA = "other-institution", "adviser-diploma"
NewLearner = Callable[..., Learner]


@dataclass(frozen=True, slots=True)
class Desk:
    """Somebody who asks, and somebody of HR who decides."""

    session: Session
    library: Library
    clock: SetClock
    asker: Learner
    officer: Person

    def fill(self, *, code: str = OTHER, day: date = DONE_ON, evidence: bytes | None = PDF) -> None:
        """Fill in the question."""
        fill_in(
            self.session,
            library=self.library,
            person_id=self.asker.person_id,
            filled=Filled(code, day, evidence),
            clock=self.clock,
        )

    def ask(self, **filled: object) -> UUID:
        """Fill it in, send it, and return the request."""
        self.fill(**filled)  # type: ignore[arg-type] # named as above
        here = {"person_id": self.asker.person_id, "clock": self.clock}
        send_request(self.session, library=self.library, **here)  # type: ignore[arg-type]
        (asked,), total = waiting_requests(self.session, clock=self.clock)
        assert total == 1
        return asked.id

    def approve(self, request_id: UUID) -> Award:
        """Let it count."""
        issuing = an_issuing(self.library, SECRET, self.clock)
        return approve(
            self.session, request_id=request_id, actor_id=self.officer.id, issuing=issuing
        )

    def decline(self, request_id: UUID, actor_id: UUID | None = None) -> None:
        """Decline it, because the file does not show it."""
        decline(
            self.session,
            request_id=request_id,
            reason=Refusal.NOT_SHOWN,
            actor_id=actor_id or self.officer.id,
            clock=self.clock,
        )

    def count(self, model: type[PriorLearning | PriorAnswer | Certificate]) -> int:
        """Count the rows of a table."""
        return self.session.scalar(select(func.count()).select_from(model)) or 0

    def entries(self, kind: AuditKind) -> list[AuditEntry]:
        """Return what the log says of a kind."""
        return [*self.session.scalars(select(AuditEntry).where(AuditEntry.kind == kind))]


@pytest.fixture
def desk(session: Session, library: Library, clock: SetClock, new_learner: NewLearner) -> Desk:
    asker = new_learner(BASIS)
    return Desk(session, library, clock, asker, a_person(session, name="Wouter Hendriks"))


def test_an_approval_gives_an_award_of_that_day_with_its_certificate(desk: Desk) -> None:
    award = desk.approve(desk.ask())
    assert award.kind is AwardKind.EQUIVALENT
    assert (award.obtained_on, award.valid_from) == (DONE_ON, DONE_ON)
    assert award.valid_until == date(2028, 10, 5)
    assert award.content_version == desk.library.training(BASIS).version
    assert (award.sequence, award.supersedes_id) == (1, None)
    assert desk.count(Certificate) == 1


def test_the_list_can_say_how_long_it_counts(desk: Desk) -> None:
    assert desk.approve(desk.ask(code=DIPLOMA)).valid_until == date(2029, 10, 5)


def test_its_row_differs_from_one_that_was_earned_here_by_kind_and_days_only(
    desk: Desk, new_learner: NewLearner
) -> None:
    elsewhere = desk.approve(desk.ask(day=DAY))
    here = new_learner(BASIS, name="Noor de Wit")
    here.do_everything()
    (earned,) = awards_of(desk.session, person_id=here.person_id, training_id=BASIS)
    own = {"id", "person_id", "kind"}
    columns = [each.name for each in Award.__table__.columns if each.name not in own]
    assert [getattr(elsewhere, each) for each in columns] == [
        getattr(earned, each) for each in columns
    ]
    documents = [*desk.session.scalars(select(Certificate.document))]
    assert documents[0] == documents[1]


def test_an_approval_leaves_nothing_of_the_request_and_names_no_training_elsewhere(
    desk: Desk,
) -> None:
    award = desk.approve(desk.ask())
    assert (desk.count(PriorLearning), desk.count(PriorAnswer)) == (0, 0)
    (entry,) = desk.entries(AuditKind.PRIOR_APPROVED)
    assert (entry.actor_id, entry.subject_id) == (desk.officer.id, award.id)
    every = desk.session.scalars(select(AuditEntry.facts))
    assert not any(OTHER in (facts or "") for facts in every)


def test_declining_leaves_the_reason_for_who_asked_for_thirty_days(desk: Desk) -> None:
    desk.decline(desk.ask())
    assert desk.count(PriorLearning) == 0
    answer = own_answer(desk.session, person_id=desk.asker.person_id, clock=desk.clock)
    assert answer is not None
    assert (answer.training_id, answer.reason) == (BASIS, Refusal.NOT_SHOWN)
    (entry,) = desk.entries(AuditKind.PRIOR_DECLINED)
    assert (entry.actor_id, entry.subject_id) == (desk.officer.id, desk.asker.person_id)
    desk.clock.instant += timedelta(days=30)
    assert own_answer(desk.session, person_id=desk.asker.person_id, clock=desk.clock) is None
    assert forget_old_requests(desk.session, clock=desk.clock) == 1
    assert desk.count(PriorAnswer) == 0


def test_the_next_request_takes_the_answer_to_the_last_away(desk: Desk) -> None:
    desk.decline(desk.ask())
    desk.ask(code=DIPLOMA)
    assert desk.count(PriorAnswer) == 0


def test_nobody_decides_on_their_own_request(desk: Desk) -> None:
    request_id = desk.ask()
    with pytest.raises(SameEyes):
        desk.decline(request_id, desk.asker.person_id)
    issuing = an_issuing(desk.library, SECRET, desk.clock)
    with pytest.raises(SameEyes):
        approve(desk.session, request_id=request_id, actor_id=desk.asker.person_id, issuing=issuing)
    assert desk.count(PriorLearning) == 1


def test_a_request_is_decided_once(desk: Desk) -> None:
    request_id = desk.ask()
    desk.approve(request_id)
    with pytest.raises(NotFound):
        desk.approve(request_id)
    with pytest.raises(NotFound):
        desk.decline(request_id)
    assert desk.count(Certificate) == 1


def test_nobody_sees_what_was_not_sent(desk: Desk) -> None:
    desk.fill()
    assert waiting_requests(desk.session, clock=desk.clock) == ((), 0)
    row = desk.session.scalars(select(PriorLearning)).one()
    with pytest.raises(NotFound):
        waiting_request(desk.session, request_id=row.id, clock=desk.clock)
    with pytest.raises(NotFound):
        evidence_of(desk.session, request_id=row.id, clock=desk.clock)


def test_filling_it_in_again_takes_the_place_of_what_was_not_sent(desk: Desk) -> None:
    desk.fill()
    desk.fill(code=DIPLOMA, evidence=None)
    row = own_request(desk.session, person_id=desk.asker.person_id, clock=desk.clock)
    assert row is not None
    assert (row.code, row.evidence_kind, row.evidence) == (DIPLOMA, None, None)
    assert desk.count(PriorLearning) == 1


def test_while_one_waits_there_is_no_second_one(desk: Desk) -> None:
    desk.ask()
    with pytest.raises(Conflict):
        desk.fill(code=DIPLOMA)
    here = {"person_id": desk.asker.person_id, "clock": desk.clock}
    send_request(desk.session, library=desk.library, **here)  # type: ignore[arg-type]
    assert desk.count(PriorLearning) == 1


def test_it_can_be_taken_back_while_it_waits(desk: Desk) -> None:
    request_id = desk.ask()
    take_back(desk.session, person_id=desk.asker.person_id)
    assert desk.count(PriorLearning) == 0
    with pytest.raises(NotFound):
        desk.approve(request_id)


@pytest.mark.parametrize(
    ("start", "kind"),
    [
        (b"%PDF-1.4", EvidenceKind.PDF),
        (b"\x89PNG\r\n\x1a\n", EvidenceKind.PNG),
        (b"\xff\xd8\xff\xe0", EvidenceKind.JPEG),
    ],
)
def test_a_file_is_what_is_in_it(desk: Desk, start: bytes, kind: EvidenceKind) -> None:
    request_id = desk.ask(evidence=start + b" and more")
    found = evidence_of(desk.session, request_id=request_id, clock=desk.clock)
    assert found == (kind, start + b" and more")


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg/>", b"PK\x03\x04", b" %PDF-1.4", b"%PDF-" + b" " * LARGEST_BYTES],
    ids=["empty", "svg", "zip", "no pdf", "too large"],
)
def test_any_other_file_is_refused(desk: Desk, content: bytes) -> None:
    with pytest.raises(InvalidInput):
        desk.fill(evidence=content)
    assert desk.count(PriorLearning) == 0


@pytest.mark.parametrize(
    ("day", "fits"),
    [
        (DAY, True),
        (DAY + timedelta(days=1), False),
        (date(2025, 3, 4), True),
        (date(2025, 3, 3), False),  # 24 months later it ends today
    ],
)
def test_a_day_is_not_ahead_and_still_counts(desk: Desk, day: date, *, fits: bool) -> None:
    if fits:
        assert desk.approve(desk.ask(day=day)).obtained_on == day
    else:
        with pytest.raises(InvalidInput):
            desk.fill(day=day)


def test_only_what_is_on_the_list_for_what_one_must_hold_can_be_asked(
    desk: Desk, new_learner: NewLearner
) -> None:
    with pytest.raises(NotFound):
        desk.fill(code="something-else")
    free = new_learner(name="Vrij")
    offers = own_offers(
        desk.session, library=desk.library, person_id=free.person_id, today=desk.clock.today()
    )
    assert offers == ()


def test_who_holds_a_valid_award_is_offered_nothing(desk: Desk) -> None:
    an_award(desk.session, person=desk.asker.person, training_id=BASIS)
    with pytest.raises(NotFound):
        desk.fill()


def test_a_renewal_keeps_the_anchor_and_takes_the_place_of_the_old_one(desk: Desk) -> None:
    ends = DAY + timedelta(days=30)
    old = an_award(
        desk.session,
        person=desk.asker.person,
        training_id=BASIS,
        obtained_on=date(2025, 4, 2),
        valid_until=ends,
    )
    with pytest.raises(InvalidInput):  # before the award that it would renew
        desk.fill(day=date(2025, 4, 2))
    award = desk.approve(desk.ask(day=DAY))
    assert (award.sequence, award.supersedes_id) == (2, old.id)
    assert award.valid_until == date(2029, 4, 2)


def test_after_a_withdrawal_it_stands_by_itself(desk: Desk) -> None:
    an_award(
        desk.session, person=desk.asker.person, training_id=BASIS, withdrawn_on=date(2027, 2, 1)
    )
    award = desk.approve(desk.ask())
    assert (award.sequence, award.supersedes_id) == (2, None)


def test_who_completes_the_training_meanwhile_leaves_no_request_behind(desk: Desk) -> None:
    request_id = desk.ask()
    desk.asker.do_everything()
    assert desk.count(PriorLearning) == 0
    with pytest.raises(NotFound):
        desk.approve(request_id)


def test_nothing_comes_of_it_once_it_is_too_long_ago(desk: Desk) -> None:
    request_id = desk.ask(day=date(2025, 3, 10))
    desk.clock.instant += timedelta(days=10)
    with pytest.raises(Conflict):
        desk.approve(request_id)
    desk.decline(request_id)


def test_nothing_comes_of_it_once_the_training_is_no_longer_asked(
    desk: Desk, session: Session, new_learner: NewLearner
) -> None:
    free = new_learner(name="Vrij")
    obligation = an_obligation(session, person=free.person, training_id=BASIS)
    other = Desk(session, desk.library, desk.clock, free, desk.officer)
    request_id = other.ask()
    obligation.retracted_at = desk.clock.now()
    session.flush()
    with pytest.raises(Conflict):
        other.approve(request_id)


def test_sixty_days_later_it_is_forgotten_and_one_that_was_not_sent_after_a_day(
    desk: Desk,
) -> None:
    desk.fill()
    desk.clock.instant += timedelta(hours=23)
    assert forget_old_requests(desk.session, clock=desk.clock) == 0
    desk.clock.instant += timedelta(hours=1)
    assert own_request(desk.session, person_id=desk.asker.person_id, clock=desk.clock) is None
    assert forget_old_requests(desk.session, clock=desk.clock) == 1
    desk.ask()
    desk.clock.instant += timedelta(days=59)
    assert forget_old_requests(desk.session, clock=desk.clock) == 0
    desk.clock.instant += timedelta(days=1)
    assert waiting_requests(desk.session, clock=desk.clock) == ((), 0)
    assert forget_old_requests(desk.session, clock=desk.clock) == 1
