"""A scenario of ours out to Twee and back: the same bytes, or what was changed in between."""

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from elearning.blocks import split
from elearning.content.sources import content_root
from elearning.exchange.arrival import Arrival
from elearning.exchange.importing import import_story
from elearning.exchange.native import native_files
from elearning.exchange.remarks import ExchangeRefused, Remarks
from elearning.exchange.story import Story
from elearning.exchange.twee_write import write_twee
from elearning.problem import Findings
from elearning.scenario.ids import ScenarioId
from elearning.scenario.model import ChoiceId, EndingKind, HarmType, NodeId
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.registry_parser import parse_registry
from elearning.translation import SCENARIO
from elearning.translation_draft import accepted
from tests.unit.exchange.stories import (
    an_arrival,
    placed,
    read,
    slowly,
    stories,
)
from tests.unit.scenario.example import DUTCH, ENGLISH

FILES = {
    "scenario.md": DUTCH,
    "scenario.en.md": accepted(ENGLISH, split(DUTCH, Findings("")), SCENARIO),
}


def twee(files: Mapping[str, str] = FILES, lang: str = "nl") -> str:
    """Return the files of a scenario as Twee."""
    return write_twee(read(files), placed(files), lang, Remarks())


def back(text: str) -> tuple[dict[str, str], list[str]]:
    """Return the files that a Twee file becomes, and what there was to say."""
    imported = import_story(text.encode(), an_arrival())
    return dict(imported.files), [str(each) for each in imported.remarks]


def changed(old: str, new: str, lang: str = "nl") -> tuple[dict[str, str], list[str]]:
    """Return what comes back after one change in the Twee file."""
    text = twee(lang=lang)
    assert text.count(old) == 1, text
    return back(text.replace(old, new))


@slowly
@given(stories(), st.sampled_from(["nl", "en"]))
def test_a_scenario_comes_back_to_the_byte(story: Story, lang: str) -> None:
    files = native_files(story)
    assert back(twee(files, lang)) == (files, [])


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_every_scenario_that_we_ship_comes_back_to_the_byte(lang: str) -> None:
    root = content_root(None)
    registry, _ = parse_registry(root.read("scenarios/competencies.yaml"), "")
    for folder, files in root.folders("scenarios", "scenario.md").items():
        parsed = parse_scenario(files, registry).parsed
        assert parsed is not None
        text = write_twee(parsed, files, lang, Remarks())
        arrival = Arrival("x.twee", ScenarioId(folder), "nl", registry)
        imported = import_story(text.encode(), arrival)
        there = {f"scenarios/{folder}/{name}": each for name, each in imported.files.items()}
        assert there == files
        assert imported.remarks == ()


def test_a_draft_and_how_its_choices_hurt_come_back_when_their_node_was_edited() -> None:
    own = DUTCH.replace("lang: nl\n", "lang: nl\ndraft: true\n", 1)
    own = own.replace("  raise: [CE1]\n", "  raise: [CE1]\n  harm: [egocentric, blame]\n")
    files = {**FILES, "scenario.md": own}
    text = twee(files)
    assert back(text) == (files, [])
    parsed = read(back(text.replace("naar huis?->", "naar huis toe?->"))[0])
    hurtful = parsed.scenario.nodes[NodeId("binnenkomst")].choices[1]
    assert parsed.texts["nl"].nodes[NodeId("binnenkomst")].choices[hurtful.id].say.endswith("toe?")
    assert hurtful.harms == (HarmType.EGOCENTRIC, HarmType.BLAME)
    assert parsed.scenario.is_draft


def test_comments_and_layout_come_back_too() -> None:
    own = DUTCH.replace("flags: [gebeld]", "flags:   # wat er gebeurd moet zijn\n  - 'gebeld'")
    own = own.replace("~~~choices\n- id: herstel", "~~~choices\n# de weg terug\n- id: herstel")
    files = {**FILES, "scenario.md": own}
    assert back(twee(files)) == (files, [])


