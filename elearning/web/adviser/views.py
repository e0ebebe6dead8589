"""Print one-time codes for people who do a training with a person; no name is asked or kept.

Advisers print them, and nobody of HR: who hands out a code knows who took this way.
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from elearning.services.training_codes import count_batch, print_codes, printable_trainings
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.adviser.forms import BatchForm
from elearning.web.i18n import language
from elearning.web.learner.words import day_in_words
from elearning.web.state import clock, library, settings

blueprint = Blueprint("adviser", __name__)


@blueprint.get("/codes")
@requires(Role.ADVISER)
def codes() -> ResponseReturnValue:
    """Ask for which training, and how many."""
    return _form_page(_form())


@blueprint.post("/codes")
@requires(Role.ADVISER)
def print_batch() -> ResponseReturnValue:
    """Show a new batch, this once: afterwards nobody can read the codes back."""
    form = _form()
    if not form.validate_on_submit():
        return _form_page(form), HTTPStatus.UNPROCESSABLE_ENTITY
    session, secret_key = transaction.session(), settings().secret_key
    count_batch(session, person_id=person_id(), secret_key=secret_key, clock=clock())
    training = library().training(form.training.data)
    printed, last_day = print_codes(
        session,
        training=training,
        number=form.number.data or 1,
        printed_by=person_id(),
        secret_key=secret_key,
        clock=clock(),
    )
    return render_template(
        "adviser/batch.html",
        title=training.title[language()],
        codes=[str(each) for each in printed],
        last_day=day_in_words(last_day),
        address=f"{settings().base_url}/anders",
    )


def _form() -> BatchForm:
    trainings = printable_trainings(transaction.session(), library=library(), person_id=person_id())
    form = BatchForm()
    form.training.choices = [(each.id, each.title[language()]) for each in trainings]
    return form


def _form_page(form: BatchForm) -> str:
    return render_template("adviser/codes.html", form=form, errors=form.problems)
