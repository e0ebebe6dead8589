"""Why somebody must hold a training, in words: the rule and the days, and no more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from elearning.learning.predicate import (
    AllOf,
    AnyOf,
    FteAtLeast,
    HasCategory,
    HasTag,
    InUnit,
    Not,
    Predicate,
)
from elearning.services.unit_tree import UnitNode
from elearning.services.why_assigned import Reason
from elearning.web.hr.words import long_day


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
            reasons=tuple(
                _("It applies to: %(who)s.", who=who_text(rule, each.units, lang))
                for rule in each.rules
            )
            or (_("Your institution put you on a list for it."),),
            days=_(
                "Since %(opened)s. The first time by %(due)s.",
                opened=long_day(each.opened_on),
                due=long_day(each.due_on),
            ),
        )
        for each in found
    )


def who_text(predicate: Predicate, units: Mapping[str, UnitNode], lang: str) -> str:
    """Return whom a rule is about, in words."""
    if isinstance(predicate, AllOf | AnyOf):
        parts = [who_text(part, units, lang) for part in predicate.parts]
        if isinstance(predicate, AllOf):
            return _(" and ").join(parts) or _("everyone who works here")
        return _(" or ").join(parts) or _("nobody")
    if isinstance(predicate, Not):
        return _("not: %(who)s", who=who_text(predicate.part, units, lang))
    return _leaf_text(predicate, units, lang)


def _leaf_text(
    predicate: InUnit | HasCategory | HasTag | FteAtLeast,
    units: Mapping[str, UnitNode],
    lang: str,
) -> str:
    if isinstance(predicate, InUnit):
        unit = units.get(predicate.code)
        name = predicate.code if unit is None else unit.name(lang)
        return _("everyone in %(unit)s", unit=name)
    if isinstance(predicate, HasCategory):
        return {
            "academic": _("academic staff"),
            "support": _("support staff"),
        }.get(predicate.category, _("category %(name)s", name=predicate.category))
    if isinstance(predicate, HasTag):
        return {
            "lecturer": _("lecturers"),
            "adviser": _("confidential advisers"),
        }.get(predicate.tag, _("function %(name)s", name=predicate.tag))
    return _("an appointment of at least %(percent)s%%", percent=predicate.percent)
