"""The completion overview: rates, people, and the same people as a file."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from elearning.services import completion_overview as use_case
from elearning.services.completion_query import CompletionQuery, completion_query
from elearning.services.hr_scope import HrScope, hr_scope
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import requires, signed_in
from elearning.web.hr import export
from elearning.web.hr.filters import Asked, read_asked
from elearning.web.hr.overview_page import overview_page
from elearning.web.hr.people_page import people_view
from elearning.web.i18n import language
from elearning.web.state import clock, library

ROWS_A_PAGE = 50

blueprint = Blueprint("hr", __name__)


@dataclass(frozen=True, slots=True)
class Question:
    """What this request asks, within what this person may see."""

    asked: Asked
    whole: HrScope
    query: CompletionQuery


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
    found = use_case.people_page(
        transaction.session(),
        this.query,
        this.asked.rows(lang),
        page=this.asked.page,
        page_size=ROWS_A_PAGE,
    )
    view = people_view(
        found, this.asked, this.query, whole=this.whole, trainings=library().trainings, lang=lang
    )
    return render_template("hr/people.html", page=view)


@blueprint.get("/hr/mensen.csv")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def people_csv() -> ResponseReturnValue:
    """Give the same people as a file, all of them."""
    this = _question(request.args.get("eenheid", ""))
    lang = language()
    rows = use_case.people_rows(transaction.session(), this.query, this.asked.rows(lang))
    return export.people_csv(
        rows, this.asked, this.query, made_by=signed_in().display_name, lang=lang
    )


def _overview(code: str) -> ResponseReturnValue:
    this = _question(code)
    view = overview_page(
        use_case.overview(transaction.session(), this.query),
        this.asked,
        this.query,
        whole=this.whole,
        trainings=library().trainings,
        lang=language(),
    )
    return render_template("hr/overview.html", page=view)


def _question(code: str) -> Question:
    """Return the question; every query after it goes through the scope it holds."""
    trainings = library().trainings
    asked = read_asked(request.args, usual_training=next(iter(trainings)), today=clock().today())
    whole = hr_scope(transaction.session(), grants=signed_in().grants, day=asked.day)
    scope = whole.within(whole.find(code)) if code else whole
    query = completion_query(trainings, training_id=asked.training_id, scope=scope, day=asked.day)
    return Question(asked.of_unit(code), whole, query)
