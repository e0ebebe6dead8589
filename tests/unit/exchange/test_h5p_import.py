"""Branching Scenarios of H5P come in as drafts: what every number means, and what is lost."""

from typing import Any

import pytest

from elearning.exchange.importing import Imported, import_story
from elearning.exchange.remarks import ExchangeRefused
from elearning.scenario.check import check_scenario
from elearning.scenario.model import NodeId
from elearning.scenario.parse import Parsed
from tests.unit.exchange.packages import (
    a_content,
    a_manifest,
    a_package,
    a_question,
    a_text,
    an_alternative,
    an_end,
)
from tests.unit.exchange.stories import an_arrival, placed, read, the_registry

ROOT = "content/content.json#/branchingScenario"
TWO_WAYS = a_question(
    "<p>Wat zeg je?</p>", an_alternative("Neem je tijd.", 1), an_alternative("Ga.")
)


def imported(content: Any, manifest: Any = None, **more: bytes) -> Imported:  # noqa: ANN401 - also what is wrong
    return import_story(a_package(content, manifest, **more), an_arrival(file="v.h5p"))


def draft(content: Any, manifest: Any = None) -> Parsed:  # noqa: ANN401 - also what is wrong
    return read(imported(content, manifest).files)


def edges(parsed: Parsed) -> dict[str, list[str]]:
    """Return where each node leads, endings left out."""
    nodes = parsed.scenario.nodes.values()
    return {node.id: [each.leads_to for each in node.choices] for node in nodes if node.choices}


def body(parsed: Parsed, name: str) -> str:
    return parsed.texts["nl"].nodes[NodeId(name)].body


def lost(content: Any, manifest: Any = None, **more: bytes) -> list[str]:  # noqa: ANN401 - also what is wrong
    remarks = imported(content, manifest, **more).remarks
    return [f"{each.place}: {each.message}" for each in remarks if each.effect == "lost"]


def refusal(content: Any, manifest: Any = None) -> str:  # noqa: ANN401 - also what is wrong
    with pytest.raises(ExchangeRefused) as found:
        imported(content, manifest)
    return str(found.value)


def test_it_lands_as_a_draft_that_blocks_nothing() -> None:
    content = a_content(TWO_WAYS, a_text("<p>Goed.</p>", 0))
    outcome = check_scenario(placed(imported(content).files), the_registry())
    assert outcome.parsed is not None
    assert outcome.parsed.scenario.is_draft
    assert outcome.parsed.texts["nl"].title == "De kamer"
    assert {each.severity for each in outcome.problems} == {"warning"}


def test_a_node_is_known_by_its_place_and_the_first_one_starts() -> None:
    parsed = draft(a_content(TWO_WAYS, a_text("<p>Goed.</p>", 0)))
    assert parsed.scenario.start == "knoop_0"
    assert edges(parsed) == {"knoop_0": ["knoop_1", "einde"], "knoop_1": ["knoop_0"]}
    assert body(parsed, "einde") == "Einde"


def test_a_title_that_an_author_gave_becomes_the_id() -> None:
    parsed = draft(a_content(a_text("<p>a</p>", 1, "Het begin"), a_text("<p>b</p>", title="Slot!")))
    assert list(parsed.scenario.nodes) == ["het_begin", "slot"]


@pytest.mark.parametrize("to", [-1, None])
def test_no_number_and_minus_one_are_the_default_end(to: int | None) -> None:
    ends = [an_end(-1, "<p>Klaar</p>", "<p>Dat was <strong>alles</strong>.</p>")]
    parsed = draft(a_content(a_text("<p>a</p>", to), endScreens=ends))
    assert edges(parsed) == {"knoop_0": ["einde"]}
    assert body(parsed, "einde") == "**Klaar**\n\nDat was **alles**."


def test_text_before_an_empty_end_is_the_ending_itself() -> None:
    parsed = draft(a_content(a_text("<p>Noor gaat.</p>", -1)))
    assert (list(parsed.scenario.nodes), edges(parsed)) == (["knoop_0"], {})


def test_another_negative_number_is_the_end_screen_of_that_number() -> None:
    ends = [an_end(-1, "A"), an_end(-2, "B"), an_end(-7, "C")]
    ways = [an_alternative("x", -7), an_alternative("y", -2, subtitle="<p>Hm.</p>")]
    parsed = draft(a_content(a_question("<p>?</p>", *ways), endScreens=ends))
    assert edges(parsed) == {"knoop_0": ["einde", "einde_2"]}
    assert (body(parsed, "einde"), body(parsed, "einde_2")) == ("**C**", "**B**")
    assert [each.why for each in parsed.texts["nl"].nodes[NodeId("knoop_0")].choices.values()] == [
        "",
        "Hm.",
    ]


