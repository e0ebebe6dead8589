"""Rules for certificates: HR of the whole institution asks, and somebody else decides."""

from __future__ import annotations

from datetime import date
from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import AwardNotCurrent, NotFound
from elearning.learning.award_change import Effect, Preview
from elearning.learning.training import Training
from elearning.services import change_awards as use_case
from elearning.services.carry_out_change import carry_out_some
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.i18n import language
from elearning.web.policy.pages import check_page, choices_page, requests_page
from elearning.web.state import clock, issuing, library, settings

blueprint = Blueprint("policy", __name__, url_prefix="/hr/beleid")


@blueprint.get("")
@requires(Role.HR_CENTRAL, everywhere=True)
def overview() -> ResponseReturnValue:
    """Show what waits for a decision, and what could be decided."""
    waiting = use_case.open_changes(transaction.session(), library=library(), clock=clock())
    return render_template(
        "policy/overview.html",
        requests=requests_page(waiting, person_id(), language(), settings().timezone),
        choices=choices_page(library().trainings.values(), clock().today(), language()),
    )


@blueprint.get("/vraag/<training_id>/<effect>")
@requires(Role.HR_CENTRAL, everywhere=True)
def check(training_id: str, effect: str) -> ResponseReturnValue:
    """Show in counts what a change would do; nothing is written."""
    found = _preview(training_id, effect, _day(request.args.get("vanaf", "")))
    return render_template("policy/check.html", page=_check(training_id, found))


@blueprint.post("/vraag/<training_id>/<effect>")
@requires(Role.HR_CENTRAL, everywhere=True)
def ask(training_id: str, effect: str) -> ResponseReturnValue:
    """Ask for a change; nothing changes until somebody else confirms it."""
    try:
        use_case.ask_for_change(
            transaction.session(),
            training=library().training(training_id),
            effect=_effect(effect),
            wished=_day(request.form.get("vanaf", "")),
            actor_id=person_id(),
            clock=clock(),
        )
    except AwardNotCurrent:
        flash(_("Something is waiting for this training already. Decide on that first."), "info")
    else:
        flash(_("The request is saved. A colleague has to confirm it."), "positive")
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


@blueprint.post("/<uuid:change_id>/bevestigen")
@requires(Role.HR_CENTRAL, everywhere=True)
def confirm(change_id: UUID) -> ResponseReturnValue:
    """Decide for it; a few certificates follow at once, many with the next run of the job."""
    session = transaction.session()
    use_case.confirm_change(
        session, change_id=change_id, library=library(), actor_id=person_id(), clock=clock()
    )
    if carry_out_some(session, change_id=change_id, issuing=issuing()):
        flash(_("The certificates have their new end. Everybody can see why."), "positive")
    else:
        flash(_("It is decided. The certificates follow within an hour."), "positive")
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


@blueprint.post("/<uuid:change_id>/laten")
@requires(Role.HR_CENTRAL, everywhere=True)
def decline(change_id: UUID) -> ResponseReturnValue:
    """Leave all certificates as they are."""
    use_case.decline_change(
        transaction.session(), change_id=change_id, actor_id=person_id(), clock=clock()
    )
    flash(_("All certificates stay as they are."), "positive")
    return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)


def _preview(training_id: str, effect: str, wished: date) -> Preview:
    return use_case.preview_change(
        transaction.session(),
        training=_training(training_id),
        effect=_effect(effect),
        wished=wished,
        clock=clock(),
    )


def _check(training_id: str, found: Preview) -> object:
    return check_page(_training(training_id), found, language())


def _training(training_id: str) -> Training:
    return library().training(training_id)


def _effect(text: str) -> Effect:
    """Return the effect in an address; what is none is not there."""
    if text not in set(Effect):
        raise NotFound(f"no effect {text!r}")
    return Effect(text)


def _day(text: str) -> date:
    """Return the day that is asked for; without one, the first that is possible."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock().today()
