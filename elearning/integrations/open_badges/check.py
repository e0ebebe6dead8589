"""Check a badge of ours without a database: by the public keys, and by nothing it brings along."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from elearning.integrations.open_badges.proof import is_proved
from elearning.learning.badge import CONTEXT
from elearning.learning.certificate_statement import OfflineCheck, OfflineStanding
from elearning.learning.issuer_keys import IssuerKey, KeyState, find_key
from elearning.strict_json import read_object

_UNREADABLE = (ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError)


def is_badge(text: str) -> bool:
    """Say whether a file claims to be a badge; what it is worth is another question."""
    try:
        return "@context" in read_object(text)
    except (ValueError, TypeError):
        return False


def check_badge(text: str, *, keys: Sequence[IssuerKey], day: date) -> OfflineCheck:
    """Say what a badge is worth on a day, by these public keys; any text can be handed in."""
    try:
        document = read_object(text)
        proofs = document.pop("proof")
        if not isinstance(proofs, list) or len(proofs) != 1 or not _has_our_context(document):
            raise ValueError("not made by this program")
        return _check(document, proofs[0], keys, day)
    except _UNREADABLE:
        return OfflineCheck(OfflineStanding.NOT_A_CERTIFICATE)


def _check(
    document: dict[str, Any], proof: dict[str, Any], keys: Sequence[IssuerKey], day: date
) -> OfflineCheck:
    issuer, _, kid = str(proof["verificationMethod"]).partition("#")
    key = find_key(keys, kid)
    if key is None:
        return OfflineCheck(OfflineStanding.KEY_UNKNOWN)
    signed_on = datetime.fromisoformat(proof["created"]).date()
    is_ours = document["issuer"]["id"] == issuer and key.may_have_signed_on(signed_on)
    if not is_ours or not is_proved(document, proof, key):
        return OfflineCheck(OfflineStanding.ALTERED)
    if key.state is KeyState.COMPROMISED:
        return OfflineCheck(OfflineStanding.KEY_COMPROMISED)
    until = document.get("validUntil")
    is_over = until is not None and datetime.fromisoformat(until).date() <= day
    standing = OfflineStanding.EXPIRED if is_over else OfflineStanding.SIGNED
    return OfflineCheck(standing, _facts(document))


def _has_our_context(document: Mapping[str, Any]) -> bool:
    """Say whether the words mean what we mean by them, and no part brings meanings of its own."""
    return document["@context"] == list(CONTEXT) and not any(
        _has_context(value) for name, value in document.items() if name != "@context"
    )


def _has_context(value: Any) -> bool:  # noqa: ANN401 - any JSON
    if isinstance(value, dict):
        return "@context" in value or any(_has_context(each) for each in value.values())
    return isinstance(value, list) and any(_has_context(each) for each in value)


def _facts(document: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    achievement = document["credentialSubject"]["achievement"]
    return (
        ("training", str(document["name"])),
        ("version", str(achievement["version"])),
        ("valid from", str(document["validFrom"])),
        ("no longer valid from", str(document.get("validUntil", "no end"))),
        ("issued by", str(document["issuer"]["name"])),
        ("badge", str(document["id"])),
    )
