"""The holder's own badge: what it is, the file, and whether others may fetch it."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.services.badges import share_badge
from elearning.services.held_certificates import Held, held_certificate
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.i18n import language
from elearning.web.state import clock, settings

blueprint = Blueprint("own_badge", __name__, url_prefix="/certificaat/<uuid:award_id>")


@blueprint.get("/badge")
@requires(Role.LEARNER)
def show(award_id: UUID) -> ResponseReturnValue:
    """Say what the badge is and who can see it."""
    held = _held(award_id)
    return render_template(
        "certificate/badge.html",
        award_id=award_id,
        title=held.document.training_title,
        is_shared=held.is_shared,
        address=f"{held.document.verify_url}/badge.json",
    )


@blueprint.get("/badge.json")
@requires(Role.LEARNER)
def download(award_id: UUID) -> ResponseReturnValue:
    """Give the file to its holder."""
    headers = {
        "Content-Type": "application/vc+ld+json",
        "Content-Disposition": 'attachment; filename="open-badge.json"',
    }
    return _held(award_id).badge, HTTPStatus.OK, headers


@blueprint.post("/badge")
@requires(Role.LEARNER)
def share(award_id: UUID) -> ResponseReturnValue:
    """Let others fetch it by its address, or stop that."""
    is_shared = request.form.get("share") == "yes"
    share_badge(
        transaction.session(),
        person_id=person_id(),
        award_id=award_id,
        is_shared=is_shared,
        clock=clock(),
    )
    words = _("Your badge can now be fetched.") if is_shared else _("Your badge is private again.")
    flash(words, "positive")
    return redirect(url_for(".show", award_id=award_id), code=HTTPStatus.SEE_OTHER)


def _held(award_id: UUID) -> Held:
    return held_certificate(
        transaction.session(),
        person_id=person_id(),
        award_id=award_id,
        lang=language(),
        secret_key=settings().secret_key,
        base_url=settings().base_url,
    )
