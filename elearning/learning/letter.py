"""A letter to one person: its words, and what a mail server did with it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

HOME_PATH, LATER_PATH, WHY_PATH = "/", "/later", "/wat-ziet-hr"
OWN_DATA_PATH, CONTACT_PATH = "/gegevens", "/contact"


@dataclass(frozen=True, slots=True)
class MessageText:
    """A message as words; addresses are paths of the site.

    `path` is where its button leads; `links` are what stands below, words and path.
    """

    lang: str
    subject: str
    greeting: str
    paragraphs: tuple[str, ...]
    button: str
    path: str
    links: tuple[tuple[str, str], ...]

    def stored(self) -> str:
        """Return it as it is kept in the outbox."""
        return json.dumps(asdict(self), ensure_ascii=False)


def read_text(stored: str) -> MessageText:
    """Return what was kept in the outbox, also by a version that had only reminders."""
    found = json.loads(stored)
    if "links" not in found:
        later, why = (found.pop("later"), LATER_PATH), (found.pop("why"), WHY_PATH)
        found |= {"path": HOME_PATH, "links": (later, why)}
    paragraphs, links = tuple(found["paragraphs"]), tuple(map(tuple, found["links"]))
    return MessageText(**{**found, "paragraphs": paragraphs, "links": links})


class Outcome(StrEnum):
    """What a mail server did with a message."""

    ACCEPTED = "accepted"
    REFUSED = "refused"
    NOT_NOW = "not_now"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class Letter:
    """A message ready to go; the same `id` is the same message, whenever it is tried."""

    id: UUID
    to: str
    text: MessageText
    attempts: int
    queued_at: datetime
