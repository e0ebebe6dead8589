"""Sign what was issued before certificates were signed, or before a key was there."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.learning.certificate_code import digest
from elearning.services.issue_certificate import DIGEST_KEY, code_of, sign_certificate
from elearning.services.keys import derive_key
from elearning.services.seal import Issuing
from elearning.storage.certificates import SignedCertificate
from elearning.storage.completion import Award, Certificate


def sign_earlier_certificates(session: Session, *, issuing: Issuing) -> tuple[int, int]:
    """Sign each certificate without a signature; return how many were, and how many cannot be.

    One whose code no longer follows from the installation's key is left as it is: what would be
    signed is not what its holder has on paper.
    """
    rows = session.execute(
        select(Award, Certificate)
        .join(Certificate, Certificate.award_id == Award.id)
        .outerjoin(SignedCertificate, SignedCertificate.award_id == Award.id)
        .where(SignedCertificate.award_id.is_(None))
        .order_by(Award.recorded_at, Award.id)
    ).all()
    key = derive_key(issuing.secret_key, DIGEST_KEY)
    signed = 0
    for award, certificate in rows:
        if digest(code_of(award.id, issuing.secret_key), key) == certificate.code_digest:
            sign_certificate(session, award=award, certificate=certificate, issuing=issuing)
            signed += 1
    return signed, len(rows) - signed
