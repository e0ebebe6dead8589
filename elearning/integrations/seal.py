"""The seal of an installation: signs whatever a certificate needs with the key in use."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from elearning.integrations.open_badges.proof import sign
from elearning.integrations.signed_statement import sign_statement
from elearning.integrations.signing_keys import SigningKey
from elearning.learning.badge import Badge, did_of
from elearning.learning.certificate_statement import SignedFile, Statement


@dataclass(frozen=True, slots=True)
class KeySeal:
    """Signs with the key that `active` returns at that moment."""

    active: Callable[[], SigningKey]

    def statement(self, statement: Statement) -> SignedFile:
        """Return the signed statement of a certificate."""
        key = self.active()
        return SignedFile(key.id, sign_statement(statement, key))

    def badge(self, badge: Badge, at: datetime) -> SignedFile:
        """Return the signed Open Badge of a certificate."""
        key = self.active()
        signed = sign(badge.credential(), key, issuer=did_of(badge.issuer_url), at=at)
        return SignedFile(key.id, json.dumps(signed, ensure_ascii=False))

    def status_list(self, credential: Mapping[str, Any], at: datetime) -> str:
        """Return a list of withdrawn badges, signed."""
        signed = sign(credential, self.active(), issuer=credential["issuer"], at=at)
        return json.dumps(signed)
