"""A training that somebody did elsewhere: one question, a look at it, and it is sent."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.services import prior_learning as use_case
from elearning.services.prior_learning import Offer
from elearning.storage.people import Role
from elearning.storage.prior_learning import PriorLearning
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.i18n import language
from elearning.web.prior.form import PriorForm, form_of, read_form
from elearning.web.prior.page import choices_of, request_page
from elearning.web.prior.words import evidence_file
from elearning.web.state import clock, library, settings

blueprint = Blueprint("prior", __name__, url_prefix="/eerder-gedaan")


@blueprint.get("")
@requires(Role.LEARNER)
def show() -> ResponseReturnValue:
    """Ask which training it was, or show the request that waits."""
    row = _own()
    if row is not None and row.sent_at is not None:
        page = request_page(row, library(), language(), settings().timezone)
        return render_template("prior/waiting.html", page=page)
    return _question(form_of(row), _offers())


@blueprint.post("")
@requires(Role.LEARNER)
def fill() -> ResponseReturnValue:
    """Keep what was filled in, and lead to a look at it; nothing is sent yet."""
    offers = _offers()
    if not offers:
        return redirect(url_for(".show"), code=HTTPStatus.SEE_OTHER)
    form = read_form(request, offers, transaction.session(), clock().today())
    filled = form.filled()
    if filled is None:
        return _question(form, offers), HTTPStatus.UNPROCESSABLE_ENTITY
    use_case.fill_in(
        transaction.session(),
        library=library(),
        person_id=person_id(),
        filled=filled,
        clock=clock(),
    )
    return redirect(url_for(".check"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/controle")
@requires(Role.LEARNER)
def check() -> ResponseReturnValue:
    """Show what would be sent; without anything to send, the question."""
    row = _own()
    if row is None or row.sent_at is not None:
        return redirect(url_for(".show"), code=HTTPStatus.SEE_OTHER)
    page = request_page(row, library(), language(), settings().timezone)
    return render_template("prior/check.html", page=page)


@blueprint.post("/controle")
@requires(Role.LEARNER)
def send() -> ResponseReturnValue:
    """Send it to HR; a second time changes nothing."""
    if _own() is not None:
        use_case.send_request(
            transaction.session(), library=library(), person_id=person_id(), clock=clock()
        )
    return redirect(url_for(".show"), code=HTTPStatus.SEE_OTHER)


@blueprint.post("/terug")
@requires(Role.LEARNER)
def take_back() -> ResponseReturnValue:
    """Delete the request with its file, sent or not."""
    use_case.take_back(transaction.session(), person_id=person_id())
    flash(_("The request is deleted, and a file with it."), "positive")
    return redirect(url_for("learner.home"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/bestand")
@requires(Role.LEARNER)
def evidence() -> ResponseReturnValue:
    """Give the file of one's own request, while it is kept."""
    found = use_case.own_evidence(transaction.session(), person_id=person_id(), clock=clock())
    return evidence_file(*found)


def _own() -> PriorLearning | None:
    return use_case.own_request(transaction.session(), person_id=person_id(), clock=clock())


def _offers() -> tuple[Offer, ...]:
    return use_case.own_offers(
        transaction.session(),
        library=library(),
        person_id=person_id(),
        today=clock().today(),
    )


def _question(form: PriorForm, offers: tuple[Offer, ...]) -> str:
    choices = choices_of(offers, language())
    return render_template("prior/question.html", form=form, choices=choices)
