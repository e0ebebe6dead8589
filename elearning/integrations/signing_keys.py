"""The keys that certificates are signed with, in a folder of the instance.

`keys.json` lists every key that ever signed; beside it stands the private half of the one in use,
and of no other: a signature is kept with its certificate, so an old private key is not needed.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from elearning.errors import NotFound, SigningKeyMissing
from elearning.learning.issuer_keys import (
    IssuerKey,
    KeyState,
    find_key,
    key_id,
    published,
    read_published,
)

LISTED: Final = "keys.json"
ONLY_THE_OWNER: Final = 0o600
SIGNATURE_BYTES: Final = 64


@dataclass(frozen=True, slots=True)
class SigningKey:
    """A private key under the name of its public one."""

    id: str
    private: Ed25519PrivateKey

    def sign(self, content: bytes) -> bytes:
        """Return the signature; the same for the same content."""
        return self.private.sign(content)


@dataclass(frozen=True, slots=True)
class KeyFolder:
    """The keys of one installation; read anew at each use, so a rotation needs no restart."""

    path: Path

    def public_keys(self) -> tuple[IssuerKey, ...]:
        """Return every public key, the newest last."""
        listed = self.path / LISTED
        return read_published(listed.read_text(encoding="utf-8")) if listed.is_file() else ()

    def active(self) -> SigningKey:
        """Return the key to sign with; raises `SigningKeyMissing`."""
        for key in self.public_keys():
            if key.state is KeyState.ACTIVE and self._private(key.id).is_file():
                return SigningKey(key.id, _read_private(self._private(key.id)))
        raise SigningKeyMissing(f"no signing key in {self.path}; run `elearning prepare`")

    def rotate(self, day: date) -> IssuerKey:
        """Make a new key and retire the one in use; its private half is deleted."""
        private = Ed25519PrivateKey.generate()
        public = private.public_key().public_bytes_raw()
        new = IssuerKey(key_id(public), public, day, None, None)
        self.path.mkdir(parents=True, exist_ok=True)
        _write_private(self._private(new.id), private)
        former = [_retired(key, day) for key in self.public_keys()]
        self._write([*former, new])
        for key in former:
            self._private(key.id).unlink(missing_ok=True)
        return new

    def mark_compromised(self, wanted: str, day: date) -> IssuerKey:
        """Mark a key that somebody else may have; a new one takes the place of one in use."""
        key = find_key(self.public_keys(), wanted)
        if key is None:
            raise NotFound(f"no key {wanted!r}")
        if key.state is KeyState.ACTIVE:
            self.rotate(day)
        marked = replace(key, retired_on=key.retired_on or day, compromised_on=day)
        self._write([marked if each.id == wanted else each for each in self.public_keys()])
        return marked

    def _write(self, keys: list[IssuerKey]) -> None:
        """Replace the list at once, so that no reader sees half of it."""
        fresh = self.path / f"{LISTED}.new"
        fresh.write_text(published(keys), encoding="utf-8")
        fresh.replace(self.path / LISTED)

    def _private(self, name: str) -> Path:
        return self.path / f"{name}.pem"


def is_signed_by(key: IssuerKey, signature: bytes, content: bytes) -> bool:
    """Say whether this key made this signature over this content."""
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, content)
    except InvalidSignature:
        return False
    return True


def _retired(key: IssuerKey, day: date) -> IssuerKey:
    return key if key.retired_on is not None else replace(key, retired_on=day)


def _read_private(path: Path) -> Ed25519PrivateKey:
    private = load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(private, Ed25519PrivateKey):
        raise SigningKeyMissing(f"{path} holds another kind of key")
    return private


def _write_private(path: Path, private: Ed25519PrivateKey) -> None:
    """Write a file that exists for nobody else, not even for a moment."""
    pem = private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, ONLY_THE_OWNER)
    with os.fdopen(number, "wb") as file:
        file.write(pem)
