"""The completion overview: rates, people, and the same people as a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from elearning.clock import AMSTERDAM
from elearning.learning.training import Training
from elearning.services import completion_overview as use_case
from elearning.services import completion_table
from elearning.services.completion_months import months_of
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.hr_scope import HrScope, hr_scope, open_trainings
from elearning.services.reading_log import Reading
from elearning.storage.audit import AuditKind
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import may, requires, signed_in
from elearning.web.hr.export import Making, people_sheet, units_sheet
from elearning.web.hr.filters import Asked, read_asked
from elearning.web.hr.overview_page import overview_page
from elearning.web.hr.people_page import people_view
from elearning.web.hr.sheet import FileKind, as_file
from elearning.web.hr.trend_page import trend_days
from elearning.web.hr.units_page import units_page
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.state import clock, library

ROWS_A_PAGE = 50

blueprint = Blueprint("hr", __name__)


@dataclass(frozen=True, slots=True)
class Question:
    """What this request asks, within what this person may see."""

    asked: Asked
    whole: HrScope
    query: CompletionQuery

    def making(self) -> Making:
        """Return what a file made from this question says of itself."""
        made_at = clock().now().astimezone(AMSTERDAM)
        return Making(self.asked, self.query, signed_in().display_name, made_at, language())

    def reading(self, kind: AuditKind, file: FileKind | None = None) -> Reading:
        """Return what the audit log says of it."""
        query = self.query
        return Reading(kind, query.training.id, query.scope, query.day, file)


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
    this = _question(request.args.get("eenheid", ""))
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
        found, this.asked, this.query, whole=this.whole, trainings=_trainings(), lang=lang
    )
    return render_template("hr/people.html", page=view)


@blueprint.get("/hr/mensen.csv")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def people_csv() -> ResponseReturnValue:
    """Give the same people as a CSV, all of them."""
    return _people_file(FileKind.CSV)


@blueprint.get("/hr/mensen.xlsx")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def people_xlsx() -> ResponseReturnValue:
    """Give the same people as a workbook."""
    return _people_file(FileKind.XLSX)


@blueprint.get("/hr/mensen.json")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def people_json() -> ResponseReturnValue:
    """Give the same people as data."""
    return _people_file(FileKind.JSON)


@blueprint.get("/hr/eenheden")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def units() -> ResponseReturnValue:
    """Show the rates of every unit in one table."""
    this = _question(request.args.get("eenheid", ""))
    lines = use_case.unit_lines(transaction.session(), this.query)
    view = units_page(lines, this.asked, this.query, trainings=_trainings(), lang=language())
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


def _people_file(kind: FileKind) -> ResponseReturnValue:
    this = _question(request.args.get("eenheid", ""))
    note(this.reading(AuditKind.PEOPLE_EXPORTED, kind))
    chosen = this.asked.rows(language())
    rows = completion_table.people_rows(transaction.session(), this.query, chosen)
    return as_file(people_sheet(rows, this.making()), kind, language())


def _units_file(kind: FileKind) -> ResponseReturnValue:
    this = _question(request.args.get("eenheid", ""))
    note(this.reading(AuditKind.COUNTS_EXPORTED, kind))
    lines = use_case.unit_lines(transaction.session(), this.query)
    return as_file(units_sheet(lines, this.making()), kind, language())


def _overview(code: str) -> ResponseReturnValue:
    this = _question(code)
    view = overview_page(
        use_case.overview(transaction.session(), this.query),
        this.asked,
        this.query,
        whole=this.whole,
        trainings=_trainings(),
        months=months_of(transaction.session(), this.query, trend_days(this.asked.day)),
        is_central=may(Role.HR_CENTRAL, everywhere=True),
        lang=language(),
    )
    return render_template("hr/overview.html", page=view)


def _trainings() -> Mapping[str, Training]:
    """Return the trainings that this person may ask about."""
    return open_trainings(signed_in().grants, library().trainings)


def _question(code: str) -> Question:
    """Return the question; every query after it goes through the scope it holds."""
    trainings = _trainings()
    asked = read_asked(request.args, usual_training=next(iter(trainings)), today=clock().today())
    whole = hr_scope(
        transaction.session(),
        grants=signed_in().grants,
        day=asked.day,
        known_at=asked.known_at,
        training_id=asked.training_id,
    )
    scope = whole.within(whole.find(code)) if code else whole
    query = completion_query(
        trainings,
        training_id=asked.training_id,
        scope=scope,
        day=asked.day,
        known_at=asked.known_at,
    )
    return Question(asked.of_unit(code), whole, query)
