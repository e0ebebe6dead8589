"""One signing key for all tests, in memory or in the folder of an instance; it guards nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.integrations.seal import KeySeal
from elearning.integrations.signing_keys import LISTED, SigningKey
from elearning.learning.badge import Badge
from elearning.learning.certificate_statement import SignedFile
from elearning.learning.issuer_keys import IssuerKey, key_id, published
from elearning.services.seal import Issuing

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
PUBLIC = PRIVATE.public_key().public_bytes_raw()
KEY = IssuerKey(key_id(PUBLIC), PUBLIC, date(2025, 1, 1), None, None)
BASE_URL = "http://localhost"


@dataclass(frozen=True, slots=True)
class UnprovedSeal(KeySeal):
    """Signs statements and leaves the proof out of badges, for thousands that nobody checks.

    Writing a badge in its canonical form takes longer than all the rest of a certificate.
    """

    def badge(self, badge: Badge, at: datetime) -> SignedFile:  # noqa: ARG002 - as its parent
        """Return the Open Badge of a certificate as it would be signed."""
        return SignedFile(self.active().id, json.dumps(badge.credential(), ensure_ascii=False))


def unproved_seal() -> UnprovedSeal:
    """Return what signs all but badges with the key of all tests."""
    return UnprovedSeal(lambda: SigningKey(KEY.id, PRIVATE))


def seal() -> KeySeal:
    """Return what signs with the key of all tests."""
    return KeySeal(lambda: SigningKey(KEY.id, PRIVATE))


def an_issuing(
    library: Library, secret_key: str, clock: Clock, *, base_url: str = BASE_URL
) -> Issuing:
    """Return what issues certificates, signed with that key."""
    return Issuing(library, secret_key, base_url, seal(), clock)


def write_key(folder: Path) -> None:
    """Put the key where an instance keeps its own."""
    folder.mkdir(parents=True, exist_ok=True)
    pem = PRIVATE.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / f"{KEY.id}.pem").write_bytes(pem)
    (folder / LISTED).write_text(published([KEY]), encoding="utf-8")
