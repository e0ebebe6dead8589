"""Pages to hold on to; none of them notes who looked."""

from __future__ import annotations

from typing import cast

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from elearning.learning.certificate import CertificateLanguage
from elearning.web.access import public
from elearning.web.guide.facts_page import facts_page
from elearning.web.guide.reporting_page import reporting_page
from elearning.web.i18n import language
from elearning.web.state import clock, library

blueprint = Blueprint("guide", __name__)


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


def _language() -> CertificateLanguage:
    return cast("CertificateLanguage", language())
