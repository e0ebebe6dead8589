"""The one figure that everybody may see, where the institution wants that: how many have completed.

It comes from what is shown of the newest frozen report, so it tells nothing that the report hides.
"""

from __future__ import annotations

from flask import Blueprint, Response, abort, make_response, render_template
from flask.typing import ResponseReturnValue

from elearning.services.board_reports import newest_shown
from elearning.web import transaction
from elearning.web.access import public
from elearning.web.i18n import language
from elearning.web.report.figure_page import figure_page
from elearning.web.state import library

SECONDS_KEPT = 3600
blueprint = Blueprint("figure", __name__)


@blueprint.get("/cijfer")
@public
def show() -> ResponseReturnValue:
    """Show the figure; where the institution does not want it, there is no such page."""
    policy = library().institution.reports
    training = library().trainings.get(policy.public_training or "")
    if training is None:
        abort(404)
    report = newest_shown(transaction.session(), training_id=training.id)
    page = figure_page(report, training, language())
    answer = make_response(
        render_template("report/figure.html", page=page, may_be_indexed=policy.may_be_indexed)
    )
    return _kept(answer, may_be_indexed=policy.may_be_indexed)


def _kept(answer: Response, *, may_be_indexed: bool) -> Response:
    """Let caches keep it for a while; it is alike for everybody who reads the language."""
    answer.headers["Cache-Control"] = f"public, max-age={SECONDS_KEPT}"
    answer.vary.add("Accept-Language")
    if not may_be_indexed:
        answer.headers["X-Robots-Tag"] = "noindex"
    return answer
