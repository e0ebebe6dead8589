"""The request log: method, route template, status, milliseconds, request id; nothing of a person.

Choices travel in POST bodies only and addresses are logged as their template, so that no line says
who did what (design: trust, "logs betray choices").
"""

from __future__ import annotations

import logging
import secrets
from time import perf_counter

from flask import Flask, g, request
from flask.wrappers import Response

LOGGER = logging.getLogger("elearning.requests")
# Leaving, pausing, looking for help or for another way leave no trace at all.
UNLOGGED = frozenset(
    {
        "account.leave",
        "account.leave_by_address",
        "own_data.forget",
        "support.another_way",
        "support.help_page",
        "support.pause",
        "support.use_code",
    }
)


def init_app(app: Flask) -> None:
    """Log each request once, when it has been answered."""

    @app.before_request
    def begin() -> None:
        g.request_id = secrets.token_hex(8)
        g.began = perf_counter()

    @app.after_request
    def log(response: Response) -> Response:
        if request.endpoint in UNLOGGED:
            return response
        rule = request.url_rule.rule if request.url_rule is not None else "-"
        milliseconds = (perf_counter() - g.get("began", perf_counter())) * 1000
        LOGGER.info(
            "%s %s %d %.1f ms %s",
            request.method,
            rule,
            response.status_code,
            milliseconds,
            g.get("request_id", "-"),
        )
        return response
