"""HR of the institution freezes reports, and reads them with every figure."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from json import loads
from uuid import UUID

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.clock import AMSTERDAM
from elearning.errors import NobodyCounts
from elearning.services.board_reports import full_report, full_reports
from elearning.services.freeze_report import Wanted, freeze_report
from elearning.storage.people import Role
from elearning.storage.reports import BoardReport
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.hr.board_forms import FreezeForm, freeze_form
from elearning.web.hr.forms import file_links
from elearning.web.hr.sheet import FileKind
from elearning.web.i18n import language
from elearning.web.report.files import report_file
from elearning.web.report.page import moment, report_page, reports_table
from elearning.web.state import clock, library

blueprint = Blueprint("board", __name__, url_prefix="/hr/bestuursverslag")


@blueprint.get("")
@requires(Role.HR_CENTRAL, everywhere=True)
def overview() -> ResponseReturnValue:
    """List the frozen reports, with the form for a new one."""
    return _page(freeze_form(library().trainings, language(), clock().today()))


@blueprint.post("")
@requires(Role.HR_CENTRAL, everywhere=True)
def freeze() -> ResponseReturnValue:
    """Freeze the figures of a training; a second time on one day leads to the same report."""
    form = freeze_form(library().trainings, language(), clock().today())
    if not form.validate_on_submit():
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    before = {each.id for each in full_reports(transaction.session())}
    try:
        report = _freeze(form)
    except NobodyCounts:
        form.day.errors = [_("On this day nobody had to hold this training: choose another day")]
        return _page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    _say(report, was_there=report.id in before)
    return redirect(url_for(".show", report_id=report.id), code=HTTPStatus.SEE_OTHER)


def _freeze(form: FreezeForm) -> BoardReport:
    day = form.day.data or clock().today()
    return freeze_report(
        transaction.session(),
        wanted=Wanted(form.training.data, day, _end_of(form.known.data)),
        trainings=library().trainings,
        least=library().institution.reports.smallest_group,
        frozen_by=person_id(),
        clock=clock(),
    )


@blueprint.get("/<uuid:report_id>")
@requires(Role.HR_CENTRAL, everywhere=True)
def show(report_id: UUID) -> ResponseReturnValue:
    """Show a report with every figure."""
    row = full_report(transaction.session(), report_id=report_id)
    return render_template(
        "report/report.html",
        page=report_page(
            loads(row.full),
            row.full_digest,
            validity=library().training(row.training_id).validity,
            files=file_links(
                lambda kind: url_for(f".{kind}", report_id=report_id), _("Download as %(kind)s")
            ),
            lang=language(),
        ),
        back=url_for(".overview"),
    )


@blueprint.get("/<uuid:report_id>.csv")
@requires(Role.HR_CENTRAL, everywhere=True)
def csv(report_id: UUID) -> ResponseReturnValue:
    """Give a report as a CSV."""
    return _file(report_id, FileKind.CSV)


@blueprint.get("/<uuid:report_id>.xlsx")
@requires(Role.HR_CENTRAL, everywhere=True)
def xlsx(report_id: UUID) -> ResponseReturnValue:
    """Give a report as a workbook."""
    return _file(report_id, FileKind.XLSX)


@blueprint.get("/<uuid:report_id>.json")
@requires(Role.HR_CENTRAL, everywhere=True)
def json(report_id: UUID) -> ResponseReturnValue:
    """Give a report as data, exactly as it was stored."""
    return _file(report_id, FileKind.JSON)


def _file(report_id: UUID, kind: FileKind) -> Response:
    row = full_report(transaction.session(), report_id=report_id)
    return report_file(loads(row.full), row.full_digest, kind, language())


def _say(report: BoardReport, *, was_there: bool) -> None:
    """Say whether these figures were frozen now, or before: whoever asks may expect newer ones."""
    if not was_there:
        flash(_("The report is frozen. These figures do not change any more."), "positive")
        return
    when = moment(loads(report.full)["report"]["frozen_at"])
    words = _("This report was there already, frozen on %(moment)s.", moment=when)
    once = _("There is one report of each training and day, as known on one day.")
    flash(f"{words} {once}", "info")


def _page(form: FreezeForm) -> str:
    found = full_reports(transaction.session())
    table = reports_table(
        [(loads(each.full), url_for(".show", report_id=each.id)) for each in found], language()
    )
    errors = tuple((each.errors[0], each.name) for each in form if each.errors)
    return render_template("hr/board.html", form=form, errors=errors, table=table)


def _end_of(day: date | None) -> datetime | None:
    """Return the end of the day as known on; today is what is known now."""
    if day is None or day >= clock().today():
        return None
    return datetime.combine(day + timedelta(days=1), time(), AMSTERDAM)
