"""Ask once more for the password, before something that an open browser must not be enough for.

Tries count with those of the sign-in page, so that this is no second place to guess at.
"""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import SignInRefused
from elearning.services.sign_in import PER_ACCOUNT, verifies
from elearning.services.throttle import count_try, forget_tries
from elearning.storage.people import Account


def confirm_own_password(
    session: Session, *, person_id: UUID, password: str, key: str, clock: Clock
) -> None:
    """Raise `SignInRefused` for another password, or none, and `TooManyTries`.

    A try counts although it was refused, if the caller keeps what was written.
    """
    account = session.get(Account, person_id)
    name = str(person_id) if account is None else account.sign_in_name
    count_try(session, limit=PER_ACCOUNT, subject=name, key=key, clock=clock)
    if account is None or not verifies(account.password_hash, password):
        raise SignInRefused("this is not the password of who is signed in")
    forget_tries(session, limit=PER_ACCOUNT, subject=name, key=key)
