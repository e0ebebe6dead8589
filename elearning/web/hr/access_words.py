"""Roles and levels in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from flask_babel import ngettext

from elearning.learning.rates import NO_SHARE
from elearning.learning.training import Training
from elearning.services.review_access import HeldRole
from elearning.services.role_wish import HAVE_NO_SCOPE
from elearning.services.unit_tree import UnitNode
from elearning.storage.people import Level, Role, Unit
from elearning.web.hr.forms import Table
from elearning.web.hr.words import long_day, number
from elearning.web.parts import Column
from elearning.web.state import library


def role_text(role: Role) -> str:
    """Return a role in words."""
    return {
        Role.LEARNER: _("Learner"),
        Role.ADVISER: _("Confidential adviser"),
        Role.HR_UNIT: _("HR of a unit"),
        Role.HR_CENTRAL: _("HR of the institution"),
        Role.AUTHOR: _("Author"),
        Role.ADMIN: _("Administrator"),
        Role.BOARD: _("Board"),
        Role.WORKS_COUNCIL: _("Works council"),
        Role.MANAGER: _("Manager"),
        Role.AUDITOR: _("Auditor"),
    }[role]


def level_text(level: Level, role: Role) -> str:
    """Return what a role opens, in words; a manager may see names where the institution says so."""
    if role is Role.MANAGER and library().institution.reports.names_for_managers:
        return _("Names of who is past the date")
    return {Level.COUNTS: _("No names"), Level.NAMED: _("With names")}[level]


def over_text(
    unit: Unit | UnitNode | None,
    training_id: str | None,
    trainings: Mapping[str, Training],
    lang: str,
) -> str:
    """Return over what a role goes: unit and training, in words."""
    where = unit_text(unit, lang)
    if training_id is None:
        return where
    return f"{where}, {training_text(training_id, trainings, lang)}"


def unit_text(unit: Unit | UnitNode | None, lang: str) -> str:
    """Return the unit of a role; none is the institution."""
    if unit is None:
        return _("The institution")
    return unit.name_nl if lang == "nl" else unit.name_en


def training_text(training_id: str | None, trainings: Mapping[str, Training], lang: str) -> str:
    """Return the training of a role; none is all of them, and one that is gone is its name."""
    if training_id is None:
        return _("Every training")
    training = trainings.get(training_id)
    return training_id if training is None else training.title[lang]


def through_text(until_on: date | None) -> str:
    """Return the last day of a role, for a sentence."""
    return _("no last day") if until_on is None else long_day(until_on - timedelta(days=1))


def held_text(role: HeldRole, trainings: Mapping[str, Training], lang: str) -> str:
    """Return a role that somebody has, on one line."""
    what = role_text(role.role)
    if role.role not in HAVE_NO_SCOPE:
        what = f"{what}, {over_text(role.unit, role.training_id, trainings, lang)}"
    if role.until_on is None:
        return _("%(role)s, no last day", role=what)
    return _("%(role)s, through %(day)s", role=what, day=through_text(role.until_on))


def own_roles_table(
    roles: Sequence[HeldRole], trainings: Mapping[str, Training], lang: str
) -> Table | None:
    """Return somebody's roles for that somebody; None for who only learns."""
    headings = _("Role"), _("Over"), _("Names"), _("Runs through"), _("Given by")
    rows = tuple(
        (
            role_text(each.role),
            over_text(each.unit, each.training_id, trainings, lang),
            level_text(each.level, each.role),
            through_text(each.until_on),
            each.given_by or NO_SHARE,
        )
        for each in roles
    )
    caption = ngettext("%(total)s role", "%(total)s roles", len(rows), total=number(len(rows)))
    return Table(caption, tuple(map(Column, headings)), rows) if rows else None
