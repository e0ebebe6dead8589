"""What a change of the tree of units does, in sentences: whom it concerns and what stays."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.services.hr_scope import HrScope
from elearning.services.preview_unit_change import ChangePreview
from elearning.services.unit_change import ChangeKind, UnitChange
from elearning.web.hr.words import long_day, number
from elearning.web.rule_words import applies_text


def effects_of(found: ChangePreview, change: UnitChange, *, today: date) -> tuple[str, ...]:
    """Return what a change does, in sentences."""
    return (
        _concerned(found, change.day),
        _kept(change.day),
        *_late(change.day, today),
        *_kind_effects(found, change.kind),
        _obligations(found),
    )


def _concerned(found: ChangePreview, day: date) -> str:
    return ngettext(
        "On %(day)s it concerns %(total)s appointment, of %(people)s staff.",
        "On %(day)s it concerns %(total)s appointments, of %(people)s staff.",
        found.appointments,
        total=number(found.appointments),
        people=number(found.people),
        day=long_day(day),
    )


def _kept(day: date) -> str:
    before = day - timedelta(days=1)
    return _(
        "Figures about days up to and including %(day)s keep showing the units as they were.",
        day=long_day(before),
    )


def _late(day: date, today: date) -> Iterator[str]:
    if day < today:
        yield _(
            "That day is past: figures about the days since then change too. "
            "Asked as known before today, they are as they were."
        )


def _kind_effects(found: ChangePreview, kind: ChangeKind) -> Iterator[str]:
    if kind is ChangeKind.MERGE:
        yield _("Whoever works there counts in the other unit. The total stays the same.")
    if kind is ChangeKind.CLOSE:
        yield _(
            "Whoever is still appointed there counts in the unit above. The total stays the same."
        )
    if kind in {ChangeKind.MERGE, ChangeKind.CLOSE}:
        yield _(
            "A roster of that day or later must not name its code any more: such rows are left out."
        )
        yield from _below(found, kind)
        if found.roles:
            yield ngettext(
                "%(total)s role over this unit opens nothing from that day.",
                "%(total)s roles over this unit open nothing from that day.",
                found.roles,
                total=number(found.roles),
            )
    if kind is ChangeKind.MOVE:
        yield _("Everything below it moves along. HR of the unit above it changes too.")


def _below(found: ChangePreview, kind: ChangeKind) -> Iterator[str]:
    """Yield where the units below go that stay when this one is gone."""
    if not found.below:
        return
    units = number(found.below)
    if kind is ChangeKind.MERGE:
        yield ngettext(
            "%(units)s unit below it stays, and from then on stands below the other unit.",
            "%(units)s units below it stay, and from then on stand below the other unit.",
            found.below,
            units=units,
        )
    else:
        yield ngettext(
            "%(units)s unit below it stays, and from then on stands below the unit above.",
            "%(units)s units below it stay, and from then on stand below the unit above.",
            found.below,
            units=units,
        )


def _obligations(found: ChangePreview) -> str:
    return _(
        "%(opened)s obligations begin and %(ended)s end because of rules about units. "
        "Nothing that was obtained changes.",
        opened=number(found.opened),
        ended=number(found.ended),
    )


def rules_of(found: ChangePreview, scope: HrScope, lang: str) -> tuple[str, ...]:
    """Return the rules that name the unit or one below it, in words."""
    names = {unit.code: unit for unit in scope.units.values()}
    return tuple(applies_text(rule.predicate, names, lang) for rule in found.rules)
