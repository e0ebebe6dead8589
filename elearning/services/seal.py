"""What signs certificates, as use cases see it; the roots hand in the one with keys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from elearning.clock import Clock
from elearning.content.library import Library
from elearning.learning.badge import Badge
from elearning.learning.certificate_statement import SignedFile, Statement


class Seal(Protocol):
    """Signs with the key in use; raises `SigningKeyMissing` where there is none."""

    def statement(self, statement: Statement) -> SignedFile:
        """Return the signed statement of a certificate."""
        ...

    def badge(self, badge: Badge, at: datetime) -> SignedFile:
        """Return the signed Open Badge of a certificate."""
        ...


@dataclass(frozen=True, slots=True)
class Issuing:
    """What issuing needs besides the award; `base_url` stands in certificates for good."""

    library: Library
    secret_key: str
    base_url: str
    seal: Seal
    clock: Clock
