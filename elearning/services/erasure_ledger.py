"""The ledger of what was erased for good: keyed digests of random keys, kept outside the database.

A backup that is restored holds people and learning state that were erased since. The ledger knows
them by digest, so they can be erased again; by itself it says nothing about anybody.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from elearning.services.keys import derive_key

LEDGER_KEY = "erasure ledger"


class Ledger(Protocol):
    """Keeps digests; the roots hand in the file that does."""

    def add(self, digest: str) -> None:
        """Keep a digest, safely, before this returns."""
        ...

    def digests(self) -> AbstractSet[str]:
        """Return every digest that is kept."""
        ...


@dataclass(frozen=True, slots=True)
class Erasing:
    """A ledger, and the installation's key that its digests are made with."""

    ledger: Ledger
    secret_key: str

    def note(self, key: UUID) -> None:
        """Write a person's key or a learning key into the ledger, before it is deleted.

        When the transaction fails afterwards, whoever asked to be forgotten stands in the ledger
        all the same; the other order could lose them.
        """
        self.ledger.add(self.digest(key))

    def digest(self, key: UUID) -> str:
        """Return what the ledger keeps of a key."""
        secret = derive_key(self.secret_key, LEDGER_KEY)
        return hmac.new(secret, key.bytes, hashlib.sha256).hexdigest()
