"""Who looked at one's status, in words: when, who, and what was read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from flask_babel import gettext as _

from elearning.clock import AMSTERDAM
from elearning.learning.training import Training
from elearning.services.who_looked import Look
from elearning.storage.audit import AuditKind
from elearning.web.hr.forms import Table
from elearning.web.hr.words import short_day
from elearning.web.parts import Column

DASH = "\N{EN DASH}"


def looks_table(
    looks: Iterable[Look], trainings: Mapping[str, Training], lang: str
) -> Table | None:
    """Return the table of who looked; None when nobody did."""
    rows = tuple(
        (
            short_day(each.at.astimezone(AMSTERDAM).date()),
            each.name or _("Someone who no longer works here"),
            _what(each.kind),
            trainings[each.training_id].title[lang]
            if each.training_id in trainings
            else "\N{EN DASH}",
        )
        for each in looks
    )
    columns = (Column(_("Day")), Column(_("Who")), Column(_("What")), Column(_("Training")))
    return Table(_("Who could see your row"), columns, rows) if rows else None


def _what(kind: AuditKind) -> str:
    return {
        AuditKind.PEOPLE_READ: _("Looked at a list of your department"),
        AuditKind.PEOPLE_EXPORTED: _("Saved a list of your department as a file"),
        AuditKind.LATE_READ: _("Looked who of your department is past the date"),
        AuditKind.DETAILS_READ: _("Looked for details to put right in the roster"),
        AuditKind.PERSON_READ: _("Looked at a page about you alone"),
        AuditKind.PRIOR_READ: _("Looked at your request about an earlier training"),
        AuditKind.PRIOR_FILE_OPENED: _("Opened the file of that request"),
    }[kind]
