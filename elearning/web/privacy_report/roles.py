"""Who may see and do what: the access rules of all routes, told by role."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from flask import Flask
from flask_babel import gettext as _

from elearning.storage.people import Role
from elearning.web.access import Policy, policy_of
from elearning.web.privacy_report.activities import ROUTES, Activity, activity_words
from elearning.web.privacy_report.document import Chapter, Grid
from elearning.web.state import library


def role_words() -> dict[Role, tuple[str, str]]:
    """Return what each role is called, and what it is for."""
    return {
        Role.LEARNER: (
            _("Everyone who is signed in"),
            _("Only what is their own. Every person with an account has this role."),
        ),
        Role.ADVISER: (
            _("Confidential adviser"),
            _("Helps people who do a training with a person. Sees nobody's status."),
        ),
        Role.HR_UNIT: (
            _("HR of a unit"),
            _("Only the units and trainings that the role was given for, until its last day."),
        ),
        Role.HR_CENTRAL: (
            _("HR of the institution"),
            _("All units, unless the role was given for one training or for counts only."),
        ),
        Role.BOARD: (_("Board"), _("Reads frozen reports: counts, and no names.")),
        Role.WORKS_COUNCIL: (_("Works council"), _("Reads frozen reports: counts, and no names.")),
        Role.MANAGER: (_("Manager"), _manager()),
        Role.AUTHOR: (_("Author"), _("Works on the content. Sees no data about people.")),
        Role.AUDITOR: (
            _("Auditor"),
            _("Reads the audit log: who did what as keys, and no names. Sees nobody's status."),
        ),
        Role.ADMIN: (
            _("Administrator"),
            _("Runs the site, and gives and ends roles. Sees nobody's status."),
        ),
    }


def _manager() -> str:
    if library().institution.reports.names_for_managers:
        return _(
            "Sees counts. This institution also lets managers see the names of who is past the "
            "date, in their own units."
        )
    return _("Sees counts, and no names.")


def access_chapter(app: Flask) -> Chapter:
    """Return who may do what: first everybody, then role by role."""
    columns = _("What"), _("Within which limits")
    everyone = Chapter(
        "role-everyone",
        _("Everyone, also without signing in"),
        (),
        (Grid(_("Open to everyone"), columns, (3, 2), tuple(_rows(app, None))),),
    )
    return Chapter(
        "access",
        _("Who may see and do what"),
        (
            _("This is read from the access rules of every page and file of this version."),
            _("Without the right role, a page looks the same as one that does not exist."),
            _(
                "Who runs the server can read the database. That is why what somebody does while "
                "learning does not stand under a name there."
            ),
        ),
        below=(everyone, *_roles(app, columns)),
    )


def _roles(app: Flask, columns: tuple[str, str]) -> Iterator[Chapter]:
    for role, (name, limits) in role_words().items():
        rows = tuple(_rows(app, role))
        grids = (
            (Grid(_("What is open to: %(role)s", role=name), columns, (3, 2), rows),)
            if rows
            else ()
        )
        more = () if rows else (_("Opens no page of its own."),)
        yield Chapter(f"role-{role}", name, (limits, *more), grids)


def _rows(app: Flask, role: Role | None) -> Iterator[tuple[str, str]]:
    words = activity_words()
    for activity, policy in policies(app).items():
        if policy.is_public if role is None else role in policy.roles:
            yield words[activity], _limits(policy)


def _limits(policy: Policy) -> str:
    if policy.is_public:
        return _("None; it shows nothing about others.")
    if policy.where_allowed:
        return _where_allowed()
    if policy.everywhere:
        return _("Only with a role for the whole institution, every training, with names.")
    if policy.roles <= {Role.LEARNER}:
        return _("Only your own.")
    if policy.roles <= {Role.HR_UNIT, Role.HR_CENTRAL}:
        return _("Only within your units and trainings, and only with a role for names.")
    return _("Only with this role.")


def _where_allowed() -> str:
    """Return whether the institution allows what it can leave out."""
    if library().institution.reports.names_for_managers:
        return _("Only within your units and trainings. This institution allows it.")
    return _("This institution does not allow it, so nobody can.")


def policies(app: Flask) -> Mapping[Activity, Policy]:
    """Return the rule of each activity; that all its routes have it, `gaps` has looked at."""
    found = {activity: policy_of(app, names[0]) for activity, names in ROUTES.items()}
    return {activity: policy for activity, policy in found.items() if policy is not None}
