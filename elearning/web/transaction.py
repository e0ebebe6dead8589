"""One transaction per request: a GET reads, a successful POST commits, all else rolls back.

The commit runs before the answer leaves, so a page never says "saved" about what was not; a commit
that fails becomes an error page (docs/decisions/0002-transactions.md).
"""

from __future__ import annotations

from http import HTTPStatus

from flask import Flask, g, request
from flask.wrappers import Response
from sqlalchemy.orm import Session

from elearning.storage.engine import begin_reading
from elearning.web.extensions import db

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


def session() -> Session:
    """Return the request's database session; in a safe request it cannot write."""
    current = db.session()
    if not current.in_transaction() and request.method in SAFE_METHODS:
        begin_reading(current)
    return current


def keep_changes() -> None:
    """Commit although the answer is a refusal: a counted try must count."""
    g.keep_changes = True


def end_transaction(response: Response) -> Response:
    """Commit or roll back; an exception here is answered by the error handler."""
    if not db.session.registry.has():
        return response
    is_refusal = response.status_code >= HTTPStatus.BAD_REQUEST
    if request.method in SAFE_METHODS or (is_refusal and not g.get("keep_changes", False)):
        db.session.rollback()
    else:
        db.session.commit()
    return response


def init_app(app: Flask) -> None:
    """Register the end of the transaction so that it runs after every other after-handler."""
    app.after_request_funcs.setdefault(None, []).insert(0, end_transaction)
