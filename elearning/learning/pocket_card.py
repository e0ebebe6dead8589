"""What stands on the pocket card, for the page and for the PDF alike."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal


@dataclass(frozen=True, slots=True)
class CardLine:
    """Someone to turn to: a name, one way to reach them, and whether a source was seen."""

    name: str
    way: str
    hours: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class PocketCardSheet:
    """The card in one language; `headings` are those of services, contacts, steps and facts."""

    title: str
    institution: str
    services: tuple[CardLine, ...]
    contacts: tuple[CardLine, ...]
    steps: tuple[tuple[str, str, str], ...]
    facts: tuple[str, ...]
    unchecked_note: str
    printed: str
    headings: tuple[str, str, str, str]
    lang: Literal["nl", "en"]
    made_on: date

    @property
    def has_unchecked(self) -> bool:
        """Say whether something on it is still being checked."""
        return not all(each.is_checked for each in self.services)
