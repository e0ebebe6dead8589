"""A play as it reads: what was said, what was chosen, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Final

from elearning.scenario.model import ChoiceId, ScenarioText
from elearning.scenario.parse import Parsed
from elearning.scenario.play import Turn, turns
from elearning.scenario.position import Position
from elearning.scenario.prove.strategies import Spoken, as_written
from elearning.scenario.score import result

INDENT: Final = "   "
_WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "nl": {
        "open": "maakt {}",
        "repaired": "herstelt {}",
        "expired": "te laat om {} te herstellen",
        "fatal": "maakt {}, en dat kan niet worden hersteld",
        "passed": "Behaald.",
        "not passed": "Niet behaald.",
        "under way": "Hier gaat het gesprek nog verder.",
    },
    "en": {
        "open": "makes {}",
        "repaired": "repairs {}",
        "expired": "too late to repair {}",
        "fatal": "makes {}, which cannot be repaired",
        "passed": "Passed.",
        "not passed": "Not passed.",
        "under way": "The conversation goes on from here.",
    },
}


def transcript(
    parsed: Parsed, choices: Sequence[ChoiceId], lang: str, spoken: Spoken = as_written
) -> str:
    """Return the play that these choices make, in one language; raises `ChoiceNotOffered`."""
    told = turns(parsed.scenario, choices)
    text = parsed.texts[lang]
    lines = [line for pair in pairwise(told) for line in _turn(*pair, text, spoken)]
    last = told[-1]
    return "\n".join([*lines, *_moment(last, text, spoken), _outcome(parsed, last, lang)])


def _turn(turn: Turn, then: Turn, text: ScenarioText, spoken: Spoken) -> Iterator[str]:
    yield from _moment(turn, text, spoken)
    if turn.choice_id is not None:
        say = text.nodes[turn.node_id].choices[turn.choice_id].say
        notes = "; ".join(_notes(turn.position_before, then.position_before, text.lang))
        yield f"{INDENT}→ {spoken(say, text.lang)} [{turn.choice_id}]"
        if notes:
            yield f"{INDENT}  ({notes})"
    yield ""


def _moment(turn: Turn, text: ScenarioText, spoken: Spoken) -> Iterator[str]:
    yield f"{turn.number}. {turn.node_id}"
    for line in spoken(text.nodes[turn.node_id].body, text.lang).splitlines():
        yield f"{INDENT}{line}".rstrip()


def _notes(before: Position, after: Position, lang: str) -> Iterator[str]:
    """Yield what became of the errors in one turn."""
    known = dict(enumerate(before.incidents))
    for place, incident in enumerate(after.incidents):
        if incident != known.get(place):
            yield _words(lang, incident.state).format(incident.error)


def _outcome(parsed: Parsed, last: Turn, lang: str) -> str:
    found = result(parsed.scenario, last.position_before)
    if not found.is_over:
        return INDENT + _words(lang, "under way")
    return INDENT + _words(lang, "passed" if found.passed else "not passed")


def _words(lang: str, key: str) -> str:
    return _WORDS[lang][key]
