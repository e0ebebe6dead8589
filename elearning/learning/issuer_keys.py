"""The public keys that certificates are checked with: which there are, and what each is worth.

The same JSON stands in the instance folder and under `/.well-known/`, and is read for a check
without a network: JSON Web Keys (RFC 8037) with the days that say from when to when one signed.
"""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from elearning.errors import InvalidInput

if TYPE_CHECKING:
    from collections.abc import Sequence

PUBLIC_BYTES = 32
ID_LENGTH = 16
ED25519 = {"kty": "OKP", "crv": "Ed25519"}


class KeyState(StrEnum):
    """What a key may be used for."""

    ACTIVE = "active"
    RETIRED = "retired"
    COMPROMISED = "compromised"


@dataclass(frozen=True, slots=True)
class IssuerKey:
    """One public key with its days; a retired one still checks what it signed."""

    id: str
    public: bytes
    created_on: date
    retired_on: date | None
    compromised_on: date | None

    @property
    def state(self) -> KeyState:
        """Return what it may be used for; that somebody else may have it weighs most."""
        if self.compromised_on is not None:
            return KeyState.COMPROMISED
        return KeyState.ACTIVE if self.retired_on is None else KeyState.RETIRED

    def may_have_signed_on(self, day: date) -> bool:
        """Say whether it was in use on this day."""
        return self.created_on <= day and (self.retired_on is None or day <= self.retired_on)


def key_id(public: bytes) -> str:
    """Return the name of a key: the beginning of its digest, so that it cannot be chosen."""
    return sha256(public).hexdigest()[:ID_LENGTH]


def find_key(keys: Sequence[IssuerKey], wanted: str) -> IssuerKey | None:
    """Return a key by its name, or None."""
    return next((key for key in keys if key.id == wanted), None)


def published(keys: Sequence[IssuerKey]) -> str:
    """Return the keys as the JSON that is kept and published."""
    return json.dumps({"keys": [_jwk(key) for key in keys]}, indent=2)


def read_published(text: str) -> tuple[IssuerKey, ...]:
    """Read that JSON; raises `InvalidInput` for anything else, and for a key misnamed."""
    try:
        return tuple(_key(each) for each in json.loads(text)["keys"])
    except (ValueError, KeyError, TypeError, AttributeError):
        raise InvalidInput("this is no list of certificate keys") from None


def _jwk(key: IssuerKey) -> dict[str, str | None]:
    return {
        "kid": key.id,
        **ED25519,
        "x": urlsafe_b64encode(key.public).decode().rstrip("="),
        "created_on": key.created_on.isoformat(),
        "retired_on": _text(key.retired_on),
        "compromised_on": _text(key.compromised_on),
    }


def _key(jwk: dict[str, Any]) -> IssuerKey:
    public = urlsafe_b64decode(f"{jwk['x']}=")
    kind = {name: jwk[name] for name in ED25519}
    if kind != ED25519 or len(public) != PUBLIC_BYTES or jwk["kid"] != key_id(public):
        raise ValueError("not an Ed25519 key under its own name")
    return IssuerKey(
        id=jwk["kid"],
        public=public,
        created_on=date.fromisoformat(jwk["created_on"]),
        retired_on=_day(jwk["retired_on"]),
        compromised_on=_day(jwk["compromised_on"]),
    )


def _text(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
