"""The privacy report in the browser, and as a PDF to keep."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, current_app, render_template
from flask.typing import ResponseReturnValue

from elearning.integrations.report_pdf import render_report
from elearning.storage.people import Role
from elearning.web.access import requires
from elearning.web.i18n import language
from elearning.web.privacy_report.build import privacy_report
from elearning.web.privacy_report.document import Document, as_report
from elearning.web.state import state

blueprint = Blueprint("privacy_report", __name__, url_prefix="/hr/privacyrapport")
# It says nothing about anyone, so a role of any reach opens it.
READERS = (Role.HR_CENTRAL, Role.ADMIN)
FILE_NAMES = {"nl": "privacyrapport", "en": "privacy-report"}


@blueprint.get("")
@requires(*READERS)
def show() -> ResponseReturnValue:
    """Show the report."""
    return render_template("privacy_report/show.html", document=_document())


@blueprint.get("/pdf")
@requires(*READERS)
def pdf() -> ResponseReturnValue:
    """Give the report as a document."""
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="{FILE_NAMES[language()]}.pdf"',
    }
    return render_report(as_report(_document())), HTTPStatus.OK, headers


def _document() -> Document:
    return privacy_report(current_app, state())