def test_a_translation_in_its_own_order_comes_back_so() -> None:
    head, rest = FILES["scenario.en.md"].split("## binnenkomst", 1)
    first, last = rest.split("## einde_goed")
    files = {**FILES, "scenario.en.md": f"{head}## einde_goed{last}## binnenkomst{first}"}
    assert back(twee(files)) == (files, [])


def test_a_passage_shows_the_text_with_a_link_per_choice() -> None:
    assert (
        '"Ik weet niet of ik dit moet vertellen."\n\n'
        "[[Neem je tijd. Jij bepaalt wat je vertelt.->einde_goed]]\n"
        "[[Waarom ging je dan met hem mee naar huis?->schrikt]]\n"
    ) in twee()
    assert "[[Take your time. You decide what you tell.->einde_goed]]" in twee(lang="en")


def parsed_after(old: str, new: str) -> tuple[Parsed, list[str]]:
    files, remarks = changed(old, new)
    return read(files), remarks


def test_a_changed_text_changes_that_node_and_nothing_else() -> None:
    files, remarks = changed('"Laat maar."\n\n[[', '"Laat maar. Echt."\n\n[[')
    assert files == {**FILES, "scenario.md": DUTCH.replace("Laat maar.", "Laat maar. Echt.")}
    assert remarks == ["verhaal.twee:27: changed: node 'schrikt' was edited"]


def test_a_changed_label_is_what_is_said_and_keeps_the_rules_of_its_choice() -> None:
    files, _ = changed("[[Waarom ging je dan met hem mee naar huis?->", "[[Waarom ging je mee?->")
    assert files["scenario.md"] == DUTCH.replace(
        "Waarom ging je dan met hem mee naar huis?", "Waarom ging je mee?"
    )


def test_a_changed_target_leads_there() -> None:
    parsed, _ = parsed_after("naar huis?->schrikt]]", "naar huis?->einde_goed]]")
    choice = parsed.scenario.nodes[NodeId("binnenkomst")].choices[1]
    assert (choice.id, choice.leads_to, choice.raises) == ("waarom", "einde_goed", ("CE1",))


def test_a_renamed_passage_keeps_the_id_of_its_node() -> None:
    text = twee().replace(":: schrikt {", ":: Ze schrikt {")
    text = text.replace("->schrikt]]", "->Ze schrikt]]")
    files, remarks = back(text)
    assert files == FILES
    assert remarks == []


def test_a_new_passage_makes_an_unfinished_draft() -> None:
    text = twee().replace("naar huis?->schrikt]]", "naar huis?->schrikt]]\n[[Wacht.->Even stil]]")
    files, remarks = back(f"{text}\n:: Even stil\nHet is *stil*.\n\n[[Vraag.->schrikt]]\n")
    parsed = read(files)
    node = parsed.scenario.nodes[NodeId("even_stil")]
    assert parsed.scenario.is_draft
    assert [each.leads_to for each in node.choices] == ["schrikt"]
    assert parsed.texts["nl"].nodes[node.id].body == "Het is *stil*."
    assert "verhaal.twee: changed: it is unfinished, so it is a draft now" in remarks


def test_a_link_that_is_gone_takes_its_choice_along() -> None:
    text = twee().replace("[[Waarom ging je dan met hem mee naar huis?->schrikt]]\n", "")
    files, remarks = back(text)
    assert [each.id for each in read(files).scenario.nodes[NodeId("binnenkomst")].choices] == [
        "ruimte"
    ]
    assert "choice 'waarom': there is no link for it any more" in remarks[0]


def test_a_passage_that_is_gone_takes_the_links_to_it_along() -> None:
    text = twee()
    start, end = text.index(":: schrikt"), text.index(":: einde_goed")
    files, remarks = back(text[:start] + text[end:])
    assert NodeId("schrikt") not in read(files).scenario.nodes
    assert "no passage 'schrikt'" in remarks[0]


