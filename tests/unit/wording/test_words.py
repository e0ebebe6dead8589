"""Words to avoid are found where they are ours, on the line where they stand."""

import pytest

from elearning.problem import Findings
from elearning.strict_yaml import load
from elearning.translation import MODULE, SCENARIO
from elearning.wording.passages import Voice, listed_passages
from tests.unit.wording.builders import a_passage, words_in, words_in_file


def test_blame_blocks_and_a_label_warns() -> None:
    found = words_in(a_passage("Waarom ging je mee?\nWat een monster."))
    assert found == [("V1", 10, "error"), ("V5", 11, "warning")]


@pytest.mark.parametrize(
    "text",
    [
        "waarom\nging je",
        "*Waarom* ging je",
        "> waarom\n> ging je",
        "Nu vraag ik WAAROM GING JE",
    ],
)
def test_line_ends_emphasis_and_capitals_hide_nothing(text: str) -> None:
    assert [code for code, _, _ in words_in(a_passage(text))] == ["V1"]


def test_only_whole_words_count() -> None:
    assert words_in(a_passage("Monsteren doet hij niet, en een monsterlijst is er ook.")) == []


def test_a_text_is_read_by_the_rules_of_its_own_language() -> None:
    assert words_in(a_passage("Are you sure? Een monster.", lang="en")) == [("V3", 10, "error")]


def test_a_curly_apostrophe_is_an_apostrophe() -> None:
    assert words_in(a_passage("Please don\u2019t tell.", lang="en")) == [("V7", 10, "warning")]


def test_what_stands_in_a_placeholder_is_not_read() -> None:
    assert words_in(a_passage("Bel {{resource.monster.name}} of %(monster)s.")) == []


def test_what_the_other_person_says_is_not_ours() -> None:
    spoken = 'Ze zegt: "Wat een monster."\nWat een monster.'
    assert words_in(a_passage(spoken, voice=Voice.QUOTED)) == [("V5", 11, "warning")]
    assert words_in(a_passage(spoken, voice=Voice.OTHERS)) == []


@pytest.mark.parametrize("quotation", ['*"Wat een monster."*', "*'Monster'*", "*“Monster.”*"])
def test_a_quotation_in_italics_is_somebody_elses(quotation: str) -> None:
    assert words_in(a_passage(f"Je hoort soms {quotation} Dat helpt niet.")) == []


def test_a_quotation_that_is_not_in_italics_is_ours() -> None:
    assert words_in(a_passage('> "Wat een monster."')) == [("V5", 10, "warning")]


@pytest.mark.parametrize("voice", Voice)
def test_a_detail_of_violence_may_stand_nowhere(voice: Voice) -> None:
    assert words_in(a_passage('*"Er was bloed."*', voice=voice)) == [("V8", 10, "warning")]


CONVERSATION = """---
kind: conversation
title: "Een monster"
---
## begin
~~~node
learn: m4/luisteren
~~~
*Ze zegt niets.*

"Hij is een monster."

~~~choices
- id: fout
  say: "Waarom ging je mee?"
  raise: [CE1]
  why: "Een monster vraag je dat."
- id: zwak
  say: "Waarom deed je dat?"
  felt: "Waarom ging je nou weer."
~~~

## einde
~~~node
ending: missed
~~~
Je kunt haar schrijven: "Wat een monster."
"""


def test_in_a_conversation_the_lines_of_the_other_and_the_harmful_options_are_left_alone() -> None:
    assert words_in_file(CONVERSATION, SCENARIO) == [("V5", 3), ("V1", 19), ("V5", 27)]


def test_in_a_reading_scenario_a_quotation_needs_its_mark() -> None:
    reading = CONVERSATION.replace("kind: conversation", "kind: reading")
    assert ("V5", 11) in words_in_file(reading, SCENARIO)


MODULE_TEXT = """---
title: "Luisteren"
goals: ["Je kent het monster."]
---
## luisteren: Een monster luistert niet
Tekst.

~~~check
id: vraag
question: "Is hij een monster?"
options:
  - id: past
    text: "Een monster."
    verdict: fits
  - id: liever_niet
    text: "Een monster."
    why: "Een monster."
    verdict: rather_not
~~~

Nog een monster, na de vraag.
"""


def test_in_a_module_only_the_options_that_do_not_fit_are_left_alone() -> None:
    lines = [line for _, line in words_in_file(MODULE_TEXT, MODULE)]
    assert lines == [3, 5, 21, 10, 13]


def test_texts_in_a_list_stand_under_their_language() -> None:
    text = 'facts:\n  - id: monster\n    text: {nl: "Een monster.", en: "A monster."}\n'
    found = words_in(*listed_passages(load(text, Findings(""))))
    assert found == [("V5", 3, "warning")]
