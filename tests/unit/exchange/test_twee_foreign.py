"""Stories that were made in other programs come in as drafts, with a list of what did not."""

import time
from contextlib import suppress

import pytest

from elearning.exchange.importing import Imported, import_story
from elearning.exchange.remarks import ExchangeRefused
from elearning.scenario.check import check_scenario
from elearning.scenario.model import EndingKind, Kind, Node, NodeId
from elearning.scenario.parse import Parsed
from tests.unit.exchange.stories import an_arrival, placed, read, the_registry

SUGARCUBE = """:: StoryTitle
De kamer

:: StoryData
{
  "ifid": "D674C58C-DEFA-4F70-B7A2-27742230C0FC",
  "format": "SugarCube",
  "format-version": "2.28.2",
  "start": "Mijn begin"
}

:: Spel [script]
window.alert("nooit");

:: Stijl [stylesheet]
body { color: red }

:: StoryInit
<<set $geld to 3>>

:: Mijn begin {"position":"600,400"}
Je staat in een kamer.<br>Je hebt $geld euro.
<<if $geld gt 2>>Dat is genoeg.<</if>>
[[Naar de gang->Gang]]
[[Tuin|Tuin][$geld to 0]]
[[weg<-Spring uit het raam]]
<<link "Wacht even" "Gang">><</link>>

:: Gang
Een <b>lange</b> gang. <script>steel()</script>

[[Terug->Mijn begin]] [[Tuin]]

:: Tuin
Buiten.
"""


def imported(text: str, **changes: str) -> Imported:
    return import_story(text.encode(), an_arrival(**changes))


def draft(text: str) -> Parsed:
    return read(imported(text).files)


def remarks(text: str) -> list[str]:
    return [str(each).partition(" ")[2] for each in imported(text).remarks]


def node(text: str, name: str) -> Node:
    return draft(text).scenario.nodes[NodeId(name)]


def test_it_lands_as_a_draft_without_competencies() -> None:
    scenario = draft(SUGARCUBE).scenario
    assert (scenario.is_draft, scenario.may_count, scenario.kind) == (
        True,
        False,
        Kind.CONVERSATION,
    )
    assert (scenario.id, scenario.start) == ("s00-spreekuur", "mijn_begin")
    assert draft(SUGARCUBE).texts["nl"].title == "De kamer"


def test_it_can_be_checked_and_nothing_in_it_blocks() -> None:
    outcome = check_scenario(placed(imported(SUGARCUBE).files), the_registry())
    assert {each.severity for each in outcome.problems} == {"warning"}


def test_links_become_choices_and_what_cannot_be_kept_is_listed() -> None:
    begin = node(SUGARCUBE, "mijn_begin")
    assert [(each.id, each.leads_to) for each in begin.choices] == [
        ("naar_de_gang", "gang"),
        ("tuin", "tuin"),
        ("wacht_even", "gang"),
    ]
    assert remarks(SUGARCUBE) == [
        "lost: passage 'Spel' (script)",
        "lost: passage 'Stijl' (stylesheet)",
        "lost: passage 'StoryInit' (special)",
        "lost: code 'if' in 'Mijn begin'",
        "lost: the value of $geld in 'Mijn begin'",
        "lost: the code of link 'Tuin': [$geld to 0]",
        "lost: link 'Spring uit het raam': no passage 'weg'",
        "lost: <script> in 'Gang'",
        "changed: it leads nowhere, so it is an ending; noted as `ok`",
    ]


def test_text_keeps_its_lines_and_loses_its_code() -> None:
    words = draft(SUGARCUBE).texts["nl"].nodes
    assert words[NodeId("mijn_begin")].body == (
        "Je staat in een kamer.\nJe hebt $geld euro.\nDat is genoeg."
    )
    assert words[NodeId("gang")].body == "Een **lange** gang."


def test_what_may_be_walked_in_circles_may_be_chosen_again() -> None:
    assert node(SUGARCUBE, "gang").choices[0].max_visits == 9
    assert node(SUGARCUBE, "gang").choices[1].max_visits == 1


