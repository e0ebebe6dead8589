"""Sign a certificate's statement as canonical JSON, and check one without database or network."""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import UTC, date
from typing import TYPE_CHECKING, Any

import rfc8785

from elearning.integrations.signing_keys import SigningKey, is_signed_by
from elearning.learning.certificate_statement import (
    OfflineCheck,
    OfflineStanding,
    Statement,
    facts_of,
    is_over,
    read_statement,
)
from elearning.learning.issuer_keys import IssuerKey, KeyState, find_key
from elearning.strict_json import read_object

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from elearning.learning.certificate import CertificateLanguage

PARTS = {"statement", "signature"}
_UNREADABLE = (
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    OverflowError,
    rfc8785.CanonicalizationError,
)


def sign_statement(statement: Statement, key: SigningKey) -> str:
    """Return the signed file as one line of canonical JSON."""
    content = statement.content(key.id)
    signature = _text(key.sign(rfc8785.dumps(content)))
    return rfc8785.dumps({"statement": content, "signature": signature}).decode()


def check_statement(
    text: str, *, keys: Sequence[IssuerKey], day: date, lang: CertificateLanguage
) -> OfflineCheck:
    """Say what a file is worth on a day, by these public keys; any text can be handed in."""
    try:
        signed = read_object(text)
        content, signature = _parts(signed)
        statement = read_statement(content)
        canonical = rfc8785.dumps(content)
    except _UNREADABLE:
        return OfflineCheck(OfflineStanding.NOT_A_CERTIFICATE)
    key = find_key(keys, content["kid"])
    if key is None:
        return OfflineCheck(OfflineStanding.KEY_UNKNOWN)
    was_in_use = key.may_have_signed_on(statement.issued_at.astimezone(UTC).date())
    if not was_in_use or not is_signed_by(key, signature, canonical):
        return OfflineCheck(OfflineStanding.ALTERED)
    if key.state is KeyState.COMPROMISED:
        return OfflineCheck(OfflineStanding.KEY_COMPROMISED)
    standing = OfflineStanding.EXPIRED if is_over(statement, day) else OfflineStanding.SIGNED
    return OfflineCheck(standing, facts_of(statement, lang))


def _parts(signed: Mapping[str, Any]) -> tuple[dict[str, Any], bytes]:
    """Return what was signed and the signature, which has exactly one way to be written."""
    if set(signed) != PARTS:
        raise ValueError("not these two parts")
    signature = urlsafe_b64decode(f"{signed['signature']}==")
    if _text(signature) != signed["signature"]:
        raise ValueError("written in another way")
    return signed["statement"], signature


def _text(signature: bytes) -> str:
    return urlsafe_b64encode(signature).decode().rstrip("=")
