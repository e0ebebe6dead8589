"""The learner's home."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from elearning.services.complete_training import learner_overview
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires, signed_in
from elearning.web.i18n import language
from elearning.web.learner.home_page import HomeBuilder
from elearning.web.state import clock, library

blueprint = Blueprint("learner", __name__)


@blueprint.get("/")
@requires(Role.LEARNER)
def home() -> ResponseReturnValue:
    """Show the task list with one next step."""
    overview = learner_overview(
        transaction.session(), library=library(), person_id=person_id(), clock=clock()
    )
    builder = HomeBuilder(library(), overview, language(), clock().today())
    return render_template("learner/home.html", page=builder.page(signed_in().display_name))
