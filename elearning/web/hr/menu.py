"""The menu of HR: every page a line, in groups that unfold.

A new page is one `Entry`; who may not open it does not see it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import request, url_for
from flask_babel import lazy_gettext as _

from elearning.storage.people import Role
from elearning.web.access import may, may_read_names


@dataclass(frozen=True, slots=True)
class Entry:
    """A page; `is_central` is for HR of the whole institution only.

    The label waits for the language of a request.
    """

    endpoint: str
    label: str
    is_central: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """A link of the menu."""

    label: str
    href: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Some pages under one name."""

    name: str
    links: tuple[Item, ...]
    is_current: bool


MENU: tuple[tuple[str, tuple[Entry, ...]], ...] = (
    (
        _("Figures"),
        (
            Entry("hr.overview", _("Completion overview")),
            Entry("hr.units", _("All units")),
            Entry("timely.overview", _("In time")),
            Entry("board.overview", _("Reports"), is_central=True),
        ),
    ),
    (
        _("People"),
        (
            Entry("hr.people", _("Staff")),
            Entry("lists.new", _("New")),
            Entry("lists.expiring", _("Expires soon")),
            Entry("lists.late", _("Past the date")),
            Entry("exemptions.overview", _("Exemptions")),
            Entry("elsewhere.overview", _("Done elsewhere"), is_central=True),
        ),
    ),
    (
        _("Organise"),
        (
            Entry("reminders.show", _("Reminders")),
            Entry("assignment.overview", _("Assignments"), is_central=True),
            Entry("policy.overview", _("Rules for certificates"), is_central=True),
            Entry("roster.overview", _("Roster"), is_central=True),
            Entry("structure.overview", _("Units and their places"), is_central=True),
            Entry("quality.overview", _("Quality of the data"), is_central=True),
            Entry("access.overview", _("Access"), is_central=True),
            Entry("privacy_report.show", _("Privacy report"), is_central=True),
            Entry("withdrawal.overview", _("Withdrawals"), is_central=True),
        ),
    ),
)
# Pages that belong to one of the menu, in a file of their own.
BELOW = {
    "files": "hr",
    "people_list": "assignment",
    "rule_end": "assignment",
    "give_role": "access",
    "unit_add": "structure",
}
# Pages that have no line of their own in a file that has several.
STANDS_UNDER = {"hr.unit": "hr.overview", "files.show": "hr.people"}
BLUEPRINTS = frozenset(
    (*BELOW, *(entry.endpoint.partition(".")[0] for _name, entries in MENU for entry in entries))
)


def hr_menu() -> tuple[Group, ...]:
    """Return the menu as the person who signed in sees it; a group without pages is left out."""
    groups = ((name, tuple(_items(entries))) for name, entries in MENU)
    return tuple(
        Group(str(name), links, any(link.is_current for link in links))
        for name, links in groups
        if links
    )


def _items(entries: tuple[Entry, ...]) -> Iterator[Item]:
    is_central = may(Role.HR_CENTRAL, everywhere=True)
    for entry in entries:
        if is_central or (not entry.is_central and may_read_names()):
            yield Item(str(entry.label), url_for(entry.endpoint), _is_here(entry.endpoint))


def _is_here(endpoint: str) -> bool:
    """Say whether this is the page, or one that leads back to it."""
    here, start = request.endpoint or "", endpoint.partition(".")[0]
    if start in {"hr", "lists"}:
        return STANDS_UNDER.get(here, here) == endpoint
    blueprint = request.blueprint or ""
    return BELOW.get(blueprint, blueprint) == start
