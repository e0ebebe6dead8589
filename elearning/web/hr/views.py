"""The completion overview: rates, people, and the same people as a file."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from elearning.services import completion_overview as use_case
from elearning.services import completion_table
from elearning.services.completion_trend import trend
from elearning.storage.audit import AuditKind
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import requires
from elearning.web.hr.export import units_sheet
from elearning.web.hr.overview_page import overview_page
from elearning.web.hr.people_files import people_file
from elearning.web.hr.people_page import ROWS_A_PAGE, people_view
from elearning.web.hr.question import open_here, question
from elearning.web.hr.sheet import FileKind, as_file
from elearning.web.hr.trend_page import trend_days
from elearning.web.hr.units_page import units_page
from elearning.web.i18n import language
from elearning.web.reading import note

blueprint = Blueprint("hr", __name__)


@blueprint.get("/hr")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def overview() -> ResponseReturnValue:
    """Show the rates of all that this person may see."""
    return _overview("")


@blueprint.get("/hr/eenheid/<code>")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def unit(code: str) -> ResponseReturnValue:
    """Show the rates of one unit; outside the scope it is not there."""
    return _overview(code)


@blueprint.get("/hr/mensen")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def people() -> ResponseReturnValue:
    """Show the people who meet the filters."""
    this = question()
    lang = language()
    note(this.reading(AuditKind.PEOPLE_READ))
    found = completion_table.people_page(
        transaction.session(),
        this.query,
        this.asked.rows(lang),
        page=this.asked.page,
        page_size=ROWS_A_PAGE,
    )
    view = people_view(
        found, this.asked, this.query, whole=this.whole, trainings=open_here(), lang=lang
    )
    return render_template("hr/people.html", page=view)


@blueprint.get("/hr/mensen.csv")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def people_csv() -> ResponseReturnValue:
    """Give the same people as a CSV, all of them."""
    return people_file(question(), FileKind.CSV)


@blueprint.get("/hr/mensen.xlsx")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def people_xlsx() -> ResponseReturnValue:
    """Give the same people as a workbook."""
    return people_file(question(), FileKind.XLSX)


@blueprint.get("/hr/mensen.json")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def people_json() -> ResponseReturnValue:
    """Give the same people as data."""
    return people_file(question(), FileKind.JSON)


@blueprint.get("/hr/eenheden")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def units() -> ResponseReturnValue:
    """Show the rates of every unit in one table."""
    this = question()
    lines = use_case.unit_lines(transaction.session(), this.query)
    view = units_page(lines, this.asked, this.query, trainings=open_here(), lang=language())
    return render_template("hr/units.html", page=view)


@blueprint.get("/hr/eenheden.csv")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def units_csv() -> ResponseReturnValue:
    """Give the same units as a CSV."""
    return _units_file(FileKind.CSV)


@blueprint.get("/hr/eenheden.xlsx")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def units_xlsx() -> ResponseReturnValue:
    """Give the same units as a workbook."""
    return _units_file(FileKind.XLSX)


@blueprint.get("/hr/eenheden.json")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def units_json() -> ResponseReturnValue:
    """Give the same units as data."""
    return _units_file(FileKind.JSON)


def _units_file(kind: FileKind) -> ResponseReturnValue:
    this = question()
    note(this.reading(AuditKind.COUNTS_EXPORTED, kind))
    lines = use_case.unit_lines(transaction.session(), this.query)
    return as_file(units_sheet(lines, this.making()), kind, language())


def _overview(code: str) -> ResponseReturnValue:
    this = question(code)
    view = overview_page(
        use_case.overview(transaction.session(), this.query),
        this.asked,
        this.query,
        whole=this.whole,
        trainings=open_here(),
        points=trend(transaction.session(), this.query, trend_days(this.asked.day)),
        roster_of=this.roster_of(transaction.session()),
        lang=language(),
    )
    return render_template("hr/overview.html", page=view)
