"""The panel of findings: each with its line, the node it is about, and a play that shows it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.content.manuscripts import Manuscript
from elearning.problem import Problem, ProblemSeverity
from elearning.scenario.ids import ChoiceId, NodeId
from elearning.web.author.addresses import node_link, play_href
from elearning.web.parts import Link, Status


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding; its message is English, as on the command line."""

    severity: Status
    code: str
    message: str
    place: str
    node: Link | None
    play: Link | None


@dataclass(frozen=True, slots=True)
class FindingsPanel:
    """What checking showed, in one sentence and one by one."""

    kind: str
    title: str
    findings: tuple[Finding, ...]


def findings_panel(manuscript: Manuscript, problems: Iterable[Problem]) -> FindingsPanel:
    """Return the panel; errors come first."""
    ordered = sorted(problems, key=lambda each: each.severity is not ProblemSeverity.ERROR)
    errors = sum(each.severity is ProblemSeverity.ERROR for each in ordered)
    kind = "error" if errors else "attention" if ordered else "positive"
    return FindingsPanel(
        kind=kind,
        title=_title(errors, len(ordered) - errors),
        findings=tuple(finding(manuscript, each) for each in ordered),
    )


def finding(manuscript: Manuscript, problem: Problem) -> Finding:
    """Return one finding with the ways to what it is about."""
    node_id = node_at(manuscript, problem)
    is_error = problem.severity is ProblemSeverity.ERROR
    return Finding(
        severity=Status("withdrawn", _("error")) if is_error else Status("lapsed", _("warning")),
        code=problem.code,
        message=problem.message,
        place=f"{problem.file.rsplit('/', 1)[-1]}:{problem.line}",
        node=None if node_id is None else node_link(manuscript, node_id),
        play=_play(manuscript, problem),
    )


def node_at(manuscript: Manuscript, problem: Problem) -> NodeId | None:
    """Return the node whose block holds the line of a finding; None for the front matter."""
    files = manuscript.parsed.files
    lang = next((each for each, file in files.items() if file == problem.file), None)
    if lang is None:
        return None
    lines = sorted((line, node_id) for node_id, line in manuscript.parsed.node_lines[lang].items())
    place = bisect_right([line for line, _node in lines], problem.line)
    node_id = lines[place - 1][1] if place else None
    return node_id if node_id in manuscript.scenario.nodes else None


def _play(manuscript: Manuscript, problem: Problem) -> Link | None:
    if not problem.choices:
        return None
    choices = [ChoiceId(each) for each in problem.choices]
    text = ngettext("Play it: %(num)d choice", "Play it: %(num)d choices", len(choices))
    return Link(text, play_href(manuscript, choices))


def _title(errors: int, warnings: int) -> str:
    if not errors and not warnings:
        return _("No findings")
    told = ngettext("%(num)d warning", "%(num)d warnings", warnings)
    if not errors:
        return told
    return _(
        "%(errors)s, %(warnings)s",
        errors=ngettext("%(num)d error", "%(num)d errors", errors),
        warnings=told,
    )
