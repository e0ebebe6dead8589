"""Why somebody must hold a training, in words: the rule and the days, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask_babel import gettext as _

from elearning.services.why_assigned import Reason
from elearning.web.hr.words import long_day
from elearning.web.rule_words import applies_text


@dataclass(frozen=True, slots=True)
class Why:
    """One training, with the sentences that say why it is asked."""

    title: str
    reasons: tuple[str, ...]
    days: str


def why_lines(found: Iterable[Reason], lang: str) -> tuple[Why, ...]:
    """Return the trainings that somebody must hold, each with its reasons."""
    return tuple(
        Why(
            title=each.training.title[lang],
            reasons=tuple(applies_text(rule, each.units, lang) for rule in each.rules)
            or (_("Your institution put you on a list for it."),),
            days=_(
                "Since %(opened)s. The first time by %(due)s.",
                opened=long_day(each.opened_on),
                due=long_day(each.due_on),
            ),
        )
        for each in found
    )
