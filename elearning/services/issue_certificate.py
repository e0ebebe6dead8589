"""Issue the certificate of an award: freeze its words, have them signed, and log it.

What is printed and signed is kept, so a reprint gives the same bytes. The code is derived from the
installation's key and the award: its holder can always see it, the database holds its digest only.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from elearning.content.library import Library
from elearning.learning.certificate_code import CertificateCode, digest, make_code, name_digest
from elearning.learning.certificate_statement import Statement
from elearning.learning.training import ModulePart, Training
from elearning.services.audit_log import Act, record
from elearning.services.badges import badge_of, take_place
from elearning.services.certificate_theme import keep_theme
from elearning.services.keys import derive_key
from elearning.services.seal import Issuing
from elearning.storage.audit import AuditFact, AuditKind
from elearning.storage.certificates import SignedCertificate
from elearning.storage.completion import Award, Certificate
from elearning.storage.people import Person
from elearning.yaml_fields import LANGUAGES

CODE_KEY = "certificate code"
DIGEST_KEY = "certificate digest"
SHOWN_DIGITS = 8
# Stands in a kept file where the code stood. JSON never holds this character as it is.
CODE_MARK = "\x01"


def issue_certificate(session: Session, *, award: Award, issuing: Issuing) -> CertificateCode:
    """Store the certificate of a new award with what is signed of it, and return its code."""
    words = _frozen(session, issuing.library.training(award.training_id), issuing.library)
    return _issue(session, award, words, issuing)


def reissue_certificate(
    session: Session, *, award: Award, replaced: Certificate, issuing: Issuing
) -> CertificateCode:
    """Issue the certificate of an award that takes another's place: with the words of that one."""
    return _issue(session, award, replaced.document, issuing)


def _issue(session: Session, award: Award, words: str, issuing: Issuing) -> CertificateCode:
    code = code_of(award.id, issuing.secret_key)
    certificate = _certificate(session, award, code, words, issuing)
    session.add(certificate)
    session.flush()
    sign_certificate(session, award=award, certificate=certificate, issuing=issuing)
    return code


def sign_certificate(
    session: Session, *, award: Award, certificate: Certificate, issuing: Issuing
) -> None:
    """Have a stored certificate signed, and log it.

    The key signs the code too, the database does not keep it.
    """
    code = code_of(award.id, issuing.secret_key)
    statement = _statement(award, certificate, code, issuing)
    files = _signed(session, award, statement, issuing)
    session.add(files)
    _log(session, award, files.statement, issuing)


def _signed(
    session: Session, award: Award, statement: Statement, issuing: Issuing
) -> SignedCertificate:
    signed = issuing.seal.statement(statement)
    lang = session.get_one(Person, award.person_id).language
    badge = badge_of(
        statement,
        award_id=award.id,
        place=take_place(session, award_id=award.id),
        lang="en" if lang == "en" else "nl",
        issuing=issuing,
    )
    return SignedCertificate(
        award_id=award.id,
        key_id=signed.key_id,
        statement=signed.text.replace(statement.code, CODE_MARK),
        badge=issuing.seal.badge(badge, statement.issued_at).text.replace(
            statement.code, CODE_MARK
        ),
        shared_on=None,
    )


def code_of(award_id: UUID, secret_key: str) -> CertificateCode:
    """Return the code of an award; without the key it cannot be told from a random one."""
    key = derive_key(secret_key, CODE_KEY)
    return make_code(hmac.new(key, award_id.bytes, hashlib.sha256).digest())


def _statement(
    award: Award, certificate: Certificate, code: CertificateCode, issuing: Issuing
) -> Statement:
    """Return what is to be signed of a certificate."""
    words: dict[str, Any] = json.loads(certificate.document)
    return Statement(
        code=str(code),
        verify_url=f"{issuing.base_url}/v/{code}",
        issued_at=issuing.clock.now().replace(microsecond=0),
        name=certificate.printed_name,
        training_id=award.training_id,
        title=words["title"],
        version=words["version"],
        proof=words.get("proof"),
        obtained_on=award.obtained_on,
        valid_until=award.valid_until,
        study_load_minutes=words["study_load_minutes"],
        issuer=words["issuer"],
        goals={lang: tuple(lines) for lang, lines in words["goals"].items()},
    )


def _certificate(
    session: Session, award: Award, code: CertificateCode, words: str, issuing: Issuing
) -> Certificate:
    name = session.get_one(Person, award.person_id).display_name
    key = derive_key(issuing.secret_key, DIGEST_KEY)
    return Certificate(
        award_id=award.id,
        code_digest=digest(code, key),
        printed_name=name,
        name_digest=name_digest(name, code, key),
        document=words,
        issued_on=issuing.clock.today(),
    )


def _log(session: Session, award: Award, signed: str, issuing: Issuing) -> None:
    """Log the digest of what was signed; its signature is in it, so nobody can guess it back."""
    facts = {
        AuditFact.TRAINING: award.training_id,
        AuditFact.DIGEST: hashlib.sha256(signed.encode()).hexdigest(),
    }
    act = Act(AuditKind.CERTIFICATE_ISSUED, None, award.id, facts)
    record(session, act, clock=issuing.clock)


def _frozen(session: Session, training: Training, library: Library) -> str:
    """Return everything that is printed but the person and the days."""
    institution = library.institution
    return json.dumps(
        {
            "title": dict(training.certificate_title),
            "version": training.version[:SHOWN_DIGITS],
            "proof": _shown_proof(library.proof_of(training.id)),
            "study_load_minutes": training.study_load_minutes,
            "issuer": dict(institution.issuer),
            "goals": {lang: list(training.goals[lang]) for lang in LANGUAGES},
            "parts": _parts(training, library),
            "theme": keep_theme(session, theme=institution.theme),
        },
        ensure_ascii=False,
        sort_keys=True,
    )


def _shown_proof(digest: str | None) -> str | None:
    return None if digest is None else digest[:SHOWN_DIGITS]


def _parts(training: Training, library: Library) -> list[dict[str, Any]]:
    """Return the modules with their minutes; what was practised and how is nobody's business."""
    modules = [
        library.module(part.module_id).module
        for part in training.parts
        if isinstance(part, ModulePart)
    ]
    return [{"title": dict(each.title), "minutes": each.minutes} for each in modules]
