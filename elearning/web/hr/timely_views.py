"""Who fell due in a time and was in time, by month, and how often the training was completed."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.learning.award import add_months
from elearning.services.timely import timely
from elearning.storage.audit import AuditKind
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import requires
from elearning.web.hr.day_notes import add_note
from elearning.web.hr.filters import EARLIEST, read_date
from elearning.web.hr.question import Question, open_here, question
from elearning.web.hr.sheet import FileKind, as_file
from elearning.web.hr.timely_page import (
    TimelyAsked,
    timely_sheet,
    timely_view,
    twelve_months_to,
)
from elearning.web.hr.words import long_day
from elearning.web.i18n import language
from elearning.web.reading import note

MOST_MONTHS = 60

blueprint = Blueprint("timely", __name__)


@blueprint.get("/hr/op-tijd")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def overview() -> ResponseReturnValue:
    """Show the figures of twelve months, or from the day that is asked for."""
    this = question()
    asked = _asked(this)
    found = timely(transaction.session(), this.query, asked.first)
    view = timely_view(
        found, asked, this.query, whole=this.whole, trainings=open_here(), lang=language()
    )
    return render_template("hr/timely.html", page=view)


@blueprint.get("/hr/op-tijd.csv")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def overview_csv() -> ResponseReturnValue:
    """Give the same months as a CSV."""
    return _file(FileKind.CSV)


@blueprint.get("/hr/op-tijd.xlsx")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def overview_xlsx() -> ResponseReturnValue:
    """Give the same months as a workbook."""
    return _file(FileKind.XLSX)


@blueprint.get("/hr/op-tijd.json")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def overview_json() -> ResponseReturnValue:
    """Give the same months as data."""
    return _file(FileKind.JSON)


def _file(kind: FileKind) -> ResponseReturnValue:
    this = question()
    note(this.reading(AuditKind.COUNTS_EXPORTED, kind))
    asked = _asked(this)
    found = timely(transaction.session(), this.query, asked.first)
    return as_file(timely_sheet(found, asked, this.making()), kind, language())


def _asked(this: Question) -> TimelyAsked:
    """Return from which day: the start of a month a year ago unless told, at most five years."""
    last = this.asked.day
    given = request.args.get("van", "")
    wanted = read_date(given) or twelve_months_to(last)
    earliest = max(EARLIEST, add_months(last, -MOST_MONTHS))
    first = max(earliest, min(wanted, last))
    if given and read_date(given) != first:
        add_note(
            _(
                "The first day has to lie before the last one, by at most five years. You now see "
                "the figures from %(day)s.",
                day=long_day(first),
            )
        )
    return TimelyAsked(this.asked, first)
