"""Lines that help, to look up in the moment itself: all of them, or those that hold some words."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from elearning.content.handouts import Phrase
from elearning.content.rendered import Renderer

LONGEST_SEARCH = 80


@dataclass(frozen=True, slots=True)
class PhraseRow:
    """A moment and the line for it."""

    id: str
    moment: str
    text: Markup


@dataclass(frozen=True, slots=True)
class PhrasesPage:
    """Everything the template shows."""

    searched: str
    rows: tuple[PhraseRow, ...]
    total: int


def phrases_page(phrases: Iterable[Phrase], renderer: Renderer, searched: str) -> PhrasesPage:
    """Return the lines in which every word that was searched for occurs."""
    rows = tuple(
        PhraseRow(each.id, each.moment[renderer.lang], renderer.line(each.text[renderer.lang]))
        for each in phrases
    )
    words = _plain(searched[:LONGEST_SEARCH]).split()
    found = tuple(row for row in rows if _holds(row, words))
    return PhrasesPage(searched[:LONGEST_SEARCH], found, len(rows))


def _holds(row: PhraseRow, words: Iterable[str]) -> bool:
    text = _plain(f"{row.moment} {row.text.striptags()}")
    return all(word in text for word in words)


def _plain(text: str) -> str:
    """Return a text without capitals and accents, so that een finds één."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    return "".join(each for each in letters if not unicodedata.combining(each))
