"""What is wrong with rows of a roster, in words."""

from __future__ import annotations

from flask_babel import gettext as _

from elearning.services.roster_file import CATEGORIES, COLUMNS, RowProblem, Trouble


def trouble_text(trouble: Trouble) -> str:
    """Return what is wrong with a row, and where it helps, how it should be."""
    return {
        Trouble.MISSING: _("is empty"),
        Trouble.TOO_LONG: _("is too long or holds signs that cannot be printed"),
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
    }[trouble]


def column_name(problem: RowProblem, lang: str) -> str:
    """Return the heading that a column has in the template of a language."""
    names = COLUMNS[problem.column]
    return names[0] if lang == "nl" else names[-1]
