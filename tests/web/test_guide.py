"""Pages to hold on to: open where they should be, honest about what is known, and quiet."""

from __future__ import annotations

from datetime import UTC, datetime

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.content.placeholders import mentioned
from elearning.services.publish_content import publish_content
from elearning.storage.people import Account
from elearning.web.old_details import node_texts, page_texts
from tests.pages.learner import begin
from tests.pages.page import visit
from tests.web.conftest import Arrange, SignIn
from tests.web.strict_client import StrictClient

BEFORE_REVIEW = datetime(2027, 4, 30, 9, tzinfo=UTC)
AFTER_REVIEW = datetime(2027, 5, 2, 9, tzinfo=UTC)
OLD = "een tijd niet bekeken"


class TestReporting:
    """How reporting works here."""

    def test_shows_every_field_that_the_institution_filled_in(
        self, client: StrictClient, library: Library
    ) -> None:
        institution = library.institution
        for lang in ("nl", "en"):
            text = visit(client, f"/melden?lang={lang}").text
            for field in (institution.definition, institution.confidentiality):
                assert field[lang] in text
            for field in institution.structure.values():
                assert field[lang] in text

    def test_says_when_it_was_last_read_through(self, client: StrictClient) -> None:
        assert "op 1 november 2026" in visit(client, "/melden").text

    def test_is_one_step_from_help(self, client: StrictClient) -> None:
        page = visit(client, "/hulp").follow("Zo werkt melden hier")
        assert page.address == "/melden"


class TestFacts:
    """What the texts rest on."""

    def test_lists_every_fact_once_with_how_well_it_is_known(
        self, client: StrictClient, library: Library
    ) -> None:
        page = visit(client, "/feiten")
        facts = library.directory.facts.values()
        assert all(each.text["nl"] in page.text for each in facts)
        unchecked = [each for each in facts if not each.dated.is_verified]
        assert page.text.count("Wordt gecontroleerd") == len(unchecked)
        assert page.text.count("Bron gezien in november 2026") == len(facts) - len(unchecked)

    def test_says_of_a_bill_that_it_is_no_law(self, client: StrictClient) -> None:
        text = visit(client, "/feiten").text
        before, after = text.split("Niet in gebruik: het is nog geen wet.")
        assert "Wetsvoorstel vrij en veilig onderwijs" in before
        assert "36 777" in after

    def test_says_what_should_have_been_looked_at(
        self, client: StrictClient, clock: SetClock
    ) -> None:
        assert OLD not in visit(client, "/feiten").text
        clock.instant = AFTER_REVIEW
        assert OLD in visit(client, "/feiten").text


class TestTheIslands:
    """Help on Bonaire, St Eustatius and Saba."""

    def test_have_a_page_of_their_own_services(
        self, client: StrictClient, library: Library
    ) -> None:
        page = visit(client, "/hulp").follow("Op Bonaire, Sint Eustatius of Saba")
        assert "Guiami" in page.headings
        assert "Guana Chat" in page.headings
        assert "Centrum Seksueel Geweld" not in page.headings
        assert "Guiami" not in visit(client, "/hulp").headings
        number = library.directory.resources["bes_emergency"].phone
        assert number in dict(page.links)

    def test_an_area_that_does_not_exist_is_the_usual_page(self, client: StrictClient) -> None:
        assert "Centrum Seksueel Geweld" in visit(client, "/hulp?gebied=maan").headings


class TestOldDetails:
    """A page that names something past its day of review says so; others do not."""

    def test_on_a_page_of_a_module(
        self,
        client: StrictClient,
        sign_in: SignIn,
        account: Account,
        library: Library,
        clock: SetClock,
    ) -> None:
        pages = library.module("m6").module.pages
        naming = next(each for each in pages if mentioned(page_texts(each, "nl")))
        silent = next(each for each in pages if not mentioned(page_texts(each, "nl")))
        found = {}
        for day in (BEFORE_REVIEW, AFTER_REVIEW):
            clock.instant = day
            sign_in(client, account)
            for page in (naming, silent):
                text = visit(client, f"/onderdeel/m6/{page.id}").text
                found[day, page.id] = OLD in text
        assert found == {
            (BEFORE_REVIEW, naming.id): False,
            (BEFORE_REVIEW, silent.id): False,
            (AFTER_REVIEW, naming.id): True,
            (AFTER_REVIEW, silent.id): False,
        }

    def test_on_a_turn_from_where_it_is_named(
        self,
        client: StrictClient,
        sign_in: SignIn,
        account: Account,
        arrange: Arrange,
        library: Library,
        clock: SetClock,
    ) -> None:
        with arrange() as session:
            publish_content(session, library=library, clock=clock)
        playable = library.scenario("routecheck")
        first = playable.texts["nl"].nodes[playable.scenario.start]
        clock.instant = AFTER_REVIEW
        sign_in(client, account)
        text = begin(client, "routecheck").page.text
        assert (OLD in text) is bool(mentioned(node_texts(first)))
