"""The `did:web` document of an issuer: its public keys as verifiers of badges look for them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import base58

from elearning.learning.badge import did_of
from elearning.learning.issuer_keys import IssuerKey, KeyState

ED25519_PUBLIC: Final = b"\xed\x01"  # multicodec
CONTEXT: Final = ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"]


def did_document(base_url: str, keys: Sequence[IssuerKey]) -> dict[str, Any]:
    """Return the document; a compromised key stands in it and may assert nothing."""
    did = did_of(base_url)
    return {
        "@context": CONTEXT,
        "id": did,
        "verificationMethod": [_method(did, key) for key in keys],
        "assertionMethod": [
            f"{did}#{key.id}" for key in keys if key.state is not KeyState.COMPROMISED
        ],
    }


def _method(did: str, key: IssuerKey) -> dict[str, str]:
    multikey = base58.b58encode(ED25519_PUBLIC + key.public).decode()
    method = {
        "id": f"{did}#{key.id}",
        "type": "Multikey",
        "controller": did,
        "publicKeyMultibase": f"z{multikey}",
    }
    if key.compromised_on is not None:
        method["revoked"] = f"{key.compromised_on}T00:00:00Z"
    return method
