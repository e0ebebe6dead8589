"""Sittings, a pool, and what follows a certificate, as a learner meets them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from flask import Flask

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.services.publish_content import publish_content
from elearning.storage.people import Account, Person
from elearning.web.state import KEY
from tests.builders import a_person, an_account, an_award, an_obligation
from tests.pages.learner import (
    EndPage,
    HomePage,
    ModulePage,
    StartPage,
    TurnPage,
    begin,
    play,
)
from tests.pages.page import Page, visit
from tests.practice_content import (
    BOOSTER_MODULE,
    MODULE_ID,
    OTHER_TALK,
    PACED,
    QUIZ,
    QUIZ_WELL,
    READ_BADLY,
    SILENT,
    TALK,
    UNREPAIRED,
    WELL,
    reading_of,
)
from tests.web.conftest import Arrange, SignIn
from tests.web.strict_client import StrictClient

Hold = Callable[[date], None]
EARLY = "een goede dag om verder te gaan"
TALKS = (TALK, OTHER_TALK)


@pytest.fixture
def account(arrange: Arrange, library: Library, clock: SetClock) -> Account:
    """Return the account of Noor de Wit, who must hold the training in sittings."""
    with arrange() as session:
        publish_content(session, library=library, clock=clock)
        person = a_person(session)
        an_obligation(session, person=person, training_id=PACED)
        return an_account(session, person=person)


@pytest.fixture
def hold(arrange: Arrange, account: Account) -> Hold:
    """Return what gives Noor an award of some day, for two years."""

    def give(obtained_on: date) -> None:
        with arrange() as session:
            an_award(
                session,
                person=session.get_one(Person, account.person_id),
                training_id=PACED,
                obtained_on=obtained_on,
                valid_until=obtained_on.replace(year=obtained_on.year + 2),
            )

    return give


def complete(client: StrictClient, module_id: str) -> None:
    """Do what a module asks."""
    ModulePage.open(client, module_id, "lezen").read_on()
    ModulePage.open(client, module_id, "vraag").answer("past")


def in_the_pool(client: StrictClient) -> str:
    """Return the scenario of the pool that the task list leads to."""
    href = HomePage.open(client).tasks[1].href
    assert href is not None
    return href.removeprefix("/oefenen/")


class TestAsAdvice:
    """Nothing is locked; one calm sentence says why waiting helps."""

    def test_the_list_stands_in_sittings(self, signed_in: StrictClient) -> None:
        headings = HomePage.open(signed_in).page.headings
        assert [each for each in headings if "Leermoment" in each] == [
            "Leermoment 1 van 2 ongeveer 5 minuten",
            "Leermoment 2 van 2 ongeveer 15 minuten",
        ]

    def test_nothing_is_said_before_the_first_is_done(self, signed_in: StrictClient) -> None:
        assert EARLY not in HomePage.open(signed_in).page.text

    def test_who_goes_on_sooner_reads_one_sentence_and_may(self, signed_in: StrictClient) -> None:
        complete(signed_in, MODULE_ID)
        home = HomePage.open(signed_in)
        assert f"6 maart 2027 is {EARLY}. Nu verdergaan mag ook." in home.page.text
        assert StartPage(home.go_on()).begin().number == 1

    def test_after_three_days_it_is_said_no_more(
        self, signed_in: StrictClient, clock: SetClock, account: Account, sign_in: SignIn
    ) -> None:
        complete(signed_in, MODULE_ID)
        clock.instant += timedelta(days=3)
        sign_in(signed_in, account)
        assert EARLY not in HomePage.open(signed_in).page.text

    def test_it_is_not_said_to_who_went_on_and_did_it(self, signed_in: StrictClient) -> None:
        complete(signed_in, MODULE_ID)
        play(signed_in, TALK, *WELL)
        play(signed_in, QUIZ, *QUIZ_WELL)
        home = HomePage.open(signed_in)
        assert EARLY not in home.page.text
        assert "Je bent klaar" in home.notices[0]


class TestAsARule:
    """An institution may make it a rule; then the page says from which day it opens."""

    @pytest.fixture
    def app(self, app: Flask) -> Flask:
        """Serve an institution whose overlay says `enforce_spacing: true`."""
        state = app.extensions[KEY]
        strict = replace(state.library.institution, enforces_spacing=True)
        library = replace(state.library, institution=strict)
        app.extensions[KEY] = replace(state, library=library)
        return app

    def test_at_first_the_second_sitting_waits_for_the_first(self, signed_in: StrictClient) -> None:
        home = HomePage.open(signed_in)
        assert [task.href for task in home.tasks[1:]] == [None, None]
        assert "nadat je het leermoment ervoor hebt gedaan" in home.page.text
        assert home.next_step is not None

    def test_then_the_page_says_from_which_day(self, signed_in: StrictClient) -> None:
        complete(signed_in, MODULE_ID)
        home = HomePage.open(signed_in)
        assert "Dit gaat open op 6 maart 2027." in home.page.text
        assert home.tasks[1].hint == "gaat later open"
        assert home.next_step is None

    def test_its_page_says_so_too_and_begins_nothing(self, signed_in: StrictClient) -> None:
        complete(signed_in, MODULE_ID)
        page = visit(signed_in, f"/oefenen/{TALK}")
        assert "Dit gaat open op 6 maart 2027." in page.text
        assert page.forms == []
        token = visit(signed_in, "/anders").form().values["csrf_token"]
        refused = signed_in.post(f"/oefenen/{TALK}", data={"csrf_token": token})
        assert refused.location == f"/oefenen/{TALK}"
        addresses = [href for _, href in visit(signed_in, f"/oefenen/{TALK}").links]
        assert not any(href.startswith(f"/oefenen/{TALK}/") for href in addresses)

    def test_on_that_day_it_is_open(
        self, signed_in: StrictClient, clock: SetClock, account: Account, sign_in: SignIn
    ) -> None:
        complete(signed_in, MODULE_ID)
        clock.instant += timedelta(days=3)
        sign_in(signed_in, account)
        assert "gaat open" not in HomePage.open(signed_in).page.text
        assert begin(signed_in, in_the_pool(signed_in)).number == 1

    def test_a_code_needs_no_sitting(self, signed_in: StrictClient) -> None:
        assert "Gebruik deze code" in visit(signed_in, "/anders").text

    class TestOfAModule:
        """The same for a module that stands in a later sitting."""

        @pytest.fixture
        def library(self, practice: Library) -> Library:
            """Return content in which the module comes after the conversation."""
            training = practice.trainings[PACED]
            assert training.plan is not None
            turned = replace(training.plan, sittings=training.plan.sittings[::-1])
            changed = {**practice.trainings, PACED: replace(training, plan=turned)}
            return replace(practice, trainings=changed)

        def test_it_is_not_read_before_its_time(self, signed_in: StrictClient) -> None:
            start = visit(signed_in, f"/onderdeel/{MODULE_ID}")
            assert "nadat je het leermoment ervoor hebt gedaan" in start.text
            assert f"/onderdeel/{MODULE_ID}/lezen" not in [href for _, href in start.links]
            led_back = visit(signed_in, f"/onderdeel/{MODULE_ID}/lezen")
            assert led_back.address == f"/onderdeel/{MODULE_ID}"
            token = visit(signed_in, "/anders").form().values["csrf_token"]
            answer = signed_in.post(f"/onderdeel/{MODULE_ID}/lezen", data={"csrf_token": token})
            assert answer.location == f"/onderdeel/{MODULE_ID}"


class TestAPool:
    """One situation per person, and another one at the next try."""

    def test_until_one_begins_the_part_has_a_name_of_its_own(self, signed_in: StrictClient) -> None:
        assert HomePage.open(signed_in).tasks[1].label == "Een van de gesprekken"
        drawn = in_the_pool(signed_in)
        begin(signed_in, drawn).choose("ruimte")
        assert HomePage.open(signed_in).tasks[1].label == f"Een gesprek ({drawn})"

    def test_the_draw_stays_from_the_first_step_on(self, signed_in: StrictClient) -> None:
        complete(signed_in, MODULE_ID)
        assert len({in_the_pool(signed_in) for _ in range(3)}) == 1

    def test_a_try_that_does_not_count_yet_leads_to_another_situation(
        self, signed_in: StrictClient
    ) -> None:
        complete(signed_in, MODULE_ID)
        first = in_the_pool(signed_in)
        second = next(each for each in TALKS if each != first)
        end = play(signed_in, first, *SILENT)
        label = f"Volgende poging, een andere situatie: Een gesprek ({second})"
        assert end.href(label) == f"/oefenen/{second}"
        assert in_the_pool(signed_in) == second
        assert HomePage.open(signed_in).tasks[1].hint.startswith("een nieuwe situatie:")
        play(signed_in, second, *SILENT)
        assert in_the_pool(signed_in) == first

    def test_the_first_one_stays_open_and_counts_as_well(self, signed_in: StrictClient) -> None:
        first = in_the_pool(signed_in)
        end = play(signed_in, first, *SILENT)
        EndPage(end).start_again().play(*WELL)
        task = HomePage.open(signed_in).tasks[1]
        assert (task.href, task.status) == (f"/oefenen/{first}", "Voldaan")

    def test_who_read_is_led_to_another_reading(self, signed_in: StrictClient) -> None:
        first = in_the_pool(signed_in)
        second = next(each for each in TALKS if each != first)
        end = play(signed_in, reading_of(first), *READ_BADLY)
        assert f"/oefenen/{reading_of(second)}" in [href for _, href in end.links]
        assert in_the_pool(signed_in) == reading_of(second)

    def test_after_a_pass_nothing_more_is_asked(self, signed_in: StrictClient) -> None:
        end = play(signed_in, in_the_pool(signed_in), *WELL)
        assert "Volgende poging" not in end.text
        assert "Wat nu helpt" not in end.headings

    def test_practice_leads_to_no_other_situation(self, signed_in: StrictClient) -> None:
        end = EndPage(play(signed_in, in_the_pool(signed_in), *SILENT))
        assert end.practise_address is not None
        practice = TurnPage.open(signed_in, end.practise_address).choose("wijzen")
        assert "Dit was oefenen" in practice.text
        assert "Volgende poging" not in practice.text


class TestWhatHelps:
    """After a run that does not count yet: what was missed, and no more."""

    def test_the_page_that_explains_the_moment_is_named(self, signed_in: StrictClient) -> None:
        end = play(signed_in, TALK, *UNREPAIRED)
        assert "Wat nu helpt" in end.headings
        assert f"/onderdeel/{MODULE_ID}/vraag" in links_of(end, "helps")

    def test_what_went_well_is_not_named(self, signed_in: StrictClient) -> None:
        assert "Wat nu helpt" not in play(signed_in, TALK, *SILENT).headings
        assert "Wat nu helpt" not in play(signed_in, OTHER_TALK, *WELL).headings


class TestAfterTheCertificate:
    """Offers, never an obligation."""

    @pytest.fixture
    def holder(
        self, client: StrictClient, hold: Hold, account: Account, sign_in: SignIn, clock: SetClock
    ) -> Callable[[int], HomePage]:
        def at_home(days_ago: int) -> HomePage:
            hold(clock.today() - timedelta(days=days_ago))
            sign_in(client, account)
            return HomePage.open(client)

        return at_home

    def test_in_the_first_month_nothing_is_offered(self, holder: Callable[[int], HomePage]) -> None:
        assert "Even opfrissen" not in holder(20).page.headings

    def test_after_a_month_a_few_minutes_are_offered(
        self, holder: Callable[[int], HomePage]
    ) -> None:
        home = holder(40)
        assert "Even opfrissen" in home.page.headings
        assert "Niemand ziet of je het doet." in home.page.text
        hrefs = [href for _, href in home.page.links]
        assert f"/onderdeel/{BOOSTER_MODULE}" in hrefs
        assert "/oefenen/advies" in hrefs
        assert "/nieuw" not in hrefs
        assert home.next_step is None

    def test_once_done_it_is_gone_and_nothing_else_has_changed(
        self, holder: Callable[[int], HomePage], client: StrictClient
    ) -> None:
        before = holder(40)
        complete(client, BOOSTER_MODULE)
        after = HomePage.open(client)
        assert "Even opfrissen" not in after.page.headings
        assert [(task.label, task.status) for task in after.tasks] == [
            (task.label, task.status) for task in before.tasks
        ]
        assert after.notices == before.notices

    def test_after_a_year_it_comes_with_what_changed(
        self, holder: Callable[[int], HomePage]
    ) -> None:
        home = holder(400)
        page = home.page.follow("Wat er veranderd is sinds je certificaat")
        assert page.heading == "Wat er veranderd is"

    def test_who_renews_is_led_there_too(self, holder: Callable[[int], HomePage]) -> None:
        home = holder(700)
        assert "Even opfrissen" not in home.page.headings
        assert home.page.href("Wat er veranderd is sinds je certificaat") == "/nieuw"


def links_of(page: Page, labelled_by: str) -> list[str]:
    """Return where the links of a section lead."""
    root = next(each for each in page.root.iter() if each.get("aria-labelledby") == labelled_by)
    return [each.get("href", "") for each in root.iter("a")]
