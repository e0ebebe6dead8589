"""Answer anyone who holds a code: what it is worth, and nothing about who holds it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.learning.certificate_code import (
    CertificateCode,
    digest,
    make_code,
    name_matches,
    parse_code,
)
from elearning.services.awards import dates_of
from elearning.services.issue_certificate import CODE_MARK, DIGEST_KEY
from elearning.services.keys import derive_key
from elearning.services.throttle import Limit, count_try
from elearning.storage.certificates import SignedCertificate
from elearning.storage.completion import Award, Certificate

LOOK_UPS = Limit("verify look-up", tries=120, window=timedelta(minutes=10))
NAMES_PER_CODE = Limit("verify name", tries=5, window=timedelta(hours=1))


class Standing(StrEnum):
    """What a code is worth."""

    VALID = "valid"
    EXPIRED = "expired"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page says of a certificate, so that an altered paper shows; never a name."""

    title: Mapping[str, str]
    version: str
    proof: str | None
    obtained_on: date
    valid_until: date | None
    study_load_minutes: int
    issuer: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer; `shown` is empty for an unknown code, malformed or never issued alike."""

    standing: Standing
    shown: Shown | None


UNKNOWN = Verification(Standing.UNKNOWN, None)


def verify_code(session: Session, *, text: str, secret_key: str, clock: Clock) -> Verification:
    """Return what a typed code is worth today.

    A malformed code costs the same look-up as a well-formed one, so that time tells nothing.
    """
    code = parse_code(text)
    row = _look_up(session, code or _decoy(text), secret_key)
    if code is None or row is None:
        return UNKNOWN
    award, certificate = row
    words = json.loads(certificate.document)
    return Verification(
        standing=Standing(dates_of(session, award).status_on(clock.today())),
        shown=Shown(
            title=words["title"],
            version=words["version"],
            proof=words.get("proof"),
            obtained_on=award.obtained_on,
            valid_until=award.valid_until,
            study_load_minutes=words["study_load_minutes"],
            issuer=words["issuer"],
        ),
    )


def shared_badge(session: Session, *, text: str, secret_key: str) -> str | None:
    """Return the badge with this code while its holder shares it; None for everything else."""
    code = parse_code(text)
    key = derive_key(secret_key, DIGEST_KEY)
    badge = session.scalar(
        select(SignedCertificate.badge)
        .join(Certificate, Certificate.award_id == SignedCertificate.award_id)
        .where(
            Certificate.code_digest == digest(code or _decoy(text), key),
            SignedCertificate.shared_on.is_not(None),
        )
    )
    if code is None or badge is None:
        return None
    return badge.replace(CODE_MARK, str(code))


def check_name(session: Session, *, text: str, name: str, secret_key: str, clock: Clock) -> bool:
    """Say whether this name stands on the paper with this code; five tries an hour per code.

    Raises `TooManyTries`. An unknown code answers as a wrong name does, and counts as well.
    """
    code = parse_code(text) or _decoy(text)
    count_try(session, limit=NAMES_PER_CODE, subject=code.text, key=secret_key, clock=clock)
    row = _look_up(session, code, secret_key)
    expected = row[1].name_digest if row is not None else ""
    key = derive_key(secret_key, DIGEST_KEY)
    return name_matches(name, code, key, expected=expected)


def count_look_up(session: Session, *, network: str, secret_key: str, clock: Clock) -> None:
    """Count one look-up of a network; raises `TooManyTries`."""
    count_try(session, limit=LOOK_UPS, subject=network, key=secret_key, clock=clock)


def _decoy(text: str) -> CertificateCode:
    """Return a code that was never issued, another for each text.

    Looking up always the same one would find its place in memory and be faster than a real one.
    """
    return make_code(sha256(text.encode(errors="replace")).digest())


def _look_up(
    session: Session, code: CertificateCode, secret_key: str
) -> tuple[Award, Certificate] | None:
    key = derive_key(secret_key, DIGEST_KEY)
    row = session.execute(
        select(Award, Certificate)
        .join(Certificate, Certificate.award_id == Award.id)
        .where(Certificate.code_digest == digest(code, key))
    ).one_or_none()
    return None if row is None else (row[0], row[1])
