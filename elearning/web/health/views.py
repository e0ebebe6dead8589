"""For a load balancer: answers 200 only when the database answers and has the right tables."""

from __future__ import annotations

from flask import Blueprint
from flask.typing import ResponseReturnValue

from elearning.storage.schema import require_head
from elearning.web.access import public
from elearning.web.extensions import db

blueprint = Blueprint("health", __name__)


@blueprint.get("/gezond")
@public
def health() -> ResponseReturnValue:
    """Return `ok`; a database that fails or is out of date becomes an error page and status."""
    require_head(db.engine)
    return "ok", 200, {"Content-Type": "text/plain; charset=utf-8"}
