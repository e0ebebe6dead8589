"""Choose a password: with a link that works once, or in place of one's own.

Every other browser of the person is signed out by it: whoever knew the old password is out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import CodeNotUsable, NotFound
from elearning.services.audit_log import Act, record
from elearning.services.fresh_sign_in import confirm_own_password
from elearning.services.invite_account import works_here
from elearning.services.password_rule import check_password
from elearning.services.sign_in import (
    PER_ACCOUNT,
    PER_NETWORK,
    digest,
    hasher,
    open_session,
    sign_out,
)
from elearning.services.throttle import Limit, count_try, forget_tries
from elearning.storage.audit import AuditKind
from elearning.storage.invites import AccountInvite
from elearning.storage.people import Account, Person

LINKS = Limit("password link network", tries=100, window=timedelta(minutes=15))


@dataclass(frozen=True, slots=True)
class Site:
    """What is the same for everybody: the site's own words, the key of counters, and the clock."""

    words: tuple[str, ...]
    key: str
    clock: Clock


def choose_with_link(
    session: Session, *, code: str, password: str, network: str, site: Site
) -> None:
    """Use a link up: the person has an account with this password, and is signed in nowhere.

    Raises `CodeNotUsable` alike for a link that is unknown, used, replaced or past its time, and
    for one of somebody who has left; `PasswordNotUsable` leaves it good. And `TooManyTries`.
    """
    count_try(session, limit=LINKS, subject=network, key=site.key, clock=site.clock)
    # Of two at once, the second waits for the lock, and finds nothing.
    link = session.scalars(
        select(AccountInvite)
        .where(
            AccountInvite.code_digest == digest(code),
            AccountInvite.expires_at > site.clock.now(),
        )
        .with_for_update()
    ).one_or_none()
    if link is None or not works_here(session, person_id=link.person_id, today=site.clock.today()):
        raise CodeNotUsable("this link cannot be used")
    person = session.get_one(Person, link.person_id)
    check_password(password, known=_known(person, link.sign_in_name, site.words))
    _set(session, link, password, site)
    record(session, Act(AuditKind.PASSWORD_CHOSEN, person.id, person.id), clock=site.clock)


def change_password(
    session: Session,
    *,
    person_id: UUID,
    current: str,
    password: str,
    network: str,
    site: Site,
    lasts: timedelta,
) -> str:
    """Replace one's own password; return the token of a new session, the only one that is left.

    Raises `SignInRefused` when `current` is not the password, counted with the tries to sign in;
    `PasswordNotUsable`, `TooManyTries`, and `NotFound` for who has no account here.
    """
    account = session.get(Account, person_id, with_for_update=True)
    if account is None:
        raise NotFound("no local account")
    count_try(session, limit=PER_NETWORK, subject=network, key=site.key, clock=site.clock)
    confirm_own_password(
        session, person_id=person_id, password=current, key=site.key, clock=site.clock
    )
    check_password(password, known=_known(account.person, account.sign_in_name, site.words))
    account.password_hash = hasher().hash(password)
    session.execute(delete(AccountInvite).where(AccountInvite.person_id == person_id))
    sign_out(session, person_id=person_id)
    token = open_session(session, person_id=person_id, clock=site.clock, lasts=lasts)
    record(session, Act(AuditKind.PASSWORD_CHANGED, person_id, person_id), clock=site.clock)
    return token


def _set(session: Session, link: AccountInvite, password: str, site: Site) -> None:
    """Make or change the account that a link is for, and use the link up."""
    account = session.get(Account, link.person_id)
    if account is None:
        account = Account(person_id=link.person_id, used_on=site.clock.today())
        session.add(account)
    account.sign_in_name = link.sign_in_name
    account.password_hash = hasher().hash(password)
    session.delete(link)
    session.flush()
    forget_tries(session, limit=PER_ACCOUNT, subject=account.sign_in_name, key=site.key)
    sign_out(session, person_id=account.person_id)


def _known(person: Person, sign_in_name: str, words: Iterable[str]) -> tuple[str, ...]:
    own = person.display_name, person.external_id, person.email or "", sign_in_name
    return (*own, *words)
