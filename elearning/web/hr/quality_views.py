"""The quality of the data: what each check finds, as a list, and what can be done about it."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from elearning.clock import AMSTERDAM
from elearning.errors import NotFound
from elearning.services.data_quality import Check, finding_counts, findings, roster_day
from elearning.services.reading_log import DetailsReading
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import requires, signed_in
from elearning.web.hr.filters import one_of, read_page
from elearning.web.hr.quality_page import findings_page, findings_sheet, quality_page
from elearning.web.hr.sheet import FileKind, as_file
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.state import clock

blueprint = Blueprint("quality", __name__)


@blueprint.get("/hr/gegevens-kwaliteit")
@requires(Role.HR_CENTRAL, everywhere=True)
def overview() -> ResponseReturnValue:
    """Show how much each check finds; names stand in the lists only."""
    session, today = transaction.session(), clock().today()
    counts = finding_counts(session, day=today)
    page = quality_page(counts, roster_day(session), today)
    return render_template("hr/quality.html", page=page)


@blueprint.get("/hr/gegevens-kwaliteit/<check>")
@requires(Role.HR_CENTRAL, everywhere=True)
def listed(check: str) -> ResponseReturnValue:
    """Show what one check finds."""
    asked = _check(check)
    _note(asked, None)
    found = findings(transaction.session(), asked, day=clock().today())
    page = findings_page(asked, found, read_page(request.args), language())
    return render_template("hr/findings.html", page=page)


@blueprint.get("/hr/gegevens-kwaliteit/<check>/lijst.csv")
@requires(Role.HR_CENTRAL, everywhere=True)
def listed_csv(check: str) -> ResponseReturnValue:
    """Give the same list as a CSV."""
    return _file(check, FileKind.CSV)


@blueprint.get("/hr/gegevens-kwaliteit/<check>/lijst.xlsx")
@requires(Role.HR_CENTRAL, everywhere=True)
def listed_xlsx(check: str) -> ResponseReturnValue:
    """Give the same list as a workbook."""
    return _file(check, FileKind.XLSX)


@blueprint.get("/hr/gegevens-kwaliteit/<check>/lijst.json")
@requires(Role.HR_CENTRAL, everywhere=True)
def listed_json(check: str) -> ResponseReturnValue:
    """Give the same list as data."""
    return _file(check, FileKind.JSON)


def _file(text: str, kind: FileKind) -> ResponseReturnValue:
    check = _check(text)
    _note(check, kind)
    now = clock().now().astimezone(AMSTERDAM)
    found = findings(transaction.session(), check, day=clock().today())
    sheet = findings_sheet(
        check, found, made_by=signed_in().display_name, made_at=now, lang=language()
    )
    return as_file(sheet, kind, language())


def _check(text: str) -> Check:
    found = one_of(Check, text)
    if found is None:
        raise NotFound("no such check")
    return found


def _note(check: Check, file: FileKind | None) -> None:
    if check.names_people:
        note(DetailsReading(check, clock().today(), file))
