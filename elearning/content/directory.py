"""Services, facts and sources as dated data; what nobody has checked says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from elearning.problem import Findings
from elearning.strict_yaml import Located, load
from elearning.yaml_fields import Reader, read_fields

Translated = Mapping[str, str]


class FactKind(StrEnum):
    """What a fact is about."""

    FIGURE = "figure"
    WINDOW = "window"
    LAW = "law"


class Jurisdiction(StrEnum):
    """Where it holds: the European Netherlands or Bonaire, St Eustatius and Saba."""

    NL = "NL"
    NL_BES = "NL-BES"


@dataclass(frozen=True, slots=True)
class Dated:
    """Where something comes from, when it was last seen there, and when to look again.

    `changed_on` is the day on which the entry began to say something else, `effective_on` that from
    which a rule of law holds; both are None where nobody knows of such a day.
    """

    source: str | None
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

    def for_help_page(self) -> tuple[Resource, ...]:
        """Return the services of the help page, in its order."""
        listed = [each for each in self.resources.values() if each.help_order is not None]
        return tuple(sorted(listed, key=lambda each: each.help_order or 0))

    def stale_on(self, day: date) -> tuple[str, ...]:
        """Return the ids of what should have been reviewed by this day."""
        entries: list[Resource | Fact] = [*self.resources.values(), *self.facts.values()]
        return tuple(each.id for each in entries if each.dated.is_stale_on(day))


Entry = TypeVar("Entry", Source, Resource, Fact)


def read_sources(text: str, findings: Findings) -> dict[str, Source]:
    """Read bibliography.yaml."""
    with read_fields(load(text, findings), findings) as reader:
        read = [_source(item, findings) for item in reader.records("sources")]
    return _by_id(read, findings)


def read_resources(
    text: str, findings: Findings, sources: Mapping[str, Source]
) -> dict[str, Resource]:
    """Read resources.yaml."""
    with read_fields(load(text, findings), findings) as reader:
        _schema(reader)
        read = [_resource(item, findings, sources) for item in reader.records("resources")]
    return _by_id(read, findings)


def read_facts(text: str, findings: Findings, sources: Mapping[str, Source]) -> dict[str, Fact]:
    """Read facts.yaml."""
    with read_fields(load(text, findings), findings) as reader:
        _schema(reader)
        read = [_fact(item, findings, sources) for item in reader.records("facts")]
    return _by_id(read, findings)


def _schema(reader: Reader) -> None:
    if reader.number("schema") != 1:
        reader.wrong("schema", "this program reads schema 1")


def _source(item: Located, findings: Findings) -> Source:
    with read_fields(item, findings) as reader:
        return Source(reader.text("id"), reader.text("text"), reader.optional_text("url"))


def _resource(item: Located, findings: Findings, sources: Mapping[str, Source]) -> Resource:
    with read_fields(item, findings) as reader:
        return Resource(
            id=reader.text("id"),
            name=reader.translated("name"),
            phone=reader.optional_text("phone"),
            url=reader.optional_text("url"),
            has_chat=reader.boolean("chat", default=False),
            hours=reader.optional_translated("hours"),
            cost=reader.optional_translated("cost"),
            languages=reader.texts("languages"),
            for_whom=reader.translated("for_whom"),
            not_for=reader.optional_translated("not_for"),
            jurisdiction=reader.member("jurisdiction", Jurisdiction),
            dated=_dated(reader, sources),
            help_order=reader.optional_number("help_order"),
        )


def _fact(item: Located, findings: Findings, sources: Mapping[str, Source]) -> Fact:
    with read_fields(item, findings) as reader:
        return Fact(
            id=reader.text("id"),
            value=reader.translated("value"),
            text=reader.translated("text"),
            kind=reader.member("kind", FactKind),
            is_legal=reader.boolean("legal", default=False),
            jurisdiction=reader.member("jurisdiction", Jurisdiction),
            dated=_dated(reader, sources),
        )


def _dated(reader: Reader, sources: Mapping[str, Source]) -> Dated:
    """Read the dates; a date of checking without a source is refused."""
    source = reader.optional_text("source")
    verified_on = reader.optional_day("verified_on")
    if source is not None and source not in sources:
        reader.wrong("source", f"{source} is not in the bibliography")
    if verified_on is not None and source is None:
        reader.wrong("verified_on", "needs the source that was seen; null where nobody has checked")
    return Dated(
        source=source,
        verified_on=verified_on,
        review_by=reader.day("review_by"),
        changed_on=reader.optional_day("changed_on"),
        effective_on=reader.optional_day("effective_on"),
    )


def _by_id(entries: list[Entry], findings: Findings) -> dict[str, Entry]:
    known: dict[str, Entry] = {}
    for entry in entries:
        if entry.id in known:
            findings.error("D1", 1, f"id {entry.id} stands twice")
        known[entry.id] = entry
    return known
