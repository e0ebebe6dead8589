"""Playing without reading, and what must not come of it."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from elearning.scenario.model import ChoiceText, NodeText, ScenarioText
from elearning.scenario.parse import Parsed
from elearning.scenario.prove.strategies import (
    POLITE,
    Spoken,
    Strategy,
    StrategyResult,
    as_written,
    strategy_results,
)
from tests.unit.scenario.builders import a_choice
from tests.unit.scenario.provable import parsed_of
from tests.unit.scenario.sound import a_sound_scenario, found_in, problems_of, with_choice

SOUND = a_sound_scenario()
RIGHT = ("goed", "goed", "goed")


def _parsed(lang: str, words: Mapping[str, str]) -> Parsed:
    """Return the sound scenario in one language; choices say their id unless told otherwise."""
    nodes = {
        node.id: NodeText(
            body="…",
            choices={
                each.id: ChoiceText(words.get(each.id, each.id), None, "…") for each in node.choices
            },
        )
        for node in SOUND.nodes.values()
    }
    text = ScenarioText(lang, "…", "…", "…", "…", {}, nodes)
    return replace(parsed_of(SOUND), texts={lang: text})


def _result_of(parsed: Parsed, strategy: Strategy, spoken: Spoken = as_written) -> StrategyResult:
    (found,) = (each for each in strategy_results(parsed, spoken) if each.strategy is strategy)
    return found


def test_the_first_and_the_last_are_those_of_the_file() -> None:
    found = {each.strategy: each.choices for each in strategy_results(parsed_of(SOUND), as_written)}
    assert found == {
        Strategy.FIRST: ("vaag", "vaag", "vaag"),
        Strategy.LAST: ("later", "later", "later"),
    }


def test_the_last_of_what_is_offered_counts_not_the_last_of_the_file() -> None:
    scenario = with_choice(SOUND, "een", a_choice("nooit", "twee", when="gezegd"))
    found = strategy_results(parsed_of(scenario), as_written)
    assert [each.choices[0] for each in found] == ["vaag", "later"]


@pytest.mark.parametrize(
    ("strategy", "words"),
    [
        (Strategy.LONGEST, "Neem je tijd, je hoeft niets te zeggen"),
        (Strategy.SHORTEST, "Ik"),
        (Strategy.POLITE, "Ik begrijp het. Dank je."),
    ],
)
def test_a_strategy_takes_what_stands_out_in_the_words(strategy: Strategy, words: str) -> None:
    found = _result_of(_parsed("nl", {"goed": words}), strategy)
    assert (found.lang, found.choices, found.passed) == ("nl", RIGHT, True)


def test_length_is_measured_with_placeholders_filled_in() -> None:
    parsed = _parsed("nl", {"goed": "{{x}}", "anders": "Iets langer"})

    def spoken(text: str, lang: str) -> str:
        return text.replace("{{x}}", f"het centrum van de {lang}-gids")

    assert _result_of(parsed, Strategy.LONGEST, spoken).choices == RIGHT
    assert _result_of(parsed, Strategy.LONGEST).choices[1:] == ("anders", "anders")


def test_of_equals_the_first_in_the_file_is_taken() -> None:
    parsed = _parsed("en", {"goed": "Thank you", "anders": "I am sorry"})
    assert _result_of(parsed, Strategy.POLITE).choices == RIGHT
    plain = _parsed("en", {})
    assert _result_of(plain, Strategy.POLITE).choices == ("vaag", "vaag", "vaag")


@pytest.mark.parametrize(
    ("text", "is_polite"),
    [("Dat is begrijpelijk", True), ("SORRY", True), ("Een bedankje", True), ("Ondankbaar", False)],
)
def test_a_polite_word_is_found_at_the_start_of_a_word(text: str, *, is_polite: bool) -> None:
    found = _result_of(_parsed("nl", {"goed": text}), Strategy.POLITE)
    assert found.passed is is_polite


def test_every_language_has_its_polite_words() -> None:
    assert set(POLITE) == {"nl", "en"}
    assert all(words == tuple(sorted(words)) for words in POLITE.values())


def test_a_strategy_that_passes_is_reported_with_its_play() -> None:
    parsed = _parsed("en", {"goed": "Take all the time that you need"})
    assert found_in(parsed) == [("S3", RIGHT)]
    (problem,) = problems_of(parsed)
    assert problem.message == "always choosing the longest option (en) passes"
