"""The few forms that may carry a file: their limit is raised before anything reads the body.

Everyone else keeps the small limit, also on these addresses.
"""

from __future__ import annotations

from flask import Flask, request

from elearning.services.roster_file import LARGEST_BYTES
from elearning.storage.people import Role
from elearning.web.access import may

ENVELOPE_BYTES = 64 * 1024


def init_app(app: Flask) -> None:
    """Register this before the CSRF check, which is the first to read a form."""

    @app.before_request
    def allow_a_roster() -> None:
        if request.endpoint == "roster.upload" and may(Role.HR_CENTRAL):
            request.max_content_length = LARGEST_BYTES + ENVELOPE_BYTES
