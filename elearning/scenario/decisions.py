"""W4-W8: what the choices of a node give away, or leave undecided, side by side."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations
from typing import Final

from elearning.problem import Problem, ProblemSeverity
from elearning.scenario.model import Choice, ChoiceText, Node, NodeId, NodeText, ScenarioText
from elearning.scenario.parse import Parsed
from elearning.scenario.prove.strategies import Spoken

FEWEST_DECISIONS: Final = 4
FEWEST_SENTENCES: Final = 2
_SENTENCE: Final = re.compile(r"[.!?…][\"'”\u2019)]*(?=\s|$)|\{\{\s*fact\.\w+\.text\s*\}\}")


@dataclass(frozen=True, slots=True)
class _Decision:
    """A node with one choice that is better than every other."""

    node: Node
    best: Choice


@dataclass(frozen=True, slots=True)
class LengthBalance:
    """In how many decisions the best option stands out by its length, and at which nodes."""

    decisions: int
    longest: tuple[NodeId, ...]
    shortest: tuple[NodeId, ...]


def length_balance(draft: Parsed, lang: str, spoken: Spoken) -> LengthBalance:
    """Return where the best option is the longest, and where the shortest, in one language."""
    found = [(each.node.id, _place(each, draft.texts[lang], spoken)) for each in _decisions(draft)]
    return LengthBalance(
        decisions=len(found),
        longest=tuple(name for name, place in found if place == "longest"),
        shortest=tuple(name for name, place in found if place == "shortest"),
    )


def decision_smells(draft: Parsed, spoken: Spoken) -> Iterator[Problem]:
    """Yield what deserves another look, for every language."""
    source = draft.texts[draft.scenario.source_lang]
    for node in draft.scenario.nodes.values():
        yield from _harm_that_pays(draft, node)
        yield from _same_twice(draft, node, source.nodes[node.id])
    for lang in draft.texts:
        yield from _length_gives_away(draft, lang, spoken)
        yield from _thin_feedback(draft, lang)


def _harm_that_pays(draft: Parsed, node: Node) -> Iterator[Problem]:
    """W4: a choice with an error that gives as much as the best one without, or as many points."""
    harmless = [each for each in node.choices if not each.raises]
    for choice in node.choices if harmless else ():
        pays = any(_worth(choice)) and _worth(choice) >= max(map(_worth, harmless))
        earns = _points(choice) > 0 and _points(choice) >= max(map(_points, harmless))
        if choice.raises and (pays or earns):
            message = (
                f"choice {choice.id!r} raises {choice.raises[0]} and gives as much as the best"
            )
            yield _warning(draft.source_file, choice.line, "W4", message)


def _same_twice(draft: Parsed, node: Node, text: NodeText) -> Iterator[Problem]:
    """W5: two choices with the same words, or two best choices with the same consequences.

    Two weak choices that come to the same are fine: they are two ways to miss the moment. So are
    two answers where no choice gives anything: there is no best one.
    """
    best = max((_worth(each) for each in node.choices if not each.raises), default=None)
    for one, other in combinations(node.choices, 2):
        if one.guard != other.guard:
            continue
        if text.choices[one.id].say.split() == text.choices[other.id].say.split():
            message = f"choices {one.id!r} and {other.id!r} say the same"
            yield _warning(draft.source_file, other.line, "W5", message)
        elif (
            any(_worth(one)) and _worth(one) == best and _consequences(one) == _consequences(other)
        ):
            message = f"choices {one.id!r} and {other.id!r} are both the best and come to the same"
            yield _warning(draft.source_file, other.line, "W5", message)


def _length_gives_away(draft: Parsed, lang: str, spoken: Spoken) -> Iterator[Problem]:
    """W6, W7: the best choice is the longest, or the shortest, in most of the decisions."""
    found = length_balance(draft, lang, spoken)
    for code, word, where in (
        ("W6", "longest", found.longest),
        ("W7", "shortest", found.shortest),
    ):
        if found.decisions >= FEWEST_DECISIONS and len(where) * 2 > found.decisions:
            message = (
                f"the best option is the {word} in {len(where)} of {found.decisions} decisions"
                f" ({lang}): {', '.join(where)}"
            )
            yield _warning(draft.files[lang], 1, code, message)


def _thin_feedback(draft: Parsed, lang: str) -> Iterator[Problem]:
    """W8: a harmful choice whose `why` does not name the good intention and then the effect."""
    for node in draft.scenario.nodes.values():
        words = draft.texts[lang].nodes.get(node.id)
        for choice in node.choices:
            text = words.choices.get(choice.id) if words else None
            if choice.raises and text is not None and not _is_full(text):
                is_source = lang == draft.scenario.source_lang
                line = choice.line if is_source else draft.node_lines[lang][node.id]
                message = f"choice {choice.id!r}: `why` names the intention, then the effect"
                yield _warning(draft.files[lang], line, "W8", message)


def _decisions(draft: Parsed) -> Iterator[_Decision]:
    for node in draft.scenario.nodes.values():
        harmless = [each for each in node.choices if not each.raises]
        most = max(map(_worth, harmless), default=None)
        best = [each for each in harmless if _worth(each) == most]
        if len(best) == 1 and len(node.choices) > 1:
            yield _Decision(node, best[0])


def _worth(choice: Choice) -> tuple[int, int]:
    """Return what a choice gives: errors it repairs first, then points."""
    return len(choice.repairs), _points(choice)


def _points(choice: Choice) -> int:
    return sum(effect.points for effect in choice.effects)


def _consequences(choice: Choice) -> tuple[object, ...]:
    return (
        choice.leads_to,
        frozenset(choice.effects),
        frozenset(choice.sets),
        frozenset(choice.raises),
        frozenset(choice.repairs),
        choice.max_visits,
    )


def _place(decision: _Decision, text: ScenarioText, spoken: Spoken) -> str | None:
    """Return whether the best choice is the longest, the shortest or neither."""
    words = text.nodes[decision.node.id].choices
    lengths = {name: len(spoken(each.say, text.lang)) for name, each in words.items()}
    best = lengths.pop(decision.best.id)
    rest = lengths.values()
    if best > max(rest, default=best):
        return "longest"
    return "shortest" if best < min(rest, default=best) else None


def _is_full(text: ChoiceText) -> bool:
    return len(_SENTENCE.findall(text.why)) >= FEWEST_SENTENCES


def _warning(file: str, line: int, code: str, message: str) -> Problem:
    return Problem(file, line, code, message, ProblemSeverity.WARNING)
