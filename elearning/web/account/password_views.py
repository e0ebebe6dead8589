"""Choose a password with a link that works once, or change one's own.

The code of a link is behind the `#` of its address, which browsers send to nobody: so it stands in
no log of a server or proxy. A script moves it into the form; without one it is pasted there.
"""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from elearning.errors import CodeNotUsable, ElearningError, SignInRefused, TooManyTries
from elearning.services import choose_password as use_case
from elearning.services.password_rule import Fault, PasswordNotUsable
from elearning.services.sign_in import leave
from elearning.storage.people import Role
from elearning.web import sessions, transaction
from elearning.web.access import person_id, public, requires
from elearning.web.account.forms import ChangePasswordForm, ChoosePasswordForm, NewPasswordForm
from elearning.web.network import network
from elearning.web.state import clock, library, settings

blueprint = Blueprint("password", __name__)


@blueprint.get("/inloggen/wachtwoord")
@public
def ask() -> ResponseReturnValue:
    """Show the page that a link leads to; whether the link works is not known here."""
    return _page("account/choose_password.html", ChoosePasswordForm())


@blueprint.post("/inloggen/wachtwoord")
@public
def choose() -> ResponseReturnValue:
    """Use the link up and lead to the sign-in page, signed out."""
    form = ChoosePasswordForm()
    if not form.validate_on_submit():
        return _page("account/choose_password.html", form), HTTPStatus.UNPROCESSABLE_ENTITY
    session = transaction.session()
    code, password = form.code.data or "", form.password.data or ""
    try:
        use_case.choose_with_link(
            session, code=code, password=password, network=network(), site=_site()
        )
    except (CodeNotUsable, PasswordNotUsable, TooManyTries) as refusal:
        if isinstance(refusal, CodeNotUsable):
            form.code.data = ""
        return _refused("account/choose_password.html", form, refusal)
    token = sessions.current_token()
    if token is not None:
        leave(session, token=token)
    sessions.end()
    flash(_("Your password is set. Sign in with it."), "positive")
    return redirect(url_for("account.sign_in"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/wachtwoord")
@requires(Role.LEARNER)
def show() -> ResponseReturnValue:
    """Ask for the password of now, and a new one."""
    return _page("account/change_password.html", ChangePasswordForm())


@blueprint.post("/wachtwoord")
@requires(Role.LEARNER)
def change() -> ResponseReturnValue:
    """Change it; this browser stays signed in, under a new token, and all others are not."""
    form = ChangePasswordForm()
    if not form.validate_on_submit():
        return _page("account/change_password.html", form), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        token = use_case.change_password(
            transaction.session(),
            person_id=person_id(),
            current=form.current.data or "",
            password=form.password.data or "",
            network=network(),
            site=_site(),
            lasts=timedelta(hours=settings().session_hours),
        )
    except (SignInRefused, PasswordNotUsable, TooManyTries) as refusal:
        return _refused("account/change_password.html", form, refusal)
    sessions.begin(token)
    flash(_("Your password is changed. In other browsers you are signed out."), "positive")
    return redirect(url_for("learner.home"), code=HTTPStatus.SEE_OTHER)


def _site() -> use_case.Site:
    """Return what a password may not be made of, of this site and this institution."""
    words = _("Learning environment"), *library().institution.name.values()
    return use_case.Site(words=words, key=settings().secret_key, clock=clock())


def _page(template: str, form: NewPasswordForm, *errors: tuple[str, str]) -> str:
    found = errors or tuple(
        (each.name, str(each.errors[0])) for each in form.asked() if each.errors
    )
    return render_template(template, form=form, errors=found)


def _refused(template: str, form: NewPasswordForm, refusal: ElearningError) -> ResponseReturnValue:
    """Say what to do now; the try is counted although nothing else is kept."""
    transaction.keep_changes()
    field, text = _words_for(refusal)
    is_too_often = isinstance(refusal, TooManyTries)
    status = HTTPStatus.TOO_MANY_REQUESTS if is_too_often else HTTPStatus.UNPROCESSABLE_ENTITY
    return _page(template, form, (field, text)), status


def _words_for(refusal: ElearningError) -> tuple[str, str]:
    if isinstance(refusal, CodeNotUsable):
        return "code", _("This link does not work any more. Ask for a new one.")
    if isinstance(refusal, SignInRefused):
        return "current", _("This is not your current password.")
    if isinstance(refusal, PasswordNotUsable):
        return "password", _fault_words()[refusal.fault]
    return "password", _("Try again in 15 minutes.")


def _fault_words() -> dict[Fault, str]:
    return {
        Fault.TOO_SHORT: _("Use at least 12 characters"),
        Fault.TOO_LONG: _("This is too long for a password"),
        Fault.TOO_EASY: _(
            "This is easy to guess. Leave out your name, your number and words that many people "
            "use."
        ),
    }
