"""Frozen reports for whoever sees no names: what is shown of the units in their role.

The page and every file come from the one stored text without small groups; nothing here reads
counts.
"""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.services.board_reports import ShownReport, shown_report, shown_reports
from elearning.services.freeze_report import canonical, digest_of
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import may_read_late_names, requires_report, signed_in
from elearning.web.hr.forms import file_links
from elearning.web.hr.sheet import FileKind
from elearning.web.i18n import language
from elearning.web.report.files import report_file
from elearning.web.report.page import report_page, reports_table
from elearning.web.state import library

VIEWERS = (Role.BOARD, Role.WORKS_COUNCIL, Role.MANAGER, Role.HR_UNIT, Role.HR_CENTRAL)
blueprint = Blueprint("report", __name__, url_prefix="/verslag")


@blueprint.get("")
@requires_report(*VIEWERS)
def overview() -> ResponseReturnValue:
    """List the reports of which this person may see something."""
    found = shown_reports(transaction.session(), grants=signed_in().grants)
    table = reports_table([(each.content, _address(each.row.id)) for each in found], language())
    return render_template(
        "report/overview.html",
        table=table,
        late_href=url_for("late_names.show") if may_read_late_names() else None,
        names_for_managers=library().institution.reports.names_for_managers,
    )


@blueprint.get("/<uuid:report_id>")
@requires_report(*VIEWERS)
def show(report_id: UUID) -> ResponseReturnValue:
    """Show a report."""
    found = _found(report_id)
    page = report_page(
        found.content,
        _digest(found),
        validity=library().training(found.row.training_id).validity,
        files=file_links(lambda kind: _address(report_id, kind), _("Download as %(kind)s")),
        lang=language(),
    )
    return render_template("report/report.html", page=page, back=url_for(".overview"))


@blueprint.get("/<uuid:report_id>.csv")
@requires_report(*VIEWERS)
def csv(report_id: UUID) -> ResponseReturnValue:
    """Give a report as a CSV."""
    return _file(report_id, FileKind.CSV)


@blueprint.get("/<uuid:report_id>.xlsx")
@requires_report(*VIEWERS)
def xlsx(report_id: UUID) -> ResponseReturnValue:
    """Give a report as a workbook."""
    return _file(report_id, FileKind.XLSX)


@blueprint.get("/<uuid:report_id>.json")
@requires_report(*VIEWERS)
def json(report_id: UUID) -> ResponseReturnValue:
    """Give a report as data."""
    return _file(report_id, FileKind.JSON)


def _file(report_id: UUID, kind: FileKind) -> Response:
    found = _found(report_id)
    return report_file(found.content, _digest(found), kind, language())


def _found(report_id: UUID) -> ShownReport:
    return shown_report(transaction.session(), grants=signed_in().grants, report_id=report_id)


def _digest(found: ShownReport) -> str:
    """Return the digest of exactly what this person may fetch."""
    return found.row.shown_digest if found.is_all else digest_of(canonical(found.content))


def _address(report_id: UUID, kind: FileKind | None = None) -> str:
    return url_for(".show" if kind is None else f".{kind}", report_id=report_id)
