"""What the pages about the tree of units show: the units of a day, and what a change does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from flask import url_for
from flask_babel import gettext as _

from elearning.services.hr_scope import HrScope
from elearning.services.unit_change import ChangeKind
from elearning.services.unit_tree import UnitNode
from elearning.web.hr.forms import Table
from elearning.web.hr.structure_form import HAVE_TARGET, KINDS, Asked, Problems
from elearning.web.hr.words import long_day
from elearning.web.parts import Column, Link

DEEPER = "\N{EN DASH} "


@dataclass(frozen=True, slots=True)
class StructurePage:
    """The units of a day."""

    day: str
    table: Table


@dataclass(frozen=True, slots=True)
class UnitPage:
    """One unit, and what can become of it."""

    name: str
    above: str | None
    actions: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class ChangePage:
    """One change: the question, and once it is answered what it does."""

    heading: str
    question: str
    action: str
    asked: Asked
    problems: Problems
    targets: tuple[tuple[str, str], ...]
    has_names: bool
    effects: tuple[str, ...]
    rules: tuple[str, ...]
    button: str
    fields: tuple[tuple[str, str], ...]
    back: Link


def structure_page(scope: HrScope, day: date, lang: str) -> StructurePage:
    """Return the page with every unit, what lies below one right after it."""
    rows = tuple(
        (Link(unit.name(lang), url_for("structure.unit", code=unit.code), depth), unit.code)
        for unit, depth in scope.written_down()
    )
    caption = _("Units on %(day)s", day=long_day(day))
    columns = (Column(_("Unit")), Column(_("Code")))
    return StructurePage(day.isoformat(), Table(caption, columns, rows))


def unit_page(unit: UnitNode, scope: HrScope, lang: str) -> UnitPage:
    """Return the page of one unit; the institution itself can only get another name."""
    above = scope.units.get(unit.parent_id or 0)
    names = _action_names()
    return UnitPage(
        name=unit.name(lang),
        above=None if above is None else _("Part of %(unit)s", unit=above.name(lang)),
        actions=tuple(
            Link(names[kind], url_for("structure.change", code=unit.code, kind=word))
            for word, kind in KINDS.items()
            if above is not None or kind is ChangeKind.RENAME
        ),
    )


def change_page(
    asked: Asked,
    unit: UnitNode,
    scope: HrScope,
    problems: Problems,
    *,
    effects: tuple[str, ...],
    rules: tuple[str, ...],
    today: date,
    lang: str,
) -> ChangePage:
    """Return the page of one change."""
    word = next(word for word, kind in KINDS.items() if kind is asked.kind)
    action = _action_names()[asked.kind]
    names = asked.names if any(asked.names) else (unit.name_nl, unit.name_en)
    shown = Asked(asked.kind, asked.code, asked.day or today.isoformat(), asked.target, names)
    return ChangePage(
        heading=f"{unit.name(lang)}: {action[0].lower()}{action[1:]}",
        question=_target_question(asked.kind),
        action=url_for("structure.change", code=unit.code, kind=word),
        asked=shown,
        problems=problems,
        targets=tuple(_targets(unit, scope, lang)) if asked.kind in HAVE_TARGET else (),
        has_names=asked.kind is ChangeKind.RENAME,
        effects=effects,
        rules=rules,
        button=_button_text(asked, scope, lang),
        fields=tuple(_fields(shown)),
        back=Link(unit.name(lang), url_for("structure.unit", code=unit.code)),
    )


def _button_text(asked: Asked, scope: HrScope, lang: str) -> str:
    """Return what the button does; what cannot be taken apart again names the other unit."""
    into = next((each for each, _depth in scope.written_down() if each.code == asked.target), None)
    if asked.kind is ChangeKind.MERGE and into is not None:
        return _("Merge it into %(unit)s", unit=into.name(lang))
    return _action_names()[asked.kind]


def _fields(asked: Asked) -> Iterator[tuple[str, str]]:
    yield "dag", asked.day
    if asked.kind in HAVE_TARGET:
        yield "naar", asked.target
    if asked.kind is ChangeKind.RENAME:
        yield from zip(("nl", "en"), asked.names, strict=True)


def _targets(unit: UnitNode, scope: HrScope, lang: str) -> Iterator[tuple[str, str]]:
    yield "", _("Choose a unit")
    own = scope.tree.subtree({unit.id})
    for each, depth in scope.written_down():
        if each.id not in own:
            yield each.code, f"{DEEPER * depth}{each.name(lang)}"


def _action_names() -> dict[ChangeKind, str]:
    return {
        ChangeKind.MOVE: _("Move this unit"),
        ChangeKind.MERGE: _("Merge it into another"),
        ChangeKind.CLOSE: _("Close this unit"),
        ChangeKind.RENAME: _("Give it another name"),
    }


def _target_question(kind: ChangeKind) -> str:
    return _("Into which unit") if kind is ChangeKind.MERGE else _("Below which unit")
