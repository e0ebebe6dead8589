"""What changed since somebody's last certificate."""

from __future__ import annotations

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from elearning.services.complete_training import last_award_on
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.i18n import language
from elearning.web.news.page import news_page
from elearning.web.state import clock, library

blueprint = Blueprint("news", __name__)


@blueprint.get("/nieuw")
@requires(Role.LEARNER)
def show() -> ResponseReturnValue:
    """List what changed in law and directory since the day of the newest certificate."""
    since = last_award_on(transaction.session(), person_id=person_id())
    page = news_page(library(), language(), since, clock().today())
    return render_template("news/show.html", page=page)
