"""Translations of scenarios and modules: fingerprints, empty blocks and acceptance."""

import pytest

from elearning.blocks import Document, split
from elearning.problem import Findings
from elearning.translation import (
    MODULE,
    SCENARIO,
    ContentFormat,
    Gap,
    block_fingerprint,
    compare,
    report_stale,
)
from elearning.translation_draft import accepted, blank_translation, with_empty_blocks
from tests.unit.scenario.example import DUTCH, ENGLISH

MODULE_NL = """---
schema: 1
id: m4
lang: nl
title: "Het gesprek"
minutes: 15
goals: ["Je geeft ruimte.", "Je vraagt niet uit."]
---
## luisteren: Luister
Eén idee.

~~~check
id: eerste_vraag
question: "Wat vraag je?"
options:
  - id: nodig
    text: "Wat heb je nodig?"
    verdict: fits
    why: "De ander bepaalt."
  - id: wie
    text: "Wie was het?"
    verdict: rather_not
    why: "Dat klinkt als een onderzoek."
~~~

## slot: Tot slot
Klaar.
"""
BLANK_MODULE = """---
schema: 1
id: m4
lang: en
title: ""
goals: ["", ""]
---
## luisteren:

~~~check
id: eerste_vraag
question: ""
options:
  - id: nodig
    text: ""
    why: ""
  - id: wie
    text: ""
    why: ""
~~~

## slot:
"""


def document(text: str) -> Document:
    """Split a file that has no problem worth telling."""
    return split(text, Findings("bestand.md"))


def gaps(source: str, translated: str, form: ContentFormat) -> list[Gap | None]:
    """Return how each part stands, front matter first."""
    return [each.gap for each in compare(document(source), document(translated), form)]


def test_an_empty_module_repeats_the_ids_and_holds_no_words() -> None:
    assert blank_translation(document(MODULE_NL), "en", MODULE) == BLANK_MODULE


def test_an_empty_scenario_has_every_node_and_choice_of_its_source() -> None:
    blank = blank_translation(document(DUTCH), "en", SCENARIO)
    assert gaps(DUTCH, blank, SCENARIO) == [Gap.INCOMPLETE] * 4
    assert [each.id for each in document(blank).blocks] == ["binnenkomst", "schrikt", "einde_goed"]
    assert 'speakers: {noor: "", collega: ""}' in blank
    assert "Noor" not in blank


@pytest.mark.parametrize(("source", "form"), [(DUTCH, SCENARIO), (MODULE_NL, MODULE)])
def test_what_is_accepted_is_up_to_date_and_only_that_has_changed(
    source: str, form: ContentFormat
) -> None:
    after = accepted(source, document(source), form)
    assert set(gaps(source, after, form)) == {None}
    added = [line for line in after.splitlines() if line not in source.splitlines()]
    assert all("source: " in line for line in added)
    assert accepted(after, document(source), form) == after


def test_a_missing_block_is_written_where_its_source_has_it() -> None:
    without = ENGLISH.replace(ENGLISH[ENGLISH.index("## schrikt") : ENGLISH.index("## einde")], "")
    completed = with_empty_blocks(without, document(DUTCH), SCENARIO)
    assert [each.id for each in document(completed).blocks] == [
        "binnenkomst",
        "schrikt",
        "einde_goed",
    ]
    assert gaps(DUTCH, without, SCENARIO)[2] is Gap.MISSING
    assert gaps(DUTCH, completed, SCENARIO)[2] is Gap.INCOMPLETE
    assert "A week later Noor says that she has called." in completed


def test_a_missing_choice_is_written_at_the_end_of_the_choices() -> None:
    start, end = ENGLISH.index("- id: waarom"), ENGLISH.index("~~~\n\n## schrikt")
    completed = with_empty_blocks(ENGLISH[:start] + ENGLISH[end:], document(DUTCH), SCENARIO)
    empty = '- id: waarom\n  say: ""\n  felt: ""\n  why: ""\n~~~\n\n## schrikt'
    assert completed == ENGLISH[:start] + empty + ENGLISH[end + len("~~~\n\n## schrikt") :]


def test_missing_choices_are_written_where_a_block_has_none() -> None:
    start, end = ENGLISH.index("~~~choices"), ENGLISH.index("\n\n## schrikt")
    completed = with_empty_blocks(ENGLISH[:start] + ENGLISH[end:], document(DUTCH), SCENARIO)
    (fence,) = document(completed).blocks[0].fences
    assert fence.text.count("- id: ") == 2


def test_a_complete_translation_stays_as_it_is() -> None:
    assert with_empty_blocks(ENGLISH, document(DUTCH), SCENARIO) == ENGLISH


def test_a_block_that_is_not_in_the_source_is_kept_for_its_author_to_judge() -> None:
    completed = with_empty_blocks(f"{ENGLISH}\n## extra\nText.\n", document(DUTCH), SCENARIO)
    assert completed.endswith("## extra\nText.\n")


def test_a_fingerprint_changes_with_the_words_and_not_with_their_lines() -> None:
    before = document(MODULE_NL).blocks[0]
    wrapped = document(MODULE_NL.replace("Eén idee.", "Eén\nidee.")).blocks[0]
    other = document(MODULE_NL.replace("Eén idee.", "Eén gedachte.")).blocks[0]
    assert block_fingerprint(wrapped, MODULE) == block_fingerprint(before, MODULE)
    assert block_fingerprint(other, MODULE) != block_fingerprint(before, MODULE)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Wie was het?", "Wie deed het?"),
        (": Luister", ": Hoor"),
        ("De ander bepaalt.", "Zo kan het."),
    ],
)
def test_titles_options_and_reasons_are_words(old: str, new: str) -> None:
    changed = document(MODULE_NL.replace(old, new)).blocks[0]
    assert block_fingerprint(changed, MODULE) != block_fingerprint(
        document(MODULE_NL).blocks[0], MODULE
    )


def test_the_order_of_the_options_leaves_the_fingerprint_unchanged() -> None:
    start, middle = MODULE_NL.index("  - id: nodig"), MODULE_NL.index("  - id: wie")
    end = MODULE_NL.index("~~~\n\n## slot")
    swapped = MODULE_NL[:start] + MODULE_NL[middle:end] + MODULE_NL[start:middle] + MODULE_NL[end:]
    before, after = document(MODULE_NL).blocks[0], document(swapped).blocks[0]
    assert before.fences != after.fences
    assert block_fingerprint(after, MODULE) == block_fingerprint(before, MODULE)


def test_the_same_words_have_the_same_fingerprint_in_every_release() -> None:
    assert block_fingerprint(document(DUTCH).blocks[2], SCENARIO) == "5060910f"


def test_a_fingerprint_of_digits_only_is_read_back_as_it_was_written() -> None:
    text = DUTCH.replace("lang: nl\n", "lang: nl\nsource: 01234567\n")
    assert compare(document(DUTCH), document(text), SCENARIO)[0].gap is Gap.STALE


def test_stale_pages_of_a_module_are_reported() -> None:
    source = MODULE_NL.replace("Klaar.", "Klaar voor nu.")
    english = accepted(MODULE_NL, document(MODULE_NL), MODULE)
    findings = Findings("module.en.md")
    report_stale(document(source), document(english), MODULE, findings)
    (problem,) = findings.found
    assert (problem.code, problem.message) == (
        "L2",
        "block 'slot' is stale: the source has changed",
    )
    assert english.splitlines()[problem.line - 1].startswith("## slot")
