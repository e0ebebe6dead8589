"""The learner's home."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from elearning.storage.people import Role
from elearning.web.access import requires, signed_in
from elearning.web.i18n import language
from elearning.web.learner.home_page import HomeBuilder
from elearning.web.learner.own_state import own_overview, own_words
from elearning.web.learner.prior_words import own_notes
from elearning.web.state import clock, library

blueprint = Blueprint("learner", __name__)


@blueprint.get("/")
@requires(Role.LEARNER)
def home() -> ResponseReturnValue:
    """Show the task list with one next step."""
    overview = own_overview()
    builder = HomeBuilder(
        library(),
        overview,
        own_words(overview),
        language(),
        clock().today(),
        own_notes(overview.states),
    )
    return render_template("learner/home.html", page=builder.page(signed_in().display_name))
