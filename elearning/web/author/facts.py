"""What stands in the front matter of a scenario, as names and values."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from elearning.content.manuscripts import Manuscript
from elearning.exchange.expression_text import expression_text
from elearning.scenario.model import CompetencyRule, ErrorRule
from elearning.web.author.addresses import as_id
from elearning.web.author.words import (
    audience_name,
    competency_name,
    error_name,
    kind_name,
    languages_of,
)


def scenario_facts(manuscript: Manuscript) -> Iterator[tuple[str, str | Markup]]:
    """Yield each fact: what it is, for whom, and what a pass asks."""
    scenario = manuscript.scenario
    yield _("Id"), as_id(scenario.id)
    yield _("Kind"), kind_name(scenario.kind)
    yield _("For"), ", ".join(map(audience_name, scenario.audience)) or "–"
    yield _("Languages"), languages_of(manuscript)
    yield _("Length"), ngettext("%(num)d minute", "%(num)d minutes", scenario.minutes)
    yield _("Nodes"), str(len(scenario.nodes))
    yield _("Pass rule"), as_id(expression_text(scenario.pass_rule))
    yield _("Flags"), as_id(", ".join(scenario.flags) or "–")


def scenario_rules(manuscript: Manuscript) -> Iterator[tuple[str, str]]:
    """Yield what is trained with the points for it, and what harms with its repair."""
    scenario = manuscript.scenario
    for rule in scenario.competencies.values():
        yield competency_name(manuscript, rule.id), _points(rule)
    for error in scenario.errors.values():
        yield error_name(manuscript, error.id), _window(error)


def _points(rule: CompetencyRule) -> str:
    if rule.cut is None:
        return _("%(low)s to %(high)s points", low=rule.low, high=rule.high)
    return _(
        "%(low)s to %(high)s points, %(cut)s needed", low=rule.low, high=rule.high, cut=rule.cut
    )


def _window(rule: ErrorRule) -> str:
    if rule.is_fatal:
        return _("cannot be repaired")
    if rule.recover_within is None:
        return _("can be repaired until the end")
    return ngettext(
        "to be repaired within %(num)d choice",
        "to be repaired within %(num)d choices",
        rule.recover_within,
    )
