"""Reads `modules/handouts`: strict, in both languages, with every problem at its line."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Final, Protocol, TypeVar

from elearning.content.directory import Directory
from elearning.content.handouts import (
    CardRole,
    CardStep,
    Handouts,
    HourStep,
    Phrase,
    PocketCard,
    PracticeHour,
    RoleCard,
    Term,
)
from elearning.content.institution import CONTACTS
from elearning.content.sources import ContentRoot
from elearning.problem import Findings, Problem
from elearning.strict_yaml import Located, load
from elearning.yaml_fields import Reader, read_fields

FOLDER: Final = "modules/handouts"
NAMES: Final = ("phrases", "glossary", "pocket_card", "practice_hour")
SCHEMA: Final = 1


class _Named(Protocol):
    @property
    def id(self) -> str: ...


_Entry = TypeVar("_Entry", bound=_Named)
_Value = TypeVar("_Value")


def file_of(name: str) -> str:
    """Return one of the files, relative to the content root."""
    return f"{FOLDER}/{name}.yaml"


def read_handouts(root: ContentRoot, directory: Directory) -> tuple[Handouts, tuple[Problem, ...]]:
    """Return what people take along, and what is wrong in its files."""
    findings = {name: Findings(file_of(name)) for name in NAMES}

    def read(name: str, reading: Callable[[Reader], _Value]) -> _Value:
        value = load(root.read(file_of(name)), findings[name])
        with read_fields(value, findings[name]) as reader:
            if reader.number("schema") != SCHEMA:
                reader.wrong("schema", f"this program reads schema {SCHEMA}")
            return reading(reader)

    handouts = Handouts(
        phrases=read("phrases", lambda reader: _all(reader, "phrases", _phrase)),
        terms=read("glossary", lambda reader: _all(reader, "terms", _term)),
        card=read("pocket_card", lambda reader: _card(reader, directory)),
        hour=read("practice_hour", _hour),
    )
    return handouts, tuple(problem for each in findings.values() for problem in each.found)


def _all(reader: Reader, key: str, reading: Callable[[Reader], _Entry]) -> tuple[_Entry, ...]:
    """Read a list of entries, each under an id of its own."""
    entries = [_one(item, reader.findings, reading) for item in reader.records(key)]
    ids = [each.id for each in entries]
    for name in sorted({each for each in ids if ids.count(each) > 1}):
        reader.findings.error("D1", reader.line_of(key), f"id {name} stands twice")
    return tuple(entries)


def _one(item: Located, findings: Findings, reading: Callable[[Reader], _Value]) -> _Value:
    with read_fields(item, findings) as reader:
        return reading(reader)


def _phrase(reader: Reader) -> Phrase:
    return Phrase(reader.text("id"), reader.translated("moment"), reader.translated("text"))


def _term(reader: Reader) -> Term:
    return Term(
        id=reader.text("id"),
        say=reader.translated("say"),
        meaning=reader.translated("meaning"),
        rather_not=reader.optional_translated("rather_not"),
    )


def _card(reader: Reader, directory: Directory) -> PocketCard:
    steps = tuple(_one(each, reader.findings, _card_step) for each in reader.records("steps"))
    return PocketCard(
        steps=steps,
        services=_known(reader, "services", directory.resources),
        contacts=_known(reader, "contacts", CONTACTS),
        facts=_known(reader, "facts", directory.facts),
    )


def _card_step(reader: Reader) -> CardStep:
    return CardStep(reader.text("letter"), reader.translated("name"), reader.translated("do"))


def _known(reader: Reader, key: str, known: Iterable[str]) -> tuple[str, ...]:
    """Read a list of ids; one that nothing answers to is left out and noted."""
    there = set(known)
    for each in reader.names(key):
        if each.name not in there:
            reader.findings.error("D2", each.line, f"nothing answers to {each.name}")
    return tuple(each for each in reader.texts(key) if each in there)


def _hour(reader: Reader) -> PracticeHour:
    minutes, steps = reader.number("minutes"), _all(reader, "steps", _hour_step)
    taken = sum(each.minutes for each in steps)
    if taken != minutes:
        reader.wrong("minutes", f"the steps take {taken}, not {minutes}")
    return PracticeHour(
        minutes=minutes,
        intro=reader.translated("intro"),
        steps=steps,
        cards=_all(reader, "cards", _role_card),
    )


def _hour_step(reader: Reader) -> HourStep:
    return HourStep(
        id=reader.text("id"),
        minutes=reader.number("minutes"),
        title=reader.translated("title"),
        text=reader.translated("text"),
    )


def _role_card(reader: Reader) -> RoleCard:
    return RoleCard(
        id=reader.text("id"),
        role=reader.member("role", CardRole),
        title=reader.translated("title"),
        text=reader.translated("text"),
    )
