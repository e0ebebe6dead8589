"""The learner's own certificates: the list, the sheet, and the PDF."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast
from uuid import UUID

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from elearning.errors import CertificateNotPrintable
from elearning.integrations.typst_pdf import render_certificate
from elearning.learning.certificate import CertificateLanguage
from elearning.services.complete_training import dates_of
from elearning.services.issue_certificate import Held, certificates_of, held_certificate
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires
from elearning.web.certificate.pages import Remark, remark, row, sheet, still_open
from elearning.web.i18n import language
from elearning.web.learner.home_page import HomeBuilder
from elearning.web.learner.own_state import own_overview, own_words
from elearning.web.state import clock, library, settings

blueprint = Blueprint("certificate", __name__, url_prefix="/certificaat")
FILE_NAMES = {"nl": "certificaat", "en": "certificate"}


@blueprint.get("")
@requires(Role.LEARNER)
def overview() -> ResponseReturnValue:
    """List every certificate, also those that ended; say what is still open."""
    session, today = transaction.session(), clock().today()
    rows = tuple(
        row(award, words, dates_of(session, award), language(), today)
        for award, words in certificates_of(session, person_id=person_id())
    )
    found = own_overview()
    to_do = still_open(HomeBuilder(library(), found, own_words(found), language(), today))
    return render_template("certificate/overview.html", rows=rows, still_open=to_do)


@blueprint.get("/<uuid:award_id>")
@requires(Role.LEARNER)
def show(award_id: UUID) -> ResponseReturnValue:
    """Show the certificate; this page is the certificate, and it prints as one."""
    return _sheet_page(_held(award_id), is_unprintable=False)


@blueprint.get("/<uuid:award_id>/pdf")
@requires(Role.LEARNER)
def pdf(award_id: UUID) -> ResponseReturnValue:
    """Give the PDF; a name that it has no letters for leads to the page, with a word why."""
    held = _held(award_id)
    try:
        content = render_certificate(held.document)
    except CertificateNotPrintable:
        return _sheet_page(held, is_unprintable=True)
    name = f"{FILE_NAMES[language()]}-{held.award.obtained_on.year}.pdf"
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return content, HTTPStatus.OK, headers


def _held(award_id: UUID) -> Held:
    return held_certificate(
        transaction.session(),
        person_id=person_id(),
        award_id=award_id,
        lang=language(),
        secret_key=settings().secret_key,
        base_url=settings().base_url,
    )


def _remark(held: Held) -> Remark | None:
    training = library().trainings.get(held.award.training_id)
    return remark(
        dates_of(transaction.session(), held.award),
        0 if training is None else training.validity.renewal_window_days,
        cast("CertificateLanguage", language()),
        clock().today(),
    )


def _sheet_page(held: Held, *, is_unprintable: bool) -> str:
    return render_template(
        "certificate/show.html",
        certificate=sheet(held.document),
        remark=_remark(held),
        award_id=held.award.id,
        is_unprintable=is_unprintable,
    )
