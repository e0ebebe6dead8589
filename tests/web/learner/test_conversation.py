"""Playing a conversation: wherever one comes from, one is where one was."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from elearning.clock import SetClock
from elearning.storage.people import Account
from tests.builders import PASSWORD
from tests.pages.learner import EndPage, HomePage, StartPage, TurnPage, begin, play
from tests.pages.page import arrive, visit
from tests.pages.sign_in import SignInPage
from tests.practice_content import (
    OTHER_TALK,
    REPAIRED,
    SILENT,
    TALK,
    UNREPAIRED,
    WELL,
    reading_of,
)
from tests.web.conftest import SignIn
from tests.web.strict_client import StrictClient

NewClient = Callable[[], StrictClient]


@pytest.fixture
def turn(signed_in: StrictClient) -> TurnPage:
    """Return the second turn of a conversation that took a wrong turn."""
    return TurnPage(begin(signed_in, TALK).choose("geheim"))


class TestATurn:
    """One choice."""

    def test_leads_to_the_next_with_what_it_did(self, turn: TurnPage) -> None:
        assert turn.number == 2
        assert "Ik dacht dat niemand het zou horen." in turn.page.text
        assert "Je belooft te veel." in turn.page.text
        assert "Dit blijft tussen ons." in turn.page.text
        assert turn.page.response.status_code == 200

    def test_is_answered_by_a_redirect_that_moves_the_focus(self, turn: TurnPage) -> None:
        response = turn.form.send(choice="herstel")
        assert response.status_code == 303
        assert response.location == f"{turn.run}/3#beurt-3"
        assert turn.page.client.get(f"{turn.run}/3").status_code == 200

    def test_does_not_say_which_option_is_best(self, turn: TurnPage) -> None:
        assert "checked" not in str(turn.form.element.attrib)
        assert not any(
            "checked" in each.attrib for each in turn.form.element.iter() if each.tag == "input"
        )

    def test_without_a_choice_says_what_is_missing_and_leads_to_the_options(
        self, turn: TurnPage
    ) -> None:
        again = TurnPage(turn.form.submit(status=422))
        assert again.error == ("Kies wat je zegt", "#choice")
        assert again.page.find("choice") is not None
        assert again.page.title.startswith("Fout: ")
        assert again.choices == turn.choices
        assert again.choose("herstel").response.request.path == f"{turn.run}/3"

    def test_takes_no_choice_that_is_not_offered(self, turn: TurnPage) -> None:
        for forged in ("wijzen", "x" * 10_000, "<b>", "\ud7ff"):
            again = TurnPage(turn.choose(forged, status=422))
            assert again.number == 2
            assert again.error is not None
            assert forged not in again.page.response.text

    def test_keeps_the_order_of_its_options(self, turn: TurnPage) -> None:
        assert TurnPage.open(turn.page.client, turn.address).choices == turn.choices
        english = TurnPage(turn.page.switch_language())
        assert english.choices == turn.choices

    def test_keeps_its_place_when_the_language_changes(self, turn: TurnPage) -> None:
        english = TurnPage(turn.page.switch_language())
        assert (english.address, english.page.lang) == (turn.address, "en")
        assert "Really? Do you promise?" in english.page.text
        third = TurnPage(english.choose("herstel"))
        assert (third.number, third.page.lang) == (3, "en")

    def test_keeps_its_place_when_the_language_changes_after_an_error(self, turn: TurnPage) -> None:
        again = turn.form.submit(status=422)
        assert TurnPage(again.switch_language()).address == turn.address


class TestTheBackButton:
    """An earlier turn."""

    def test_shows_what_was_chosen_and_offers_practice_only(self, turn: TurnPage) -> None:
        first = TurnPage.open(turn.page.client, f"{turn.run}/1")
        assert first.is_looking_back
        assert first.form.values["choice"] == "geheim"
        assert visit(first.page.client, turn.address).response.status_code == 200

    def test_and_choosing_otherwise_from_the_old_page_changes_nothing(
        self, signed_in: StrictClient
    ) -> None:
        old = begin(signed_in, TALK)
        old.choose("geheim")
        page = TurnPage(old.choose("ruimte"))
        assert page.number == 2
        assert "Echt? Beloof je dat?" in page.page.text
        assert "Je was al verder" in page.page.text

    def test_practice_from_there_is_a_run_of_its_own(self, turn: TurnPage) -> None:
        client = turn.page.client
        first = TurnPage.open(client, f"{turn.run}/1")
        practice = TurnPage(first.choose("ruimte"))
        assert practice.run != turn.run
        assert practice.number == 2
        end = EndPage(practice.choose("wijzen"))
        assert "oefenen" in end.verdict.lower()
        assert StartPage.open(client, TALK).resume_href == turn.address

    def test_practice_without_a_choice_says_so(self, turn: TurnPage) -> None:
        first = TurnPage.open(turn.page.client, f"{turn.run}/1")
        response = first.page.client.post(
            first.form.action, data={"csrf_token": first.form.values["csrf_token"]}
        )
        again = TurnPage(arrive(first.page.client, response, status=422))
        assert again.is_looking_back
        assert again.error is not None
        assert again.choose("kort").response.request.path.endswith("/2")

    def test_pressing_practise_twice_starts_one_practice(self, turn: TurnPage) -> None:
        first = TurnPage.open(turn.page.client, f"{turn.run}/1")
        assert first.choose("kort").address == first.choose("kort").address


class TestSendingAgain:
    """A double click, a reload, an answer that was lost."""

    def test_leads_to_the_same_turn_once(self, turn: TurnPage) -> None:
        once, twice = turn.form.send(choice="herstel"), turn.form.send(choice="herstel")
        assert (once.status_code, once.location) == (twice.status_code, twice.location)
        third = TurnPage.open(turn.page.client, f"{turn.run}/3")
        assert third.page.text.count("Nee, dat kan ik niet beloven.") == 1
        assert not third.is_looking_back

    def test_leads_to_the_same_end_once(self, turn: TurnPage) -> None:
        third = TurnPage(turn.choose("herstel"))
        once, twice = third.form.send(choice="wijzen"), third.form.send(choice="wijzen")
        assert once.location == twice.location == f"{turn.run}/einde#main"
        assert len(EndPage(visit(turn.page.client, f"{turn.run}/einde")).turns) == 3

    def test_of_another_choice_in_a_second_tab_keeps_the_first(self, turn: TurnPage) -> None:
        other_tab = TurnPage.open(turn.page.client, turn.address)
        turn.choose("herstel")
        page = TurnPage(other_tab.choose("verder"))
        assert page.number == 3
        assert "Nee, dat kan ik niet beloven." in page.page.text
        assert "Je was al verder" in page.page.text

    def test_the_first_page_opens_no_second_run(self, signed_in: StrictClient) -> None:
        start = StartPage.open(signed_in, TALK)
        assert start.begin().run == start.begin().run

    def test_a_tab_that_was_left_behind_leads_to_the_end(self, turn: TurnPage) -> None:
        old = TurnPage.open(turn.page.client, turn.address)
        TurnPage(turn.choose("herstel")).choose("wijzen")
        assert old.choose("verder").response.request.path == f"{turn.run}/einde"

    def test_reloading_the_address_of_a_form_shows_the_turn(self, turn: TurnPage) -> None:
        for suffix in ("", "/anders"):
            page = visit(turn.page.client, f"{turn.address}{suffix}")
            assert page.response.request.path == turn.address


class TestATurnThatDoesNotExist:
    """Numbers that are made up, or of another time."""

    def test_leads_to_where_one_is(self, turn: TurnPage) -> None:
        client = turn.page.client
        data = {"choice": "herstel", "csrf_token": turn.form.values["csrf_token"]}
        for number in ("0", "3", "999", str(2**63), "9" * 4000, "٣٣"):
            assert visit(client, f"{turn.run}/{number}").response.request.path == turn.address
            for suffix in ("", "/anders"):
                response = client.post(f"{turn.run}/{number}{suffix}", data=data)
                assert arrive(client, response).response.request.path == turn.address
        assert TurnPage.open(client, turn.address).number == 2

    def test_that_is_no_number_is_not_there(self, turn: TurnPage) -> None:
        for number in ("-1", "1.0", "een", "1e3", "9" * 5000, "%00", ""):
            assert turn.page.client.get(f"{turn.run}/{number}").status_code in {404, 308}

    def test_of_a_run_that_ended_leads_to_its_end(self, signed_in: StrictClient) -> None:
        end = play(signed_in, TALK, *WELL).response.request.path
        run = end.removesuffix("/einde")
        for number in (0, 3, 4, 999):
            assert visit(signed_in, f"{run}/{number}").response.request.path == end
        assert TurnPage.open(signed_in, f"{run}/2").is_looking_back

    def test_the_end_of_a_run_that_goes_on_leads_to_its_turn(self, turn: TurnPage) -> None:
        assert visit(turn.page.client, f"{turn.run}/einde").response.request.path == turn.address


class TestComingBack:
    """Another device, another day, a session that ran out."""

    def test_on_another_device_goes_on_at_the_same_turn(
        self, turn: TurnPage, new_client: NewClient, account: Account, sign_in: SignIn
    ) -> None:
        other = new_client()
        home = HomePage(sign_in(other, account))
        assert home.next_step is not None
        assert home.next_step[1] == turn.address
        there = TurnPage(home.go_on())
        assert there.choices == turn.choices
        there.choose("herstel")
        assert TurnPage(turn.choose("verder")).number == 3

    def test_the_next_day_says_where_one_left_off(
        self,
        turn: TurnPage,
        signed_in: StrictClient,
        account: Account,
        clock: SetClock,
        sign_in: SignIn,
    ) -> None:
        clock.instant += timedelta(days=1)
        sign_in(signed_in, account)
        later = TurnPage.open(signed_in, turn.address)
        assert "3 maart 2027" in later.page.text
        assert "3 maart 2027" not in turn.page.text

    @pytest.mark.parametrize("how", ["the session ended", "the cookie is gone"])
    def test_after_the_session_ran_out_one_signs_in_and_is_at_the_same_turn(
        self, turn: TurnPage, account: Account, clock: SetClock, how: str
    ) -> None:
        client = turn.page.client
        if how == "the session ended":
            clock.instant += timedelta(hours=13)
        else:
            client.delete_cookie("session")
        page = turn.choose("herstel")
        assert page.response.request.path == "/inloggen"
        back = TurnPage(SignInPage(page).sign_in(account.sign_in_name, PASSWORD))
        assert back.address == turn.address
        assert not back.is_looking_back
        assert TurnPage(back.choose("herstel")).number == 3

    def test_a_practice_that_ran_out_leads_back_to_the_turn_it_left(
        self, turn: TurnPage, account: Account
    ) -> None:
        first = TurnPage.open(turn.page.client, f"{turn.run}/1")
        turn.page.client.delete_cookie("session")
        page = SignInPage(first.choose("ruimte")).sign_in(account.sign_in_name, PASSWORD)
        assert page.response.request.path == f"{turn.run}/1"

    def test_signing_out_of_a_session_that_ran_out_leads_home_after_signing_in(
        self, turn: TurnPage, account: Account
    ) -> None:
        turn.page.client.delete_cookie("session")
        button = next(each for each in turn.page.all_forms if each.action == "/uitloggen")
        page = SignInPage(button.submit()).sign_in(account.sign_in_name, PASSWORD)
        assert page.address == "/"


class TestLookingBack:
    """The page after the last turn."""

    def test_shows_every_turn_and_no_mark(self, signed_in: StrictClient) -> None:
        for choices in (WELL, REPAIRED, UNREPAIRED, SILENT):
            end = EndPage(play(signed_in, TALK, *choices))
            assert len(end.turns) == len(choices)
            assert not any(sign in end.page.text for sign in ("%", " punten", "/10", "score"))
            english = EndPage(end.page.switch_language())
            assert len(english.turns) == len(choices)
            english.page.switch_language()

    def test_credits_a_repair(self, signed_in: StrictClient) -> None:
        end = EndPage(play(signed_in, TALK, *REPAIRED))
        assert "een belofte van geheimhouding" in end.turns[0]
        assert end.page.find("beurt-1") is not None
        assert "telt als een vaardigheid" in end.verdict or "hersteld" in end.verdict.lower()

    def test_leads_to_the_turn_of_an_error_that_stayed_open(self, signed_in: StrictClient) -> None:
        end = EndPage(play(signed_in, TALK, *UNREPAIRED))
        address = end.practise_address
        assert address is not None
        practice = TurnPage.open(signed_in, address)
        assert (practice.number, practice.is_looking_back) == (1, True)

    def test_starting_again_is_a_new_run_and_the_old_one_can_be_looked_at(
        self, signed_in: StrictClient
    ) -> None:
        end = EndPage(play(signed_in, TALK, *SILENT))
        again = end.start_again()
        assert again.number == 1
        assert not end.page.response.request.path.startswith(again.run)
        earlier = StartPage.open(signed_in, TALK).earlier
        assert earlier == [end.page.response.request.path]

    def test_a_reading_can_be_looked_back_on_as_well(self, signed_in: StrictClient) -> None:
        assert len(EndPage(play(signed_in, reading_of(TALK), "fout", "goed")).turns) == 2


def test_every_way_to_the_same_part_leads_to_the_others(signed_in: StrictClient) -> None:
    reading = reading_of(TALK)
    assert StartPage.open(signed_in, TALK).other_ways == [f"/oefenen/{reading}"]
    assert StartPage.open(signed_in, reading).other_ways == [f"/oefenen/{TALK}"]


def test_an_unknown_scenario_is_not_there(signed_in: StrictClient) -> None:
    run = begin(signed_in, TALK)
    attempt = run.run.rpartition("/")[2]
    data = {"csrf_token": run.form.values["csrf_token"], "choice": "ruimte"}
    for scenario_id in ("nergens", "%00", "gesprek%00", "..%2Fgesprek", "%ED%A0%80"):
        here = f"/oefenen/{scenario_id}"
        for rest in ("", f"/{attempt}/1", f"/{attempt}/einde", f"/{attempt}/1/anders"):
            assert signed_in.get(f"{here}{rest}").status_code == 404
        for rest in ("", f"/{attempt}/1", f"/{attempt}/1/anders"):
            assert signed_in.post(f"{here}{rest}", data=data).status_code == 404


def test_the_order_of_the_options_differs_between_runs(signed_in: StrictClient) -> None:
    orders = set()
    for _ in range(8):
        turn = begin(signed_in, OTHER_TALK)
        orders.add(tuple(turn.choices))
        turn.play(*WELL)
    assert len(orders) > 1
