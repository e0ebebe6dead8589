"""The drawing of a scenario: read by a screen reader, told apart without colour, safe on a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest

from elearning.integrations.graph_svg import graph_svg
from elearning.integrations.graph_words import WORDS, lines_of
from elearning.scenario.model import EndingKind, NodeId
from elearning.scenario.parse import Parsed, parse_scenario
from tests.unit.scenario.builders import a_registry
from tests.unit.scenario.example import DUTCH, ENGLISH

SVG = "{http://www.w3.org/2000/svg}"
WITHOUT_LOGIC = re.compile(r"~~~node\n.*?~~~\n", re.DOTALL)
ENDINGS = """
## einde_ok
~~~node
ending: ok
~~~
Tekst.

## einde_gemist
~~~node
ending: missed
~~~
Tekst.

## einde_schade
~~~node
ending: harm
~~~
Tekst.
"""


@pytest.fixture
def parsed() -> Parsed:
    """Return the example, with an ending of each kind."""
    files = {
        "scenario.md": DUTCH + ENDINGS,
        "scenario.en.md": ENGLISH + WITHOUT_LOGIC.sub("", ENDINGS),
    }
    found = parse_scenario(files, a_registry()).parsed
    assert found is not None
    return found


def drawn(parsed: Parsed, lang: str = "nl", *, has_links: bool = True) -> ET.Element:
    href = (lambda node: f"/knoop/{node}?a=1&b=2") if has_links else None
    return ET.fromstring(str(graph_svg(parsed, lang, href)))  # noqa: S314 - our own output


def by_name(root: ET.Element) -> dict[str, ET.Element]:
    """Return the nodes by the first word of what a screen reader says."""
    named = (each for each in root.iter() if each.get("aria-label"))
    return {each.get("aria-label", "").partition(".")[0].partition(",")[0]: each for each in named}


def outlines(root: ET.Element) -> Iterator[str]:
    """Yield the shape of each kind of node, wherever it stands and however large it is."""
    for each in root.iter(f"{SVG}path"):
        if "map-box" in each.get("class", ""):
            dashes = each.get("stroke-dasharray", "")
            yield re.sub(r"[-0-9 .]+", "", each.get("d", "")) + dashes


def words_in(element: ET.Element) -> str:
    return " ".join(" ".join(element.itertext()).split())


def test_every_node_is_a_link_with_a_name_that_says_where_its_choices_lead(parsed: Parsed) -> None:
    nodes = by_name(drawn(parsed))
    assert nodes.keys() == set(parsed.scenario.nodes)
    first = nodes["binnenkomst"]
    assert (first.tag, first.get("href")) == (f"{SVG}a", "/knoop/binnenkomst?a=1&b=2")
    assert first.get("aria-label", "").startswith("binnenkomst, begin. Noor blijft na het college")
    assert first.get("aria-label", "").endswith("Leidt naar einde_goed, schrikt.")


def test_without_addresses_nodes_are_images_with_the_same_names(parsed: Parsed) -> None:
    linked, plain = by_name(drawn(parsed)), by_name(drawn(parsed, has_links=False))
    assert [each.get("aria-label") for each in plain.values()] == [
        each.get("aria-label") for each in linked.values()
    ]
    assert {each.get("role") for each in plain.values()} == {"img"}


def test_links_come_in_the_order_in_which_one_reads(parsed: Parsed) -> None:
    links = [each.get("href", "") for each in drawn(parsed).iter(f"{SVG}a")]
    assert links.index("/knoop/binnenkomst?a=1&b=2") < links.index("/knoop/schrikt?a=1&b=2")
    assert links.index("/knoop/schrikt?a=1&b=2") < links.index("/knoop/einde_goed?a=1&b=2")


@pytest.mark.parametrize("lang", WORDS)
def test_the_drawing_has_a_title_a_description_and_a_language(parsed: Parsed, lang: str) -> None:
    root = drawn(parsed, lang)
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert title is not None
    assert desc is not None
    assert root.get("lang") == lang
    assert (root.get("aria-labelledby"), root.get("aria-describedby")) == (
        title.get("id"),
        desc.get("id"),
    )
    assert title.text == WORDS[lang]["title"].format(title=parsed.texts[lang].title)
    assert "6" in (desc.text or "")


def test_every_kind_of_ending_has_a_shape_and_words_of_its_own(parsed: Parsed) -> None:
    nodes = by_name(drawn(parsed))
    kinds = {node.ending: node.id for node in parsed.scenario.nodes.values() if node.ending}
    harm, good, missed = (
        next(outlines(nodes[kinds[kind]]))
        for kind in (EndingKind.HARM, EndingKind.GOOD, EndingKind.MISSED)
    )
    usual = next(outlines(nodes["schrikt"]))
    assert len({harm, good, missed}) == 3
    assert usual != harm
    for kind, node_id in kinds.items():
        assert WORDS["nl"][kind] in words_in(nodes[node_id])


def test_errors_and_repairs_are_written_on_their_edges(parsed: Parsed) -> None:
    root = drawn(parsed)
    labels = [
        (each.get("class"), words_in(each))
        for each in root.iter(f"{SVG}g")
        if "map-label" in each.get("class", "")
    ]
    assert sorted(labels) == [
        ("map-label map-error", "! CE1"),
        ("map-label map-repair", "herstel CE1"),
    ]


def test_an_edge_with_an_error_is_dashed_and_one_with_a_repair_is_not(parsed: Parsed) -> None:
    lines = {
        each.get("class", ""): [path.get("stroke-dasharray") for path in each.iter(f"{SVG}path")]
        for each in drawn(parsed).iter(f"{SVG}g")
        if "map-edge" in each.get("class", "")
    }
    assert lines["map-edge map-error"][0] is not None
    assert lines["map-edge map-repair"][0] is None


def test_the_legend_explains_what_is_there_and_nothing_else(parsed: Parsed) -> None:
    legend = words_in(next(each for each in drawn(parsed).iter(f"{SVG}g")))
    assert {"goed einde", "gemiste kans", "herstel"} <= {
        each for each in WORDS["nl"].values() if each in legend
    }
    assert WORDS["nl"]["back"] not in legend.split()


def test_the_edges_say_which_choices_they_are(parsed: Parsed) -> None:
    titles = [each.text for each in drawn(parsed).iter(f"{SVG}title")]
    assert "van binnenkomst naar schrikt: waarom. waarom maakt CE1" in titles
    assert "van schrikt naar einde_goed: herstel. herstel herstelt CE1" in titles


def test_nothing_in_it_needs_more_than_a_strict_policy_allows(parsed: Parsed) -> None:
    allowed = {"svg", "title", "desc", "g", "a", "path", "rect", "text"}
    root = drawn(parsed)
    assert {each.tag.removeprefix(SVG) for each in root.iter()} == allowed
    attributes = {name for each in root.iter() for name in each.attrib}
    assert not [name for name in attributes if name == "style" or name.startswith("on")]


def test_words_of_an_author_stay_words(parsed: Parsed) -> None:
    text = parsed.texts["nl"]
    node = NodeId("schrikt")
    nasty = replace(text.nodes[node], body="</text><script>alert(1)</script>")
    texts = {"nl": replace(text, nodes={**text.nodes, node: nasty})}
    root = drawn(replace(parsed, texts=texts))
    assert not list(root.iter(f"{SVG}script"))
    assert "alert(1)" in by_name(root)["schrikt"].get("aria-label", "")


def test_a_language_without_words_falls_back_on_the_source(parsed: Parsed) -> None:
    only_dutch = replace(parsed, texts={"nl": parsed.texts["nl"]})
    assert "Noor blijft" in by_name(drawn(only_dutch, "en"))["binnenkomst"].get("aria-label", "")


def test_both_languages_have_the_same_words() -> None:
    assert WORDS["nl"].keys() == WORDS["en"].keys()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", []),
        ("kort", ["kort"]),
        ("een twee drie vier", ["een twee", "drie vier"]),
        ("een twee drie vier vijf", ["een twee", "drie vier…"]),
        ("onuitsprekelijk lang", ["onuitspre…", "lang"]),
    ],
)
def test_a_text_is_broken_into_lines_that_fit(text: str, lines: list[str]) -> None:
    assert lines_of(text, 10, 2) == lines
