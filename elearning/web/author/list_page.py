"""The list of scenarios, drafts first, as a value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.content.manuscripts import Manuscript
from elearning.problem import ProblemSeverity
from elearning.web.author.words import kind_name, languages_of, publication
from elearning.web.i18n import language
from elearning.web.parts import Cell, Column, Link, Status


@dataclass(frozen=True, slots=True)
class ListPage:
    """Everything the template shows."""

    lead: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def list_page(manuscripts: Iterable[Manuscript]) -> ListPage:
    """Return the page; drafts stand on top, because they are what is being worked on."""
    ordered = sorted(manuscripts, key=lambda each: (not each.scenario.is_draft, each.scenario.id))
    drafts = sum(each.scenario.is_draft for each in ordered)
    return ListPage(
        lead=_(
            "%(all)s, %(drafts)s.",
            all=ngettext("%(num)d scenario", "%(num)d scenarios", len(ordered)),
            drafts=ngettext("of which %(num)d draft", "of which %(num)d drafts", drafts),
        ),
        caption=_("All scenarios"),
        columns=(
            Column(_("Title")),
            Column(_("Status")),
            Column(_("Kind")),
            Column(_("Nodes"), is_number=True),
            Column(_("Languages")),
            Column(_("Findings")),
        ),
        rows=tuple(map(_row, ordered)),
    )


def _row(manuscript: Manuscript) -> tuple[Cell, ...]:
    scenario = manuscript.scenario
    title = manuscript.in_language(language()).title
    return (
        Link(f"{title} ({scenario.id})", url_for("author.scenario", scenario_id=scenario.id)),
        publication(scenario),
        kind_name(scenario.kind),
        str(len(scenario.nodes)),
        languages_of(manuscript),
        _findings(manuscript),
    )


def _findings(manuscript: Manuscript) -> Status:
    """Return how many findings reading it gave; going over every play waits for its own page."""
    severities = [each.severity for each in manuscript.problems]
    errors = severities.count(ProblemSeverity.ERROR)
    warnings = severities.count(ProblemSeverity.WARNING)
    if errors:
        return Status("withdrawn", ngettext("%(num)d error", "%(num)d errors", errors))
    if warnings:
        return Status("lapsed", ngettext("%(num)d warning", "%(num)d warnings", warnings))
    return Status("valid", _("none"))
