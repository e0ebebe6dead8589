"""The audit log for auditors: read it, and check the chain; it holds no names, and shows none."""

from __future__ import annotations

from http import HTTPStatus
from zoneinfo import ZoneInfo

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from elearning.services.audit_log import KEPT_MONTHS, audit_anchor, audit_breaks, audit_head
from elearning.services.read_audit_log import log_page
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import requires
from elearning.web.audit.pages import check_view, log_view
from elearning.web.audit.question import read_question
from elearning.web.state import clock, settings

ENTRIES_A_PAGE = 50
blueprint = Blueprint("audit", __name__, url_prefix="/logboek")


@blueprint.get("")
@requires(Role.AUDITOR)
def overview() -> ResponseReturnValue:
    """Show the entries, the latest first."""
    asked, zone = read_question(request.args), ZoneInfo(settings().timezone)
    found = log_page(
        transaction.session(), asked.chosen, zone=zone, page=asked.page, page_size=ENTRIES_A_PAGE
    )
    page = log_view(found, asked, zone)
    status = HTTPStatus.UNPROCESSABLE_ENTITY if asked.errors else HTTPStatus.OK
    return render_template("audit/log.html", page=page, asked=asked, months=KEPT_MONTHS), status


@blueprint.get("/controle")
@requires(Role.AUDITOR)
def check() -> ResponseReturnValue:
    """Read the whole log, and say whether it is what was written."""
    session = transaction.session()
    page = check_view(
        list(audit_breaks(session, clock=clock())),
        audit_head(session),
        audit_anchor(session),
        clock().now(),
        ZoneInfo(settings().timezone),
    )
    return render_template("audit/check.html", page=page)
