"""The token by which a pool is drawn: keyed, and made from the random key of the learning state.

It is kept nowhere. Before somebody's first step there is no such key, and their own key stands in.
"""

from __future__ import annotations

import hashlib
import hmac
from uuid import UUID

from sqlalchemy.orm import Session

from elearning.services.keys import derive_key
from elearning.services.learning_key import learning_key_of


def draw_token(session: Session, *, person_id: UUID, secret_key: str) -> str:
    """Return the token of a learner: the same at every visit, and worth nothing to anyone else."""
    drawn_for = learning_key_of(session, person_id=person_id) or person_id
    key = derive_key(secret_key, "pool draw")
    return hmac.new(key, drawn_for.bytes, hashlib.sha256).hexdigest()
