"""Certificates of a version that did not sign: signed afterwards, once, and only if they can be."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.errors import NotFound
from elearning.services.audit_log import audit_breaks
from elearning.services.held_certificates import held_certificate
from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.services.sign_earlier_certificates import sign_earlier_certificates
from elearning.services.verify_certificate import Standing, verify_code
from elearning.storage.certificates import BadgeStatus, SignedCertificate
from elearning.storage.completion import Award, Certificate
from tests.builders import a_person, an_award
from tests.integration.services.learner import SECRET
from tests.practice_content import BASIS
from tests.sealing import BASE_URL, an_issuing


@pytest.fixture
def unsigned(session: Session, library: Library, clock: SetClock) -> Award:
    """Return an award as an earlier version left it: no signature, proof or theme."""
    award = an_award(session, person=a_person(session), training_id=BASIS)
    issue_certificate(session, award=award, issuing=an_issuing(library, SECRET, clock))
    session.execute(delete(SignedCertificate))
    session.execute(delete(BadgeStatus))
    words = json.loads(session.get_one(Certificate, award.id).document)
    earlier = {name: words[name] for name in words.keys() - {"proof", "theme"}}
    session.execute(update(Certificate).values(document=json.dumps(earlier)))
    session.expire_all()
    return award


def statement(session: Session, award: Award) -> str:
    """Return the signed file as its holder gets it."""
    return held_certificate(
        session,
        person_id=award.person_id,
        award_id=award.id,
        lang="nl",
        secret_key=SECRET,
        base_url=BASE_URL,
    ).statement


def test_it_is_signed_with_the_words_it_was_issued_with(
    session: Session, library: Library, clock: SetClock, unsigned: Award
) -> None:
    with pytest.raises(NotFound):
        statement(session, unsigned)
    issuing = an_issuing(library, SECRET, clock)
    assert sign_earlier_certificates(session, issuing=issuing) == (1, 0)
    signed = json.loads(statement(session, unsigned))["statement"]
    assert signed["code"] == str(code_of(unsigned.id, SECRET))
    assert signed["obtained_on"] == unsigned.obtained_on.isoformat()
    assert signed["proof"] is None
    checked = verify_code(session, text=signed["code"], secret_key=SECRET, clock=clock)
    assert checked.standing is Standing.VALID
    assert list(audit_breaks(session, clock=clock)) == []


def test_a_second_time_changes_nothing(
    session: Session, library: Library, clock: SetClock, unsigned: Award
) -> None:
    issuing = an_issuing(library, SECRET, clock)
    sign_earlier_certificates(session, issuing=issuing)
    first = statement(session, unsigned)
    assert sign_earlier_certificates(session, issuing=issuing) == (0, 0)
    assert statement(session, unsigned) == first


def test_one_of_another_secret_key_is_not_signed_with_a_code_that_nobody_has(
    session: Session, library: Library, clock: SetClock, unsigned: Award
) -> None:
    issuing = an_issuing(library, "another secret key, also of tests", clock)
    assert sign_earlier_certificates(session, issuing=issuing) == (0, 1)
    assert session.scalar(select(SignedCertificate.award_id)) is None
    assert session.get(Award, unsigned.id) is not None
