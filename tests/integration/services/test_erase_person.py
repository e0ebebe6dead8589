"""Whoever is erased is gone from every table, also after a restored backup, and no log says who."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from elearning.errors import NotFound
from elearning.integrations.erasure_file import ErasureFile
from elearning.services.audit_log import audit_breaks
from elearning.services.badges import share_badge, withdrawn_places
from elearning.services.erase_person import StillWorksHere, erase_again, erase_person
from elearning.services.erasure_ledger import Erasing
from elearning.services.forget_learning import forget_own_learning
from elearning.services.issue_certificate import code_of
from elearning.services.verify_certificate import Standing, verify_code
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.certificates import BadgeStatus
from elearning.storage.completion import Award, Exemption
from elearning.storage.learning_state import LearningLink
from elearning.storage.models import Base
from elearning.storage.people import Person, Role
from tests.builders import a_role, an_account, an_appointment, an_exemption, an_obligation
from tests.integration.services.conftest import NewLearner
from tests.integration.services.learner import SECRET, Learner
from tests.practice_content import BASIS, TALK

ENDED = date(2026, 12, 1)


@pytest.fixture
def erasing(tmp_path: Path) -> Erasing:
    return Erasing(ErasureFile(tmp_path / "instance" / "erased"), SECRET)


@pytest.fixture
def gone(new_learner: NewLearner) -> Learner:
    """Return somebody who completed, shared the badge, and has left."""
    learner = new_learner(BASIS, name="Kanarie van Dam")
    an_account(learner.session, person=learner.person)
    an_appointment(learner.session, person=learner.person, ends_on=ENDED)
    learner.do_everything()
    (award,) = awards_of(learner)
    share_badge(
        learner.session,
        person_id=learner.person_id,
        award_id=award.id,
        is_shared=True,
        clock=learner.clock,
    )
    return learner


def awards_of(learner: Learner) -> list[Award]:
    own = Award.person_id == learner.person_id
    return list(learner.session.scalars(select(Award).where(own)))


def erase(learner: Learner, erasing: Erasing, *, may_work_here: bool = False) -> None:
    erase_person(
        learner.session,
        person_number=learner.person.external_id,
        may_work_here=may_work_here,
        erasing=erasing,
        clock=learner.clock,
    )


def everything_stored(session: Session) -> str:
    """Return every value of every table; keys are written as the database holds them."""
    return repr(
        [
            tuple(row)
            for table in Base.metadata.sorted_tables
            for row in session.execute(text(f"SELECT * FROM {table.name}"))  # noqa: S608 - ours
        ]
    ).replace("-", "")


def test_nothing_is_left_of_who_was_erased(gone: Learner, erasing: Erasing) -> None:
    session = gone.session
    (award,) = awards_of(gone)
    link = session.scalars(select(LearningLink.learning_key)).one()
    keys = [each.hex for each in (gone.person_id, award.id, link)]
    assert all(key in everything_stored(session) for key in keys)
    erase(gone, erasing)
    stored = everything_stored(session)
    assert [key for key in keys if key in stored] == []
    assert "kanarie" not in stored.lower()


def test_the_log_says_that_somebody_was_erased_and_still_holds(
    gone: Learner, erasing: Erasing
) -> None:
    erase(gone, erasing)
    *others, last = gone.session.scalars(select(AuditEntry).order_by(AuditEntry.number))
    assert (last.kind, last.actor_id, last.subject_id) == (AuditKind.PERSON_ERASED, None, None)
    assert json.loads(str(last.facts)) == {"count": "1"}
    assert {each.kind for each in others} == {None, AuditKind.ENTRIES_EMPTIED}
    assert list(audit_breaks(gone.session, clock=gone.clock)) == []


def test_the_code_of_a_certificate_is_then_unknown(gone: Learner, erasing: Erasing) -> None:
    session, clock = gone.session, gone.clock
    (award,) = awards_of(gone)
    code = str(code_of(award.id, SECRET))

    def standing() -> Standing:
        return verify_code(session, text=code, secret_key=SECRET, clock=clock).standing

    assert standing() is Standing.VALID
    erase(gone, erasing)
    assert standing() is Standing.UNKNOWN


def test_the_badge_of_who_was_erased_never_holds_again(gone: Learner, erasing: Erasing) -> None:
    session, today = gone.session, gone.clock.today()
    place = session.scalars(select(BadgeStatus.place)).one()
    number = place // 131_072 + 1
    assert withdrawn_places(session, number=number, today=today) == []
    erase(gone, erasing)
    assert len(withdrawn_places(session, number=number, today=today)) == 1


def test_what_others_did_and_what_was_done_for_others_stays(
    gone: Learner, new_learner: NewLearner, erasing: Erasing
) -> None:
    other = new_learner(BASIS)
    obligation = an_obligation(gone.session, person=other.person, training_id="check-only")
    exemption = an_exemption(
        gone.session, obligation=obligation, from_on=ENDED, until_on=ENDED + timedelta(days=30)
    )
    exemption_id = exemption.id
    gone.session.execute(
        text("UPDATE exemption SET granted_by = :id"),
        {"id": str(gone.person_id) if is_postgresql(gone) else gone.person_id.hex},
    )
    other.do_everything()
    erase(gone, erasing)
    assert gone.session.get_one(Exemption, exemption_id).granted_by is None
    assert {each.training_id for each in awards_of(other)} == {BASIS, "check-only"}


def test_somebody_who_works_here_is_erased_only_when_that_is_accepted(
    learner: Learner, erasing: Erasing
) -> None:
    an_appointment(learner.session, person=learner.person)
    with pytest.raises(StillWorksHere):
        erase(learner, erasing)
    assert erasing.ledger.digests() == frozenset()
    erase(learner, erasing, may_work_here=True)
    assert learner.session.get(Person, learner.person_id) is None


def test_a_number_that_nobody_has_is_not_found(learner: Learner, erasing: Erasing) -> None:
    with pytest.raises(NotFound):
        erase_person(
            learner.session,
            person_number="nobody",
            may_work_here=True,
            erasing=erasing,
            clock=learner.clock,
        )


def test_a_restored_backup_brings_nobody_back(
    gone: Learner, new_learner: NewLearner, erasing: Erasing
) -> None:
    session = gone.session
    other = new_learner(BASIS)
    other.play(TALK, "ruimte")
    session.flush()
    with session.begin_nested() as backup:
        erase(gone, erasing)
        forget_own_learning(session, person_id=other.person_id, erasing=erasing)
        backup.rollback()
    session.expire_all()
    assert session.get(Person, gone.person_id) is not None
    found = erase_again(session, erasing=erasing, clock=gone.clock)
    assert (found.people, found.learners) == (1, 1)
    assert session.get(Person, gone.person_id) is None
    assert session.get(Person, other.person_id) is not None
    assert session.scalars(select(LearningLink)).all() == []
    again = erase_again(session, erasing=erasing, clock=gone.clock)
    assert (again.people, again.learners) == (0, 0)


def test_a_learner_forgets_what_they_did_and_keeps_what_they_obtained(
    gone: Learner, erasing: Erasing
) -> None:
    entries = len(gone.session.scalars(select(AuditEntry)).all())
    assert forget_own_learning(gone.session, person_id=gone.person_id, erasing=erasing)
    assert gone.session.scalars(select(LearningLink)).all() == []
    assert len(awards_of(gone)) == 1
    assert len(gone.session.scalars(select(AuditEntry)).all()) == entries
    assert not forget_own_learning(gone.session, person_id=gone.person_id, erasing=erasing)
    assert len(erasing.ledger.digests()) == 1


def test_the_ledger_tells_nobody_who_it_is_about(gone: Learner, erasing: Erasing) -> None:
    erase(gone, erasing)
    (digest,) = erasing.ledger.digests()
    assert digest == erasing.digest(gone.person_id)
    assert digest != Erasing(erasing.ledger, f"{SECRET}.").digest(gone.person_id)
    assert gone.person_id.hex not in digest
    assert isinstance(erasing.ledger, ErasureFile)
    assert erasing.ledger.path.stat().st_mode & 0o777 == 0o600


def is_postgresql(learner: Learner) -> bool:
    """Say which database this is."""
    return learner.session.connection().dialect.name == "postgresql"


def test_a_grant_of_a_role_goes_with_the_person(gone: Learner, erasing: Erasing) -> None:
    a_role(gone.session, person=gone.person, role=Role.ADVISER)
    person_id: UUID = gone.person_id
    erase(gone, erasing)
    left = gone.session.execute(
        text("SELECT count(*) FROM role_grant WHERE person_id = :id"),
        {"id": str(person_id) if is_postgresql(gone) else person_id.hex},
    )
    assert left.scalar() == 0
