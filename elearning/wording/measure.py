"""How easily a text reads: Flesch-Douma for Dutch, Flesch for English, and words per sentence.

The formulas count syllables and words. They say nothing about clarity; a person still reads.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Final

from pyphen import Pyphen

PLACEHOLDER_WORD: Final = "woorden"  # two syllables in both languages

_WORD: Final = re.compile(r"\w+(?:['\u2019.-]\w+)*")
_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[\"'”\u2019)*_]*\s+")
# A sentence of the directory is measured where it stands; any other value counts as a name.
_WHOLE_SENTENCE: Final = re.compile(r"\{\{\s*fact\.\w+\.text\s*\}\}")
_VALUE: Final = re.compile(r"\{\{[^{}]*\}\}|%\(\w+\)[sd]")
_CITATION: Final = re.compile(r"\[S\d+[a-z]?\]")
_LINK: Final = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_LINE_MARK: Final = re.compile(r"^\s*(?:>\s*)*(?:#+ |[-*] )?", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Formula:
    """The weights of a Flesch formula, and the hyphenation patterns that find its syllables."""

    patterns: str
    per_sentence: Fraction
    per_word: Fraction


BASE: Final = Fraction("206.835")
# Douma, W. H. (1960). De leesbaarheid van landbouwbladen. · Flesch, R. (1948).
FORMULAS: Final = {
    "nl": _Formula("nl_NL", Fraction("0.93"), Fraction(77)),
    "en": _Formula("en_GB", Fraction("1.015"), Fraction("84.6")),
}


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of a sentence; `place` is where it begins in its text."""

    words: tuple[str, ...]
    place: int


def sentences(text: str) -> Iterator[Sentence]:
    """Yield the sentences of one paragraph of Markdown."""
    start = 0
    for end in [*(each.end() for each in _SENTENCE_END.finditer(text)), len(text)]:
        words = tuple(_WORD.findall(_as_read(text[start:end])))
        if words:
            yield Sentence(words, start)
        start = end


def ease(found: Iterable[Sentence], lang: str) -> Fraction:
    """Return the reading ease of these sentences: about 60 is plain, 100 is very easy."""
    found = tuple(found)
    words = [word for sentence in found for word in sentence.words]
    formula = FORMULAS[lang]
    count = sum(syllables(word, lang) for word in words)
    per_sentence = formula.per_sentence * len(words) / len(found)
    return BASE - per_sentence - formula.per_word * count / len(words)


@cache
def syllables(word: str, lang: str) -> int:
    """Return how many syllables a word has, as far as hyphenation patterns know."""
    return len(_patterns(lang).positions(word)) + 1


@cache
def _patterns(lang: str) -> Pyphen:
    return Pyphen(lang=FORMULAS[lang].patterns)


def _as_read(text: str) -> str:
    text = _WHOLE_SENTENCE.sub(" ", text)
    text = _VALUE.sub(PLACEHOLDER_WORD, text)
    text = _LINK.sub(r"\1", _CITATION.sub(" ", text))
    return _LINE_MARK.sub("", text)
