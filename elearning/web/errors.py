"""What an expected error becomes on the page: one table, and a last resort that needs nothing."""

from __future__ import annotations

from http import HTTPStatus
from pathlib import Path
from traceback import format_tb

from flask import Flask, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask.wrappers import Response
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException, SecurityError

from elearning.errors import (
    CertificateNotPrintable,
    CodeNotUsable,
    Conflict,
    ElearningError,
    InvalidInput,
    NotFound,
    NoUnitYet,
    SignInRefused,
    TooManyTries,
)
from elearning.storage.people import Role
from elearning.web import access
from elearning.web.extensions import db

STATUS: dict[type[ElearningError], HTTPStatus] = {
    NotFound: HTTPStatus.NOT_FOUND,
    InvalidInput: HTTPStatus.BAD_REQUEST,
    Conflict: HTTPStatus.CONFLICT,
    SignInRefused: HTTPStatus.UNPROCESSABLE_ENTITY,
    CodeNotUsable: HTTPStatus.UNPROCESSABLE_ENTITY,
    TooManyTries: HTTPStatus.TOO_MANY_REQUESTS,
    CertificateNotPrintable: HTTPStatus.UNPROCESSABLE_ENTITY,
}
LAST_RESORT = (Path(__file__).parent / "templates/errors/last_resort.html").read_bytes()


def status_of(error: ElearningError) -> HTTPStatus:
    """Return the status of an expected error, by its nearest class in the table."""
    known = (STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return next(known, HTTPStatus.INTERNAL_SERVER_ERROR)


def words_for(status: int) -> tuple[str, str]:
    """Return the heading and what someone can do now; calm, and true about what was saved."""
    if status == HTTPStatus.NOT_FOUND:
        return _("We cannot find this page"), _(
            "The address may be wrong, or the page is not part of your training."
        )
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return _("Please try again later"), _(
            "This has been tried too often. Wait fifteen minutes and try again."
        )
    if status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE:
        return _("That was too much at once"), _("What was sent is too large. Nothing was changed.")
    if status == HTTPStatus.CONFLICT:
        return _("You have already moved on"), _(
            "Your place has changed in the meantime. Nothing was lost. "
            "Go on from your training page."
        )
    if status < HTTPStatus.INTERNAL_SERVER_ERROR:
        return _("We could not use that"), _(
            "The page may have been open for a long time. Nothing was changed. "
            "Go back, reload the page and try again."
        )
    return _("Something went wrong on our side"), _(
        "Your last answer was not saved. Everything before it is safe. Try again in a moment."
    )


def error_page(status: int) -> tuple[str, int]:
    """Return the calm page for a status."""
    heading, body = words_for(status)
    return render_template("errors/error.html", heading=heading, body=body, status=status), status


def init_app(app: Flask) -> None:
    """Answer every error with a page; views catch nothing."""

    @app.errorhandler(ElearningError)
    def expected(error: ElearningError) -> ResponseReturnValue:
        return _expected(error)

    @app.errorhandler(CSRFError)
    def forged(_error: CSRFError) -> ResponseReturnValue:
        return _without_token()

    @app.errorhandler(SecurityError)
    def for_another_host(_error: SecurityError) -> Response:
        # Without a trusted host there are no addresses, so no page can be drawn.
        return Response("", HTTPStatus.BAD_REQUEST, content_type="text/plain; charset=utf-8")

    @app.errorhandler(HTTPException)
    def http(error: HTTPException) -> tuple[str, int] | Response:
        status = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
        if status < HTTPStatus.BAD_REQUEST:
            return Response(error.get_response().get_data(), status, error.get_headers())
        return error_page(status)

    @app.errorhandler(Exception)
    def unexpected(error: Exception) -> tuple[str, int] | Response:
        # The template names the view, never a form value: choices must not reach a log.
        current_app.logger.error("error in %s: %s", request.endpoint, _where(error))
        db.session.rollback()
        return _last_resort(error)


def _expected(error: ElearningError) -> ResponseReturnValue:
    """Answer by the table; who may add the first unit of an institution is led to where."""
    if isinstance(error, NoUnitYet) and access.may(Role.HR_CENTRAL, everywhere=True):
        return redirect(url_for("unit_add.ask"), code=HTTPStatus.SEE_OTHER)
    return error_page(status_of(error))


def _without_token() -> ResponseReturnValue:
    """Answer a form whose token is missing or has died."""
    if request.endpoint == "account.leave":
        # Whoever wants to leave leaves, also from a page whose token has died.
        return redirect(url_for("account.leave_by_address"), code=HTTPStatus.SEE_OTHER)
    if access.needs_sign_in():
        # The token died with the session: the way back is to sign in, not to try again.
        return access.to_sign_in()
    return error_page(HTTPStatus.BAD_REQUEST)


def _where(error: BaseException) -> str:
    """Return what kind of error it was and where; its message may quote what somebody sent."""
    frames = "".join(format_tb(error.__traceback__))
    return f"{type(error).__module__}.{type(error).__qualname__}\n{frames}"


def _last_resort(error: Exception) -> tuple[str, int] | Response:
    """Try the styled page; when even that fails, answer with bytes kept in memory."""
    status = (
        HTTPStatus.SERVICE_UNAVAILABLE
        if isinstance(error, OperationalError)
        else HTTPStatus.INTERNAL_SERVER_ERROR
    )
    try:
        return error_page(status)
    except Exception as again:  # noqa: BLE001 - whatever it is, someone is waiting for an answer
        words = "the error page failed as well: %s"
        current_app.logger.error(words, _where(again))  # noqa: TRY400 - a message may quote input
        return Response(LAST_RESORT, status, content_type="text/html; charset=utf-8")
