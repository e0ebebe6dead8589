"""A play-through: what the engine says, from any node, in either language, and nothing is kept."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import pytest
from flask import Flask
from sqlalchemy import event, select

from elearning.content.library import Library
from elearning.scenario.ids import ChoiceId
from elearning.scenario.play import offered, replay
from elearning.scenario.position import Incident, IncidentState
from elearning.scenario.score import Result, result
from elearning.storage.models import Base
from elearning.web.extensions import db
from tests.pages.author import PlayPage
from tests.pages.page import visit
from tests.practice_content import REPAIRED, SILENT, TALK, UNREPAIRED, WELL, WITH_A_SLIP
from tests.web.author.conftest import DRAFT
from tests.web.strict_client import StrictClient

PLAYS = (WELL, WITH_A_SLIP, REPAIRED, UNREPAIRED, SILENT, ("ruimte", "bellen"), ("geheim",), ())
STATES = {
    "open": "open, herstel kan nog",
    "repaired": "hersteld",
    "expired": "te laat voor herstel",
    "fatal": "kan niet hersteld worden",
}
READ_TO_KNOW_WHO_IT_IS = {"person", "role_grant", "signed_in_session"}


def played(client: StrictClient, choices: Sequence[str], query: str = "") -> PlayPage:
    """Play through the forms of the pages."""
    page = PlayPage.open(client, TALK, query)
    for choice in choices:
        page = page.choose(choice)
    return page


def query_of(choices: Sequence[str]) -> str:
    return "?" + "&".join(f"keuze={each}" for each in choices)


def state_in_words(incident: Incident, found: Result) -> str:
    """Return what the page says of an error: what is open at the end stays open."""
    is_left = found.is_over and incident.state is IncidentState.OPEN
    return "niet hersteld" if is_left else STATES[incident.state]


@contextmanager
def statements_of(app: Flask) -> Iterator[list[str]]:
    """Note every statement that reaches the database."""
    seen: list[str] = []

    def listen(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        seen.append(statement)

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", listen)
    yield seen
    event.remove(engine, "before_cursor_execute", listen)


def everything_in(app: Flask) -> dict[str, list[str]]:
    """Return every row of the database."""
    with app.app_context(), db.engine.connect() as connection:
        return {
            name: sorted(str(row) for row in connection.execute(select(table)))
            for name, table in Base.metadata.tables.items()
        }


class TestEngine:
    """The page shows what the engine finds, and nothing of its own."""

    @pytest.mark.parametrize("choices", PLAYS)
    def test_the_counters_are_those_of_the_replay(
        self, author: StrictClient, library: Library, choices: tuple[str, ...]
    ) -> None:
        scenario = library.manuscript(TALK).scenario
        position = replay(scenario, [ChoiceId(each) for each in choices])
        page = played(author, choices)
        found = result(scenario, position)
        assert page.points == {
            competency: f"{cut.points} van {cut.high}" for competency, cut in found.cuts.items()
        }
        assert [each for each in page.flags if "nog niet gezet" not in each] == sorted(
            position.flags
        )
        assert [(row[0][:3], row[1], row[2]) for row in page.errors] == [
            (each.error, f"beurt {each.turn}, {each.node}", state_in_words(each, found))
            for each in position.incidents
        ]

    @pytest.mark.parametrize("choices", PLAYS)
    def test_what_is_offered_is_what_the_engine_offers(
        self, author: StrictClient, library: Library, choices: tuple[str, ...]
    ) -> None:
        scenario = library.manuscript(TALK).scenario
        position = replay(scenario, [ChoiceId(each) for each in choices])
        wanted = [each.id for each in offered(scenario, position)]
        assert played(author, choices).offered == wanted

    @pytest.mark.parametrize(
        ("choices", "verdict"),
        [
            (WELL, "Met dit verloop is het voldaan"),
            (REPAIRED, "Met dit verloop is het voldaan"),
            (UNREPAIRED, "Met dit verloop is het niet voldaan"),
            (SILENT, "Met dit verloop is het niet voldaan"),
        ],
    )
    def test_an_ending_says_whether_the_play_passes(
        self, author: StrictClient, choices: tuple[str, ...], verdict: str
    ) -> None:
        assert verdict in played(author, choices).counters

    def test_what_is_open_at_the_end_can_no_longer_be_repaired(self, author: StrictClient) -> None:
        page = PlayPage.open(author, DRAFT).choose("waarom")
        assert [row[2] for row in page.errors] == [STATES["open"]]
        assert [row[2] for row in page.choose("verder").errors] == ["niet hersteld"]

    def test_before_the_end_there_is_no_verdict(self, author: StrictClient) -> None:
        assert "Met dit verloop" not in played(author, ("ruimte",)).counters


class TestAddress:
    """The address is the whole play."""

    @pytest.mark.parametrize("choices", PLAYS)
    def test_an_address_shows_what_the_forms_led_to(
        self, author: StrictClient, choices: tuple[str, ...]
    ) -> None:
        by_form, by_address = played(author, choices), played(author, (), query_of(choices))
        assert by_address.said == by_form.said
        assert by_address.counters == by_form.counters

    def test_the_other_language_shows_the_same_play(self, author: StrictClient) -> None:
        page = played(author, ("geheim",), "?taal=en")
        assert page.page.lang == "nl"
        assert page.said[-1] == '"Really? Do you promise?"'
        assert page.errors[0][2] == STATES["open"]

    def test_switching_the_language_of_the_site_keeps_the_play(self, author: StrictClient) -> None:
        dutch = played(author, ("geheim",))
        english = PlayPage(dutch.page.switch_language())
        assert english.page.lang == "en"
        assert english.offered == dutch.offered

    def test_one_choice_back_and_the_beginning_are_one_step_away(
        self, author: StrictClient
    ) -> None:
        page = played(author, ("geheim", "herstel"))
        assert PlayPage(page.page.follow("Eén keuze terug")).offered == ["herstel", "verder"]
        assert PlayPage(page.page.follow("Vanaf het begin")).said == played(author, ()).said

    def test_a_play_begins_at_any_node_with_nothing_done(
        self, author: StrictClient, library: Library
    ) -> None:
        for node_id, node in library.manuscript(TALK).scenario.nodes.items():
            page = PlayPage.open(author, TALK, f"?vanaf={node_id}")
            assert page.offered == [choice.id for choice in node.choices]
            assert page.errors == []

    def test_what_follows_begins_at_that_node_too(self, author: StrictClient) -> None:
        page = played(author, ("wijzen",), "?vanaf=vraag")
        assert len(page.said) == 3
        assert "Je begint bij vraag" in page.page.text

    def test_the_shortest_way_there_can_be_played_instead(self, author: StrictClient) -> None:
        page = PlayPage.open(author, TALK, "?vanaf=schrik")
        assert page.errors == []
        led = PlayPage(page.page.follow("De kortste weg naar schrik"))
        assert [row[2] for row in led.errors] == [STATES["open"]]
        assert led.offered == page.offered

    def test_a_choice_that_is_not_on_offer_ends_it_there(self, author: StrictClient) -> None:
        page = played(author, (), query_of(["ruimte", "herstel", "wijzen"]))
        assert "Verder gaat het niet: herstel, wijzen is hier niet te kiezen." in page.page.text
        assert page.said == played(author, ("ruimte",)).said

    def test_sending_without_a_choice_says_what_is_missing(self, author: StrictClient) -> None:
        page = PlayPage.open(author, TALK).page.form().submit()
        assert page.title.startswith("Fout:")
        assert "Kies wat je zegt" in page.text
        assert PlayPage(page).choose("ruimte").offered == ["wijzen", "zwijgen", "bellen"]

    @pytest.mark.parametrize("query", ["?vanaf=nergens", "?vanaf=../begin"])
    def test_a_node_that_does_not_exist_is_not_there(
        self, author: StrictClient, query: str
    ) -> None:
        visit(author, f"/auteur/{TALK}/proef{query}", status=404)

    @pytest.mark.parametrize("query", ["?taal=fr", "?beurt=x", "?beurt=-1", "?keuze=", "?vanaf="])
    def test_an_address_that_was_made_up_is_taken_as_far_as_it_goes(
        self, author: StrictClient, query: str
    ) -> None:
        assert PlayPage.open(author, TALK, query).said == played(author, ()).said

    def test_a_draft_can_be_played(self, author: StrictClient) -> None:
        page = PlayPage.open(author, DRAFT).choose("waarom")
        assert [row[2] for row in page.errors] == [STATES["open"]]


class TestNothingIsKept:
    """An author plays, and the database does not know."""

    def test_no_page_for_authors_changes_a_row(self, app: Flask, author: StrictClient) -> None:
        before = everything_in(app)
        visit_everything(author)
        assert everything_in(app) == before

    def test_nothing_is_read_but_who_has_signed_in(self, app: Flask, author: StrictClient) -> None:
        with statements_of(app) as seen:
            visit_everything(author)
        tables = set(Base.metadata.tables)
        read = {table for each in seen for table in tables if table in each.split()}
        assert read
        assert read <= READ_TO_KNOW_WHO_IT_IS
        assert not [each for each in seen if each.split()[0] in {"INSERT", "UPDATE", "DELETE"}]


def visit_everything(author: StrictClient) -> None:
    """Open every page for authors, and play to an ending."""
    for address in ("", f"/{TALK}", f"/{TALK}/kaart", f"/{TALK}/talen", f"/{DRAFT}"):
        visit(author, f"/auteur{address}")
    played(author, UNREPAIRED)
