"""Statuses, filters, figures and dates in words, in the reader's language."""

from __future__ import annotations

from datetime import date, timedelta

from flask_babel import format_date, format_decimal, ngettext
from flask_babel import gettext as _

from elearning.learning.rates import DEFINITION_VERSION
from elearning.learning.status import (
    DAYS_AFTER_RETURN,
    LONG_ABSENCE_DAYS,
    CompletionStatus,
    Standing,
)
from elearning.learning.validity import Validity
from elearning.services.completion_query import CompletionQuery
from elearning.services.people_filter import SortKey, StatusFilter
from elearning.web.hr.filters import Asked
from elearning.web.parts import Status

MARKS = {
    CompletionStatus.VALID: "valid",
    CompletionStatus.OPEN: "open",
    CompletionStatus.IN_GRACE: "grace",
    CompletionStatus.OVERDUE: "overdue",
    CompletionStatus.LAPSED: "lapsed",
    CompletionStatus.EXEMPT: "exempt",
    CompletionStatus.PAUSED: "paused",
}


def status_text(status: CompletionStatus) -> str:
    """Return a status in words; the same on the page, in the CSV and for the learner."""
    return {
        CompletionStatus.NOT_IN_SCOPE: _("Does not apply"),
        CompletionStatus.VALID: _("Completed"),
        CompletionStatus.OPEN: _("Open"),
        CompletionStatus.IN_GRACE: _("Just past the date"),
        CompletionStatus.OVERDUE: _("Past the date"),
        CompletionStatus.LAPSED: _("Expired"),
        CompletionStatus.EXEMPT: _("Exempt"),
        CompletionStatus.PAUSED: _("Paused"),
    }[status]


def standing_text(standing: Standing) -> str:
    """Return where somebody stands, in words."""
    return completion_text(standing.status, is_expiring=standing.is_expiring)


def completion_text(status: CompletionStatus, *, is_expiring: bool) -> str:
    """Return a status in words, with whether it expires soon."""
    return _("Completed, expires soon") if is_expiring else status_text(status)


def standing_mark(standing: Standing) -> Status:
    """Return where somebody stands, as a cell of a table."""
    kind = "expiring" if standing.is_expiring else MARKS[standing.status]
    return Status(kind, standing_text(standing))


def filter_text(chosen: StatusFilter | None, validity: Validity) -> str:
    """Return what a filter keeps, in words."""
    if chosen is None:
        return _("Everyone")
    if chosen is StatusFilter.EXPIRING:
        return _("Expires within %(num)s days", num=validity.renewal_window_days)
    if chosen is StatusFilter.TO_DO:
        return _("Not completed yet")
    if chosen is StatusFilter.PAST_DUE:
        return _("Everything past the date")
    if chosen is StatusFilter.LATE:
        return _("Past the date or expired")
    return status_text(CompletionStatus(chosen))


def expires_text(days: int | None) -> str:
    """Return within which time something expires, in words."""
    return _("Any time") if days is None else _("Within %(num)s days", num=days)


def lead_text(query: CompletionQuery, asked: Asked, lang: str) -> str:
    """Return which training a page is about, as of which day and as known when."""
    title, day = query.training.title[lang], long_day(asked.day)
    if asked.known_on is None:
        return _("%(training)s, as of %(day)s", training=title, day=day)
    return _(
        "%(training)s, as of %(day)s, as known on %(known)s",
        training=title,
        day=day,
        known=long_day(asked.known_on),
    )


def column_text(column: SortKey) -> str:
    """Return the heading of a column of people."""
    return {
        SortKey.NAME: _("Name"),
        SortKey.UNIT: _("Unit"),
        SortKey.STATUS: _("Status"),
        SortKey.OBTAINED_ON: _("Obtained on"),
        SortKey.DUE_ON: _("Complete by"),
        SortKey.VALID_UNTIL: _("Valid through"),
        SortKey.OPENED_ON: _("Must hold it since"),
    }[column]


def definition(validity: Validity) -> tuple[tuple[str, str], ...]:
    """Return what counts as what: terms with their meaning, in the order of the table."""
    grace = validity.grace_days
    return (
        (
            _("Who is counted"),
            _(
                "Everyone who has an appointment on this day and must hold this training. "
                "Each person counts once."
            ),
        ),
        (
            _("Completed"),
            _("Holds this training, or one that includes it, and it is valid on this day."),
        ),
        (_("Open"), _("Not completed yet, and there is still time.")),
        (
            _("Just past the date"),
            _("At most %(num)s days past the date, or past the last valid day.", num=grace),
        ),
        (
            _("Past the date"),
            _("More than %(num)s days past the date, and not completed before.", num=grace),
        ),
        (
            _("Expired"),
            _("Was completed, and has been expired for more than %(num)s days.", num=grace),
        ),
        (_("Exempt"), _("The obligation does not apply for now. Not counted.")),
        (
            _("Paused"),
            _(
                "Away for %(absence)s days or more. Not counted. "
                "After the return there are at least %(back)s days to complete it.",
                absence=LONG_ABSENCE_DAYS,
                back=DAYS_AFTER_RETURN,
            ),
        ),
        (
            _("Percentages"),
            _("Rounded down, so that 100% is really everyone."),
        ),
    )


def definition_line(validity: Validity) -> str:
    """Return the same on one line, with its version, for the head of a file."""
    terms = " ".join(f"{term}: {meaning}" for term, meaning in definition(validity))
    version = _("Definition %(version)s.", version=DEFINITION_VERSION)
    return f"{terms} {version}"


def number(count: int) -> str:
    """Return a number with the separators of the language."""
    return format_decimal(count)


def days_text(days: int) -> str:
    """Return a number of days in words."""
    return ngettext("%(total)s day", "%(total)s days", days, total=number(days))


def long_day(day: date) -> str:
    """Return a date for a sentence."""
    return format_date(day, "long")


def short_day(day: date | None) -> str:
    """Return a date for a table; a dash for none."""
    return "\N{EN DASH}" if day is None else format_date(day, "medium")


def last_valid_day(valid_until: date | None) -> date | None:
    """Return the last day that is valid, as the certificate says it."""
    return None if valid_until is None else valid_until - timedelta(days=1)
