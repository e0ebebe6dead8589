"""The list, the outline with its findings, the map and the languages of a scenario."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from flask import Flask

from elearning.content.library import Library
from elearning.scenario.ids import NodeId
from elearning.scenario.layout.direction import edges_of
from elearning.scenario.prove.proof import Verdict
from elearning.services.inspect_scenario import drawing_of, inspect_scenario
from elearning.web.author.proof_panel import proof_panel
from elearning.web.author.words import chance
from tests.pages.author import ChartPage, ListPage, OutlinePage
from tests.pages.html import words
from tests.pages.page import visit
from tests.practice_content import TALK, reading_of
from tests.web.author.conftest import DRAFT, STALE_DRAFT
from tests.web.strict_client import StrictClient

PAGES = ("", f"/{TALK}", f"/{TALK}/kaart", f"/{TALK}/talen", f"/{TALK}/proef", f"/{DRAFT}")
LANGUAGES = ("nl", "en")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_is_there_in_both_languages_and_has_no_quick_exit(
    author: StrictClient, page: str, lang: str
) -> None:
    opened = visit(author, f"/auteur{page}?lang={lang}")
    assert opened.lang == lang
    assert not opened.has_exit()


def test_the_menu_of_an_author_leads_to_the_scenarios(author: StrictClient) -> None:
    assert visit(author, "/?lang=en").follow("Scenarios").address == "/auteur"


class TestList:
    """Everything there is, with what is being worked on first."""

    def test_every_scenario_is_listed_drafts_first(
        self, author: StrictClient, library: Library
    ) -> None:
        titles = [row[0] for row in ListPage.open(author).rows]
        others = sorted(set(library.manuscripts) - {DRAFT, STALE_DRAFT})
        assert [title.rpartition("(")[2].rstrip(")") for title in titles] == [
            DRAFT,
            STALE_DRAFT,
            *others,
        ]

    def test_a_draft_and_what_is_published_are_told_apart(self, author: StrictClient) -> None:
        rows = {row[0].rpartition("(")[2].rstrip(")"): row for row in ListPage.open(author).rows}
        assert rows[DRAFT][1:3] == ["concept", "Gesprek"]
        assert rows[TALK][1:5] == ["gepubliceerd", "Gesprek", "5", "Nederlands, Engels"]
        assert (rows[DRAFT][4], rows[DRAFT][5]) == ("Nederlands", "2 waarschuwingen")

    def test_learners_do_not_find_the_draft(self, author: StrictClient) -> None:
        assert visit(author, f"/auteur/{DRAFT}").heading == "Na de les"
        visit(author, f"/oefenen/{DRAFT}", status=404)


class TestFindings:
    """What is wrong, where, and how to see it happen."""

    def test_each_finding_has_a_file_a_line_and_the_node_it_is_about(
        self, author: StrictClient, library: Library
    ) -> None:
        page = OutlinePage.open(author, DRAFT)
        found = next(each for each in page.findings if "W2" in each.text)
        line = library.manuscript(DRAFT).scenario.nodes[NodeId("begin")].choices[1].line
        assert f"scenario.md:{line}" in found.text
        assert found.links["begin"] == f"/auteur/{DRAFT}#knoop-begin"

    def test_a_finding_of_the_front_matter_leads_to_no_node(self, author: StrictClient) -> None:
        found = OutlinePage.open(author, DRAFT).findings
        unread = next(each for each in found if "'vergeten' is never read" in each.text)
        assert unread.links == {}

    def test_a_claim_that_does_not_hold_is_played_in_one_step(self, author: StrictClient) -> None:
        page = OutlinePage.open(author, DRAFT)
        shown = [
            each for each in page.findings if any("proef?" in to for to in each.links.values())
        ]
        assert shown
        for finding in shown:
            address = next(to for to in finding.links.values() if "proef?" in to)
            assert "Verder gaat het niet" not in visit(author, address).text

    def test_a_scenario_without_findings_says_so(self, author: StrictClient) -> None:
        page = OutlinePage.open(author, reading_of(TALK)).page
        assert "Geen bevindingen" in page.text

    def test_every_verdict_has_words_and_a_look_of_its_own(
        self, app: Flask, library: Library
    ) -> None:
        manuscript = library.manuscript(TALK)
        proof = inspect_scenario(manuscript).proof
        assert proof is not None
        with app.test_request_context():
            panels = [proof_panel(manuscript, replace(proof, verdict=each)) for each in Verdict]
        assert len({each.title for each in panels}) == len(Verdict)
        assert [each.kind for each in panels] == ["positive", "error", "attention"]

    def test_without_figures_the_proof_shows_none(self, app: Flask, library: Library) -> None:
        manuscript = library.manuscript(TALK)
        proof = inspect_scenario(manuscript).proof
        assert proof is not None
        with app.test_request_context():
            panel = proof_panel(manuscript, replace(proof, figures=None))
        assert (panel.facts, panel.points, panel.endings) == ((), (), ())

    @pytest.mark.parametrize(
        ("probability", "shown"),
        [
            (Fraction(0), "0%"),
            (Fraction(1, 8), "12,5%"),
            (Fraction(2, 3), "66,7%"),
            (Fraction(1, 10**9), "minder dan 0,001%"),
        ],
    )
    def test_a_chance_is_shown_in_the_digits_that_count(
        self, app: Flask, probability: Fraction, shown: str
    ) -> None:
        with app.test_request_context():
            assert chance(probability) == shown

    def test_the_proof_shows_its_verdict_and_its_figures(
        self, author: StrictClient, library: Library
    ) -> None:
        proof = inspect_scenario(library.manuscript(TALK)).proof
        assert proof is not None
        assert proof.figures is not None
        facts = OutlinePage.open(author, TALK).facts
        assert facts["Mogelijke verlopen"] == str(proof.figures.plays)
        assert facts["Vingerafdruk"] == proof.digest

    def test_a_version_is_looked_at_once(self, library: Library) -> None:
        manuscript = library.manuscript(TALK)
        assert inspect_scenario(manuscript) is inspect_scenario(manuscript)
        assert drawing_of(manuscript) is drawing_of(manuscript)


class TestOutline:
    """The primary view: every node with all that leads in and out."""

    def test_every_node_has_a_heading_in_the_order_of_the_file(
        self, author: StrictClient, library: Library
    ) -> None:
        nodes = OutlinePage.open(author, TALK).nodes
        assert list(nodes) == list(library.manuscript(TALK).scenario.nodes)

    def test_a_choice_says_where_it_leads_and_what_it_does(self, author: StrictClient) -> None:
        choices = OutlinePage.open(author, TALK).nodes["begin"].choices
        assert choices[0] == "Neem je tijd. ruimte → vraag C2 +1"
        assert choices[2].startswith("Dit blijft tussen ons. geheim → schrik maakt CE3 (A): ")

    def test_repairs_and_flags_are_named(self, author: StrictClient) -> None:
        nodes = OutlinePage.open(author, TALK).nodes
        assert nodes["schrik"].choices[0].endswith("C2 +1 herstelt CE3")
        assert nodes["vraag"].choices[0].endswith("C6 +1 zet doorverwezen")

    def test_the_ways_in_and_out_are_links_to_other_nodes(
        self, author: StrictClient, library: Library
    ) -> None:
        page = OutlinePage.open(author, TALK)
        anchors = {each.get("id") for each in page.page.root.iter()}
        for source, target in edges_of(library.manuscript(TALK).scenario):
            for node, other in ((source, target), (target, source)):
                address = dict(page.nodes[node].links)[other]
                assert address.partition("#")[2] in anchors

    def test_start_and_endings_are_marked(self, author: StrictClient) -> None:
        nodes = OutlinePage.open(author, TALK).nodes
        assert "begin begin" in nodes["begin"].text
        assert "goed einde" in nodes["einde"].text
        assert "gemiste kans" in nodes["einde_stil"].text

    def test_words_are_in_the_language_of_the_reader(self, author: StrictClient) -> None:
        page = OutlinePage(visit(author, f"/auteur/{TALK}?lang=en"))
        assert page.nodes["begin"].choices[0].startswith("Take your time.")

    def test_a_draft_without_translation_is_read_in_its_own_language(
        self, author: StrictClient
    ) -> None:
        page = visit(author, f"/auteur/{DRAFT}?lang=en")
        assert page.heading == "Na de les"
        heading = next(each for each in page.root.iter() if each.tag == "h1")
        assert heading.get("lang") == "nl"


class TestMap:
    """The drawing and the table say the same."""

    def test_every_node_in_the_drawing_leads_to_its_place_in_the_outline(
        self, author: StrictClient, library: Library
    ) -> None:
        links = ChartPage.open(author, TALK).links
        ids = list(library.manuscript(TALK).scenario.nodes)
        assert sorted(links.values()) == sorted(f"/auteur/{TALK}#knoop-{each}" for each in ids)

    def test_the_table_holds_every_edge_of_the_drawing(
        self, author: StrictClient, library: Library
    ) -> None:
        rows = {row[0]: row for row in ChartPage.open(author, TALK).rows}
        scenario = library.manuscript(TALK).scenario
        assert rows.keys() == set(scenario.nodes)
        for source, target in edges_of(scenario):
            assert f"→ {target}" in rows[source][3]
            assert source in rows[target][2].split(", ")

    def test_the_table_names_errors_and_endings(self, author: StrictClient) -> None:
        rows = {row[0]: row for row in ChartPage.open(author, TALK).rows}
        assert "geheim → schrik (! CE3)" in rows["begin"][3]
        assert "herstel → vraag (herstelt CE3)" in rows["schrik"][3]
        assert rows["einde"][1] == "goed einde"


class TestLanguages:
    """Both languages, node by node."""

    def test_both_languages_stand_beside_each_other(self, author: StrictClient) -> None:
        page = visit(author, f"/auteur/{TALK}/talen")
        assert "Beide talen zijn compleet en bijgewerkt." in page.text
        assert page.text.index("Neem je tijd.") < page.text.index("Take your time.")

    def test_what_is_missing_is_said_with_the_command_that_helps(
        self, author: StrictClient
    ) -> None:
        text = visit(author, f"/auteur/{DRAFT}/talen").text
        assert "Nog niet compleet in het Engels." in text
        assert f"elearning translate {DRAFT} en" in text
        assert "Nog geen tekst in het Engels." in text

    def test_a_part_that_is_out_of_date_is_marked_at_its_node(
        self, author: StrictClient, library: Library
    ) -> None:
        page = visit(author, f"/auteur/{STALE_DRAFT}/talen")
        assert "1 deel is verouderd of nog niet goedgekeurd." in page.text
        sections = [each for each in page.root.iter() if each.tag == "section"]
        marked = [words(each) for each in sections if "is stale" in words(each)]
        line = library.manuscript(STALE_DRAFT).parsed.node_lines["en"][NodeId("tijd")]
        assert [each.split()[0] for each in marked] == ["tijd", f"scenario.en.md:{line}"]
