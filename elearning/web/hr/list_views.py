"""The lists that are a filter of the table with people: what expires, what is late, who is new."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from elearning.services import completion_table, joiners
from elearning.services.completion_counts import tally
from elearning.services.completion_table import PeoplePage
from elearning.storage.audit import AuditKind
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import requires
from elearning.web.hr.late_page import late_figures
from elearning.web.hr.people_files import people_file
from elearning.web.hr.people_list import EXPIRING, JOINERS, LATE, PeopleList
from elearning.web.hr.people_page import ROWS_A_PAGE, people_view
from elearning.web.hr.question import Question, open_here, question
from elearning.web.hr.sheet import FileKind
from elearning.web.hr.stat import Stat
from elearning.web.i18n import language
from elearning.web.reading import note

blueprint = Blueprint("lists", __name__, url_prefix="/hr")


@blueprint.get("/verloopt")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def expiring() -> ResponseReturnValue:
    """Show whose validity ends within 30, 60 or 90 days."""
    return _page(EXPIRING)


@blueprint.get("/over-de-datum")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def late() -> ResponseReturnValue:
    """Show who is past the date: just, longer, and with a validity that ended."""
    return _page(LATE)


@blueprint.get("/nieuw")
@requires(Role.HR_UNIT, Role.HR_CENTRAL)
def new() -> ResponseReturnValue:
    """Show whose obligation opened in the last 30, 60 or 90 days."""
    return _page(JOINERS)


def _page(listed: PeopleList) -> str:
    this, lang = question(listed=listed), language()
    note(this.reading(AuditKind.PEOPLE_READ))
    found = _found(this)
    view = people_view(
        found, this.asked, this.query, whole=this.whole, trainings=open_here(), lang=lang
    )
    figures: tuple[Stat, ...] = ()
    if listed is LATE:
        rates = tally(transaction.session(), this.query).rates()
        figures = late_figures(rates, this.asked, this.query.training.validity)
    return render_template("hr/people.html", page=view, figures=figures)


def _found(this: Question) -> PeoplePage:
    chosen = this.asked.rows(language())
    find = completion_table.people_page if chosen.opened_from is None else joiners.joiners_page
    session = transaction.session()
    return find(session, this.query, chosen, page=this.asked.page, page_size=ROWS_A_PAGE)


def _add_files(path: str, listed: PeopleList) -> None:
    """Add the files of a list: the same rows, all of them."""
    for kind in FileKind:

        @requires(Role.HR_UNIT, Role.HR_CENTRAL)
        def file(kind: FileKind = kind) -> ResponseReturnValue:
            return people_file(question(listed=listed), kind)

        name = f"{listed.endpoint.removeprefix('lists.')}_{kind}"
        blueprint.add_url_rule(f"{path}.{kind}", name, file)


_add_files("/verloopt", EXPIRING)
_add_files("/over-de-datum", LATE)
_add_files("/nieuw", JOINERS)
