"""The learner's home: one next step, what is done, and no way to tell which way was taken."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from elearning.clock import SetClock
from elearning.storage.completion import Award
from elearning.storage.people import Account, Person
from tests.builders import PASSWORD, an_award
from tests.pages.learner import HomePage, ModulePage, StartPage, TurnPage, begin, play
from tests.pages.page import Page, visit
from tests.pages.sign_in import SignInPage
from tests.practice_content import (
    MODULE_ID,
    OTHER_TALK,
    QUIZ,
    QUIZ_WELL,
    READ_WELL,
    REPAIRED,
    SILENT,
    TALK,
    WELL,
    reading_of,
)
from tests.web.conftest import Arrange, SignIn
from tests.web.strict_client import StrictClient

NOT_STARTED, BUSY, DONE, LATER = (
    "Nog niet begonnen",
    "Bezig",
    "Voldaan",
    "Nog niet beschikbaar",
)


def statuses(client: StrictClient) -> list[str]:
    """Return how each part stands."""
    return [task.status for task in HomePage.open(client).tasks]


def complete_module(client: StrictClient) -> None:
    """Do what the module asks."""
    ModulePage.open(client, MODULE_ID, "lezen").read_on()
    ModulePage.open(client, MODULE_ID, "vraag").answer("past")


def do_everything(client: StrictClient) -> Page:
    """Do everything the basis asks; return the page after the last choice."""
    complete_module(client)
    play(client, TALK, *WELL)
    play(client, OTHER_TALK, *WELL)
    return play(client, QUIZ, *QUIZ_WELL)


def test_the_first_visit_leads_to_the_first_part(signed_in: StrictClient) -> None:
    home = HomePage.open(signed_in)
    assert [task.status for task in home.tasks] == [NOT_STARTED, NOT_STARTED, NOT_STARTED, LATER]
    assert home.next_step is not None
    assert home.next_step[1] == f"/onderdeel/{MODULE_ID}"
    assert home.tasks[-1].href is None


def test_what_was_begun_comes_before_what_was_not(signed_in: StrictClient) -> None:
    turn = TurnPage(begin(signed_in, OTHER_TALK).choose("geheim"))
    home = HomePage.open(signed_in)
    assert home.next_step is not None
    assert home.next_step[1] == turn.address
    assert "beurt 2" in home.next_step[0]
    assert statuses(signed_in) == [NOT_STARTED, NOT_STARTED, BUSY, LATER]


def test_the_last_part_opens_when_the_others_are_done(signed_in: StrictClient) -> None:
    complete_module(signed_in)
    play(signed_in, TALK, *WELL)
    assert statuses(signed_in) == [DONE, DONE, NOT_STARTED, LATER]
    play(signed_in, OTHER_TALK, *WELL)
    home = HomePage.open(signed_in)
    assert home.next_step is not None
    assert home.next_step[1] == f"/oefenen/{QUIZ}"


def test_the_last_choice_gives_the_certificate(signed_in: StrictClient) -> None:
    end = do_everything(signed_in)
    assert "Je certificaat staat klaar" in end.text
    home = HomePage.open(signed_in)
    assert [task.status for task in home.tasks] == [DONE] * 4
    assert home.next_step is None
    assert "Je bent klaar" in home.notices[0]
    sheet = home.page.follow("Open je certificaat")
    assert "Noor de Wit" in sheet.text


def test_the_last_page_of_a_module_gives_it_as_well(signed_in: StrictClient) -> None:
    play(signed_in, TALK, *WELL)
    play(signed_in, OTHER_TALK, *WELL)
    play(signed_in, QUIZ, *QUIZ_WELL)
    ModulePage.open(signed_in, MODULE_ID, "lezen").read_on()
    page = ModulePage.open(signed_in, MODULE_ID, "vraag").answer("past").page
    assert "Je certificaat staat klaar" in page.text


def test_pressing_the_last_button_twice_gives_one_award(
    signed_in: StrictClient, arrange: Arrange
) -> None:
    complete_module(signed_in)
    play(signed_in, TALK, *WELL)
    play(signed_in, OTHER_TALK, *WELL)
    last = begin(signed_in, QUIZ)
    last.form.send(choice="goed")
    last.form.send(choice="goed")
    with arrange() as session:
        assert len(session.scalars(select(Award)).all()) == 1


def test_too_many_repairs_ask_for_one_better_run(signed_in: StrictClient) -> None:
    complete_module(signed_in)
    for part in ((TALK, *REPAIRED), (OTHER_TALK, *REPAIRED), (QUIZ, *QUIZ_WELL)):
        play(signed_in, *part)
    home = HomePage.open(signed_in)
    assert "Alle onderdelen zijn gedaan" in home.notices[0]
    assert home.next_step is not None, "the page asks for another run, and leads to none"
    assert home.next_step[1] == f"/oefenen/{TALK}"
    assert "1 onderdeel" in home.page.text
    play(signed_in, TALK, *WELL)
    assert "Je bent klaar" in HomePage.open(signed_in).notices[0]


def test_the_list_shows_the_way_that_was_taken_last(signed_in: StrictClient) -> None:
    play(signed_in, TALK, *SILENT)
    begin(signed_in, reading_of(TALK)).choose("goed")
    assert HomePage.open(signed_in).tasks[1].href == f"/oefenen/{reading_of(TALK)}"


def test_a_home_of_who_read_reads_like_that_of_who_played_once_all_is_done(
    signed_in: StrictClient,
    arrange: Arrange,
    account: Account,
    clock: SetClock,
) -> None:
    complete_module(signed_in)
    for talk in (TALK, OTHER_TALK):
        play(signed_in, reading_of(talk), *READ_WELL)
    end = play(signed_in, QUIZ, *QUIZ_WELL)
    assert "Je certificaat staat klaar" in end.text
    assert account.sign_in_name not in end.text
    with arrange() as session:
        (award,) = session.scalars(select(Award))
        assert award.obtained_on == clock.today()


def test_past_the_date_nobody_is_scolded(
    signed_in: StrictClient, clock: SetClock, account: Account, sign_in: SignIn
) -> None:
    clock.instant += timedelta(days=200)
    sign_in(signed_in, account)
    home = HomePage.open(signed_in)
    assert "gewoon" in home.notices[0]
    assert home.next_step is not None


def test_a_renewal_asks_for_everything_again(
    client: StrictClient, account: Account, arrange: Arrange, clock: SetClock
) -> None:
    with arrange() as session:
        person = session.get_one(Person, account.person_id)
        until = clock.today() + timedelta(days=30)
        an_award(session, person=person, obtained_on=until - timedelta(days=730), valid_until=until)
    SignInPage.open(client).sign_in(account.sign_in_name, PASSWORD)
    assert statuses(client) == [NOT_STARTED, NOT_STARTED, NOT_STARTED, LATER]
    assert "vernieuwen" in HomePage.open(client).notices[0]
    do_everything(client)
    assert "Je bent klaar" in HomePage.open(client).notices[0]


def test_who_must_hold_nothing_may_practise_all_the_same(
    client: StrictClient, account: Account, stranger: Account, sign_in: SignIn
) -> None:
    sign_in(client, stranger)
    home = HomePage.open(client)
    assert {task.href for task in home.tasks} == {
        f"/oefenen/{talk}" for talk in (TALK, OTHER_TALK, "advies")
    }
    assert StartPage.open(client, TALK).begin().number == 1
    assert account.person_id != stranger.person_id


def test_the_home_is_the_same_in_english(signed_in: StrictClient) -> None:
    play(signed_in, TALK, *SILENT)
    dutch = HomePage.open(signed_in)
    english = HomePage(dutch.page.switch_language())
    assert english.page.lang == "en"
    assert [task.href for task in english.tasks] == [task.href for task in dutch.tasks]
    assert HomePage(visit(signed_in, "/")).page.lang == "en"
