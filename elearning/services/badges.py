"""The Open Badge of a certificate: what it says, where its status stands, and whether it is shared.

A badge is its holder's: it is in the PDF and can be downloaded by them. Anyone else can fetch it by
its address only while the holder shares it.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from datetime import date
from uuid import NAMESPACE_URL, UUID, uuid5

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from elearning.clock import Clock
from elearning.errors import NotFound
from elearning.learning.badge import Badge, Recipient, StatusEntry
from elearning.learning.certificate import CertificateLanguage
from elearning.learning.certificate_statement import Statement
from elearning.learning.status_list import PLACES, list_url
from elearning.services.audit_log import Act, record
from elearning.services.keys import derive_key
from elearning.services.seal import Issuing
from elearning.storage.audit import AuditKind
from elearning.storage.certificates import BadgeStatus, SignedCertificate
from elearning.storage.completion import Award
from elearning.storage.statements import insert_if_absent

SALT_KEY = "badge recipient"
SALT_BYTES = 16
# With a list half full, eight tries in a row fail once in 256: then the next list is begun.
TRIES_PER_LIST = 8


def badge_of(
    statement: Statement,
    *,
    award_id: UUID,
    place: int,
    lang: CertificateLanguage,
    issuing: Issuing,
) -> Badge:
    """Return the badge that says what the statement says, in its holder's language."""
    kind = uuid5(NAMESPACE_URL, f"{issuing.base_url}/{statement.training_id}/{statement.version}")
    number, within = divmod(place, PLACES)
    return Badge(
        url=f"{statement.verify_url}/badge.json",
        issuer_url=issuing.base_url,
        issuer_name=statement.issuer[lang],
        lang=lang,
        achievement_id=f"urn:uuid:{kind}",
        title=statement.title[lang],
        version=statement.version,
        study_load_minutes=statement.study_load_minutes,
        goals=statement.goals[lang],
        image_url=f"{issuing.base_url}/badge/image.png",
        obtained_on=statement.obtained_on,
        valid_until=statement.valid_until,
        recipient=Recipient(statement.name, _salt(award_id, issuing.secret_key)),
        status=StatusEntry(list_url(issuing.base_url, number + 1), within),
    )


def take_place(session: Session, *, award_id: UUID) -> int:
    """Take a random place in the newest list, or in a new one when that is getting full."""
    last = session.scalar(select(BadgeStatus.place).order_by(BadgeStatus.place.desc()).limit(1))
    number = 0 if last is None else last // PLACES
    for turn in range(2 * TRIES_PER_LIST):
        place = (number + turn // TRIES_PER_LIST) * PLACES + secrets.randbelow(PLACES)
        if insert_if_absent(session, BadgeStatus, {"place": place, "award_id": award_id}):
            return place
    raise RuntimeError("no place in a new list")


def withdrawn_places(session: Session, *, number: int, today: date) -> list[int]:
    """Return the places in a list whose badges no longer hold: withdrawn, corrected, forgotten.

    A renewed badge holds until its end; one whose award was forgotten never holds
    again. Raises `NotFound` for a list that was not begun.
    """
    first = (number - 1) * PLACES
    newer = aliased(Award)
    rows = session.execute(
        select(BadgeStatus.place, Award, newer)
        .outerjoin(Award, Award.id == BadgeStatus.award_id)
        .outerjoin(newer, newer.supersedes_id == Award.id)
        .where(BadgeStatus.place >= first, BadgeStatus.place < first + PLACES)
        .order_by(BadgeStatus.place)
    ).all()
    if not rows and number != 1:
        raise NotFound("no such list")
    return [
        place - first for place, award, replacement in rows if _is_void(award, replacement, today)
    ]


def _is_void(award: Award | None, replacement: Award | None, today: date) -> bool:
    """Say whether an award is gone, withdrawn, or replaced by another one of the same completion.

    That is one from its very first day, or one that only says another end.
    """
    if award is None or (award.withdrawn_on is not None and award.withdrawn_on <= today):
        return True
    if replacement is None:
        return False
    is_same = replacement.obtained_on == award.obtained_on
    return replacement.valid_from <= (today if is_same else award.valid_from)


def share_badge(
    session: Session, *, person_id: UUID, award_id: UUID, is_shared: bool, clock: Clock
) -> None:
    """Let anyone with its address fetch the badge, or stop that; raises `NotFound`."""
    row = session.scalars(
        select(SignedCertificate)
        .join(Award, Award.id == SignedCertificate.award_id)
        .where(Award.id == award_id, Award.person_id == person_id)
        .with_for_update()
    ).one_or_none()
    if row is None:
        raise NotFound("no such certificate")
    if (row.shared_on is not None) is is_shared:
        return
    row.shared_on = clock.today() if is_shared else None
    session.flush()
    kind = AuditKind.BADGE_SHARED if is_shared else AuditKind.BADGE_HIDDEN
    record(session, Act(kind, person_id, award_id), clock=clock)


def _salt(award_id: UUID, secret_key: str) -> str:
    """Return the salt of a badge: random to everybody without the key, and the same every time."""
    key = derive_key(secret_key, SALT_KEY)
    return hmac.new(key, award_id.bytes, hashlib.sha256).hexdigest()[: 2 * SALT_BYTES]
