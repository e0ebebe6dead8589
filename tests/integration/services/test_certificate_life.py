"""What becomes of a certificate: renewed, corrected, renamed, withdrawn; earlier ones stay."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.errors import AwardNotCurrent, NotFound, SameEyes
from elearning.learning.award import add_months
from elearning.services.audit_log import audit_breaks
from elearning.services.awards import awards_of
from elearning.services.held_certificates import certificates_of, held_certificate
from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.services.replace_award import AwardDays, correct_award, reissue_under_present_name
from elearning.services.seal import Issuing
from elearning.services.verify_certificate import Standing, check_name, verify_code
from elearning.services.withdraw_award import (
    confirm_withdrawal,
    current_award,
    decline_withdrawal,
    request_withdrawal,
)
from elearning.services.withdrawals import decided_withdrawals, open_withdrawals
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.certificates import Withdrawal, WithdrawalReason
from elearning.storage.completion import Award, Certificate
from elearning.storage.people import Person
from tests.builders import a_person, an_award
from tests.integration.services.conftest import NewLearner
from tests.integration.services.learner import SECRET, Learner
from tests.practice_content import BASIS
from tests.sealing import BASE_URL, an_issuing


@dataclass(slots=True)
class Desk:
    """Issues certificates and looks them up, in one database session."""

    session: Session
    issuing: Issuing
    clock: SetClock

    def issue(self, person: Person, *, on: date | None = None) -> Award:
        """Let a person hold a certificate of 24 months."""
        obtained_on = on or self.clock.today()
        award = an_award(
            self.session,
            person=person,
            training_id=BASIS,
            obtained_on=obtained_on,
            valid_until=add_months(obtained_on, 24),
        )
        issue_certificate(self.session, award=award, issuing=self.issuing)
        return award

    def standing(self, award: Award) -> Standing:
        """Return what anybody reads who checks the code."""
        return verify_code(
            self.session, text=self.code(award), secret_key=SECRET, clock=self.clock
        ).standing

    def code(self, award: Award) -> str:
        """Return the code on the paper."""
        return str(code_of(award.id, SECRET))

    def is_name_of(self, name: str, award: Award) -> bool:
        """Say whether the verify page confirms a name."""
        return check_name(
            self.session, text=self.code(award), name=name, secret_key=SECRET, clock=self.clock
        )

    def statement(self, award: Award) -> str:
        """Return the signed file as its holder gets it."""
        return held_certificate(
            self.session,
            person_id=award.person_id,
            award_id=award.id,
            lang="nl",
            secret_key=SECRET,
            base_url=BASE_URL,
        ).statement

    def rename(self, award: Award) -> Award:
        """Ask for the certificate under the name of now."""
        return reissue_under_present_name(
            self.session, person_id=award.person_id, award_id=award.id, issuing=self.issuing
        )

    def kinds(self) -> list[AuditKind | None]:
        """Return what the log says was done, in order."""
        return [*self.session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number))]


@pytest.fixture
def desk(session: Session, library: Library, clock: SetClock) -> Desk:
    """Return the desk."""
    return Desk(session, an_issuing(library, SECRET, clock), clock)


def desk_of(learner: Learner) -> Desk:
    """Return the desk in a learner's own session."""
    issuing = an_issuing(learner.library, SECRET, learner.clock)
    return Desk(learner.session, issuing, learner.clock)


@pytest.fixture
def noor(session: Session) -> Person:
    """Return Noor de Wit."""
    return a_person(session)


def test_29_feb_plus_24_months(desk: Desk, noor: Person) -> None:
    award = desk.issue(noor, on=date(2028, 2, 29))
    assert award.valid_until == date(2030, 2, 28)
    for day, standing in ((27, Standing.VALID), (28, Standing.EXPIRED)):
        desk.clock.instant = datetime(2030, 2, day, 9, tzinfo=desk.clock.instant.tzinfo)
        assert desk.standing(award) is standing


def test_double_click_gives_one_award(learner: Learner) -> None:
    assert len(learner.do_everything()) == 1
    assert learner.finish() == ()
    assert len(certificates_of(learner.session, person_id=learner.person_id)) == 1


