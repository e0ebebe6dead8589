"""Reads a `~~~choices` fence: what each choice does, and its words."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from elearning.blocks import Fence
from elearning.problem import Findings
from elearning.scenario.expression_field import optional_expression
from elearning.scenario.model import (
    Choice,
    ChoiceId,
    ChoiceText,
    CompetencyId,
    Effect,
    ErrorId,
    FlagId,
    HarmType,
    NodeId,
)
from elearning.strict_yaml import Items, Scalar, load
from elearning.yaml_fields import Reader, read_fields

MOST_VISITS: Final = 9
_ID: Final = re.compile(r"[a-z0-9_]+", re.ASCII)

_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Needed:
    """Which words a choice cannot do without, beside what is said."""

    felt: bool
    why: bool


@dataclass(frozen=True, slots=True)
class ChoiceWords:
    """The words of one choice in a translation, with their line."""

    id: ChoiceId
    text: ChoiceText
    line: int


def read_choices(
    fence: Fence, findings: Findings, needed: Needed
) -> tuple[tuple[Choice, ChoiceText], ...]:
    """Return the choices of a source file with their words."""

    def read(reader: Reader) -> tuple[Choice, ChoiceText]:
        return _choice(reader), _words(reader, needed)

    return tuple(_records(fence, findings, read))


def read_choice_words(fence: Fence, findings: Findings, needed: Needed) -> tuple[ChoiceWords, ...]:
    """Return the words of the choices of a translation."""

    def read(reader: Reader) -> ChoiceWords:
        words = _words(reader, needed)
        return ChoiceWords(ChoiceId(reader.text("id")), words, reader.line)

    return tuple(_records(fence, findings, read))


def _records(fence: Fence, findings: Findings, read: Callable[[Reader], _Read]) -> Iterator[_Read]:
    value = load(fence.text, findings, fence.line + 1)
    records = value.items if isinstance(value, Items) else ()
    if value is not None and not records:
        findings.error("F4", fence.line, "`~~~choices` needs a list of choices, `- id: …`")
    seen: set[str] = set()
    for record in records:
        with read_fields(record, findings) as reader:
            _check_id(reader, seen)
            yield read(reader)


def _check_id(reader: Reader, seen: set[str]) -> None:
    located = reader.located("id")
    name = located.value if isinstance(located, Scalar) else None
    if isinstance(name, str) and name in seen:
        reader.findings.error("F5", reader.line_of("id"), f"choice {name!r} stands twice")
    elif isinstance(name, str) and not _ID.fullmatch(name):
        message = f"id {name!r}: use a-z, 0-9 and _"
        reader.findings.error("F6", reader.line_of("id"), message)
    seen.add(str(name))


def _choice(reader: Reader) -> Choice:
    return Choice(
        id=ChoiceId(reader.text("id")),
        leads_to=NodeId(reader.text("to")),
        effects=tuple(_effects(reader)),
        sets=tuple(FlagId(name) for name in reader.texts("set")),
        raises=tuple(ErrorId(name) for name in reader.texts("raise")),
        repairs=tuple(ErrorId(name) for name in reader.texts("repair")),
        guard=optional_expression(reader, "if"),
        max_visits=_max_visits(reader),
        line=reader.line,
        harms=reader.members("harm", HarmType),
    )


def _effects(reader: Reader) -> Iterator[Effect]:
    for entry in reader.entries("effect"):
        points = entry.value.value if isinstance(entry.value, Scalar) else None
        if type(points) is int:
            yield Effect(CompetencyId(entry.key), points)
        else:
            message = f"effect on {entry.key}: needs a whole number"
            reader.findings.error("Y5", entry.line, message)


def _max_visits(reader: Reader) -> int:
    visits = reader.optional_number("max_visits")
    if visits is not None and not 1 <= visits <= MOST_VISITS:
        reader.wrong("max_visits", f"needs a number from 1 to {MOST_VISITS}")
    return 1 if visits is None else visits


def _words(reader: Reader, needed: Needed) -> ChoiceText:
    return ChoiceText(
        say=reader.text("say"),
        felt=reader.text("felt") if needed.felt else reader.optional_text("felt"),
        why=reader.text("why") if needed.why else reader.optional_text("why") or "",
    )
