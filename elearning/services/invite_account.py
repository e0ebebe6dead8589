"""Links with which people on the roster get a local account, or a new password for it.

A link is made on the command line and handed over by who has that; its code is kept as a digest
only, works once, and for a week. Until it is used nothing changes: an old password goes on working.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import delete, func, or_, select
from sqlalchemy.orm import Session

from elearning.clock import Clock
from elearning.errors import Conflict, InvalidInput, NotFound
from elearning.services.audit_log import Act, record
from elearning.services.employment import works_now_or_later
from elearning.services.people_by_number import person_id_of
from elearning.services.sign_in import TOKEN_BYTES, digest, normalise_sign_in_name, sign_out
from elearning.storage.audit import AuditKind
from elearning.storage.invites import AccountInvite
from elearning.storage.people import Account, Appointment, Person
from elearning.storage.statements import delete_rows

VALID = timedelta(days=7)
LONGEST_NAME = 320


@dataclass(frozen=True, slots=True)
class Invited:
    """A link that was made; its code can never be shown again."""

    code: str
    sign_in_name: str
    language: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """Somebody who has an account, or a link to one; the day it was last used is all of its use."""

    number: str
    name: str
    sign_in_name: str
    used_on: date | None
    invited_until: datetime | None


def invite(
    session: Session, *, number: str, sign_in_name: str | None, again: bool, clock: Clock
) -> Invited:
    """Make a link; `again` replaces one that waits, and leads to a new password for an account.

    Raises `NotFound` for an unknown number, `InvalidInput` for no usable name, and `Conflict` for
    who has left, who has an account or a link already, and for a name that is somebody else's.
    """
    person = session.get_one(Person, person_id_of(session, number=number))
    if not works_here(session, person_id=person.id, today=clock.today()):
        raise Conflict("this person has left: the roster has no appointment that runs or will")
    forget_old_invites(session, clock=clock)
    waiting, account = session.get(AccountInvite, person.id), session.get(Account, person.id)
    if not again and (waiting or account):
        held = "an account" if account else "a link that waits"
        raise Conflict(f"this person has {held} already; --again makes a new link")
    held_name = next((each.sign_in_name for each in (waiting, account) if each), person.email)
    name = _free_name(session, sign_in_name or held_name, person.id)
    made = Invited(secrets.token_urlsafe(TOKEN_BYTES), name, person.language, clock.now() + VALID)
    _keep(session, made, person.id)
    record(session, Act(AuditKind.ACCOUNT_INVITED, None, person.id), clock=clock)
    return made


def remove_account(session: Session, *, number: str, clock: Clock) -> None:
    """Delete the account and a link that waits, and end every session; the person stays.

    Raises `NotFound` for an unknown number, or one without account and link.
    """
    person_id = person_id_of(session, number=number)
    own = (delete(each).where(each.person_id == person_id) for each in (Account, AccountInvite))
    if not sum([delete_rows(session, each) for each in own]):
        raise NotFound("this person has no account")
    sign_out(session, person_id=person_id)
    record(session, Act(AuditKind.ACCOUNT_REMOVED, None, person_id), clock=clock)


def held_accounts(session: Session, *, clock: Clock) -> tuple[HeldAccount, ...]:
    """Return who has an account or a link that still works, by name."""
    link_works = AccountInvite.expires_at > clock.now()
    rows = session.execute(
        select(
            Person.external_id,
            Person.display_name,
            func.coalesce(Account.sign_in_name, AccountInvite.sign_in_name),
            Account.used_on,
            AccountInvite.expires_at,
        )
        .outerjoin(Account, Account.person_id == Person.id)
        .outerjoin(AccountInvite, (AccountInvite.person_id == Person.id) & link_works)
        .where(or_(Account.person_id.is_not(None), AccountInvite.person_id.is_not(None)))
        .order_by(Person.sort_name, Person.external_id)
    )
    return tuple(HeldAccount(*row) for row in rows)


def works_here(session: Session, *, person_id: UUID, today: date) -> bool:
    """Say whether somebody has an appointment that runs, or one that begins later."""
    found = select(Appointment.id).where(works_now_or_later(person_id, today))
    return session.scalar(found.limit(1)) is not None


def forget_old_invites(session: Session, *, clock: Clock) -> int:
    """Delete links whose time is over; return how many."""
    return delete_rows(
        session, delete(AccountInvite).where(AccountInvite.expires_at <= clock.now())
    )


def _free_name(session: Session, text: str | None, person_id: UUID) -> str:
    if text is None:
        raise InvalidInput("the roster has no work address of this person: say --sign-in-name")
    name = normalise_sign_in_name(text)
    before, at, after = name.partition("@")
    if not (before and at and after) or len(name) > LONGEST_NAME or len(name.split()) > 1:
        raise InvalidInput("a sign-in name is an e-mail address")
    for table in (Account, AccountInvite):
        others = table.sign_in_name == name, table.person_id != person_id
        if session.scalar(select(table.person_id).where(*others)) is not None:
            raise Conflict("somebody else has this sign-in name; say another with --sign-in-name")
    return name


def _keep(session: Session, made: Invited, person_id: UUID) -> None:
    link = session.get(AccountInvite, person_id) or AccountInvite(person_id=person_id)
    link.sign_in_name = made.sign_in_name
    link.code_digest = digest(made.code)
    link.expires_at = made.expires_at
    session.add(link)
    session.flush()
