"""Which badges of a list are withdrawn, as W3C's Bitstring Status List: one bit each.

A list has 131,072 places and a badge takes one at random, so that looking up a list does not tell
whose badge is being checked.
"""

from __future__ import annotations

import gzip
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING, Any

from elearning.learning.badge import CREDENTIALS_V2, did_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

PLACES = 131_072
BITS = 8


def list_url(base_url: str, number: int) -> str:
    """Return the address of a list; the first has number 1."""
    return f"{base_url}/badge/status/{number}"


def status_list(
    base_url: str, number: int, revoked: Iterable[int], *, since: datetime
) -> dict[str, Any]:
    """Return the credential of a list, to be signed; `since` is when it begins to hold, in UTC."""
    url = list_url(base_url, number)
    return {
        "@context": [CREDENTIALS_V2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": did_of(base_url),
        "validFrom": since.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded(revoked),
        },
    }


def encoded(revoked: Iterable[int]) -> str:
    """Return the bits, the first place leftmost: compressed, base64url, multibase prefix u."""
    bits = bytearray(PLACES // BITS)
    for place in revoked:
        bits[place // BITS] |= 1 << (BITS - 1 - place % BITS)
    packed = gzip.compress(bytes(bits), mtime=0)
    return f"u{urlsafe_b64encode(packed).decode().rstrip('=')}"
