"""The whole training on the content that is shipped, from signing in to the certificate."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import select

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.content.modules import Verdict
from elearning.learning.training import ModulePart, Part
from elearning.services.publish_content import publish_content
from elearning.storage.completion import Award
from elearning.storage.people import Account
from tests.builders import PASSWORD, TRAINING, a_person, an_account, an_obligation
from tests.e2e.plays import good_play, poor_play
from tests.pages.learner import EndPage, HomePage, ModulePage, StartPage, TurnPage, begin
from tests.pages.page import Page, visit
from tests.pages.sign_in import SignInPage
from tests.web.conftest import Arrange
from tests.web.strict_client import StrictClient

NewClient = Callable[[], StrictClient]


@pytest.fixture
def account(arrange: Arrange, library: Library, clock: SetClock) -> Account:
    with arrange() as session:
        publish_content(session, library=library, clock=clock)
        person = a_person(session, name="Şerife Gökçe-Łukasiewicz")
        an_obligation(session, person=person, training_id=TRAINING)
        return an_account(session, person=person)


def sign_in(client: StrictClient, account: Account, lang: str) -> HomePage:
    """Sign in, in a language."""
    page = SignInPage.open(client, f"/inloggen?lang={lang}")
    return HomePage(page.sign_in(account.sign_in_name, PASSWORD))


def read_module(library: Library, start: Page, module_id: str) -> Page:
    """Read every page of a module and answer every check, first in vain where one can."""
    page = visit(start.client, HomePage(start).next_step[1])  # type: ignore[index] # there is one
    for each in library.module(module_id).module.pages:
        shown = ModulePage(page)
        assert shown.page.response.request.path.endswith(f"/{each.id}")
        if each.check is None:
            page = shown.read_on()
            continue
        for option in sorted(each.check.options, key=lambda option: option.verdict is Verdict.FITS):
            shown = shown.answer(option.id)
            assert shown.feedback
        following = library.module(module_id).module.after(each.id)
        address = f"/onderdeel/{module_id}" + (f"/{following.id}" if following else "")
        assert address in [href for _, href in shown.page.links]
        page = visit(start.client, address)
    return page


def play_through(library: Library, client: StrictClient, scenario_id: str, *, well: bool) -> Page:
    """Play a scenario, looking at it in both languages halfway."""
    scenario = library.scenario(scenario_id).scenario
    choices = good_play(scenario) if well else poor_play(scenario)
    turn = begin(client, scenario_id)
    for number, choice in enumerate(choices, start=1):
        assert turn.number == number
        if number == len(choices) // 2:
            other = TurnPage(turn.page.switch_language())
            assert other.choices == turn.choices
            turn = TurnPage(other.page.switch_language())
        page = turn.choose(choice)
        if number < len(choices):
            turn = TurnPage(page)
    end = EndPage(page)
    assert len(end.turns) == len(choices)
    return end.page


def do_part(library: Library, client: StrictClient, part: Part, *, reads: bool) -> Page:
    """Do one part, by reading where that is wanted and there is a reading."""
    if isinstance(part, ModulePart):
        return read_module(library, HomePage.open(client).go_on(), part.module_id)
    return play_through(library, client, part.any_of[-1 if reads else 0], well=True)


# Each way in one language on one database: together they meet every page, and it stays quick.
@pytest.mark.parametrize(
    ("database_kind", "lang", "reads"),
    [
        pytest.param("sqlite", "nl", False, marks=pytest.mark.sqlite),
        pytest.param("postgresql", "en", True, marks=pytest.mark.postgresql),
    ],
    indirect=["database_kind"],
)
def test_a_lecturer_goes_from_signing_in_to_the_certificate(
    client: StrictClient,
    account: Account,
    arrange: Arrange,
    library: Library,
    *,
    lang: str,
    reads: bool,
) -> None:
    home = sign_in(client, account, lang)
    parts = library.training(TRAINING).parts
    assert len(home.tasks) == len(parts)
    for done, part in enumerate(parts):
        home = HomePage.open(client)
        assert len({task.status for task in home.tasks[:done]}) <= 1
        page = do_part(library, client, part, reads=reads)
        assert page.lang == lang
    home = HomePage.open(client)
    assert home.next_step is None
    assert len({task.status for task in home.tasks}) == 1
    with arrange() as session:
        award = session.scalars(select(Award)).one()
    sheet = visit(client, f"/certificaat/{award.id}")
    assert "Şerife Gökçe-Łukasiewicz" in sheet.text
    assert sheet.lang == lang


@pytest.mark.parametrize(
    "database_kind", [pytest.param("sqlite", marks=pytest.mark.sqlite)], indirect=True
)
def test_every_scenario_can_be_played_badly_and_looked_back_on(
    client: StrictClient, account: Account, library: Library
) -> None:
    sign_in(client, account, "nl")
    for scenario_id in library.scenarios:
        page = play_through(library, client, scenario_id, well=False)
        assert StartPage.open(client, scenario_id).earlier == [page.address]
        assert "Wat nu helpt" in page.headings, f"nothing helps after {scenario_id}"
        start = EndPage(page).practise_address
        if start is not None:
            assert TurnPage.open(client, start).is_looking_back
    assert HomePage.open(client).next_step is not None