def test_feedback_on_the_way_to_minus_one_is_an_end_screen_of_its_own() -> None:
    ways = [
        an_alternative("x", -1, title="<p>Jammer</p>", subtitle="<p>Noor ging.</p>"),
        an_alternative("y", -1, title="  "),
        an_alternative("z", 1, title="Let op", subtitle="<p>Ze <em>schrikt</em>.</p>"),
    ]
    content = a_content(
        a_question("<p>?</p>", *ways), a_text("<p>b</p>", -1, subtitle="<p>Uit.</p>")
    )
    parsed = draft(content)
    assert edges(parsed) == {"knoop_0": ["einde", "einde_2", "knoop_1"], "knoop_1": ["einde_3"]}
    texts = [body(parsed, each) for each in ("einde", "einde_2", "einde_3")]
    assert texts == ["**Jammer**\n\nNoor ging.", "Einde", "Uit."]
    whys = [each.why for each in parsed.texts["nl"].nodes[NodeId("knoop_0")].choices.values()]
    assert whys == ["", "", "Let op Ze *schrikt*."]


@pytest.mark.parametrize("major", [1, "1"])
@pytest.mark.parametrize("minor", [0, "2", 10])
def test_versions_stand_as_numbers_or_as_text(major: int | str, minor: int | str) -> None:
    version = {"majorVersion": major, "minorVersion": minor}
    needs = [{"machineName": "H5P.BranchingScenario", **version}]
    parsed = draft(a_content(TWO_WAYS, a_text("b")), a_manifest(preloadedDependencies=needs))
    assert len(parsed.scenario.nodes) == 3


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_parameters_may_be_wrapped(depth: int) -> None:
    content: dict[str, Any] = a_content(a_text("<p>a</p>"))
    for _ in range(depth):
        content = {"params": content, "metadata": {"title": "x"}}
    assert list(draft(content).scenario.nodes) == ["knoop_0"]


def test_old_content_has_no_behaviour_and_another_place_for_scoring() -> None:
    old = {"content": [a_text("<p>a</p>")], "scoringOption": "no-score"}
    assert list(draft({"branchingScenario": old}).scenario.nodes) == ["knoop_0"]


def test_html_becomes_our_markdown_and_code_falls_away() -> None:
    html = (
        '<h2>Kop</h2><p onclick="x()">Een <b>woord</b> &amp; <i>meer</i> *los* {{x}}</p>'
        '<ul><li>een</li></ul><script>steel()</script><a href="javascript:x">hier</a>'
        ' <a href="https://voorbeeld.nl/x">daar</a><table><tr><td>cel</td></tr></table>'
    )
    content = a_content(a_text(html))
    assert body(draft(content), "knoop_0") == (
        "**Kop**\n\nEen **woord** & *meer* \\*los\\* { {x} }\n\n- een\n\n"
        "hier [daar](https://voorbeeld.nl/x)cel"
    )
    pointer = f"{ROOT}/content/0/type/params/text"
    assert lost(content) == [f"{pointer}: <{each}>" for each in ("script", "table", "tr", "td")]


def other(library: str, params: dict[str, Any], title: str = "Een titel") -> dict[str, Any]:
    return {"type": {"library": f"{library} 1.0", "params": params, "metadata": {"title": title}}}


def test_an_image_leaves_its_description() -> None:
    node = other("H5P.Image", {"alt": "Een kamer", "file": {"path": "images/a.png"}})
    content = a_content(node)
    assert body(draft(content), "een_titel") == "*Een kamer*"
    assert lost(content)[0].startswith(f"{ROOT}/content/0/type/params/file: the image")


def test_a_presentation_is_flattened_in_the_order_of_reading() -> None:
    def element(x: float, y: float, text: str) -> dict[str, Any]:
        action = {"library": "H5P.AdvancedText 1.1", "params": {"text": f"<p>{text}</p>"}}
        return {"x": x, "y": y, "action": action}

    video = {"x": 0, "y": 0, "action": {"library": "H5P.Video 1.6", "params": {"sources": []}}}
    slides = [
        {"elements": [element(50, 10, "b"), element(0, 10.5, "c"), element(0, 10, "a"), video]},
        {"elements": [element(0, 0, "d")]},
    ]
    content = a_content(other("H5P.CoursePresentation", {"presentation": {"slides": slides}}))
    assert body(draft(content), "een_titel") == "a\n\nb\n\nc\n\nd"
    place = f"{ROOT}/content/0/type/params/presentation/slides/0/elements/3/action"
    assert lost(content) == [f"{place}: H5P.Video on a slide"]


