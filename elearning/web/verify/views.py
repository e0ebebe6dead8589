"""Check a certificate: anyone who holds the code may, without signing in and without a cookie.

The factory exempts these forms from CSRF protection: they use no authority that a cookie gives.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from elearning.errors import TooManyTries
from elearning.learning.certificate import CertificateLanguage
from elearning.services.verify_certificate import (
    check_name,
    count_look_up,
    shared_badge,
    verify_code,
)
from elearning.web import transaction
from elearning.web.access import public
from elearning.web.extensions import db
from elearning.web.i18n import LANGUAGES, PARAMETER, language
from elearning.web.network import network
from elearning.web.state import clock, settings
from elearning.web.verify.forms import CodeForm, NameForm
from elearning.web.verify.pages import (
    NameAnswer,
    VerifyPage,
    name_answer,
    try_again_in,
    verify_page,
)

blueprint = Blueprint("verify", __name__)
NO_BADGE = '{"error": "no badge is shared at this address"}'


@blueprint.after_request
def keep_it_between_us(response: Response) -> Response:
    """Let no search engine list an answer, and tell no other site where a reader came from."""
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.errorhandler(TooManyTries)
def wait(refusal: TooManyTries) -> ResponseReturnValue:
    """Say when the next try is possible."""
    page = render_template("verify/wait.html", when=try_again_in(refusal.retry_after_seconds))
    return page, HTTPStatus.TOO_MANY_REQUESTS, {"Retry-After": str(refusal.retry_after_seconds)}


@blueprint.get("/v")
@public
def form() -> ResponseReturnValue:
    """Ask for a code."""
    return render_template("verify/form.html", form=CodeForm(), action=_here("verify.send"))


@blueprint.post("/v")
@public
def send() -> ResponseReturnValue:
    """Lead to the address of a typed code, so that the answer can be kept and sent on."""
    form = CodeForm(request.form)
    if not form.validate():
        page = render_template("verify/form.html", form=form, action=_here("verify.send"))
        return page, HTTPStatus.UNPROCESSABLE_ENTITY
    return redirect(_here("verify.show", form.code.data), code=HTTPStatus.SEE_OTHER)


@blueprint.get("/v/<code>")
@public
def show(code: str) -> ResponseReturnValue:
    """Say what a code is worth; the same shape and status whether or not there is such a code."""
    with Session(db.engine) as counting, counting.begin():
        _count(counting)
    return _answer_page(code, NameForm(), None)


@blueprint.get("/v/<code>/badge.json")
@public
def badge(code: str) -> ResponseReturnValue:
    """Give the badge to anyone with its address, while its holder shares it."""
    with Session(db.engine) as counting, counting.begin():
        _count(counting)
    found = shared_badge(transaction.session(), text=code, secret_key=settings().secret_key)
    if found is None:
        return NO_BADGE, HTTPStatus.NOT_FOUND, {"Content-Type": "application/json"}
    headers = {"Content-Type": "application/vc+ld+json", "Access-Control-Allow-Origin": "*"}
    return found, HTTPStatus.OK, headers


@blueprint.post("/v/<code>/naam")
@public
def check(code: str) -> ResponseReturnValue:
    """Say whether a name stands on the paper with this code; the name is kept nowhere."""
    form = NameForm(request.form)
    if not form.validate():
        return _answer_page(code, form, None), HTTPStatus.UNPROCESSABLE_ENTITY
    _count(transaction.session())
    is_match = check_name(
        transaction.session(),
        text=code,
        name=form.name.data or "",
        secret_key=settings().secret_key,
        clock=clock(),
    )
    return _answer_page(code, NameForm(), name_answer(is_match=is_match))


@blueprint.get("/controleer")
@blueprint.get("/controleer/<code>")
@public
def moved(code: str | None = None) -> ResponseReturnValue:
    """Lead from the long address to the one that is printed."""
    target = "verify.form" if code is None else "verify.show"
    return redirect(_here(target, code), code=HTTPStatus.MOVED_PERMANENTLY)


def _answer_page(code: str, form: NameForm, answer: NameAnswer | None) -> str:
    page = _look_up(code)
    action = _here("verify.check", code)
    return render_template("verify/answer.html", page=page, form=form, answer=answer, action=action)


def _look_up(code: str) -> VerifyPage:
    found = verify_code(
        transaction.session(), text=code, secret_key=settings().secret_key, clock=clock()
    )
    return verify_page(found, cast("CertificateLanguage", language()), clock().today())


def _count(session: Session) -> None:
    count_look_up(session, network=network(), secret_key=settings().secret_key, clock=clock())


def _here(endpoint: str, code: str | None = None) -> str:
    """Return an address that keeps the language that was asked for; there is no cookie to do so."""
    asked = request.args.get(PARAMETER)
    return url_for(endpoint, code=code, lang=asked if asked in LANGUAGES else None)
