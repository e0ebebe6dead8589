"""Roles that are given in the browser: every refusal, twice the same, and two at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, timedelta
from itertools import product
from uuid import UUID

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.orm import Session

from elearning.clock import SetClock
from elearning.errors import ElearningError, SignInRefused, TooManyTries
from elearning.learning.award import add_months
from elearning.services.fresh_sign_in import confirm_own_password
from elearning.services.grant_role import end_role, give_role
from elearning.services.hand_out_role import RoleRefused, hand_out_role
from elearning.services.role_receiver import find_receiver
from elearning.services.role_wish import Refusal, Wish, refusals
from elearning.services.sign_in import PER_ACCOUNT, holder
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.engine import one_transaction
from elearning.storage.outbox import MessageTemplate, OutboxMessage
from elearning.storage.people import Level, Person, Role, RoleGrant, Unit
from elearning.storage.units import UnitPlace
from tests.builders import PASSWORD, a_person, a_role, a_unit, an_account, an_appointment
from tests.databases import TODAY

DAY = TODAY.date()
YEAR = add_months(DAY, 12)
TRAINING = "basis"
KEY = "a key for tests"


@pytest.fixture
def law(session: Session) -> Unit:
    return a_unit(session, code="law", parent=a_unit(session, code="top"))


@pytest.fixture
def giver(session: Session) -> Person:
    person = a_person(session, name="Petra Beheer")
    an_account(session, person=person)
    a_role(session, person=person, role=Role.ADMIN)
    return person


@pytest.fixture
def lea(session: Session, law: Unit) -> Person:
    person = a_person(session, name="Lea")
    an_appointment(session, person=person, unit=law)
    return person


def wish_of(person: Person, role: Role = Role.BOARD) -> Wish:
    return Wish(person.external_id, role, None, None, None, None)


def hand_out(session: Session, wish: Wish, giver: Person, clock: SetClock) -> RoleGrant:
    return hand_out_role(session, wish=wish, trainings={TRAINING}, given_by=giver.id, clock=clock)


def refused(session: Session, wish: Wish, giver: Person, clock: SetClock) -> tuple[Refusal, ...]:
    with pytest.raises(RoleRefused) as found:
        hand_out(session, wish, giver, clock)
    return found.value.refusals


def grants(session: Session) -> list[RoleGrant]:
    wanted = select(RoleGrant).where(RoleGrant.given_by.is_not(None)).order_by(RoleGrant.id)
    return list(session.scalars(wanted))


def messages(session: Session) -> list[OutboxMessage]:
    return list(session.scalars(select(OutboxMessage)))


class TestWhatCannotBeGiven:
    """Each refusal by its name, all of them at once, and nothing left behind."""

    def test_is_what_one_asks_for_oneself(
        self, session: Session, giver: Person, clock: SetClock
    ) -> None:
        assert refused(session, wish_of(giver), giver, clock) == (Refusal.OWN,)

    def test_is_a_role_of_who_has_left_and_of_who_never_was(
        self, session: Session, giver: Person, law: Unit, clock: SetClock
    ) -> None:
        left = a_person(session, name="Oud")
        an_appointment(session, person=left, unit=law, ends_on=DAY)
        assert refused(session, wish_of(left), giver, clock) == (Refusal.LEFT,)
        nobody = replace(wish_of(left), person_number="nobody")
        assert refused(session, nobody, giver, clock) == (Refusal.NOBODY,)

    def test_is_told_all_at_once(
        self, session: Session, giver: Person, lea: Person, clock: SetClock
    ) -> None:
        wish = Wish(lea.external_id, Role.AUTHOR, "nowhere", "none", Level.NAMED, DAY)
        assert set(refused(session, wish, giver, clock)) == {
            Refusal.TAKES_NO_UNIT,
            Refusal.TAKES_NO_TRAINING,
            Refusal.OPENS_NO_NAMES,
            Refusal.NO_TRAINING,
            Refusal.DAY,
            Refusal.NO_UNIT,
        }
        assert grants(session) == []

    def test_is_a_role_over_a_unit_that_is_not_there_any_more(
        self, session: Session, giver: Person, lea: Person, law: Unit, clock: SetClock
    ) -> None:
        closed = update(UnitPlace).where(UnitPlace.unit_id == law.id).values(until_on=DAY)
        session.execute(closed)
        wish = replace(wish_of(lea, Role.MANAGER), unit_code="law")
        assert refused(session, wish, giver, clock) == (Refusal.NO_UNIT,)

    @pytest.mark.parametrize(
        ("until_on", "is_given"),
        [
            (DAY, False),
            (DAY + timedelta(days=1), True),
            (YEAR, True),
            (YEAR + timedelta(days=1), False),
            (date.max, False),
        ],
    )
    def test_is_one_that_ends_before_tomorrow_or_after_a_year(
        self,
        session: Session,
        giver: Person,
        lea: Person,
        clock: SetClock,
        until_on: date,
        is_given: bool,  # noqa: FBT001 - a value of the table
    ) -> None:
        wish = replace(wish_of(lea), until_on=until_on)
        if is_given:
            assert hand_out(session, wish, giver, clock).until_on == until_on
        else:
            assert refused(session, wish, giver, clock) == (Refusal.DAY,)

    def test_every_wish_is_either_given_as_it_was_wished_or_refused_with_a_reason(
        self, session: Session, lea: Person, clock: SetClock
    ) -> None:
        every = product(
            Role,
            (None, "law", "nowhere"),
            (None, TRAINING, "none"),
            (None, *Level),
            (None, YEAR, DAY),
        )
        given = 0
        for role, unit, training, level, until_on in every:
            wish = Wish(lea.external_id, role, unit, training, level, until_on)
            found = refusals(session, wish=wish, trainings={TRAINING}, today=DAY)
            with session.begin_nested() as attempt:
                try:
                    grant = give_role(
                        session, wish=wish, trainings={TRAINING}, given_by=None, clock=clock
                    )
                except ElearningError:
                    assert found, wish
                else:
                    assert not found, wish
                    assert (grant.role, grant.training_id) == (role, training)
                    assert grant.until_on == YEAR
                    assert level in {None, grant.level}
                    given += 1
                attempt.rollback()
        # HR of a unit: 2 trainings, 3 levels; HR of all: with a unit or not; board and council
        # likewise without names; a manager with a unit; four roles without limits. 2 last days.
        assert given == 2 * (2 * 3 + 2 * 2 * 3 + 2 * 2 * 2 * 2 + 2 * 2 + 4 * 2)


class TestARoleThatIsGiven:
    """It works at once, once, and is told."""

    def test_stands_in_the_log_with_who_gave_it_and_is_told_without_saying_which(
        self, session: Session, giver: Person, lea: Person, law: Unit, clock: SetClock
    ) -> None:
        wish = replace(wish_of(lea, Role.HR_UNIT), unit_code="law", level=Level.NAMED)
        grant = hand_out(session, wish, giver, clock)
        assert (grant.given_by, grant.unit_id, grant.from_on) == (giver.id, law.id, DAY)
        entry = session.scalars(select(AuditEntry)).one()
        assert (entry.kind, entry.actor_id) == (AuditKind.ROLE_GIVEN, giver.id)
        (message,) = messages(session)
        assert (message.person_id, message.template) == (lea.id, MessageTemplate.ROLE)
        assert not [word for word in ("HR", "law", "Petra") if word in message.body]

    def test_twice_the_same_by_the_same_person_is_one_role_one_entry_and_one_message(
        self, session: Session, giver: Person, lea: Person, clock: SetClock
    ) -> None:
        first, again = (hand_out(session, wish_of(lea), giver, clock) for _ in range(2))
        assert first.id == again.id
        assert session.scalar(select(func.count()).select_from(AuditEntry)) == 1
        assert len(messages(session)) == 1

    def test_is_refused_to_another_who_wants_the_same_and_to_the_same_with_another_end(
        self, session: Session, giver: Person, lea: Person, clock: SetClock
    ) -> None:
        hand_out(session, wish_of(lea), giver, clock)
        other = a_person(session)
        assert refused(session, wish_of(lea), other, clock) == (Refusal.HELD,)
        sooner = replace(wish_of(lea), until_on=DAY + timedelta(days=9))
        assert refused(session, sooner, giver, clock) == (Refusal.HELD,)

    def test_follows_without_a_gap_on_one_of_the_same_kind_that_ends_today(
        self, session: Session, giver: Person, lea: Person, clock: SetClock
    ) -> None:
        before = hand_out(session, replace(wish_of(lea), until_on=DAY + timedelta(1)), giver, clock)
        assert refused(session, wish_of(lea), giver, clock) == (Refusal.HELD,)
        end_role(session, grant_id=before.id, ended_by=giver.id, clock=clock)
        assert not holder(session, person_id=lea.id, clock=clock).has_role(Role.BOARD)
        after = hand_out(session, wish_of(lea), giver, clock)
        assert (before.until_on, after.from_on) == (DAY, DAY)
        assert holder(session, person_id=lea.id, clock=clock).has_role(Role.BOARD)

    def test_needs_no_ending_of_one_whose_last_day_was_yesterday(
        self, session: Session, giver: Person, lea: Person, clock: SetClock
    ) -> None:
        hand_out(session, replace(wish_of(lea), until_on=DAY + timedelta(1)), giver, clock)
        clock.instant += timedelta(days=1)
        assert hand_out(session, wish_of(lea), giver, clock).from_on == DAY + timedelta(days=1)

    def test_can_be_had_by_who_starts_later_and_by_who_has_only_an_account(
        self, session: Session, giver: Person, law: Unit, clock: SetClock
    ) -> None:
        joiner, guest = a_person(session, name="Straks"), a_person(session, name="Gast")
        an_appointment(session, person=joiner, unit=law, starts_on=DAY + timedelta(days=9))
        an_account(session, person=guest)
        for person in (joiner, guest):
            assert hand_out(session, wish_of(person), giver, clock).person_id == person.id
            found = find_receiver(session, number=person.external_id, today=DAY)
            assert found is not None
            assert found.units == ()

    def test_without_an_address_is_told_by_no_message(
        self, session: Session, giver: Person, lea: Person, clock: SetClock
    ) -> None:
        lea.email = None
        hand_out(session, wish_of(lea), giver, clock)
        assert messages(session) == []

    def test_from_two_administrators_at_once_is_given_once(
        self, session: Session, giver: Person, lea: Person, engine: Engine, clock: SetClock
    ) -> None:
        other = a_person(session, name="Ad Beheer")
        wish, givers = wish_of(lea, Role.ADMIN), [giver.id, other.id] * 4
        session.commit()

        def give(given_by: UUID) -> str:
            try:
                with one_transaction(engine) as own:
                    hand_out_role(own, wish=wish, trainings=(), given_by=given_by, clock=clock)
            except RoleRefused as error:
                return str(error.refusals[0])
            return "given"

        with ThreadPoolExecutor(len(givers)) as pool:
            answers = list(pool.map(give, givers))
        # Who was first presses again without harm; the other is told that it is there.
        assert sorted(answers) == ["given"] * 4 + ["held"] * 4
        session.expire_all()
        assert len(grants(session)) == 1
        assert len(messages(session)) == 1


class TestTheOwnPassword:
    """Asked for once more; tries count with those of the sign-in page."""

    def confirm(self, session: Session, person: Person, password: str, clock: SetClock) -> None:
        confirm_own_password(session, person_id=person.id, password=password, key=KEY, clock=clock)

    def test_is_taken_and_any_other_is_refused(
        self, session: Session, giver: Person, clock: SetClock
    ) -> None:
        self.confirm(session, giver, PASSWORD, clock)
        for wrong in ("", PASSWORD.upper(), "x" * 5000):
            with pytest.raises(SignInRefused):
                self.confirm(session, giver, wrong, clock)

    def test_cannot_be_guessed_and_a_success_starts_the_count_anew(
        self, session: Session, giver: Person, clock: SetClock
    ) -> None:
        for _ in range(PER_ACCOUNT.tries - 1):
            with pytest.raises(SignInRefused):
                self.confirm(session, giver, "wrong", clock)
        self.confirm(session, giver, PASSWORD, clock)
        for _ in range(PER_ACCOUNT.tries):
            with pytest.raises(SignInRefused):
                self.confirm(session, giver, "wrong", clock)
        with pytest.raises(TooManyTries):
            self.confirm(session, giver, PASSWORD, clock)

    def test_of_who_has_none_is_never_right(
        self, session: Session, lea: Person, clock: SetClock
    ) -> None:
        with pytest.raises(SignInRefused):
            self.confirm(session, lea, "", clock)
