"""A test client that refuses a bad page, whichever test happens to meet it."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.pages.html import VARYING, parse
from tests.web.languages import Foreign, foreign_on_page
from tests.web.page_rules import broken_rules

REQUIRED_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cache-Control": "no-store",
}
# No cookie is read or set there and nobody is known, so caches may keep it.
KEPT_BY_CACHES = {"/cijfer": {"Cache-Control": "public, max-age=3600"}}

# Digests of pages that were looked at and are fine: most answers of a run differ in nothing that a
# reader sees, and reading HTML as a browser does takes longer than making it.
_fine: set[bytes] = set()


class BadPage(AssertionError):
    """A page that must not be shown to anyone; the message lists everything that is wrong."""


class StrictClient(FlaskClient):
    """Checks every page it gets; the fixture sets `foreign` and `untranslated`."""

    foreign: Mapping[str, Foreign]
    untranslated: list[str]

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:  # noqa: ANN401 - as in Flask
        """Return the answer, or refuse it."""
        response = super().open(*args, **kwargs)
        found = [*bad_headers(response), *self._bad_words()]
        if response.mimetype == "text/html" and "Location" not in response.headers:
            found += self._bad_html(response.text)
        if found:
            where = f"{response.request.method} {response.request.full_path}"
            raise BadPage("\n  ".join([f"{where} gave a bad page:", *found]))
        return response

    def _bad_html(self, html: str) -> list[str]:
        digest = sha256(VARYING.sub("", html).encode()).digest()
        if digest in _fine:
            return []
        root, found = parse(html)
        foreign = foreign_on_page(root, self.foreign)
        found = [
            *found,
            *broken_rules(root),
            *(f"in the wrong language: {text!r}" for text in foreign),
        ]
        if not found:
            _fine.add(digest)
        return found

    def _bad_words(self) -> list[str]:
        found = [f"not in the catalogue: {message!r}" for message in self.untranslated]
        self.untranslated.clear()
        return found


def bad_headers(response: TestResponse) -> list[str]:
    """Return which of the headers that every answer has are missing or weak."""
    found = []
    policy = response.headers.get("Content-Security-Policy", "")
    if "default-src 'none'" not in policy or "unsafe" in policy:
        found.append(f"the content security policy is {policy!r}")
    if response.headers.get("Referrer-Policy") not in {"same-origin", "no-referrer"}:
        found.append("the referrer policy tells other sites where people come from")
    if response.request.path.startswith("/static/"):
        return found
    return found + [
        f"{name} is {response.headers.get(name)!r}"
        for name, value in _required(response).items()
        if response.headers.get(name) != value
    ]


def _required(response: TestResponse) -> dict[str, str]:
    """Return the headers of an answer; where caches may keep one, an error is still not kept."""
    is_fine = response.status_code < HTTPStatus.BAD_REQUEST
    kept = KEPT_BY_CACHES.get(response.request.path, {}) if is_fine else {}
    return {**REQUIRED_HEADERS, **kept}
