"""Roles and levels in words."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.storage.people import Level, Role
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
    }[role]


def level_text(level: Level, role: Role) -> str:
    """Return what a role opens, in words; a manager may see names where the institution says so."""
    if role is Role.MANAGER and library().institution.reports.names_for_managers:
        return _("Names of who is past the date")
    return {Level.COUNTS: _("No names"), Level.NAMED: _("With names")}[level]
