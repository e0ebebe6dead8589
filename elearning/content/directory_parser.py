"""Reads the directory: services, facts and sources, each with every problem at its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeVar

from elearning.content.directory import Dated, Fact, FactKind, Mark, Resource, Source
from elearning.content.rule_packs import Jurisdiction, RulePack
from elearning.problem import Findings
from elearning.strict_yaml import Located, load
from elearning.yaml_fields import Reader, read_fields

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


def read_facts(
    text: str,
    findings: Findings,
    sources: Mapping[str, Source],
    packs: Mapping[str, RulePack],
) -> dict[str, Fact]:
    """Read facts.yaml."""
    with read_fields(load(text, findings), findings) as reader:
        _schema(reader)
        read = [_fact(item, findings, sources, packs) for item in reader.records("facts")]
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


def _fact(
    item: Located,
    findings: Findings,
    sources: Mapping[str, Source],
    packs: Mapping[str, RulePack],
) -> Fact:
    with read_fields(item, findings) as reader:
        return Fact(
            id=reader.text("id"),
            value=reader.translated("value"),
            text=reader.translated("text"),
            kind=reader.member("kind", FactKind),
            is_legal=reader.boolean("legal", default=False),
            pack=_pack(reader, packs),
            jurisdiction=reader.member("jurisdiction", Jurisdiction),
            dated=_dated(reader, sources),
        )


def _pack(reader: Reader, packs: Mapping[str, RulePack]) -> str | None:
    pack = reader.optional_text("pack")
    if pack is not None and pack not in packs:
        reader.wrong("pack", f"{pack} is not in rule_packs.yaml")
    return pack


def _dated(reader: Reader, sources: Mapping[str, Source]) -> Dated:
    """Read the dates; a date of checking without a source is refused."""
    source = reader.optional_text("source")
    mark = reader.optional_member("mark", Mark)
    verified_on = reader.optional_day("verified_on")
    if source is not None and source not in sources:
        reader.wrong("source", f"{source} is not in the bibliography")
    if verified_on is not None and source is None:
        reader.wrong("verified_on", "needs the source that was seen; null where nobody has checked")
    if (source is None) is not (mark is not None):
        reader.wrong("mark", "needs either a source or the mark of a memory, such as memory_high")
    return Dated(
        source=source,
        mark=mark,
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
