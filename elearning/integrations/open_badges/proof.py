"""Data Integrity proofs of the cryptosuite eddsa-rdfc-2022 (W3C VC-DI-EdDSA), made and checked."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

import base58

from elearning.integrations.open_badges.json_ld import digest
from elearning.integrations.signing_keys import SIGNATURE_BYTES, SigningKey, is_signed_by
from elearning.learning.issuer_keys import IssuerKey

BASE58: Final = "z"  # multibase: base58btc
SUITE: Final = {"type": "DataIntegrityProof", "cryptosuite": "eddsa-rdfc-2022"}
FIELDS: Final = frozenset(
    {
        "@context", "type", "cryptosuite", "created", "verificationMethod", "proofPurpose",
        "proofValue",
    }
)  # fmt: skip


def sign(
    document: Mapping[str, Any], key: SigningKey, *, issuer: str, at: datetime
) -> dict[str, Any]:
    """Return the document with its proof; the same for the same document, key and instant."""
    config = {
        "@context": document["@context"],
        **SUITE,
        "created": at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": f"{issuer}#{key.id}",
        "proofPurpose": "assertionMethod",
    }
    signature = key.sign(_config_digest(json.dumps(config)) + digest(document))
    value = BASE58 + base58.b58encode(signature).decode()
    return {**document, "proof": [{**config, "proofValue": value}]}


def is_proved(document: Mapping[str, Any], proof: Mapping[str, Any], key: IssuerKey) -> bool:
    """Say whether this key proves the document; raises `ValueError` where that makes no sense."""
    config = {name: value for name, value in proof.items() if name != "proofValue"}
    if set(proof) != FIELDS or config["@context"] != document["@context"]:
        raise ValueError("another kind of proof")
    if {name: config[name] for name in SUITE} != SUITE:
        raise ValueError("another cryptosuite")
    if config["proofPurpose"] != "assertionMethod":
        raise ValueError("made for another purpose")
    signature = _signature(proof["proofValue"])
    return is_signed_by(key, signature, _config_digest(json.dumps(config)) + digest(document))


@lru_cache(maxsize=8)
def _config_digest(config: str) -> bytes:
    """Return the digest of what a proof says of itself: the same for a whole cohort at once."""
    return digest(json.loads(config))


def _signature(value: str) -> bytes:
    """Return the bytes of a signature, which has exactly one way to be written."""
    signature = base58.b58decode(value.removeprefix(BASE58))
    if len(signature) != SIGNATURE_BYTES:
        raise ValueError("no Ed25519 signature")
    if BASE58 + base58.b58encode(signature).decode() != value:
        raise ValueError("written in another way")
    return signature