class TestARenewal:
    """A new certificate beside the old one."""

    def test_early_keeps_the_anchor_and_the_old_code_says_replaced(self, learner: Learner) -> None:
        desk = desk_of(learner)
        old = desk.issue(learner.person, on=date(2025, 4, 20))
        (new,) = learner.do_everything()
        assert new.valid_until == date(2029, 4, 20)
        assert (desk.standing(old), desk.standing(new)) == (Standing.REPLACED, Standing.VALID)
        held = certificates_of(learner.session, person_id=learner.person_id)
        assert [award.id for award, _ in held] == [new.id, old.id]

    def test_a_day_late_counts_from_its_own_day(self, learner: Learner) -> None:
        desk = desk_of(learner)
        today = learner.clock.today()
        old = desk.issue(learner.person, on=add_months(today, -24))
        assert desk.standing(old) is Standing.EXPIRED
        (new,) = learner.do_everything()
        assert new.valid_until == add_months(today, 24)
        assert desk.standing(old) is Standing.REPLACED

    def test_of_a_withdrawn_award_replaces_nothing(self, learner: Learner) -> None:
        desk = desk_of(learner)
        old = desk.issue(learner.person, on=date(2026, 9, 1))
        old.withdrawn_on = date(2026, 10, 1)
        (new,) = learner.do_everything()
        assert (new.supersedes_id, desk.standing(old)) == (None, Standing.WITHDRAWN)


class TestAnotherName:
    """The institution calls somebody otherwise; the old paper never shows the former name."""

    @pytest.fixture
    def renamed(self, desk: Desk, noor: Person) -> tuple[Award, Award]:
        """Return the certificate under the former name, and the one under the new name."""
        old = desk.issue(noor, on=date(2027, 1, 15))
        noor.display_name = "Noor Jansen"
        desk.session.flush()
        return old, desk.rename(old)

    def test_name_change_makes_the_old_code_say_replaced(
        self, desk: Desk, renamed: tuple[Award, Award]
    ) -> None:
        old, new = renamed
        assert (desk.standing(old), desk.standing(new)) == (Standing.REPLACED, Standing.VALID)
        assert desk.is_name_of("Noor Jansen", new)

    def test_leaves_the_days_as_they_were(self, renamed: tuple[Award, Award]) -> None:
        old, new = renamed
        assert (new.obtained_on, new.valid_until) == (old.obtained_on, old.valid_until)
        assert (new.sequence, new.supersedes_id) == (2, old.id)

    def test_is_done_once(self, desk: Desk, renamed: tuple[Award, Award]) -> None:
        for award in renamed:
            with pytest.raises(AwardNotCurrent):
                desk.rename(award)

    def test_is_logged_without_a_name(self, desk: Desk, renamed: tuple[Award, Award]) -> None:
        assert desk.kinds()[-1] is AuditKind.AWARD_REPLACED
        facts = desk.session.scalars(select(AuditEntry.facts)).all()
        assert "Jansen" not in " ".join(str(each) for each in facts)
        assert renamed

    def test_that_is_the_same_changes_nothing(self, desk: Desk, noor: Person) -> None:
        award = desk.issue(noor)
        with pytest.raises(AwardNotCurrent):
            desk.rename(award)

    def test_cannot_be_asked_for_somebody_else(self, desk: Desk, noor: Person) -> None:
        award = desk.issue(noor)
        other = a_person(desk.session)
        with pytest.raises(NotFound):
            reissue_under_present_name(
                desk.session, person_id=other.id, award_id=award.id, issuing=desk.issuing
            )


class TestACorrection:
    """Days that were wrong."""

    def test_gives_a_new_certificate_and_the_old_code_says_replaced(
        self, desk: Desk, noor: Person
    ) -> None:
        old = desk.issue(noor, on=date(2027, 2, 1))
        days = AwardDays(date(2027, 1, 1), date(2029, 1, 1))
        new = correct_award(desk.session, award=old, days=days, actor_id=None, issuing=desk.issuing)
        assert (desk.standing(old), desk.standing(new)) == (Standing.REPLACED, Standing.VALID)
        (newest, _) = awards_of(desk.session, person_id=noor.id, training_id=BASIS)
        assert (newest.obtained_on, newest.valid_until) == (days.obtained_on, days.valid_until)

    def test_of_what_does_not_stand_is_refused(self, desk: Desk, noor: Person) -> None:
        old = desk.issue(noor)
        old.withdrawn_on = desk.clock.today()
        desk.session.flush()
        days = AwardDays(date(2027, 1, 1), None)
        with pytest.raises(AwardNotCurrent):
            correct_award(desk.session, award=old, days=days, actor_id=None, issuing=desk.issuing)


