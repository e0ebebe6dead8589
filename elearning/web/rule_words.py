"""Whom a rule is about, in words: the same for HR, who makes it, and for whom it is about."""

from __future__ import annotations

from collections.abc import Mapping

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


def applies_text(predicate: Predicate, units: Mapping[str, UnitNode], lang: str) -> str:
    """Return the sentence that says to whom a rule applies."""
    return _("It applies to: %(who)s.", who=who_text(predicate, units, lang))


def who_text(predicate: Predicate, units: Mapping[str, UnitNode], lang: str) -> str:
    """Return whom a rule is about, in words."""
    if isinstance(predicate, AllOf | AnyOf):
        parts = [_part_text(part, units, lang) for part in predicate.parts]
        if isinstance(predicate, AllOf):
            return _(" and ").join(parts) or _("everyone who works here")
        return _(" or ").join(parts) or _("nobody")
    if isinstance(predicate, Not):
        return _("not: %(who)s", who=_part_text(predicate.part, units, lang))
    return _leaf_text(predicate, units, lang)


def _part_text(predicate: Predicate, units: Mapping[str, UnitNode], lang: str) -> str:
    """Return a part in words; one of several parts itself stands in brackets."""
    text = who_text(predicate, units, lang)
    has_parts = isinstance(predicate, AllOf | AnyOf) and len(predicate.parts) > 1
    return f"({text})" if has_parts else text


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
