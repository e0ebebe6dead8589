"""Reads what a page of a module lets its reader do: a check, or lines of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from elearning.blocks import Block, Fence
from elearning.content.modules import Check, LinesKind, Option, OwnLines, Verdict
from elearning.problem import Findings
from elearning.strict_yaml import Located, load
from elearning.yaml_fields import read_fields

CHECK = "check"
KNOWN = (CHECK, *LinesKind)
FEWEST = 2


@dataclass(frozen=True, slots=True)
class CheckText:
    """A check in one language; its verdicts stand in the source only."""

    id: str
    question: str
    options: tuple[tuple[str, str, str], ...]
    verdicts: tuple[Verdict | None, ...]
    line: int


@dataclass(frozen=True, slots=True)
class LinesText:
    """Lines of one's own in one language, each with its id."""

    id: str
    kind: LinesKind
    prompt: str
    lines: tuple[tuple[str, str], ...]
    line: int


ActivityText = CheckText | LinesText


def parse_activity(block: Block, findings: Findings, *, is_source: bool) -> ActivityText | None:
    """Return what the page lets its reader do, or None where it is only read."""
    for other in [fence for fence in block.fences if fence.name not in KNOWN]:
        findings.error("F4", other.line, f"a page knows no fence {other.name!r}")
    fences = [fence for fence in block.fences if fence.name in KNOWN]
    if len(fences) > 1:
        findings.error("M3", fences[1].line, "a page has at most one activity")
    if not fences:
        return None
    if fences[0].name == CHECK:
        return _check(fences[0], findings, is_source=is_source)
    return _lines(fences[0], findings)


def kind_of(activity: ActivityText) -> str:
    """Return the name of its fence."""
    return CHECK if isinstance(activity, CheckText) else activity.kind


def shape(activity: ActivityText | None) -> tuple[str, str, frozenset[str]] | None:
    """Return the kind and the ids of an activity, which are the same in every language."""
    match activity:
        case CheckText():
            return CHECK, activity.id, frozenset(option[0] for option in activity.options)
        case LinesText():
            return activity.kind, activity.id, frozenset(line[0] for line in activity.lines)
    return None


def joined_check(activities: Mapping[str, ActivityText | None]) -> Check | None:
    """Return the check of a page from its texts by language; None where it has none."""
    checks = {lang: each for lang, each in activities.items() if isinstance(each, CheckText)}
    if "nl" not in checks:
        return None
    source = checks["nl"]
    options = {lang: {o[0]: o for o in check.options} for lang, check in checks.items()}
    return Check(
        id=source.id,
        question={lang: check.question for lang, check in checks.items()},
        options=tuple(
            Option(
                id=option[0],
                verdict=verdict or Verdict.RATHER_NOT,
                text={lang: known[option[0]][1] for lang, known in options.items()},
                why={lang: known[option[0]][2] for lang, known in options.items()},
            )
            for option, verdict in zip(source.options, source.verdicts, strict=True)
        ),
    )


def joined_lines(activities: Mapping[str, ActivityText | None]) -> OwnLines | None:
    """Return the lines of a page from its texts by language; None where it has none."""
    found = {lang: each for lang, each in activities.items() if isinstance(each, LinesText)}
    if "nl" not in found:
        return None
    source, texts = found["nl"], {lang: dict(each.lines) for lang, each in found.items()}
    return OwnLines(
        id=source.id,
        kind=source.kind,
        prompt={lang: each.prompt for lang, each in found.items()},
        lines=tuple(
            {lang: text[line_id] for lang, text in texts.items()} for line_id, _ in source.lines
        ),
    )


def _check(fence: Fence, findings: Findings, *, is_source: bool) -> CheckText:
    with read_fields(load(fence.text, findings, fence.line + 1), findings) as reader:
        options = [
            _option(item, findings, is_source=is_source) for item in reader.records("options")
        ]
        check = CheckText(
            id=reader.text("id"),
            question=reader.text("question"),
            options=tuple((oid, text, why) for oid, _, text, why in options),
            verdicts=tuple(verdict for _, verdict, _, _ in options),
            line=fence.line,
        )
    _report_few([option[0] for option in check.options], "check", "option", fence, findings)
    if is_source and Verdict.FITS not in check.verdicts:
        findings.error("M5", fence.line, "a check needs an option that fits")
    return check


def _option(
    item: Located, findings: Findings, *, is_source: bool
) -> tuple[str, Verdict | None, str, str]:
    with read_fields(item, findings) as reader:
        verdict = reader.member("verdict", Verdict) if is_source else None
        return reader.text("id"), verdict, reader.text("text"), reader.text("why")


def _lines(fence: Fence, findings: Findings) -> LinesText:
    with read_fields(load(fence.text, findings, fence.line + 1), findings) as reader:
        text = LinesText(
            id=reader.text("id"),
            kind=LinesKind(fence.name),
            prompt=reader.text("prompt"),
            lines=tuple(_line(item, findings) for item in reader.records("lines")),
            line=fence.line,
        )
    _report_few([line[0] for line in text.lines], fence.name, "line", fence, findings)
    return text


def _line(item: Located, findings: Findings) -> tuple[str, str]:
    with read_fields(item, findings) as reader:
        return reader.text("id"), reader.text("text")


def _report_few(ids: list[str], kind: str, part: str, fence: Fence, findings: Findings) -> None:
    if len(ids) < FEWEST or len(set(ids)) < len(ids):
        findings.error("M4", fence.line, f"a {kind} needs at least two {part}s with different ids")
