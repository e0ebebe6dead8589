"""Static files with their content hash in the address: browsers may keep them for a year."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from flask import Flask, request, url_for
from flask.wrappers import Response

HASH_LENGTH = 12
YEAR_SECONDS = 31_536_000
VERSION = "v"


@cache
def version_of(path: Path) -> str:
    """Return the first characters of a file's SHA-256."""
    return sha256(path.read_bytes()).hexdigest()[:HASH_LENGTH]


def init_app(app: Flask) -> None:
    """Add the hash to each address of a static file, and let a versioned answer be kept.

    Templates use `asset(name)`: the addresses stand still while the program runs.
    """
    folder = Path(app.static_folder or "")

    @app.url_defaults
    def add_version(endpoint: str, values: dict[str, str]) -> None:
        if endpoint == "static" and (folder / values["filename"]).is_file():
            values[VERSION] = version_of(folder / values["filename"])

    @cache
    def asset(filename: str) -> str:
        return url_for("static", filename=filename)

    app.jinja_env.globals["asset"] = asset

    @app.after_request
    def allow_keeping(response: Response) -> Response:
        # The page for a missing file names who is signed in; that one is not kept.
        if request.endpoint == "static" and response.status_code < HTTPStatus.BAD_REQUEST:
            is_versioned = VERSION in request.args
            response.headers["Cache-Control"] = (
                f"public, max-age={YEAR_SECONDS}, immutable" if is_versioned else "no-cache"
            )
        return response