class TestAWithdrawal:
    """One asks, another decides; the reason stays inside."""

    @pytest.fixture
    def officers(self, session: Session) -> tuple[UUID, UUID]:
        """Return two people of HR."""
        return a_person(session, name="Wouter").id, a_person(session, name="Ilse").id

    @pytest.fixture
    def award(self, desk: Desk, noor: Person) -> Award:
        """Return a certificate that counts."""
        return desk.issue(noor)

    @pytest.fixture
    def asked(self, desk: Desk, award: Award, officers: tuple[UUID, UUID]) -> Withdrawal:
        """Return a request of the first officer."""
        return ask(desk, award, officers[0])

    def test_that_was_asked_changes_nothing_yet(
        self, desk: Desk, award: Award, asked: Withdrawal
    ) -> None:
        assert desk.standing(award) is Standing.VALID
        (found,) = open_withdrawals(desk.session)
        assert (found.id, found.holder, found.requester) == (asked.id, "Noor de Wit", "Wouter")

    def test_cannot_be_confirmed_by_who_asked(
        self, desk: Desk, award: Award, asked: Withdrawal, officers: tuple[UUID, UUID]
    ) -> None:
        with pytest.raises(SameEyes):
            confirm_withdrawal(
                desk.session, withdrawal_id=asked.id, actor_id=officers[0], clock=desk.clock
            )
        assert desk.standing(award) is Standing.VALID

    def test_that_another_confirms_shows_at_once_and_says_no_reason(
        self, desk: Desk, award: Award, asked: Withdrawal, officers: tuple[UUID, UUID]
    ) -> None:
        confirm_withdrawal(
            desk.session, withdrawal_id=asked.id, actor_id=officers[1], clock=desk.clock
        )
        found = verify_code(
            desk.session, text=desk.code(award), secret_key=SECRET, clock=desk.clock
        )
        assert found.standing is Standing.WITHDRAWN
        assert asked.reason.value not in repr(found)
        assert open_withdrawals(desk.session) == ()

    def test_that_is_declined_leaves_it_and_can_be_asked_again(
        self, desk: Desk, award: Award, asked: Withdrawal, officers: tuple[UUID, UUID]
    ) -> None:
        decline_withdrawal(
            desk.session, withdrawal_id=asked.id, actor_id=officers[0], clock=desk.clock
        )
        assert desk.standing(award) is Standing.VALID
        ask(desk, award, officers[1])

    def test_stays_to_be_read_after_the_decision(
        self, desk: Desk, award: Award, asked: Withdrawal, officers: tuple[UUID, UUID]
    ) -> None:
        decline_withdrawal(
            desk.session, withdrawal_id=asked.id, actor_id=officers[0], clock=desk.clock
        )
        desk.clock.instant += timedelta(days=1)
        again = ask(desk, award, officers[1])
        confirm_withdrawal(
            desk.session, withdrawal_id=again.id, actor_id=officers[0], clock=desk.clock
        )
        found = decided_withdrawals(desk.session, page=1, page_size=20)
        assert [(each.is_confirmed, each.requester, each.decider) for each in found.rows] == [
            (True, "Ilse", "Wouter"),
            (False, "Wouter", "Wouter"),
        ]
        assert {each.holder for each in found.rows} == {"Noor de Wit"}

    def test_is_read_a_page_at_a_time_and_too_far_is_the_last(
        self, desk: Desk, award: Award, officers: tuple[UUID, UUID]
    ) -> None:
        assert decided_withdrawals(desk.session, page=3, page_size=2).rows == ()
        for _ in range(3):
            asked = ask(desk, award, officers[0])
            decline_withdrawal(
                desk.session, withdrawal_id=asked.id, actor_id=officers[0], clock=desk.clock
            )
            desk.clock.instant += timedelta(days=1)
        first, last = (decided_withdrawals(desk.session, page=at, page_size=2) for at in (1, 9))
        assert (first.found, first.page, first.pages, len(first.rows)) == (3, 1, 2, 2)
        assert (last.page, len(last.rows)) == (2, 1)
        assert last.rows[0].decided_at < first.rows[1].decided_at < first.rows[0].decided_at

    def test_goes_from_the_list_with_its_award(
        self, desk: Desk, award: Award, asked: Withdrawal, officers: tuple[UUID, UUID]
    ) -> None:
        decline_withdrawal(
            desk.session, withdrawal_id=asked.id, actor_id=officers[0], clock=desk.clock
        )
        desk.session.execute(delete(Award).where(Award.id == award.id))
        assert decided_withdrawals(desk.session, page=1, page_size=20).found == 0

    def test_is_asked_once_at_a_time(
        self, desk: Desk, award: Award, asked: Withdrawal, officers: tuple[UUID, UUID]
    ) -> None:
        with pytest.raises(AwardNotCurrent):
            ask(desk, award, officers[1])
        assert asked.decided_at is None

    def test_is_decided_once(
        self, desk: Desk, asked: Withdrawal, officers: tuple[UUID, UUID]
    ) -> None:
        for refused in (False, True):
            if not refused:
                confirm_withdrawal(
                    desk.session, withdrawal_id=asked.id, actor_id=officers[1], clock=desk.clock
                )
                continue
            with pytest.raises(NotFound):
                decline_withdrawal(
                    desk.session, withdrawal_id=asked.id, actor_id=officers[1], clock=desk.clock
                )

    def test_is_logged_with_both_people(
        self, desk: Desk, award: Award, asked: Withdrawal, officers: tuple[UUID, UUID]
    ) -> None:
        confirm_withdrawal(
            desk.session, withdrawal_id=asked.id, actor_id=officers[1], clock=desk.clock
        )
        logged = desk.session.execute(
            select(AuditEntry.kind, AuditEntry.actor_id, AuditEntry.subject_id)
            .order_by(AuditEntry.number.desc())
            .limit(2)
        ).all()
        assert [tuple(each) for each in reversed(logged)] == [
            (AuditKind.WITHDRAWAL_REQUESTED, officers[0], award.id),
            (AuditKind.WITHDRAWAL_CONFIRMED, officers[1], award.id),
        ]
        assert [*audit_breaks(desk.session, clock=desk.clock)] == []

    def test_of_a_replaced_one_is_refused(
        self, desk: Desk, award: Award, noor: Person, officers: tuple[UUID, UUID]
    ) -> None:
        noor.display_name = "Noor Jansen"
        desk.session.flush()
        desk.rename(award)
        with pytest.raises(AwardNotCurrent):
            ask(desk, award, officers[0])

    def test_finds_the_award_by_staff_number(self, desk: Desk, award: Award, noor: Person) -> None:
        found = current_award(desk.session, external_id=noor.external_id, training_id=BASIS)
        assert found.id == award.id
        with pytest.raises(NotFound):
            current_award(desk.session, external_id="nobody", training_id=BASIS)

    def test_in_a_past_k_is_not_yet_known(self, desk: Desk, award: Award) -> None:
        before = desk.clock.today()
        award.withdrawn_on = before + timedelta(days=10)
        desk.session.flush()
        assert desk.standing(award) is Standing.VALID
        desk.clock.instant += timedelta(days=10)
        assert desk.standing(award) is Standing.WITHDRAWN