@pytest.mark.parametrize("library", ["H5P.Video", "H5P.InteractiveVideo", "H5P.ImageHotspots"])
def test_what_cannot_be_shown_leaves_its_title(library: str) -> None:
    content = a_content(other(library, {"x": 1}))
    assert body(draft(content), "een_titel") == "(Een titel)"
    assert lost(content) == [
        f"{ROOT}/content/0/type/params: {library}; only its title stands in its place"
    ]


def test_what_is_not_known_is_noted_with_its_place() -> None:
    content = a_content(
        {**TWO_WAYS, "wat/is~dit": 1},
        a_text("<p>b</p>"),
        nieuw={"a": 1},
        scoringOptionGroup={"scoringOption": "dynamic-score"},
        startScreen={"startScreenImage": {"path": "x.png"}},
    )
    assert lost(content, None, **{"content/images/x.png": b"x"}) == [
        f"{ROOT}/scoringOptionGroup/scoringOption: scores: they say nothing that can be relied on",
        f"{ROOT}/content/0/wat~1is~0dit: this program does not know it",
        f"{ROOT}/startScreen/startScreenImage: the image of the start screen",
        f"{ROOT}/nieuw: this program does not know it",
        "v.h5p: 1 files of images, sound or video, such as 'content/images/x.png'",
    ]


def test_the_language_is_that_of_the_package_if_we_have_it() -> None:
    content = a_content(a_text("<p>a</p>"))
    assert draft(content, a_manifest(language="en")).scenario.source_lang == "en"
    assert draft(content, a_manifest(language="de")).scenario.source_lang == "nl"


def test_a_licence_is_not_lost_in_silence() -> None:
    found = lost(a_content(a_text("a")), a_manifest(license="CC BY", authors=[{"name": "x"}]))
    assert found[0] == "h5p.json#/license: the licence and the authors: keep to them"


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (a_content(a_text("a", "-1")), "/content/0/nextContentId: refused: needs a whole number"),
        (a_content(a_text("a", True)), "/content/0/nextContentId: refused: needs a whole number"),
        (a_content(a_text("a", 1)), "/content/0/nextContentId: refused: there is no node 1"),
        (a_content(a_text("a", -3)), "/content/0/nextContentId: refused: there is no end screen"),
        (
            a_content(a_question("?", an_alternative("a", "0"))),
            "/content/0/type/params/branchingQuestion/alternatives/0/nextContentId: refused",
        ),
        (a_content(a_question("?")), "/type/params/branchingQuestion/alternatives: refused"),
        (a_content({"library": "H5P.AdvancedText 1.1"}), "/content/0/type: refused: it is missing"),
        (a_content({"type": {"library": "H5P.Image 1.1"}}), "/content/0/type/params: refused"),
        (a_content({"type": {"params": {}}}), "/content/0/type/library: refused: it is missing"),
        (a_content("tekst"), "/content/0: refused: needs an object"),
        (a_content(), "/content: refused: needs 1 to 500 nodes"),
        (a_content(*[a_text("a")] * 501), "/content: refused: needs 1 to 500 nodes"),
        (a_content(a_text(["a"])), "/content/0/type/params/text: refused: needs a text"),
        (a_content(a_text("x" * 20_001)), "/content/0/type/params/text: refused: longer than"),
        (a_content(a_text("a"), endScreens={}), "/endScreens: refused: needs a list"),
    ],
)
def test_what_is_malformed_is_refused_with_its_place(content: Any, place: str) -> None:  # noqa: ANN401 - also what is wrong
    assert place in refusal(content)


def test_every_reason_is_given_at_once() -> None:
    content = a_content(a_text("a", "x"), a_text("b", 9))
    assert len(refusal(content, a_manifest(mainLibrary="H5P.Quiz")).splitlines()) == 3


@pytest.mark.parametrize(
    ("manifest", "place"),
    [
        (a_manifest(mainLibrary="H5P.Quiz"), "h5p.json#/mainLibrary"),
        (a_manifest(mainLibrary=None), "h5p.json#/mainLibrary"),
        (
            a_manifest(
                preloadedDependencies=[{"machineName": "H5P.BranchingScenario", "majorVersion": 2}]
            ),
            "h5p.json#/preloadedDependencies/0/majorVersion",
        ),
        ([], "h5p.json#: refused: needs an object"),
    ],
)
def test_another_kind_of_package_is_refused(manifest: Any, place: str) -> None:  # noqa: ANN401 - also what is wrong
    assert place in refusal(a_content(a_text("a")), manifest)


def test_content_without_a_scenario_is_refused() -> None:
    assert "#/branchingScenario: refused: it is missing" in refusal({"quiz": {}})
