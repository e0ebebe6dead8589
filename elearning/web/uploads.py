"""The few forms that may carry a file: their limit is raised before anything reads the body.

Everyone else keeps the small limit, also on these addresses.
"""

from __future__ import annotations

from flask import Flask, request

from elearning.learning.prior import LARGEST_BYTES as LARGEST_EVIDENCE
from elearning.services.roster_file import LARGEST_BYTES
from elearning.storage.people import Role
from elearning.web.access import may

ENVELOPE_BYTES = 64 * 1024
# What is somewhat too large is refused by the form, in words, and only what is far too large here.
EVIDENCE_BYTES = 2 * LARGEST_EVIDENCE


def init_app(app: Flask) -> None:
    """Register this before the CSRF check, which is the first to read a form."""

    @app.before_request
    def allow_a_file() -> None:
        if request.endpoint == "roster.upload" and may(Role.HR_CENTRAL):
            request.max_content_length = LARGEST_BYTES + ENVELOPE_BYTES
        if request.endpoint == "prior.fill" and may(Role.LEARNER):
            request.max_content_length = EVIDENCE_BYTES + ENVELOPE_BYTES
