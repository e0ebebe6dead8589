"""The certificates somebody holds: the list, the document, and the signed files, whole again."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import cast
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.errors import NotFound
from elearning.learning.certificate import CertificateDocument, CertificateLanguage
from elearning.learning.certificate_code import CertificateCode
from elearning.services.certificate_theme import kept_theme
from elearning.services.issue_certificate import CODE_MARK, code_of
from elearning.storage.certificates import SignedCertificate
from elearning.storage.completion import Award, Certificate


@dataclass(frozen=True, slots=True)
class StudyPart:
    """A part of the training with its share of the study load."""

    title: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Held:
    """A certificate as its holder sees it: the award, the document in one language, the files."""

    award: Award
    document: CertificateDocument
    statement: str
    badge: str
    is_shared: bool
    parts: tuple[StudyPart, ...]


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
        select(Award, Certificate, SignedCertificate)
        .join(Certificate, Certificate.award_id == Award.id)
        .join(SignedCertificate, SignedCertificate.award_id == Award.id)
        .where(Award.id == award_id, Award.person_id == person_id)
    ).one_or_none()
    if row is None:
        raise NotFound("no such certificate")
    award, certificate, signed = row
    code = code_of(award.id, secret_key)
    return Held(
        award=award,
        document=_document(session, award, certificate, code, lang, base_url),
        statement=signed.statement.replace(CODE_MARK, str(code)),
        badge=signed.badge.replace(CODE_MARK, str(code)),
        is_shared=signed.shared_on is not None,
        parts=tuple(
            StudyPart(each["title"][lang], each["minutes"])
            for each in json.loads(certificate.document)["parts"]
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


def _document(
    session: Session,
    award: Award,
    certificate: Certificate,
    code: CertificateCode,
    lang: str,
    base_url: str,
) -> CertificateDocument:
    words = json.loads(certificate.document)
    return CertificateDocument(
        name=certificate.printed_name,
        training_title=words["title"][lang],
        content_version=words["version"],
        proof=words.get("proof"),
        obtained_on=award.obtained_on,
        valid_until=award.valid_until,
        study_load_minutes=words["study_load_minutes"],
        issuer=words["issuer"][lang],
        goals=tuple(words["goals"][lang]),
        code=str(code),
        verify_url=f"{base_url}/v/{code}",
        lang=cast("CertificateLanguage", lang),
        theme=kept_theme(session, digest=words.get("theme", "")),
    )
