"""The cookie: signed, short-lived, and worth nothing without its row in the database.

Flask's own signed session holds the CSRF secret, the next banner and the token; the token is looked
up at every request (services/sign_in.py), so that signing out ends a session everywhere.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Flask, Request, Response, request, session
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

from elearning.config import Settings
from elearning.services.sign_in import who_is
from elearning.web import transaction
from elearning.web.access import Principal
from elearning.web.cookieless import is_cookieless
from elearning.web.extensions import login_manager
from elearning.web.state import clock

TOKEN = "token"  # noqa: S105 - the name of the entry in the cookie


class CookieSessions(SecureCookieSessionInterface):
    """Flask's signed cookie, neither read nor set at an address that promises so."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what the cookie holds; nothing at a cookieless address."""
        if is_cookieless(request):
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Set the cookie when it changed or slides on, but never at a cookieless address."""
        if not is_cookieless(request):
            super().save_session(app, session, response)


def init_app(app: Flask, settings: Settings) -> None:
    """Set the cookie's rules and tell Flask-Login how to find the person."""
    app.session_interface = CookieSessions()
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if settings.is_https else "session",
        SESSION_COOKIE_SECURE=settings.is_https,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(minutes=settings.idle_minutes),
        SESSION_REFRESH_EACH_REQUEST=True,
    )
    login_manager.init_app(app)
    login_manager.request_loader(load_principal)


def load_principal(_request: object) -> Principal | None:
    """Return who the token in the cookie belongs to."""
    token = session.get(TOKEN)
    if not isinstance(token, str):
        return None
    person = who_is(transaction.session(), token=token, clock=clock())
    return None if person is None else Principal(person)


def begin(token: str) -> None:
    """Start a fresh cookie for a new sign-in: nothing from before it survives."""
    session.clear()
    session.permanent = True
    session[TOKEN] = token


def current_token() -> str | None:
    """Return the token of this browser, or None."""
    token = session.get(TOKEN)
    return token if isinstance(token, str) else None


def end() -> None:
    """Forget everything in the cookie."""
    session.clear()