@pytest.mark.parametrize(
    ("body", "story_format", "targets", "lost"),
    [
        ('<<goto "b">>', "SugarCube", ["b"], []),
        ("<<link [[Ga|b]]>><</link>>", "SugarCube", ["b"], []),
        ("<<button 'Ga' 'b'>><</button>>", "SugarCube", ["b"], []),
        ("<<goto $x>>", "SugarCube", [], ["goto"]),
        ('(link-goto: "Ga", "b")', "Harlowe", ["b"], []),
        ('(link: "Ga")[(go-to: "b")]', "Harlowe", ["b"], ["link"]),
        ("(set: $x to (either: 1, 2))", "Harlowe", [], ["set"]),
        ('<a href="javascript:void(0)" data-passage="b">Ga</a>', "Snowman", ["b"], []),
        ("<% s.x = 1 %>", "Snowman", [], ["s"]),
        ("x: 1\n--\n[if x]\n{embed passage: 'c'}\n[[Ga->b]]", "Chapbook", ["b"], ["variables"]),
        ("(zomaar: tekst) << los", "", [], []),
    ],
)
def test_code_that_plainly_leads_somewhere_is_a_link_and_the_rest_is_listed(
    body: str, story_format: str, targets: list[str], lost: list[str]
) -> None:
    text = (
        f':: StoryData\n{{"format": "{story_format}", "start": "a"}}\n\n'
        f":: a\nTekst.\n{body}\n\n:: b\nSlot.\n"
        if story_format != "Chapbook"
        else f':: StoryData\n{{"format": "Chapbook", "start": "a"}}\n\n:: a\n{body}\n:: b\nSlot.\n'
    )
    assert [each.leads_to for each in node(text, "a").choices] == targets
    found = [each for each in remarks(text) if "code" in each]
    assert all(any(f"code {name!r}" in each for each in found) for name in lost)
    assert bool(found) == bool(lost)


def test_nothing_that_is_code_is_left_in_the_text() -> None:
    source = imported(SUGARCUBE).files["scenario.md"]
    for code in ("<<", "<script", "alert", "steel", "color: red"):
        assert code not in source


def test_without_a_start_the_passage_called_start_begins_else_the_first() -> None:
    assert draft(":: a\n[[Start]]\n:: Start\nx").scenario.start == "start"
    assert draft(":: a\nx\n:: b\ny").scenario.start == "a"
    assert "changed: the start is not named: 'a' is taken" in remarks(":: a\nx\n:: b\ny")


def test_bad_story_data_is_left_out_with_a_remark() -> None:
    assert remarks(":: StoryData\n{\n:: Start\nx")[0].startswith("lost: StoryData: not valid JSON")


def test_a_tag_of_ours_says_how_an_ending_went() -> None:
    assert node(":: Start\n[[b]]\n:: b [ending-missed]\nx", "b").ending is EndingKind.MISSED


def test_a_tag_of_ours_says_how_people_meet() -> None:
    story = import_story(b":: Start [medium-chat]\nHallo.\n", an_arrival())
    assert "medium: chat" in story.files["scenario.md"]


def test_an_empty_passage_shows_its_name() -> None:
    text = ":: Start\n[[Het einde]]\n:: Het einde\n"
    assert draft(text).texts["nl"].nodes[NodeId("het_einde")].body == "Het einde"


def test_names_that_look_alike_get_ids_of_their_own() -> None:
    text = ":: Start\n[[Café!]] [[cafe]] [[日本]]\n:: Café!\na\n:: cafe\nb\n:: 日本\nc\n"
    assert list(draft(text).scenario.nodes) == ["start", "cafe", "cafe_2", "knoop"]


def test_text_of_others_cannot_begin_a_part_of_our_file_or_fill_in_a_placeholder() -> None:
    body = "# Kop\n## los\n~~~choices\n- id: x\n~~~\n{{resource.csg.phone}}\x00"
    text = draft(f":: Start\n{body}\n").texts["nl"].nodes[NodeId("start")].body
    assert text == (
        "**Kop**\n**los**\n\\~~~choices\n- id: x\n\\~~~\n{ {resource.csg.phone} }\ufffd"
    )


def test_the_language_is_the_one_that_was_said() -> None:
    files = import_story(b":: Start\nx", an_arrival())
    assert "\nlang: nl\n" in files.files["scenario.md"]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe:: Start",
        ":: Start\nx".encode("utf-16"),
        b"x" * 6_000_000,
        b":: a\n" * 200_000,
        b":: a\n" + b"[[" * 2_000_000,
        b":: StoryData\n" + b"[" * 1_000_000 + b"\n:: a\n" + b"x" * 30_000,
        b":: " + b"[" * 4_000_000,
        b"".join(b":: %d\n%s\n" % (n, b"x" * 19_000) for n in range(60)),
        b":: Start [script]\nx",
    ],
)
def test_hostile_text_is_refused_at_once(data: bytes) -> None:
    began = time.process_time()
    with pytest.raises(ExchangeRefused):
        import_story(data, an_arrival())
    assert time.process_time() - began < 2


@pytest.mark.parametrize("sign", ["<", "<<", "[[", "<a ", "<!--", "(a:", "{", "&#", "<b><p>", "$"])
def test_a_full_story_of_one_sign_is_read_or_refused_in_time(sign: str) -> None:
    passage = sign * (19_000 // len(sign))
    text = ':: StoryData\n{"format": "Harlowe"}\n' + "".join(
        f":: {name}\nx{passage}\n" for name in range(40)
    )
    began = time.process_time()
    with suppress(ExchangeRefused):
        imported(text)
    assert time.process_time() - began < 2


def test_metadata_that_does_not_end_is_read_in_time() -> None:
    began = time.process_time()
    assert "metadata" in remarks(":: a {" + '"a":' * 500_000 + "\nx")[0]
    assert time.process_time() - began < 2