def test_an_ending_that_leads_on_is_no_ending_and_the_other_way_round() -> None:
    text = f"{twee()}\n[[Nog eens->binnenkomst]]\n"
    text = text.replace("[[Dat had ik niet moeten vragen.", "Dat had ik niet moeten vragen.")
    files, remarks = back(text)
    nodes = read(files).scenario.nodes
    assert nodes[NodeId("einde_goed")].ending is None
    assert nodes[NodeId("schrikt")].ending is EndingKind.OK
    assert any("it leads on" in each for each in remarks)


def test_words_can_be_changed_in_a_translation_and_logic_cannot() -> None:
    files, _ = changed("[[Take your time. You decide", "[[Take all the time. You decide", "en")
    assert "Take all the time." in files["scenario.en.md"]
    assert files["scenario.md"] == DUTCH
    files, remarks = changed("then?->schrikt]]", "then?->einde_goed]]", "en")
    assert read(files).scenario.nodes[NodeId("binnenkomst")].choices[1].leads_to == "schrikt"
    assert any("in the source language" in each for each in remarks)


def test_nothing_is_added_in_a_translation() -> None:
    text = twee(lang="en").replace("then?->schrikt]]", "then?->schrikt]]\n[[Wait.->einde_goed]]")
    files, remarks = back(f"{text}\n:: Extra\nMore.\n")
    assert files == FILES
    assert any("add it in the source language" in each for each in remarks)
    assert any("new passages: add them in the source language" in each for each in remarks)


def test_a_choice_without_a_link_stays_where_only_words_can_change() -> None:
    text = twee(lang="en").replace("[[Why did you go home with him, then?->schrikt]]\n", "")
    assert read(back(text)[0]).scenario.nodes[NodeId("binnenkomst")].choices[1].id == "waarom"


def test_a_language_that_is_not_whole_is_not_shown() -> None:
    files = {**FILES, "scenario.en.md": ENGLISH.replace("## schrikt", "## schrik")}
    with pytest.raises(ExchangeRefused, match="no complete translation in 'en'"):
        twee(files, "en")
    remarks = Remarks()
    write_twee(read(files), placed(files), "nl", remarks)
    assert [each.message for each in remarks.all()] == ["node 'schrik': it is not in the source"]


def test_a_story_that_lost_one_of_its_files_is_refused() -> None:
    with pytest.raises(ExchangeRefused, match="is not whole"):
        back(twee(lang="en").replace('"en":"## schrikt', '"xx":"## schrikt'))


def test_a_link_inside_the_text_is_no_choice() -> None:
    _, remarks = changed('"Laat maar."\n\n[[', '"Laat [[maar->schrikt]]."\n\n[[')
    assert any("put it on a line of its own" in each for each in remarks)


def test_it_gets_the_id_of_the_folder_it_comes_to_stand_in() -> None:
    imported = import_story(twee().encode(), an_arrival("kopie"))
    assert all("\nid: kopie\n" in text for text in imported.files.values())


def test_a_twin_of_a_passage_is_a_node_of_its_own() -> None:
    text = twee()
    start, end = text.index(":: schrikt"), text.index(":: einde_goed")
    twin = text[start:end].replace(":: schrikt", ":: schrikt twee").rstrip()
    nodes = read(back(f"{text}\n{twin}\n")[0]).scenario.nodes
    assert NodeId("schrikt_twee") in nodes
    assert nodes[NodeId("schrikt")].choices[0].id == ChoiceId("herstel")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("C2: {range: [0, 3], cut: 2}", "C99: {range: [0, 3], cut: 2}"),
        ("raise: [CE1]", "raise: [CE77]"),
        ("kind: conversation", "kind: verhaal"),
    ],
)
def test_what_it_carries_is_checked_as_strictly_as_our_own_files(old: str, new: str) -> None:
    text = twee()
    assert old in text
    with pytest.raises(ExchangeRefused):
        back(text.replace(old, new, 1))
