"""The learner's own certificates: the list, the sheet, and the PDF."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import AwardNotCurrent, CertificateNotPrintable, NotFound
from elearning.integrations.typst_pdf import (
    badge_attachment,
    render_certificate,
    statement_attachment,
)
from elearning.learning.certificate import CertificateLanguage
from elearning.services.awards import dates_of
from elearning.services.held_certificates import Held, certificates_of, held_certificate
from elearning.services.replace_award import has_another_name, reissue_under_present_name
from elearning.storage.completion import Award
from elearning.storage.people import Role
from elearning.web import transaction
from elearning.web.access import person_id, requires, signed_in
from elearning.web.certificate.pages import Remark, remark, row, sheet, still_open
from elearning.web.i18n import language
from elearning.web.learner.home_page import HomeBuilder
from elearning.web.learner.own_state import own_overview, own_words
from elearning.web.state import clock, issuing, library, settings

blueprint = Blueprint("certificate", __name__, url_prefix="/certificaat")
FILE_NAMES = {"nl": "certificaat", "en": "certificate"}


@blueprint.get("")
@requires(Role.LEARNER)
def overview() -> ResponseReturnValue:
    """List every certificate, also those that ended; say what is still open."""
    session, today = transaction.session(), clock().today()
    rows = tuple(
        row(award, words, dates_of(session, award), _window(award), language(), today)
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
        attachments = (
            statement_attachment(held.document, held.statement),
            badge_attachment(held.document, held.badge),
        )
        content = render_certificate(held.document, attachments=attachments)
    except CertificateNotPrintable:
        return _sheet_page(held, is_unprintable=True)
    name = f"{FILE_NAMES[language()]}-{held.award.obtained_on.year}.pdf"
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    return content, HTTPStatus.OK, headers


@blueprint.get("/<uuid:award_id>/logo")
@requires(Role.LEARNER)
def logo(award_id: UUID) -> ResponseReturnValue:
    """Give the logo that the certificate was issued with."""
    found = _held(award_id).document.theme.logo
    if found is None:
        raise NotFound("no logo")
    return found.svg, HTTPStatus.OK, {"Content-Type": "image/svg+xml"}


@blueprint.post("/<uuid:award_id>/naam")
@requires(Role.LEARNER)
def rename(award_id: UUID) -> ResponseReturnValue:
    """Issue the certificate anew under the name of now; sent twice, it is done once."""
    try:
        new = reissue_under_present_name(
            transaction.session(), person_id=person_id(), award_id=award_id, issuing=issuing()
        )
    except AwardNotCurrent:
        return redirect(url_for(".overview"), code=HTTPStatus.SEE_OTHER)
    flash(_("Your certificate has the new name. It has a new code too."), "positive")
    return redirect(url_for(".show", award_id=new.id), code=HTTPStatus.SEE_OTHER)


def _present_name(award: Award) -> str | None:
    """Return what the holder is called now, where the certificate says something else."""
    has_another = has_another_name(transaction.session(), award=award)
    return signed_in().display_name if has_another else None


def _held(award_id: UUID) -> Held:
    return held_certificate(
        transaction.session(),
        person_id=person_id(),
        award_id=award_id,
        lang=language(),
        secret_key=settings().secret_key,
        base_url=settings().base_url,
    )


def _window(award: Award) -> int:
    """Return how many days before its end a certificate can be renewed."""
    training = library().trainings.get(award.training_id)
    return 0 if training is None else training.on(clock().today()).validity.renewal_window_days


def _remark(held: Held) -> Remark | None:
    return remark(
        dates_of(transaction.session(), held.award),
        _window(held.award),
        cast("CertificateLanguage", language()),
        clock().today(),
    )


def _sheet_page(held: Held, *, is_unprintable: bool) -> str:
    return render_template(
        "certificate/show.html",
        certificate=sheet(held.document, held.award.id),
        remark=_remark(held),
        award_id=held.award.id,
        is_unprintable=is_unprintable,
        present_name=_present_name(held.award),
    )
