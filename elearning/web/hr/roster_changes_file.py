"""The changes of a roster as a file, one line for each value that would change."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from flask_babel import gettext as _

from elearning.services.roster_changes import RosterChange, Value, What
from elearning.web.hr import sheet
from elearning.web.hr.roster_words import heading
from elearning.web.hr.sheet import Sheet

FULL_TIME = 100


def changes_sheet(changes: Iterable[RosterChange], as_of: date, lang: str) -> Sheet:
    """Return the table; values are written as a roster in the language has them."""
    return Sheet(
        name=_("changes-%(day)s", day=as_of.isoformat()),
        head=(
            (_("Nothing has been changed yet."), None),
            (_("Day of the roster"), as_of),
        ),
        columns=(
            _("What"),
            _("Row"),
            heading("person", lang),
            heading("appointment", lang),
            _("Column"),
            _("It was"),
            _("It becomes"),
        ),
        keys=("what", "row", "person", "appointment", "column", "before", "after"),
        rows=[_row(each, lang) for each in changes],
    )


def _row(each: RosterChange, lang: str) -> tuple[sheet.Value, ...]:
    return (
        _what(each.what),
        each.row,
        each.person,
        each.appointment,
        heading(each.column, lang) if each.column else None,
        _cell(each.column, each.before, lang),
        _cell(each.column, each.after, lang),
    )


def _what(what: What) -> str:
    return {
        What.NEW: _("New appointment"),
        What.CHANGED: _("Changed appointment"),
        What.PERSON: _("Changed details of the person"),
        What.ENDED: _("Ends: missing for the second time"),
        What.MISSING: _("Missing for the first time; nothing changes yet"),
    }[what]


def _cell(column: str, value: Value, lang: str) -> sheet.Value:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if column == "fte" and isinstance(value, int):
        share = f"{value / FULL_TIME:g}"
        return share.replace(".", ",") if lang == "nl" else share
    return value
