"""One signing key for all tests, in memory or in the folder of an instance; it guards nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.integrations.seal import KeySeal
from elearning.integrations.signing_keys import LISTED, SigningKey
from elearning.learning.issuer_keys import IssuerKey, key_id, published
from elearning.services.seal import Issuing

PRIVATE = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
PUBLIC = PRIVATE.public_key().public_bytes_raw()
KEY = IssuerKey(key_id(PUBLIC), PUBLIC, date(2025, 1, 1), None, None)
BASE_URL = "http://localhost"


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
