"""Names of who is past the date, for managers, where the institution allows it; every look noted.

Without that rule of the institution the page is not there (docs/decisions/0017).
"""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from elearning.services.late_names import late_names, late_query, managed_trainings
from elearning.services.reading_log import Reading
from elearning.storage.audit import AuditKind
from elearning.web import transaction
from elearning.web.access import requires_late_names, signed_in
from elearning.web.hr.filters import read_page
from elearning.web.i18n import language
from elearning.web.reading import note
from elearning.web.report.late_page import late_page
from elearning.web.state import clock, library

ROWS_A_PAGE = 50
blueprint = Blueprint("late_names", __name__, url_prefix="/verslag/over-de-datum")


@blueprint.get("")
@requires_late_names
def show() -> ResponseReturnValue:
    """Show who is past the date in one's own units; that somebody looked is noted first."""
    grants, session, lang = signed_in().grants, transaction.session(), language()
    trainings = managed_trainings(grants, library().trainings)
    query = late_query(
        session,
        grants=grants,
        trainings=library().trainings,
        training_id=request.args.get("training") or next(iter(trainings)),
        today=clock().today(),
    )
    note(Reading(AuditKind.LATE_READ, query.training.id, query.scope, query.day))
    asked = read_page(request.args)
    found = late_names(session, query, page=asked, page_size=ROWS_A_PAGE)
    titles = tuple((each.id, each.title[lang]) for each in trainings.values())
    page = late_page(found, query, trainings=titles, lang=lang)
    return render_template("report/late.html", page=page)
