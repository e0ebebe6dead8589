"""Services, facts and sources as dated data; what nobody has checked says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from elearning.content.rule_packs import Jurisdiction, PackStatus, RulePack

Translated = Mapping[str, str]


class FactKind(StrEnum):
    """What a fact is about."""

    FIGURE = "figure"
    WINDOW = "window"
    LAW = "law"


class Mark(StrEnum):
    """How sure the one was who wrote something down from memory, without a source."""

    MEMORY_HIGH = "memory_high"
    MEMORY_MEDIUM = "memory_medium"
    MEMORY_LOW = "memory_low"


@dataclass(frozen=True, slots=True)
class Dated:
    """Where something comes from, who last saw it there, and when to look again.

    It has a source, or the mark of a memory; only a source can have been seen.
    `changed_on` is the day on which the entry began to say something else, `effective_on` that from
    which a rule of law holds; both are None where nobody knows of such a day.
    """

    source: str | None
    mark: Mark | None
    verified_on: date | None
    review_by: date
    changed_on: date | None
    effective_on: date | None

    @property
    def is_verified(self) -> bool:
        """Say whether a source was seen."""
        return self.verified_on is not None

    def is_stale_on(self, day: date) -> bool:
        """Say whether it should have been looked at again by this day."""
        return self.review_by < day


@dataclass(frozen=True, slots=True)
class Resource:
    """A service someone can turn to."""

    id: str
    name: Translated
    phone: str | None
    url: str | None
    has_chat: bool
    hours: Translated | None
    cost: Translated | None
    languages: tuple[str, ...]
    for_whom: Translated
    not_for: Translated | None
    jurisdiction: Jurisdiction
    dated: Dated
    help_order: int | None


@dataclass(frozen=True, slots=True)
class Fact:
    """A figure, a time window or a rule of law, in one plain sentence."""

    id: str
    value: Translated
    text: Translated
    kind: FactKind
    is_legal: bool
    pack: str | None
    jurisdiction: Jurisdiction
    dated: Dated


@dataclass(frozen=True, slots=True)
class Source:
    """An entry of the bibliography."""

    id: str
    text: str
    url: str | None


@dataclass(frozen=True, slots=True)
class Directory:
    """Everything that content may refer to by id."""

    resources: Mapping[str, Resource]
    facts: Mapping[str, Fact]
    sources: Mapping[str, Source]
    packs: Mapping[str, RulePack]

    def for_help_page(self, jurisdiction: Jurisdiction = Jurisdiction.NL) -> tuple[Resource, ...]:
        """Return the services of the help page of this part of the country, in its order."""
        listed = [
            each
            for each in self.resources.values()
            if each.help_order is not None and each.jurisdiction is jurisdiction
        ]
        return tuple(sorted(listed, key=lambda each: each.help_order or 0))

    def is_pending(self, fact_id: str) -> bool:
        """Say whether a fact is of rules that do not hold yet."""
        fact = self.facts.get(fact_id)
        pack = None if fact is None or fact.pack is None else self.packs.get(fact.pack)
        return pack is not None and pack.status is PackStatus.PENDING

    def stale_on(self, day: date) -> tuple[str, ...]:
        """Return the ids of what should have been reviewed by this day."""
        entries: list[Resource | Fact] = [*self.resources.values(), *self.facts.values()]
        return tuple(each.id for each in entries if each.dated.is_stale_on(day))
