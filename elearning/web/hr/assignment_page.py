"""What the pages about assignments show: the rules, and what the end of one would do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from flask import url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.training import Training
from elearning.services.preview_rule import EndPreview
from elearning.services.rule_list import RuleLine, RuleList
from elearning.services.unit_tree import UnitNode
from elearning.web.hr.assignment_answers import answers_of
from elearning.web.hr.words import days_text, long_day, number
from elearning.web.rule_words import applies_text

Facts = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RuleCard:
    """One rule in words; one that has ended offers nothing."""

    title: str
    applies: str
    facts: Facts
    change: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class RulesPage:
    """All rules: those that assign or will, and those that have ended."""

    current: tuple[RuleCard, ...]
    ended: tuple[RuleCard, ...]
    listed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class EndPage:
    """What the end of a rule would do; without a preview, only the question from which day."""

    code: str
    title: str
    applies: str
    day: str
    error: str | None
    effects: tuple[str, ...]


def rules_page(
    found: RuleList,
    listed: Mapping[str, int],
    trainings: Mapping[str, Training],
    *,
    day: date,
    lang: str,
) -> RulesPage:
    """Return the first page; `listed` is how many stand on a list for each training."""
    cards = [(line, _card(line, found.units, trainings, day, lang)) for line in found.lines]
    return RulesPage(
        current=tuple(card for line, card in cards if not line.has_ended(day)),
        ended=tuple(card for line, card in cards if line.has_ended(day)),
        listed=tuple(
            _(
                "%(training)s: %(total)s staff",
                training=title_of(training_id, trainings, lang),
                total=number(count),
            )
            for training_id, count in sorted(listed.items())
        ),
    )


def _card(
    line: RuleLine,
    units: Mapping[str, UnitNode],
    trainings: Mapping[str, Training],
    day: date,
    lang: str,
) -> RuleCard:
    rule = line.rule
    can_change = rule.effective.until_on is None and rule.training_id in trainings
    starts = max(day, rule.effective.from_on)
    return RuleCard(
        title=title_of(rule.training_id, trainings, lang),
        applies=applies_text(rule.predicate, units, lang),
        facts=tuple(_facts(line)),
        change=answers_of(rule, starts).address("assignment.who") if can_change else None,
        end=None if line.has_ended(day) else url_for("rule_end.ask", code=rule.code),
    )


def _facts(line: RuleLine) -> list[tuple[str, str]]:
    during = line.rule.effective
    facts = [(_("From"), long_day(during.from_on))]
    if during.until_on is not None:
        facts.append((_("Last day"), long_day(during.until_on - timedelta(days=1))))
    facts.append((_("Time to complete it"), days_text(line.rule.due_days)))
    if line.people is not None:
        facts.append((_("Staff today"), number(line.people)))
    return facts


def title_of(training_id: str, trainings: Mapping[str, Training], lang: str) -> str:
    """Return the title of a training; its id where it is not offered any more."""
    training = trainings.get(training_id)
    return training_id if training is None else training.title[lang]


def end_effects(found: EndPreview, until_on: date) -> tuple[str, ...]:
    """Return what the end of a rule does, in sentences."""
    ended, still = len(found.ended), len(found.still)
    return (
        ngettext(
            "%(total)s obligation ends on %(day)s.",
            "%(total)s obligations end on %(day)s.",
            ended,
            total=number(ended),
            day=long_day(until_on),
        ),
        ngettext(
            "%(total)s member of staff still has to do it, because of another rule or a list.",
            "%(total)s staff still have to do it, because of another rule or a list.",
            still,
            total=number(still),
        ),
        _("Whoever completed the training keeps that, and the certificate."),
        _("Figures about the days before stay as they are."),
    )
