"""The request log: method, route template, status, milliseconds, request id; nothing of a person.

Choices travel in POST bodies only and addresses are logged as their template, so that no line says
who did what (design: trust, "logs betray choices").
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Mapping
from enum import StrEnum
from time import perf_counter

from flask import Flask, g, request
from flask.wrappers import Response

LOGGER = logging.getLogger("elearning.requests")


class LogField(StrEnum):
    """Everything that a line of the request log says, in this order."""

    METHOD = "method"
    ROUTE = "route"
    STATUS = "status"
    DURATION = "duration"
    REQUEST_ID = "request_id"


FORMATS: Mapping[LogField, str] = {
    LogField.METHOD: "%s",
    LogField.ROUTE: "%s",
    LogField.STATUS: "%d",
    LogField.DURATION: "%.1f ms",
    LogField.REQUEST_ID: "%s",
}
LINE = " ".join(FORMATS[field] for field in LogField)
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
        said: dict[LogField, object] = {
            LogField.METHOD: request.method,
            LogField.ROUTE: rule,
            LogField.STATUS: response.status_code,
            LogField.DURATION: milliseconds,
            LogField.REQUEST_ID: g.get("request_id", "-"),
        }
        LOGGER.info(LINE, *(said[field] for field in LogField))
        return response
