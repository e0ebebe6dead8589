"""Pages to hold on to; none of them notes who looked."""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from elearning.content.placeholders import Places
from elearning.content.rendered import Renderer
from elearning.integrations.pocket_card_pdf import render_pocket_card
from elearning.learning.certificate import CertificateLanguage
from elearning.storage.people import Role
from elearning.web.access import public, requires, signed_in_or_none, to_sign_in
from elearning.web.guide.card_page import card_sheet
from elearning.web.guide.facts_page import facts_page
from elearning.web.guide.hour_page import hour_page
from elearning.web.guide.phrases_page import phrases_page
from elearning.web.guide.reporting_page import reporting_page
from elearning.web.guide.words_page import terms_page
from elearning.web.i18n import language
from elearning.web.state import clock, library

blueprint = Blueprint("guide", __name__)
FILE_NAMES = {"nl": "zakkaart", "en": "pocket-card"}


@blueprint.get("/melden")
@public
def reporting() -> ResponseReturnValue:
    """Say how reporting works here, as the institution wrote it."""
    page = reporting_page(library().institution, _language())
    return render_template("guide/reporting.html", page=page)


@blueprint.get("/feiten")
@public
def facts() -> ResponseReturnValue:
    """List every fact that the texts use, with its source, and what is being checked."""
    page = facts_page(library().directory, _language(), clock().today())
    return render_template("guide/facts.html", page=page)


@blueprint.get("/zinnen")
@public
def phrases() -> ResponseReturnValue:
    """Show lines that help; without signing in where the institution wants that."""
    if not library().institution.has_open_phrases and signed_in_or_none() is None:
        return to_sign_in()
    searched = request.args.get("zoek", "")
    page = phrases_page(library().handouts.phrases, _renderer(), searched)
    return render_template("guide/phrases.html", page=page)


@blueprint.get("/begrippen")
@public
def terms() -> ResponseReturnValue:
    """Say what the words of this subject mean."""
    rows = terms_page(library().handouts.terms, _renderer())
    return render_template("guide/terms.html", terms=rows)


@blueprint.get("/zakkaart")
@public
def card() -> ResponseReturnValue:
    """Show the pocket card; this page prints as one sheet."""
    sheet = card_sheet(library(), _language(), clock().today())
    return render_template("guide/card.html", card=sheet)


@blueprint.get("/zakkaart/pdf")
@public
def card_pdf() -> ResponseReturnValue:
    """Give the pocket card as a PDF."""
    content = render_pocket_card(card_sheet(library(), _language(), clock().today()))
    headers = {
        "Content-Type": "application/pdf",
        "Content-Disposition": f'attachment; filename="{FILE_NAMES[language()]}.pdf"',
    }
    return content, HTTPStatus.OK, headers


@blueprint.get("/oefenuur")
@requires(Role.LEARNER)
def practice_hour() -> ResponseReturnValue:
    """Show the script of the practice hour and its cards, for who leads it."""
    page = hour_page(library().handouts.hour, _renderer())
    return render_template("guide/hour.html", page=page)


def _language() -> CertificateLanguage:
    return cast("CertificateLanguage", language())


def _renderer() -> Renderer:
    places = Places(library().directory, library().institution)
    return Renderer(places, library().addresses, language())
