"""The seal of an installation: signs whatever a certificate needs with the key in use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from elearning.integrations.signed_statement import sign_statement
from elearning.integrations.signing_keys import SigningKey
from elearning.learning.certificate_statement import SignedFile, Statement


@dataclass(frozen=True, slots=True)
class KeySeal:
    """Signs with the key that `active` returns at that moment."""

    active: Callable[[], SigningKey]

    def statement(self, statement: Statement) -> SignedFile:
        """Return the signed statement of a certificate."""
        key = self.active()
        return SignedFile(key.id, sign_statement(statement, key))
