"""Playing without reading: strategies that must not pass, because they show no understanding."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from elearning.scenario.model import Choice, ChoiceId, NodeId, Scenario, ScenarioText
from elearning.scenario.parse import Parsed
from elearning.scenario.play import begin, choose, is_over, offered
from elearning.scenario.position import Position
from elearning.scenario.score import result

# How a text is shown, given its language: placeholders filled in, Markdown left as it is.
Spoken = Callable[[str, str], str]

# The words that someone looks for who takes the kindest-sounding option. Beginnings of words
# count too, so that "begrijp" finds "begrijpelijk".
POLITE: Final[Mapping[str, tuple[str, ...]]] = {
    "nl": (
        "alsjeblieft",
        "bedank",
        "begrijp",
        "dank",
        "fijn",
        "gerust",
        "graag",
        "lief",
        "natuurlijk",
        "rustig",
        "samen",
        "snap",
        "sorry",
        "spijt",
        "welkom",
    ),
    "en": (
        "appreciate",
        "gently",
        "glad",
        "happy to",
        "kind",
        "of course",
        "please",
        "sorry",
        "thank",
        "together",
        "understand",
        "welcome",
    ),
}


class Strategy(StrEnum):
    """A way to choose that takes no account of what the other person says."""

    FIRST = "first"
    LAST = "last"
    LONGEST = "longest"
    SHORTEST = "shortest"
    POLITE = "polite"


@dataclass(frozen=True, slots=True)
class StrategyResult:
    """The play of one strategy; `lang` is None where the words make no difference."""

    strategy: Strategy
    lang: str | None
    passed: bool
    choices: tuple[ChoiceId, ...]


_Weight = Callable[[NodeId, Choice], int]


def as_written(text: str, _lang: str) -> str:
    """Return a text with its placeholders as they stand in the file."""
    return text


def strategy_results(parsed: Parsed, spoken: Spoken) -> tuple[StrategyResult, ...]:
    """Return what comes of every strategy, in every language that it depends on."""
    return tuple(_results(parsed, spoken))


def _results(parsed: Parsed, spoken: Spoken) -> Iterator[StrategyResult]:
    scenario = parsed.scenario
    yield _result(scenario, Strategy.FIRST, None, lambda _node, _choice: 0)
    yield _result(scenario, Strategy.LAST, None, _place_in_file(scenario))
    for lang, text in sorted(parsed.texts.items()):
        length = _length(text, lang, spoken)
        yield _result(scenario, Strategy.LONGEST, lang, length)
        yield _result(scenario, Strategy.SHORTEST, lang, _least(length))
        if lang in POLITE:
            yield _result(scenario, Strategy.POLITE, lang, _politeness(text, lang, spoken))


def _result(
    scenario: Scenario, strategy: Strategy, lang: str | None, weight: _Weight
) -> StrategyResult:
    """Play the weightiest choice each time; of equals the first in the file."""
    position = begin(scenario)
    while not is_over(scenario, position) and (choices := offered(scenario, position)):
        position = choose(scenario, position, _weightiest(position, choices, weight).id)
    passed = result(scenario, position).passed
    return StrategyResult(strategy, lang, passed, position.path)


def _weightiest(position: Position, choices: tuple[Choice, ...], weight: _Weight) -> Choice:
    return max(choices, key=lambda choice: weight(position.node_id, choice))


def _place_in_file(scenario: Scenario) -> _Weight:
    return lambda node, choice: scenario.nodes[node].choices.index(choice)


def _length(text: ScenarioText, lang: str, spoken: Spoken) -> _Weight:
    return lambda node, choice: len(spoken(text.nodes[node].choices[choice.id].say, lang))


def _least(weight: _Weight) -> _Weight:
    return lambda node, choice: -weight(node, choice)


def _politeness(text: ScenarioText, lang: str, spoken: Spoken) -> _Weight:
    words = re.compile(rf"\b(?:{'|'.join(map(re.escape, POLITE[lang]))})", re.IGNORECASE)

    def weight(node: NodeId, choice: Choice) -> int:
        return len(words.findall(spoken(text.nodes[node].choices[choice.id].say, lang)))

    return weight
