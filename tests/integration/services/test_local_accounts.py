"""A link makes an account or a new password once, in time, and only while one works here."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.errors import (
    CodeNotUsable,
    Conflict,
    InvalidInput,
    NotFound,
    SignInRefused,
    TooManyTries,
)
from elearning.services.audit_log import audit_breaks
from elearning.services.choose_password import LINKS, Site, change_password, choose_with_link
from elearning.services.invite_account import (
    VALID,
    Invited,
    forget_old_invites,
    held_accounts,
    invite,
    remove_account,
)
from elearning.services.password_rule import PasswordNotUsable
from elearning.services.sign_in import PER_ACCOUNT, open_session, sign_in
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.invites import AccountInvite
from elearning.storage.people import Account, Person
from elearning.storage.security import SignedInSession
from tests.builders import PASSWORD, a_person, an_account, an_appointment
from tests.pages.password import NEW

KEY, NETWORK, HOURS = "a key", "192.0.2.0/24", timedelta(hours=12)
SECOND = timedelta(seconds=1)


@pytest.fixture
def site(clock: SetClock) -> Site:
    return Site(words=("Leeromgeving",), key=KEY, clock=clock)


@pytest.fixture
def noor(session: Session) -> Person:
    """Return somebody who works here and has no account."""
    person = a_person(session)
    an_appointment(session, person=person)
    return person


def invited(
    session: Session,
    person: Person,
    clock: SetClock,
    *,
    name: str | None = None,
    again: bool = False,
) -> Invited:
    number = person.external_id
    return invite(session, number=number, sign_in_name=name, again=again, clock=clock)


def use(session: Session, code: str, site: Site, password: str = NEW) -> None:
    choose_with_link(session, code=code, password=password, network=NETWORK, site=site)


def enters(session: Session, name: str, password: str, clock: SetClock) -> bool:
    """Say whether one can sign in with this."""
    try:
        sign_in(
            session,
            sign_in_name=name,
            password=password,
            network=NETWORK,
            key=KEY,
            clock=clock,
            lasts=HOURS,
        )
    except SignInRefused:
        return False
    return True


def sessions_of(session: Session, person: Person) -> int:
    own = SignedInSession.person_id == person.id
    return session.scalar(select(func.count()).select_from(SignedInSession).where(own)) or 0


def test_a_link_makes_an_account_once(
    session: Session, noor: Person, site: Site, clock: SetClock
) -> None:
    made = invited(session, noor, clock)
    assert made.sign_in_name == noor.email
    use(session, made.code, site)
    assert enters(session, made.sign_in_name, NEW, clock)
    with pytest.raises(CodeNotUsable):
        use(session, made.code, site, "another long enough one")
    assert enters(session, made.sign_in_name, NEW, clock)


def test_only_a_digest_of_the_code_is_kept(session: Session, noor: Person, clock: SetClock) -> None:
    made = invited(session, noor, clock)
    assert len(made.code) >= 43
    link = session.scalars(select(AccountInvite)).one()
    assert len(link.code_digest) == 64
    assert made.code not in repr(vars(link))


def test_a_link_works_to_the_last_second_of_its_week(
    session: Session, noor: Person, site: Site, clock: SetClock
) -> None:
    made = invited(session, noor, clock)
    clock.instant += VALID
    with pytest.raises(CodeNotUsable):
        use(session, made.code, site)
    clock.instant -= SECOND
    use(session, made.code, site)


def test_a_link_that_another_replaced_works_no_more(
    session: Session, noor: Person, site: Site, clock: SetClock
) -> None:
    first = invited(session, noor, clock)
    with pytest.raises(Conflict, match="a link that waits"):
        invited(session, noor, clock)
    second = invited(session, noor, clock, again=True)
    with pytest.raises(CodeNotUsable):
        use(session, first.code, site)
    use(session, second.code, site)


def test_a_password_that_cannot_be_used_leaves_the_link_good(
    session: Session, noor: Person, site: Site, clock: SetClock
) -> None:
    made = invited(session, noor, clock)
    for easy in ("short", f"{noor.display_name} 2026", "leeromgeving1"):
        with pytest.raises(PasswordNotUsable):
            use(session, made.code, site, easy)
    use(session, made.code, site)


def test_a_forgotten_password_is_mended_and_works_until_then(
    session: Session, noor: Person, site: Site, clock: SetClock
) -> None:
    account = an_account(session, person=noor, sign_in_name="noor@instelling.example")
    with pytest.raises(Conflict, match="an account"):
        invited(session, noor, clock)
    made = invited(session, noor, clock, again=True)
    assert made.sign_in_name == account.sign_in_name
    assert enters(session, made.sign_in_name, PASSWORD, clock)
    open_session(session, person_id=noor.id, clock=clock, lasts=HOURS)
    use(session, made.code, site)
    assert sessions_of(session, noor) == 0
    assert not enters(session, made.sign_in_name, PASSWORD, clock)
    assert enters(session, made.sign_in_name, NEW, clock)


def test_who_was_locked_out_by_guesses_gets_in_with_the_new_password(
    session: Session, noor: Person, site: Site, clock: SetClock
) -> None:
    an_account(session, person=noor)
    made = invited(session, noor, clock, again=True)
    for _ in range(PER_ACCOUNT.tries):
        assert not enters(session, made.sign_in_name, "a guess", clock)
    with pytest.raises(TooManyTries):
        enters(session, made.sign_in_name, "a guess", clock)
    use(session, made.code, site)
    assert enters(session, made.sign_in_name, NEW, clock)


def test_who_cannot_have_a_link_is_said(session: Session, noor: Person, clock: SetClock) -> None:
    with pytest.raises(NotFound, match="staff number"):
        invite(session, number="none", sign_in_name=None, again=False, clock=clock)
    gone = a_person(session)
    an_appointment(session, person=gone, ends_on=clock.today())
    with pytest.raises(Conflict, match="has left"):
        invited(session, gone, clock)
    for wrong in ("noor", "@x", "noor@", "no or@x.example", f"{'n' * 320}@x.example"):
        with pytest.raises(InvalidInput, match="e-mail address"):
            invited(session, noor, clock, name=wrong)
    noor.email = None
    with pytest.raises(InvalidInput, match="--sign-in-name"):
        invited(session, noor, clock)
    assert session.scalars(select(AuditEntry)).all() == []


@pytest.mark.parametrize("is_account", [True, False])
def test_a_sign_in_name_is_one_persons(
    session: Session, noor: Person, clock: SetClock, *, is_account: bool
) -> None:
    other = a_person(session, name="Sami")
    an_appointment(session, person=other)
    if is_account:
        an_account(session, person=other, sign_in_name="team@instelling.example")
    else:
        invited(session, other, clock, name="team@instelling.example")
    with pytest.raises(Conflict, match="somebody else"):
        invited(session, noor, clock, name=" Team@Instelling.example ")


def test_a_link_of_somebody_who_has_left_since_works_no_more(
    session: Session, site: Site, clock: SetClock
) -> None:
    person = a_person(session)
    an_appointment(session, person=person, ends_on=clock.today() + timedelta(days=2))
    made = invited(session, person, clock)
    clock.instant += timedelta(days=2)
    with pytest.raises(CodeNotUsable):
        use(session, made.code, site)
    assert session.scalars(select(Account)).all() == []


@pytest.mark.usefixtures("clock")
def test_of_two_at_once_one_gets_the_link(
    engine: Engine, session: Session, noor: Person, site: Site, clock: SetClock
) -> None:
    made = invited(session, noor, clock)
    session.commit()

    def attempt(password: str) -> str | None:
        with Session(engine) as own, own.begin():
            try:
                use(own, made.code, site, password)
            except CodeNotUsable:
                return None
        return password

    wanted = [f"{NEW} number {number}" for number in range(4)]
    with ThreadPoolExecutor(max_workers=4) as pool:
        got = [each for each in pool.map(attempt, wanted) if each]
    assert len(got) == 1
    assert enters(session, made.sign_in_name, got[0], clock)


def test_tries_with_links_are_counted_for_each_network(
    session: Session, site: Site, clock: SetClock
) -> None:
    for _ in range(LINKS.tries):
        with pytest.raises(CodeNotUsable):
            use(session, "a guess", site)
    with pytest.raises(TooManyTries):
        use(session, "a guess", site)
    clock.instant += LINKS.window
    with pytest.raises(CodeNotUsable):
        use(session, "a guess", site)


class TestChangingOnesOwn:
    """The old password once more, and every other browser is out."""

    @pytest.fixture
    def account(self, session: Session, noor: Person) -> Account:
        return an_account(session, person=noor)

    @staticmethod
    def change(session: Session, account: Account, site: Site, current: str, new: str) -> str:
        return change_password(
            session,
            person_id=account.person_id,
            current=current,
            password=new,
            network=NETWORK,
            site=site,
            lasts=HOURS,
        )

    def test_one_new_session_is_left_and_a_link_that_waited_is_not(
        self, session: Session, noor: Person, account: Account, site: Site, clock: SetClock
    ) -> None:
        made = invited(session, noor, clock, again=True)
        for _ in range(3):
            open_session(session, person_id=noor.id, clock=clock, lasts=HOURS)
        self.change(session, account, site, PASSWORD, NEW)
        assert sessions_of(session, noor) == 1
        assert enters(session, account.sign_in_name, NEW, clock)
        assert not enters(session, account.sign_in_name, PASSWORD, clock)
        with pytest.raises(CodeNotUsable):
            use(session, made.code, site, "another long enough one")

    def test_guesses_count_with_those_at_the_door(
        self, session: Session, noor: Person, account: Account, site: Site, clock: SetClock
    ) -> None:
        open_session(session, person_id=noor.id, clock=clock, lasts=HOURS)
        for _ in range(PER_ACCOUNT.tries):
            with pytest.raises(SignInRefused):
                self.change(session, account, site, "a guess", NEW)
        with pytest.raises(TooManyTries):
            self.change(session, account, site, PASSWORD, NEW)
        with pytest.raises(TooManyTries):
            enters(session, account.sign_in_name, PASSWORD, clock)
        assert sessions_of(session, noor) == 1

    def test_an_easy_one_changes_nothing(
        self, session: Session, account: Account, site: Site, clock: SetClock
    ) -> None:
        with pytest.raises(PasswordNotUsable):
            self.change(session, account, site, PASSWORD, "wachtwoord123")
        assert enters(session, account.sign_in_name, PASSWORD, clock)

    def test_who_has_no_account_has_no_password_to_change(
        self, session: Session, account: Account, site: Site
    ) -> None:
        session.delete(account)
        session.flush()
        with pytest.raises(NotFound):
            self.change(session, account, site, PASSWORD, NEW)


def test_a_removed_account_opens_nothing_and_the_person_stays(
    session: Session, noor: Person, clock: SetClock
) -> None:
    account = an_account(session, person=noor)
    invited(session, noor, clock, again=True)
    open_session(session, person_id=noor.id, clock=clock, lasts=HOURS)
    name = account.sign_in_name
    remove_account(session, number=noor.external_id, clock=clock)
    assert sessions_of(session, noor) == 0
    assert held_accounts(session, clock=clock) == ()
    assert not enters(session, name, PASSWORD, clock)
    assert session.get(Person, noor.id) is noor
    with pytest.raises(NotFound, match="no account"):
        remove_account(session, number=noor.external_id, clock=clock)


def test_the_list_has_accounts_and_links_that_still_work(
    session: Session, noor: Person, clock: SetClock
) -> None:
    sami = a_person(session, name="Sami")
    used_on = an_account(session, person=sami).used_on
    made = invited(session, noor, clock)
    found = [
        (each.name, each.used_on, each.invited_until)
        for each in held_accounts(session, clock=clock)
    ]
    assert found == [(noor.display_name, None, made.expires_at), ("Sami", used_on, None)]
    clock.instant += VALID
    assert [each.name for each in held_accounts(session, clock=clock)] == ["Sami"]
    assert forget_old_invites(session, clock=clock) == 1


def test_every_act_stands_in_the_log_and_its_chain_holds(
    session: Session, noor: Person, site: Site, clock: SetClock
) -> None:
    use(session, invited(session, noor, clock).code, site)
    account = session.get_one(Account, noor.id)
    TestChangingOnesOwn.change(session, account, site, NEW, f"{NEW} weer")
    remove_account(session, number=noor.external_id, clock=clock)
    rows = session.scalars(select(AuditEntry).order_by(AuditEntry.number)).all()
    assert [(row.kind, row.actor_id, row.subject_id) for row in rows] == [
        (AuditKind.ACCOUNT_INVITED, None, noor.id),
        (AuditKind.PASSWORD_CHOSEN, noor.id, noor.id),
        (AuditKind.PASSWORD_CHANGED, noor.id, noor.id),
        (AuditKind.ACCOUNT_REMOVED, None, noor.id),
    ]
    assert list(audit_breaks(session, clock=clock)) == []
