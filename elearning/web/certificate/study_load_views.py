"""A statement of the study load for a professional register: minutes per part, dates, no scores."""

from __future__ import annotations

from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from elearning.services.held_certificates import held_certificate
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.certificate.study_load_page import study_load_page
from elearning.web.i18n import language
from elearning.web.state import settings

blueprint = Blueprint("study_load", __name__, url_prefix="/certificaat/<uuid:award_id>")


@blueprint.get("/studielast")
@requires(Role.LEARNER)
def show(award_id: UUID) -> ResponseReturnValue:
    """Show the statement; it prints on one sheet."""
    held = held_certificate(
        transaction.session(),
        person_id=person_id(),
        award_id=award_id,
        lang=language(),
        secret_key=settings().secret_key,
        base_url=settings().base_url,
    )
    page = study_load_page(held.document, held.parts)
    return render_template("certificate/study_load.html", page=page, award_id=award_id)
