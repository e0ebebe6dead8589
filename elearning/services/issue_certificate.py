"""Issue the certificate of an award, and build its document again whenever its holder asks.

What is printed is frozen at issue, so a reprint gives the same bytes. The code is derived from the
installation's key and the award: its holder can always see it, the database holds its digest only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.errors import NotFound
from elearning.learning.certificate import CertificateDocument, CertificateLanguage
from elearning.learning.certificate_code import CertificateCode, digest, make_code, name_digest
from elearning.learning.training import Training
from elearning.services.audit_log import Act, record
from elearning.services.keys import derive_key
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.completion import Award, Certificate
from elearning.storage.people import Person
from elearning.yaml_fields import LANGUAGES

CODE_KEY = "certificate code"
DIGEST_KEY = "certificate digest"
SHOWN_VERSION_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Issuing:
    """What issuing needs besides the award."""

    library: Library
    secret_key: str
    clock: Clock


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate as its holder sees it: the award, and the document in one language."""

    award: Award
    document: CertificateDocument


def issue_certificate(session: Session, *, award: Award, issuing: Issuing) -> CertificateCode:
    """Store the certificate of a new award, and return its code."""
    person = session.get_one(Person, award.person_id)
    code = code_of(award.id, issuing.secret_key)
    key = derive_key(issuing.secret_key, DIGEST_KEY)
    training = issuing.library.training(award.training_id)
    session.add(
        Certificate(
            award_id=award.id,
            code_digest=digest(code, key),
            printed_name=person.display_name,
            name_digest=name_digest(person.display_name, code, key),
            document=_frozen(training, issuing.library),
            issued_on=issuing.clock.today(),
        )
    )
    session.flush()
    issued = Act(AuditKind.CERTIFICATE_ISSUED, None, award.id, {AuditFact.TRAINING: training.id})
    record(session, issued, clock=issuing.clock)
    return code


def code_of(award_id: UUID, secret_key: str) -> CertificateCode:
    """Return the code of an award; without the key it cannot be told from a random one."""
    key = derive_key(secret_key, CODE_KEY)
    return make_code(hmac.new(key, award_id.bytes, hashlib.sha256).digest())


def held_certificate(
    session: Session,
    *,
    person_id: UUID,
    award_id: UUID,
    lang: str,
    secret_key: str,
    base_url: str,
) -> Held:
    """Return the holder's own certificate in a language; anybody else's is not there."""
    row = session.execute(
        select(Award, Certificate)
        .join(Certificate, Certificate.award_id == Award.id)
        .where(Award.id == award_id, Award.person_id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFound("no such certificate")
    award, certificate = row
    code = code_of(award.id, secret_key)
    words = json.loads(certificate.document)
    return Held(
        award=award,
        document=CertificateDocument(
            name=certificate.printed_name,
            training_title=words["title"][lang],
            content_version=words["version"],
            obtained_on=award.obtained_on,
            valid_until=award.valid_until,
            study_load_minutes=words["study_load_minutes"],
            issuer=words["issuer"][lang],
            goals=tuple(words["goals"][lang]),
            code=str(code),
            verify_url=f"{base_url}/v/{code}",
            lang=cast("CertificateLanguage", lang),
        ),
    )


def certificates_of(session: Session, *, person_id: UUID) -> tuple[tuple[Award, str], ...]:
    """Return the person's awards that have a certificate with its frozen words, newest first."""
    rows = session.execute(
        select(Award, Certificate.document)
        .join(Certificate, Certificate.award_id == Award.id)
        .where(Award.person_id == person_id)
        .order_by(Award.obtained_on.desc(), Award.sequence.desc())
    )
    return tuple((row[0], row[1]) for row in rows)


def _frozen(training: Training, library: Library) -> str:
    return json.dumps(
        {
            "title": dict(training.certificate_title),
            "version": training.version[:SHOWN_VERSION_LENGTH],
            "study_load_minutes": training.study_load_minutes,
            "issuer": dict(library.institution.issuer),
            "goals": {lang: list(training.goals[lang]) for lang in LANGUAGES},
        },
        ensure_ascii=False,
        sort_keys=True,
    )
