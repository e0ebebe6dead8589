"""Sign people in with a local account, and out of every browser at once.

A signed cookie alone cannot be revoked: one that was captured before sign-out still opened pages.
So the cookie carries a random token, and only a row with its digest makes it worth anything.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import Date, Select, bindparam, delete, or_, select, update
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import NotFound, SignInRefused
from elearning.services.throttle import Limit, count_try, forget_tries
from elearning.storage.people import Account, Level, Person, Role, RoleGrant
from elearning.storage.security import SignedInSession

TOKEN_BYTES = 32
LONGEST_PASSWORD = 1024
PER_ACCOUNT = Limit("sign-in account", tries=10, window=timedelta(minutes=15))
PER_NETWORK = Limit("sign-in network", tries=100, window=timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Grant:
    """A role within a unit and everything below it; no unit means the institution.

    It can be for one training only, and for counts without names.
    """

    role: Role
    unit_id: int | None
    training_id: str | None = None
    level: Level = Level.NAMED

    @property
    def is_whole(self) -> bool:
        """Say whether nothing limits the role: every unit, every training, names as well.

        An administrator reads no names of HR, and has no level to be limited by.
        """
        limits = self.unit_id, self.training_id
        has_all = self.level is Level.NAMED or self.role is Role.ADMIN
        return limits == (None, None) and has_all


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who is signed in and what they may do."""

    person_id: UUID
    display_name: str
    language: str
    grants: frozenset[Grant]

    def has_role(self, role: Role) -> bool:
        """Say whether the person holds the role somewhere."""
        return any(grant.role is role for grant in self.grants)

    def has_whole_role(self, role: Role) -> bool:
        """Say whether the person holds the role everywhere, for everything."""
        return any(grant.role is role and grant.is_whole for grant in self.grants)


@cache
def hasher() -> PasswordHasher:
    """Return the argon2id hasher with the parameters of RFC 9106's second choice (64 MiB)."""
    return PasswordHasher()


@cache
def _decoy_hash() -> str:
    """Return a hash to verify against when there is no account, so that both take as long."""
    return hasher().hash(secrets.token_hex(TOKEN_BYTES))


def normalise_sign_in_name(text: str) -> str:
    """Return the sign-in name as it is stored."""
    return text.strip().casefold()


def sign_in(
    session: Session,
    *,
    sign_in_name: str,
    password: str,
    network: str,
    key: str,
    clock: Clock,
    lasts: timedelta,
) -> str:
    """Return a new session token; raise `SignInRefused` or `TooManyTries`.

    `network` is the caller's truncated address (never a whole one). The answer, its time and the
    counting are the same for a known and an unknown name.
    """
    name = normalise_sign_in_name(sign_in_name)
    count_try(session, limit=PER_NETWORK, subject=network, key=key, clock=clock)
    count_try(session, limit=PER_ACCOUNT, subject=name, key=key, clock=clock)
    account = session.scalars(select(Account).where(Account.sign_in_name == name)).one_or_none()
    stored = account.password_hash if account is not None else _decoy_hash()
    if not verifies(stored, password) or account is None:
        raise SignInRefused("the name and the password do not belong together")
    forget_tries(session, limit=PER_ACCOUNT, subject=name, key=key)
    return open_session(session, person_id=account.person_id, clock=clock, lasts=lasts)


def verifies(stored: str, password: str) -> bool:
    """Say whether this is the password of which the hash is stored."""
    try:
        return len(password) <= LONGEST_PASSWORD and hasher().verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def open_session(session: Session, *, person_id: UUID, clock: Clock, lasts: timedelta) -> str:
    """Store a new signed-in session and return its token; sweep the person's ended ones."""
    now = clock.now()
    session.execute(
        delete(SignedInSession).where(
            SignedInSession.person_id == person_id, SignedInSession.expires_at <= now
        )
    )
    token = secrets.token_urlsafe(TOKEN_BYTES)
    _note_use(session, person_id, clock.today())
    session.add(
        SignedInSession(token_digest=digest(token), person_id=person_id, expires_at=now + lasts)
    )
    session.flush()
    return token


def _note_use(session: Session, person_id: UUID, today: date) -> None:
    """Keep the day of the last sign-in: by it, an account that nobody uses is forgotten."""
    own = update(Account).where(Account.person_id == person_id, Account.used_on < today)
    session.execute(own.values(used_on=today).execution_options(synchronize_session=False))


def digest(token: str) -> str:
    """Return what is stored of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def who_is(session: Session, *, token: str, clock: Clock) -> SignedIn | None:
    """Return who this token belongs to, in one statement; None when it is worth nothing."""
    names = {"digest": digest(token), "now": clock.now(), "today": clock.today()}
    rows = session.connection().execute(_holder_of_token(), names).all()
    if not rows:
        return None
    grants = frozenset(
        Grant(row.role, row.unit_id, row.training_id, row.level)
        for row in rows
        if row.role is not None
    )
    return SignedIn(rows[0].id, rows[0].display_name, rows[0].language, grants)


@cache
def _holder_of_token() -> Select[UUID, str, str, Role, int | None, str | None, Level]:
    """Return the statement that every request begins with, built once."""
    today = bindparam("today", type_=Date)
    grant_holds = (
        (RoleGrant.person_id == Person.id)
        & (RoleGrant.from_on <= today)
        & or_(RoleGrant.until_on.is_(None), RoleGrant.until_on > today)
    )
    return (
        select(
            Person.id,
            Person.display_name,
            Person.language,
            RoleGrant.role,
            RoleGrant.unit_id,
            RoleGrant.training_id,
            RoleGrant.level,
        )
        .join(SignedInSession, SignedInSession.person_id == Person.id)
        .outerjoin(RoleGrant, grant_holds)
        .where(
            SignedInSession.token_digest == bindparam("digest"),
            SignedInSession.expires_at > bindparam("now"),
        )
    )


def holder(session: Session, *, person_id: UUID, clock: Clock) -> SignedIn:
    """Return who somebody is and what they may do today, without any session of theirs."""
    today, person = clock.today(), session.get(Person, person_id)
    if person is None:
        raise NotFound("no such person")
    rows = session.scalars(
        select(RoleGrant).where(
            RoleGrant.person_id == person_id,
            RoleGrant.from_on <= today,
            or_(RoleGrant.until_on.is_(None), RoleGrant.until_on > today),
        )
    )
    grants = frozenset(Grant(row.role, row.unit_id, row.training_id, row.level) for row in rows)
    return SignedIn(person.id, person.display_name, person.language, grants)


def sign_out(session: Session, *, person_id: UUID) -> None:
    """End every session of the person, in every browser."""
    session.execute(delete(SignedInSession).where(SignedInSession.person_id == person_id))


def leave(session: Session, *, token: str) -> None:
    """End the one session of this browser; used by the quick exit."""
    session.execute(delete(SignedInSession).where(SignedInSession.token_digest == digest(token)))
