"""What people take along: lines that help, words, the pocket card and the practice hour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

Translated = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A line for a moment of a conversation."""

    id: str
    moment: Translated
    text: Translated


@dataclass(frozen=True, slots=True)
class Term:
    """What we call something, what it means, and what we rather do not say."""

    id: str
    say: Translated
    meaning: Translated
    rather_not: Translated | None


@dataclass(frozen=True, slots=True)
class CardStep:
    """One of the five steps of the pocket card."""

    letter: str
    name: Translated
    do: Translated


@dataclass(frozen=True, slots=True)
class PocketCard:
    """What is on the pocket card: steps, and ids of the directory and the overlay."""

    steps: tuple[CardStep, ...]
    services: tuple[str, ...]
    contacts: tuple[str, ...]
    facts: tuple[str, ...]


class CardRole(StrEnum):
    """Who holds a card in the practice hour."""

    TELLER = "teller"
    LISTENER = "listener"
    WATCHER = "watcher"


@dataclass(frozen=True, slots=True)
class HourStep:
    """A part of the practice hour, as Markdown."""

    id: str
    minutes: int
    title: Translated
    text: Translated


@dataclass(frozen=True, slots=True)
class RoleCard:
    """A card to hold in the practice hour, as Markdown."""

    id: str
    role: CardRole
    title: Translated
    text: Translated


@dataclass(frozen=True, slots=True)
class PracticeHour:
    """The script of the practice hour; its steps take exactly the minutes it says."""

    minutes: int
    intro: Translated
    steps: tuple[HourStep, ...]
    cards: tuple[RoleCard, ...]


@dataclass(frozen=True, slots=True)
class Handouts:
    """Everything that people take along."""

    phrases: tuple[Phrase, ...]
    terms: tuple[Term, ...]
    card: PocketCard
    hour: PracticeHour
