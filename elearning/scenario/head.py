"""Reads the front matter of a source file: the rules of a scenario and its general text."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from elearning.blocks import Fence
from elearning.problem import Findings
from elearning.scenario.expression import Expression
from elearning.scenario.expression_field import expression, optional_expression
from elearning.scenario.expression_parser import RESERVED
from elearning.scenario.head_text import HeadText, read_head_text
from elearning.scenario.model import (
    Always,
    Audience,
    Before,
    CompetencyId,
    CompetencyRule,
    ErrorId,
    ErrorRule,
    FlagId,
    GuessPassAtMost,
    Kind,
    Medium,
    NodeId,
    Obligation,
    ScenarioId,
    Severity,
    SpeakerId,
)
from elearning.scenario.registry import Registry
from elearning.strict_yaml import Field, Located, load
from elearning.yaml_fields import Reader, read_fields

SCHEMA: Final = 1
NAMED_LINES: Final = ("id", "lang", "start", "persona", "pass", "flags", "draft")
PAIR: Final = 2
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*", re.ASCII)
_FLAG: Final = re.compile(r"[a-z][a-z0-9_]*", re.ASCII)


@dataclass(frozen=True, slots=True)
class Head:
    """What the front matter says; `lines` tells where the keys that name something stand."""

    id: ScenarioId
    lang: str
    is_draft: bool
    kind: Kind
    audience: tuple[Audience, ...]
    minutes: int
    start: NodeId
    persona: SpeakerId | None
    medium: Medium
    competencies: Mapping[CompetencyId, CompetencyRule]
    flags: tuple[FlagId, ...]
    errors: Mapping[ErrorId, ErrorRule]
    pass_rule: Expression | None
    obligations: tuple[Obligation, ...]
    text: HeadText
    lines: Mapping[str, int]


def read_head(fence: Fence, registry: Registry, findings: Findings) -> Head:
    """Return the front matter of a source file; what does not fit goes to `findings`."""
    value = load(fence.text, findings, fence.line + 1)
    with read_fields(value, findings) as reader:
        check_schema(reader)
        kind = reader.member("kind", Kind)
        is_draft = reader.boolean("draft", default=False)
        return Head(
            id=ScenarioId(_slug(reader, "id")),
            lang=reader.text("lang"),
            is_draft=is_draft,
            kind=kind,
            audience=reader.members("audience", Audience),
            minutes=reader.number("minutes"),
            start=NodeId(reader.text("start")),
            persona=_persona(reader, is_needed=kind is Kind.CONVERSATION and not is_draft),
            medium=reader.optional_member("medium", Medium) or Medium.IN_PERSON,
            competencies=dict(_competencies(reader, registry)),
            flags=tuple(_flags(reader)),
            errors=dict(_errors(reader, registry)),
            pass_rule=(optional_expression if is_draft else expression)(reader, "pass"),
            obligations=tuple(_obligations(reader)),
            text=read_head_text(reader, kind, is_draft=is_draft),
            lines={key: reader.line_of(key) for key in NAMED_LINES},
        )


def check_schema(reader: Reader) -> None:
    """Report a file that was written for another version of this program."""
    if reader.number("schema") != SCHEMA and reader.has("schema"):
        reader.wrong("schema", f"needs {SCHEMA}")


def _slug(reader: Reader, key: str) -> str:
    slug = reader.text(key)
    if slug and not _SLUG.fullmatch(slug):
        reader.findings.error("F6", reader.line_of(key), f"{key} {slug!r}: use a-z, 0-9 and -")
    return slug


def _persona(reader: Reader, *, is_needed: bool) -> SpeakerId | None:
    persona = reader.text("persona") if is_needed else reader.optional_text("persona")
    return SpeakerId(persona) if persona else None


def _flags(reader: Reader) -> Iterator[FlagId]:
    seen: set[str] = set()
    for name, line in ((each.name, each.line) for each in reader.names("flags")):
        if name in seen:
            reader.findings.error("F5", line, f"flag {name!r} stands twice")
        elif name in RESERVED or not _FLAG.fullmatch(name):
            reader.findings.error("F6", line, f"{name!r} cannot be the name of a flag")
        seen.add(name)
        yield FlagId(name)


def _competencies(
    reader: Reader, registry: Registry
) -> Iterator[tuple[CompetencyId, CompetencyRule]]:
    for entry in reader.entries("competencies"):
        competency = CompetencyId(entry.key)
        if competency not in registry.competencies:
            reader.findings.error("N1", entry.line, f"competency {competency!r} is not known")
        yield competency, _competency_rule(entry, competency, reader.findings)


def _competency_rule(entry: Field, competency: CompetencyId, findings: Findings) -> CompetencyRule:
    with read_fields(entry.value, findings) as reader:
        bounds = reader.numbers("range")
        low, high = bounds if len(bounds) == PAIR else (0, 0)
        cut = reader.optional_number("cut")
        if bounds and (len(bounds) != PAIR or low >= high):
            reader.wrong("range", "needs the lowest and the highest number of points")
        elif bounds and cut is not None and not low < cut <= high:
            reader.wrong("cut", f"needs a number above {low} and up to {high}")
        return CompetencyRule(competency, low, high, cut)


def _errors(reader: Reader, registry: Registry) -> Iterator[tuple[ErrorId, ErrorRule]]:
    for entry in reader.entries("critical"):
        error = ErrorId(entry.key)
        known = registry.errors.get(error)
        if known is None:
            reader.findings.error("N1", entry.line, f"critical error {error!r} is not known")
        severity = known.severity if known else Severity.A
        yield error, _error_rule(entry, error, severity, reader.findings)


def _error_rule(entry: Field, error: ErrorId, severity: Severity, findings: Findings) -> ErrorRule:
    with read_fields(entry.value, findings) as reader:
        window = reader.optional_number("recover_within")
        is_fatal = reader.boolean("fatal", default=False)
        if window is not None and (window < 1 or is_fatal):
            reader.wrong("recover_within", "needs 1 or more, and no `fatal`")
        return ErrorRule(error, severity, window, is_fatal)


def _obligations(reader: Reader) -> Iterator[Obligation]:
    seen: set[str] = set()
    for record in reader.records("prove"):
        obligation = _obligation(record, reader.findings)
        if obligation is not None:
            if obligation.id in seen:
                reader.findings.error("F5", obligation.line, f"{obligation.id!r} stands twice")
            seen.add(obligation.id)
            yield obligation


def _obligation(record: Located, findings: Findings) -> Obligation | None:
    with read_fields(record, findings) as reader:
        name, line = reader.text("id"), reader.line
        if reader.has("before"):
            flags = reader.texts("before")
            if len(flags) == PAIR:
                return Before(name, FlagId(flags[0]), FlagId(flags[1]), line)
            reader.wrong("before", "needs two flags, [earlier, later]")
        elif reader.has("guess_pass_at_most"):
            return GuessPassAtMost(name, reader.decimal("guess_pass_at_most"), line)
        elif (rule := expression(reader, "always")) is not None:
            return Always(name, rule, line)
        return None
