"""Scenarios go out as whole H5P packages, and come back as the same graph."""

import json
from collections.abc import Mapping
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import assume, given

from elearning.content.sources import content_root
from elearning.exchange.exporting import export_h5p
from elearning.exchange.h5p_format import MEDIA
from elearning.exchange.importing import import_story
from elearning.exchange.native import native_files
from elearning.exchange.remarks import ExchangeRefused
from elearning.exchange.story import Story
from elearning.exchange.unroll import Situation, unroll
from elearning.scenario.model import Medium, NodeId, Scenario
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.registry_parser import parse_registry
from tests.unit.exchange.stories import an_arrival, read, slowly, stories
from tests.unit.exchange.test_twee_round_trip import FILES


def fill(text: str) -> str:
    return text.replace("{{resource.csg.name}}", "<CSG> & co")


def exported(parsed: Parsed | None = None, lang: str = "nl") -> bytes:
    return export_h5p(parsed or read(FILES), lang, fill).data


def opened(data: bytes) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return the manifest and the nodes of a package."""
    with ZipFile(BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["h5p.json", "content/content.json"]
        content = json.loads(archive.read("content/content.json"))
        return json.loads(archive.read("h5p.json")), content["branchingScenario"]["content"]


def graph_of(situations: tuple[Situation, ...]) -> Mapping[int, list[int]]:
    return {place: [way.to for way in each.ways] for place, each in enumerate(situations)}


def graph_back(data: bytes) -> Mapping[int, list[int]]:
    """Return the graph of the draft that a package becomes, its nodes by their order."""
    scenario = read(import_story(data, an_arrival(file="v.h5p")).files).scenario
    places = {node_id: place for place, node_id in enumerate(scenario.nodes)}
    assert places[scenario.start] == 0
    return {
        places[node.id]: [places[each.leads_to] for each in node.choices]
        for node in scenario.nodes.values()
    }


@slowly
@given(stories())
def test_a_package_comes_back_as_the_same_graph(story: Story) -> None:
    parsed = read(native_files(story))
    try:
        situations = unroll(parsed.scenario)
    except ExchangeRefused:
        assume(False)
    assert graph_back(exported(parsed)) == graph_of(situations)


def shipped(stride: int) -> tuple[bytes, ...]:
    """Return a package of one in so many of the scenarios that we ship."""
    root = content_root(None)
    registry, _ = parse_registry(root.read("scenarios/competencies.yaml"), "")
    found = list(root.folders("scenarios", "scenario.md").values())
    parsed = [parse_scenario(files, registry).parsed for files in found[::stride]]
    return tuple(export_h5p(each, "en", str).data for each in parsed if each is not None)


@pytest.mark.parametrize("stride", [3, pytest.param(1, marks=pytest.mark.slow)])
def test_what_we_ship_goes_out_whole_and_comes_back_as_the_same_graph(stride: int) -> None:
    packages = shipped(stride)
    assert len(packages) > 6
    for data in packages:
        _, nodes = opened(data)
        for node in nodes:
            is_question = "branchingQuestion" in node["type"]["params"]
            assert len(ways_of(node)) >= 2 or not is_question
            assert ("nextContentId" in node) is not is_question
            assert all(-1 <= each < len(nodes) for each in ways_of(node))
        graph = {
            place: [each for each in ways_of(node) if each >= 0] for place, node in enumerate(nodes)
        }
        assert graph_back(data) == graph


def ways_of(node: dict[str, Any]) -> list[int]:
    """Return the numbers that a node of a package leads to."""
    question = node["type"]["params"].get("branchingQuestion")
    return [each["nextContentId"] for each in (question["alternatives"] if question else [node])]


def test_the_manifest_holds_what_is_mandatory_and_every_library_that_is_used() -> None:
    manifest, nodes = opened(exported())
    assert {"title", "language", "mainLibrary", "embedTypes", "preloadedDependencies"} <= {
        *manifest
    }
    needed = {
        each["machineName"]: f"{each['majorVersion']}.{each['minorVersion']}"
        for each in manifest["preloadedDependencies"]
    }
    used = dict(node["type"]["library"].split(" ") for node in nodes)
    assert used.items() <= needed.items()
    assert needed["H5P.BranchingScenario"] == "1.8"
    assert (manifest["mainLibrary"], manifest["embedTypes"]) == (
        "H5P.BranchingScenario",
        ["iframe"],
    )


def test_words_are_html_that_holds_no_more_than_the_format_allows() -> None:
    _, nodes = opened(exported())
    assert nodes[0]["type"]["params"]["branchingQuestion"] == {
        "question": "<p><em>Noor blijft na het college hangen.</em></p>\n"
        '<p>"Ik weet niet of ik dit moet vertellen."</p>',
        "alternatives": [
            {
                "text": "Neem je tijd. Jij bepaalt wat je vertelt.",
                "nextContentId": 1,
                "feedback": {
                    "title": "<p>Ik hoefde niet alles te zeggen.</p>",
                    "subtitle": "<p>Je geeft de regie terug.</p>",
                },
            },
            {
                "text": "Waarom ging je dan met hem mee naar huis?",
                "nextContentId": 2,
                "feedback": {
                    "title": "<p>Alsof het mijn schuld was.</p>",
                    "subtitle": "<p>Je wilt het begrijpen. Zo klinkt het als een verhoor.</p>",
                },
            },
        ],
    }


def test_a_single_choice_is_text_and_placeholders_are_filled_and_escaped() -> None:
    _, nodes = opened(exported())
    text = nodes[2]["type"]["params"]["text"]
    assert "{{" not in text
    assert text.endswith(
        "<p><strong>Dat had ik niet moeten vragen."
        " Bel &lt;CSG&gt; &amp; co als je wilt.</strong></p>"
    )


def test_the_same_scenario_gives_the_same_bytes() -> None:
    assert exported() == exported()


def test_what_h5p_cannot_hold_is_said() -> None:
    remarks = [str(each) for each in export_h5p(read(FILES), "nl", fill).remarks]
    assert any("competencies, critical errors and the pass rule" in each for each in remarks)
    assert any("placeholders are filled in" in each for each in remarks)


def test_a_draft_and_how_a_choice_hurts_are_said_to_be_lost() -> None:
    own = FILES["scenario.md"].replace("lang: nl\n", "lang: nl\ndraft: true\n", 1)
    own = own.replace("  raise: [CE1]\n", "  raise: [CE1]\n  harm: [blame]\n")
    lost = [str(each) for each in export_h5p(read({"scenario.md": own}), "nl", fill).remarks]
    assert any("lost: that it is a draft" in each for each in lost)
    assert any("lost: how a choice hurts (`harm`)" in each for each in lost)
    whole = [str(each) for each in export_h5p(read(FILES), "nl", fill).remarks]
    assert not any("draft" in each or "harm" in each for each in whole)


def test_what_someone_else_says_begins_with_their_name() -> None:
    other = FILES["scenario.md"].replace("learn: m4/herstel", "speaker: collega")
    _, nodes = opened(exported(read({"scenario.md": other})))
    assert nodes[2]["type"]["params"]["text"].startswith("<p><strong>Een collega</strong></p>")


@pytest.mark.parametrize("medium", Medium)
@pytest.mark.parametrize("lang", ["nl", "en"])
def test_how_people_meet_is_told_to_readers_and_comes_back(medium: Medium, lang: str) -> None:
    told = FILES["scenario.md"].replace("learn: m4/herstel", f"medium: {medium}")
    parsed = read({**FILES, "scenario.md": told})
    data = exported(parsed, lang)
    text = opened(data)[1][2]["type"]["params"]["text"]
    label = MEDIA[lang].get(medium)
    assert label is None or text.startswith(f"<p><em>{label}</em></p>")
    back = read(import_story(data, an_arrival(file="v.h5p")).files)
    assert back.scenario.nodes[NodeId("schrikt")].medium is medium
    assert label is None or label not in back.texts[lang].nodes[NodeId("schrikt")].body


def test_a_comment_of_another_author_is_no_medium() -> None:
    told = FILES["scenario.md"].replace("learn: m4/herstel", "medium: phone")
    data = exported(read({"scenario.md": told}))
    with ZipFile(BytesIO(data)) as archive:
        content = archive.read("content/content.json").replace(b"medium: phone", b"medium: horn!")
        manifest = archive.read("h5p.json")
    changed = BytesIO()
    with ZipFile(changed, "w") as archive:
        archive.writestr("h5p.json", manifest)
        archive.writestr("content/content.json", content)
    back = read(import_story(changed.getvalue(), an_arrival(file="v.h5p")).files)
    assert back.scenario.nodes[NodeId("schrikt")].medium is Medium.IN_PERSON


def test_a_language_that_there_is_not_is_refused() -> None:
    with pytest.raises(ExchangeRefused, match="no complete translation in 'en'"):
        exported(read({"scenario.md": FILES["scenario.md"]}), "en")


def test_ids_come_back_for_nodes_that_are_not_unrolled() -> None:
    scenario: Scenario = read(import_story(exported(), an_arrival(file="v.h5p")).files).scenario
    assert scenario.start == NodeId("binnenkomst")
    assert {*scenario.nodes} == {*read(FILES).scenario.nodes}
