"""Response headers: a strict policy on every answer, error pages included."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Flask, request
from flask.wrappers import Response

from elearning.config import Settings

LARGEST_BODY_BYTES = 256 * 1024
HSTS_SECONDS = 63_072_000
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
}


def init_app(app: Flask, settings: Settings, exit_url: str) -> None:
    """Set the policy; `exit_url` is where the quick exit leads, which the browser must allow."""
    app.config["MAX_CONTENT_LENGTH"] = LARGEST_BODY_BYTES
    app.config["MAX_FORM_MEMORY_SIZE"] = LARGEST_BODY_BYTES
    app.config["MAX_FORM_PARTS"] = 200
    app.config["TRUSTED_HOSTS"] = list(settings.trusted_hosts)
    policy = content_security_policy(exit_url)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in FIXED.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        if request.endpoint != "static" or response.status_code >= HTTPStatus.BAD_REQUEST:
            response.headers.setdefault("Cache-Control", "no-store")
        if settings.is_https:
            response.headers["Strict-Transport-Security"] = (
                f"max-age={HSTS_SECONDS}; includeSubDomains"
            )
        return response


def content_security_policy(exit_url: str) -> str:
    """Return a policy without any `unsafe-*`; Chromium checks redirects of forms as well."""
    parts = urlsplit(exit_url)
    return "; ".join(
        (
            "default-src 'none'",
            "style-src 'self'",
            "script-src 'self'",
            "img-src 'self'",
            "connect-src 'self'",
            f"form-action 'self' {parts.scheme}://{parts.netloc}",
            "base-uri 'none'",
            "frame-ancestors 'none'",
        )
    )