def test_a_reprint_has_the_same_signed_bytes_after_all_that_happened(
    desk: Desk, noor: Person
) -> None:
    award = desk.issue(noor, on=date(2027, 1, 15))
    before = desk.statement(award)
    noor.display_name = "Noor Jansen"
    desk.session.flush()
    desk.rename(award)
    desk.clock.instant += timedelta(days=900)
    assert desk.statement(award) == before
    assert desk.code(award) in before


def test_three_routes_give_identical_rows(new_learner: NewLearner) -> None:
    talker, reader = new_learner(BASIS), new_learner(BASIS)
    (talked,), (read,) = talker.do_everything(), reader.read_everything()
    assert kept(talker.session, talked) == kept(reader.session, read)


def kept(session: Session, award: Award) -> tuple[object, ...]:
    """Return everything that is kept of an award and its certificate but keys and digests."""
    certificate = session.get_one(Certificate, award.id)
    return (
        award.training_id,
        award.sequence,
        award.content_version,
        award.obtained_on,
        award.valid_from,
        award.valid_until,
        award.kind,
        award.supersedes_id,
        certificate.document,
        certificate.issued_on,
        session.scalar(
            select(func.count()).select_from(AuditEntry).where(AuditEntry.subject_id == award.id)
        ),
    )


def ask(desk: Desk, award: Award, actor_id: UUID) -> Withdrawal:
    """Ask for a withdrawal."""
    return request_withdrawal(
        desk.session,
        award=award,
        reason=WithdrawalReason.NOT_MET,
        actor_id=actor_id,
        clock=desk.clock,
    )


def test_the_certificate_names_the_proof_of_everything_that_may_count(
    desk: Desk, noor: Person
) -> None:
    library = desk.issuing.library
    digest = library.proof_of(BASIS)
    assert digest is not None
    signed = json.loads(desk.statement(desk.issue(noor)))["statement"]
    assert signed["proof"] == digest[:8]
    counted = [
        name for part in library.training(BASIS).parts for name in getattr(part, "any_of", ())
    ]
    other = replace(library, proofs={**library.proofs, counted[-1]: "another proof"})
    assert other.proof_of(BASIS) != digest
    without = {name: each for name, each in library.proofs.items() if name != counted[-1]}
    assert replace(library, proofs=without).proof_of(BASIS) is None
