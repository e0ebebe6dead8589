"""More time, or a message later: one page, where the link in every message leads."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.services.more_time import hear_later, more_time, put_off, quiet_until
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.hr.words import long_day
from elearning.web.i18n import language
from elearning.web.later.page import later_page
from elearning.web.state import clock, library

blueprint = Blueprint("later", __name__)


@blueprint.get("/later")
@requires(Role.LEARNER)
def show() -> ResponseReturnValue:
    """Offer a week without messages, and more time for what is due."""
    offers = more_time(
        transaction.session(),
        trainings=library().trainings,
        person_id=person_id(),
        days=library().institution.messages.extension_days,
        clock=clock(),
    )
    until = quiet_until(transaction.session(), person_id=person_id(), clock=clock())
    return render_template("later/show.html", page=later_page(offers, until, language()))


@blueprint.post("/later")
@requires(Role.LEARNER)
def hear() -> ResponseReturnValue:
    """Let no message come for a week."""
    until = hear_later(transaction.session(), person_id=person_id(), clock=clock())
    flash(_("You get no message before %(day)s.", day=long_day(until)), "positive")
    return redirect(url_for(".show"), code=HTTPStatus.SEE_OTHER)


@blueprint.post("/later/<training_id>")
@requires(Role.LEARNER)
def extend(training_id: str) -> ResponseReturnValue:
    """Put off the day of one training, once."""
    day = put_off(
        transaction.session(),
        trainings=library().trainings,
        person_id=person_id(),
        training_id=training_id,
        days=library().institution.messages.extension_days,
        clock=clock(),
    )
    flash(_("You now have time until %(day)s.", day=long_day(day)), "positive")
    return redirect(url_for(".show"), code=HTTPStatus.SEE_OTHER)
