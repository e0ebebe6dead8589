"""Light, dark, or as the device has it: a choice of this browser, kept in a cookie of its own."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import InvalidInput
from elearning.web.access import public
from elearning.web.frame import THEME_COOKIE, THEMES
from elearning.web.parts import Choice
from elearning.web.state import settings

blueprint = Blueprint("display", __name__, url_prefix="/weergave")
YEAR_SECONDS = 31_536_000


@blueprint.get("")
@public
def choose() -> ResponseReturnValue:
    """Offer the three ways."""
    names = {"auto": _("As my device has it"), "light": _("Light"), "dark": _("Dark")}
    choices = tuple(Choice(theme, names[theme]) for theme in THEMES)
    return render_template("account/display.html", choices=choices)


@blueprint.post("")
@public
def keep() -> ResponseReturnValue:
    """Keep the choice in this browser."""
    theme = request.form.get("theme", "")
    if theme not in THEMES:
        raise InvalidInput("not a way to display pages")
    flash(_("This is how pages look from now on."), "positive")
    response = redirect(url_for(".choose"), code=HTTPStatus.SEE_OTHER)
    response.set_cookie(
        THEME_COOKIE,
        theme,
        max_age=YEAR_SECONDS,
        httponly=True,
        samesite="Lax",
        secure=settings().is_https,
    )
    return response
