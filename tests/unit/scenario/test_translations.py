"""Translations: the same ids and placeholders as the source, and up to date with it."""

import pytest

from elearning.blocks import split
from elearning.problem import Findings
from elearning.scenario.parse import Outcome, parse_scenario
from elearning.translation import SCENARIO
from elearning.translation_draft import accepted
from tests.unit.scenario.builders import a_registry
from tests.unit.scenario.example import DUTCH, ENGLISH, ENGLISH_FILE, SOURCE_FILE


def accepted_english(dutch: str = DUTCH, english: str = ENGLISH) -> str:
    """Return the translation as it stands after `--accept`."""
    return accepted(english, split(dutch, Findings("")), SCENARIO)


def parse(dutch: str, english: str) -> Outcome:
    """Parse the two files."""
    return parse_scenario({SOURCE_FILE: dutch, ENGLISH_FILE: english}, a_registry())


def test_an_accepted_translation_has_no_problem() -> None:
    assert parse(DUTCH, accepted_english()).problems == ()


def test_a_translation_that_nobody_accepted_is_reported_for_each_block() -> None:
    found = parse(DUTCH, ENGLISH).problems
    assert {each.code for each in found} == {"L2"}
    assert len(found) == 4


def test_a_changed_source_makes_only_that_block_stale() -> None:
    changed = DUTCH.replace('"Laat maar."', '"Het is al goed."')
    (problem,) = parse(changed, accepted_english()).problems
    assert (problem.code, problem.file) == ("L2", ENGLISH_FILE)
    assert problem.message == "block 'schrikt' is stale: the source has changed"
    assert ENGLISH.splitlines()[problem.line - 2].startswith("## schrikt")


def test_a_changed_word_in_the_front_matter_makes_the_front_matter_stale() -> None:
    changed = DUTCH.replace("Na het college", "Na de les")
    (problem,) = parse(changed, accepted_english()).problems
    assert problem.message == "front matter is stale: the source has changed"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("effect: {C2: 2}", "effect: {C2: 3}"),
        ("Neem je tijd. Jij", "Neem je tijd.   Jij"),
        ("minutes: 10", "minutes: 12"),
    ],
)
def test_what_is_not_words_makes_nothing_stale(old: str, new: str) -> None:
    changed = DUTCH.replace(old, new)
    assert changed != DUTCH
    assert parse(changed, accepted_english()).problems == ()


def test_a_stale_translation_can_still_be_shown() -> None:
    changed = DUTCH.replace('"Laat maar."', '"Het is al goed."')
    parsed = parse(changed, accepted_english()).parsed
    assert parsed is not None
    assert "en" in parsed.texts


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("## schrikt", "## schrok", "the translation: node 'schrikt' is missing"),
        ("## schrikt", "## schrok", "the translation: node 'schrok' is not in the source"),
        ("- id: waarom", "- id: waarvoor", "node 'binnenkomst': choice 'waarom' is missing"),
        ("- id: waarom", "- id: waarvoor", "choice 'waarvoor' is not in the source"),
        ("{{resource.csg.name}}", "the centre", "'{{resource.csg.name}}' is missing"),
        ("practise giving", "practise {{institution.name}}", "is not in the source"),
        ("collega: ", "colleague: ", "the front matter: speaker 'collega' is missing"),
        ('  felt: "What a', '  why_not: "What a', "choice 'herstel': key 'felt' is missing"),
    ],
)
def test_a_difference_with_the_source_is_reported(old: str, new: str, message: str) -> None:
    changed = ENGLISH.replace(old, new)
    assert changed != ENGLISH
    found = [each.message for each in parse(DUTCH, changed).problems if each.code == "L1"]
    assert any(message in each for each in found)


def test_a_translation_that_misses_a_block_is_not_shown() -> None:
    outcome = parse(DUTCH, ENGLISH.split("## einde_goed")[0])
    assert outcome.parsed is not None
    assert "en" not in outcome.parsed.texts


def test_rules_have_no_place_in_a_translation() -> None:
    changed = ENGLISH.replace("- id: ruimte\n", "- id: ruimte\n  effect: {C2: 3}\n")
    codes = {each.code for each in parse(DUTCH, changed).problems}
    assert "Y3" in codes


@pytest.mark.parametrize(("old", "new"), [("lang: en", "lang: nl"), ("id: s00", "id: s01")])
def test_a_translation_names_its_scenario_and_language(old: str, new: str) -> None:
    problems = parse(DUTCH, ENGLISH.replace(old, new, 1)).problems
    assert "Y5" in {each.code for each in problems}


def test_a_missing_language_is_reported() -> None:
    (problem,) = parse_scenario({SOURCE_FILE: DUTCH}, a_registry()).problems
    assert (problem.code, problem.message) == ("L1", "there is no `scenario.en.md`")
