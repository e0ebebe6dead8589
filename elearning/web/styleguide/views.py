"""One page with every component in every state; the accessibility tests read it as well."""

from __future__ import annotations

from flask import Blueprint, render_template

from elearning.web.access import public
from elearning.web.styleguide.pages import style_guide

blueprint = Blueprint("styleguide", __name__)


@blueprint.get("/stijlgids")
@public
def index() -> str:
    """Show every component with example values."""
    return render_template("styleguide/index.html", guide=style_guide())
