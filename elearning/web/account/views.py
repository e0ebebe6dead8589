"""Sign in with a local account, sign out everywhere, leave this page at once."""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from elearning.errors import SignInRefused, TooManyTries
from elearning.services import sign_in as use_case
from elearning.services.seed_demo import demo_accounts
from elearning.storage.people import Role
from elearning.web import sessions, transaction
from elearning.web.access import person_id, public, requires
from elearning.web.account.addresses import safe_next
from elearning.web.account.forms import SignInForm
from elearning.web.network import network
from elearning.web.state import clock, library, settings

blueprint = Blueprint("account", __name__)


@blueprint.get("/inloggen")
@public
def sign_in() -> ResponseReturnValue:
    """Show the sign-in page; someone who is signed in goes on to where they wanted to be."""
    if current_user.is_authenticated:
        return redirect(safe_next(request.args.get("next")), code=HTTPStatus.SEE_OTHER)
    return sign_in_page(SignInForm(), ())


@blueprint.post("/inloggen")
@public
def sign_in_with_password() -> ResponseReturnValue:
    """Sign in, or say calmly that name and password do not belong together."""
    form = SignInForm()
    if not form.validate_on_submit():
        return sign_in_page(form, ()), HTTPStatus.UNPROCESSABLE_ENTITY
    try:
        token = use_case.sign_in(
            transaction.session(),
            sign_in_name=form.email.data or "",
            password=form.password.data or "",
            network=network(),
            key=settings().secret_key,
            clock=clock(),
            lasts=timedelta(hours=settings().session_hours),
        )
    except (SignInRefused, TooManyTries) as refusal:
        transaction.keep_changes()
        return _refused(form, refusal)
    sessions.begin(token)
    return redirect(safe_next(request.args.get("next")), code=HTTPStatus.SEE_OTHER)


@blueprint.post("/uitloggen")
@requires(Role.LEARNER)
def sign_out() -> ResponseReturnValue:
    """End every session of the person, in every browser."""
    use_case.sign_out(transaction.session(), person_id=person_id())
    sessions.end()
    return redirect(url_for(".signed_out"), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/uitgelogd")
@public
def signed_out() -> ResponseReturnValue:
    """Say that it worked."""
    return render_template("account/signed_out.html")


@blueprint.get("/verlaat")
@public
def leave_by_address() -> ResponseReturnValue:
    """Lead a reload of the exit's address to the neutral site; there is nothing to show here."""
    return redirect(library().institution.exit_url, code=HTTPStatus.SEE_OTHER)


@blueprint.post("/verlaat")
@public
def leave() -> ResponseReturnValue:
    """End this browser's session and go to the neutral site; nothing is logged or kept of it."""
    token = sessions.current_token()
    if token is not None:
        use_case.leave(transaction.session(), token=token)
    sessions.end()
    response = redirect(library().institution.exit_url, code=HTTPStatus.SEE_OTHER)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def sign_in_page(form: SignInForm, errors: tuple[tuple[str, str], ...]) -> str:
    """Return the sign-in page; a demo, and only a demo, offers its accounts on it."""
    found = errors or tuple(
        (field.name, str(field.errors[0])) for field in (form.email, form.password) if field.errors
    )
    accounts = demo_accounts() if settings().is_demo else ()
    return render_template("account/sign_in.html", form=form, errors=found, accounts=accounts)


def _refused(form: SignInForm, refusal: SignInRefused | TooManyTries) -> ResponseReturnValue:
    if isinstance(refusal, TooManyTries):
        text = _("Try again in 15 minutes.")
        return sign_in_page(form, (("email", text),)), HTTPStatus.TOO_MANY_REQUESTS
    text = _("This e-mail address and password do not belong together.")
    return sign_in_page(form, (("email", text),)), HTTPStatus.UNPROCESSABLE_ENTITY
