"""What a learner reads when content is new, or a certificate got another end: words and dates."""

from __future__ import annotations

from datetime import date

import pytest

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.learning.award_change import Effect
from elearning.learning.validity import Asks
from elearning.storage.people import Account, Person
from tests.integration.services.changes import (
    an_office,
    with_major,
    with_policy,
)
from tests.pages.learner import HomePage, ModulePage
from tests.practice_content import BOOSTER_MODULE
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

OBTAINED_ON, OWN_END = date(2026, 9, 1), date(2028, 9, 1)


def let_hr(
    arrange: Arrange,
    account: Account,
    library: Library,
    clock: SetClock,
    effect: Effect | None,
) -> None:
    """Give the learner an award of last year, and carry out a change that two people decided."""
    with arrange() as session:
        office = an_office(session, library, clock)
        office.holder(OBTAINED_ON, OWN_END, person=session.get_one(Person, account.person_id))
        if effect is not None:
            office.change(effect)


class TestADelta:
    """One new module for who holds an award."""

    @pytest.fixture
    def library(self, practice: Library) -> Library:
        return with_major(practice, Asks.DELTA)

    def test_home_says_what_is_new_how_long_and_until_when(
        self,
        arrange: Arrange,
        account: Account,
        library: Library,
        clock: SetClock,
        signed_in: StrictClient,
    ) -> None:
        let_hr(arrange, account, library, clock, Effect.LIMIT)
        home = HomePage.open(signed_in)
        assert (
            "Dit is nieuw: De wet is nieuw. Je doet alleen dit onderdeel, ongeveer 5 minuten. "
            "Je certificaat is geldig tot en met 31 mei 2027. "
            "Ben je dan klaar, dan blijft het geldig tot en met 31 augustus 2028."
        ) in home.page.text
        assert [task.href for task in home.tasks] == [f"/onderdeel/{BOOSTER_MODULE}"]

    def test_without_a_limit_the_certificate_is_as_valid_as_it_was(
        self,
        arrange: Arrange,
        account: Account,
        library: Library,
        clock: SetClock,
        signed_in: StrictClient,
    ) -> None:
        let_hr(arrange, account, library, clock, None)
        text = HomePage.open(signed_in).page.text
        assert "Je certificaat is geldig tot en met 31 augustus 2028." in text
        assert "Ben je dan klaar" not in text

    def test_done_there_is_nothing_more_to_do(
        self,
        arrange: Arrange,
        account: Account,
        library: Library,
        clock: SetClock,
        signed_in: StrictClient,
    ) -> None:
        let_hr(arrange, account, library, clock, Effect.LIMIT)
        ModulePage.open(signed_in, BOOSTER_MODULE, "lezen").read_on()
        ModulePage.open(signed_in, BOOSTER_MODULE, "vraag").answer("past")
        home = HomePage.open(signed_in)
        assert (
            "Je bent klaar. Je certificaat is geldig tot en met 31 augustus 2028." in home.page.text
        )
        assert {task.status for task in home.tasks} == {"Voldaan"}


class TestEverythingAnew:
    """The whole training for who holds an award."""

    @pytest.fixture
    def library(self, practice: Library) -> Library:
        return with_major(practice, Asks.FULL)

    def test_home_says_so(
        self,
        arrange: Arrange,
        account: Account,
        library: Library,
        clock: SetClock,
        signed_in: StrictClient,
    ) -> None:
        let_hr(arrange, account, library, clock, Effect.LIMIT)
        home = HomePage.open(signed_in)
        assert "Je doet de training opnieuw" in home.page.text
        assert "Ben je dan klaar, dan blijft het geldig." in home.page.text
        assert len(home.tasks) == 4


@pytest.mark.parametrize(
    ("months", "effect", "words"),
    [
        (12, Effect.SHORTEN, "certificaten korter geldig zijn"),
        (36, Effect.EXTEND, "certificaten langer geldig zijn"),
    ],
)
class TestAnotherValidity:
    """An end that moved because a rule did."""

    @pytest.fixture
    def library(self, practice: Library, months: int) -> Library:
        return with_policy(practice, months)

    def test_home_says_why_and_what_it_was(
        self,
        arrange: Arrange,
        account: Account,
        library: Library,
        clock: SetClock,
        signed_in: StrictClient,
        effect: Effect,
        words: str,
    ) -> None:
        let_hr(arrange, account, library, clock, effect)
        text = HomePage.open(signed_in).page.text
        assert f"Je instelling heeft besloten dat {words}." in text
        assert "Eerst was jouw certificaat geldig tot en met 31 augustus 2028." in text
