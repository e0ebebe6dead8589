"""A roster in words: what its columns hold, and what is wrong with a row or a file."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.services.roster_file import NoRoster, Refusal
from elearning.services.roster_row import CATEGORIES, COLUMNS, REQUIRED, Trouble
from elearning.web.hr.forms import Table
from elearning.web.parts import Cell, Column


def trouble_text(trouble: Trouble) -> str:
    """Return what is wrong with a row, and where it helps, how it should be."""
    return {
        Trouble.MISSING: _("is empty"),
        Trouble.TOO_LONG: _("is too long or holds signs that cannot be printed"),
        Trouble.LOST_LETTERS: _(
            "holds a question mark: letters were lost when it was saved. In Excel choose CSV UTF-8"
        ),
        Trouble.NO_DATE: _("is not a date; write 2026-09-01 or 01-09-2026"),
        Trouble.ENDS_BEFORE: _("lies before the first day"),
        Trouble.NO_FTE: _("is not a number from 0 to 1"),
        Trouble.NO_YES_OR_NO: _("is neither yes nor no"),
        Trouble.NO_LANGUAGE: _("is neither nl nor en"),
        Trouble.NO_CATEGORY: _("is none of: %(names)s", names=", ".join(CATEGORIES)),
        Trouble.NO_TAG: _("holds something else than words, digits and dashes"),
        Trouble.NO_UNIT: _("is no unit on the day of the roster"),
        Trouble.TWICE: _("stands in an earlier row already"),
        Trouble.TWO_PRIMARY: _("the person has two main appointments without an end"),
        Trouble.OTHER_NUMBER: _("is new, but the address belongs to somebody with another number"),
        Trouble.NOBODY: _("belongs to nobody in the roster"),
        Trouble.NO_WORK: _("belongs to somebody without an appointment on that day"),
        Trouble.OTHER_PERSON: _("belongs to somebody with another name and another address"),
        Trouble.TWO_PEOPLE: _(
            "stands in a row above with another name and another address; one number is one person"
        ),
    }[trouble]


def refusal_text(problem: NoRoster, lang: str) -> str:
    """Return why a file is no roster, and what helps."""
    return {
        Refusal.TOO_LARGE: _("This file is too large."),
        Refusal.NOT_TEXT: _("This file is not text. Save it as CSV."),
        Refusal.TOO_MANY_ROWS: _("This file has too many rows."),
        Refusal.NOT_CSV: _("Row %(row)s cannot be read as CSV.", row=problem.row),
        Refusal.NO_COLUMNS: _(
            "These columns are missing: %(names)s. The first row has to hold the names of the "
            "columns.",
            names=", ".join(heading(each, lang) for each in problem.columns),
        ),
    }[problem.why]


def columns_table(lang: str) -> Table:
    """Return what each column of a roster holds, and which a roster cannot do without."""
    holds = {
        "person": _("The number of the person; it never changes"),
        "appointment": _("The number of the appointment; each of a person has its own"),
        "name": _("First name and surname, as colleagues know them"),
        "email": _("For reminders; without it there are none"),
        "language": _("nl or en; empty is nl"),
        "unit": _("The code of the unit"),
        "category": _("WP, OP or academic; OBP, OOP or support"),
        "tags": _(
            "Words for whom a rule can be, with spaces between them. lecturer and adviser are "
            "known: lecturers and confidential advisers."
        ),
        "fte": _("A part of full time: 0.8; empty is 1"),
        "primary": _("yes or no; empty is no"),
        "starts_on": _("2026-09-01 or 01-09-2026"),
        "last_day": _("In the same way; empty if there is none"),
    }
    heads = (Column(_("Column")), Column(_("Required")), Column(_("What it holds")))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (heading(name, lang), _("Yes") if name in REQUIRED else _("No"), text)
        for name, text in holds.items()
    )
    return Table(_("The columns of a roster"), heads, rows)


def heading(column: str, lang: str) -> str:
    """Return the heading that a column has in the template of a language."""
    names = COLUMNS[column]
    return names[0] if lang == "nl" else names[-1]
