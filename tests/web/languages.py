"""Words in the wrong language: what a catalogue lacks, and what a page shows of the other one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path
from xml.etree.ElementTree import Element

from babel.messages.pofile import read_po

VARIABLE = re.compile(r"%\(\w+\)[sd]")
SHOWN_ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "data-label")
# Below this many letters a pattern such as "%(day)s: %(text)s" fits nearly anything.
FEWEST_LETTERS = 8


@dataclass(slots=True)
class Missing(NullTranslations):
    """Stands behind a catalogue and remembers what was asked for in vain."""

    asked: list[str]

    def gettext(self, message: str) -> str:
        """Remember the message."""
        self.asked.append(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """Remember the message."""
        self.asked.append(msgid1)
        return msgid1 if n == 1 else msgid2


@dataclass(frozen=True, slots=True)
class Foreign:
    """What of the other language must not be read on a page in one language."""

    exact: frozenset[str]
    pattern: re.Pattern[str]

    def is_foreign(self, text: str) -> bool:
        """Say whether this is a sentence of the other language."""
        return text in self.exact or self.pattern.fullmatch(text) is not None


def foreign_words(folder: Path) -> Mapping[str, Foreign]:
    """Return, per language, the strings of the other that differ from its own."""
    strings = {code: _strings(folder, code) for code in ("nl", "en")}
    return {
        "nl": _foreign(strings["en"] - strings["nl"]),
        "en": _foreign(strings["nl"] - strings["en"]),
    }


def foreign_on_page(root: Element, foreign: Mapping[str, Foreign]) -> list[str]:
    """Return what stands on a page in a language that it does not say it is in."""
    shown = _shown(root, root.get("lang", ""), is_translated=True)
    return [text for lang, text in shown if lang in foreign and foreign[lang].is_foreign(text)]


def _strings(folder: Path, code: str) -> set[str]:
    with (folder / code / "LC_MESSAGES" / "messages.po").open("rb") as source:
        messages = [message for message in read_po(source, locale=code) if message.id]
    found: set[str] = set()
    for message in messages:
        strings = message.string or ()
        found |= {strings} if isinstance(strings, str) else set(strings)
    return {" ".join(text.split()) for text in found}


def _foreign(strings: set[str]) -> Foreign:
    patterns = [
        ".+".join(re.escape(part) for part in VARIABLE.split(text))
        for text in strings
        if VARIABLE.search(text)
        and sum(letter.isalpha() for letter in VARIABLE.sub("", text)) >= FEWEST_LETTERS
    ]
    return Foreign(frozenset(strings), re.compile("|".join(patterns) or "(?!)"))


def _shown(element: Element, lang: str, *, is_translated: bool) -> Iterator[tuple[str, str]]:
    """Yield each piece of text with the language it is said to be in."""
    lang = element.get("lang", lang)
    is_translated = is_translated and element.get("translate") != "no"
    if not is_translated or element.tag in {"script", "style"}:
        return
    pieces = [element.text or "", *(element.get(name, "") for name in SHOWN_ATTRIBUTES)]
    for piece in pieces:
        if piece.strip():
            yield lang, " ".join(piece.split())
    for child in element:
        if isinstance(child.tag, str):
            yield from _shown(child, lang, is_translated=is_translated)
        if child.tail and child.tail.strip():
            yield lang, " ".join(child.tail.split())
