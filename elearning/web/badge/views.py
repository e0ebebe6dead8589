"""What any verifier of a badge fetches: the image and the status, which tell of nobody."""

from __future__ import annotations

from datetime import UTC, datetime, time
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from elearning.integrations.badge_image import badge_png, badge_svg
from elearning.learning.status_list import status_list
from elearning.services.badges import withdrawn_places
from elearning.web import transaction
from elearning.web.access import public
from elearning.web.state import clock, seal, settings

blueprint = Blueprint("badge", __name__, url_prefix="/badge")
ANYWHERE = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin"}


@blueprint.get("/image.png")
@public
def png() -> ResponseReturnValue:
    """Give the image that stands in badges."""
    return badge_png(), HTTPStatus.OK, {"Content-Type": "image/png", **ANYWHERE}


@blueprint.get("/image.svg")
@public
def svg() -> ResponseReturnValue:
    """Give the same image as a drawing."""
    return badge_svg(), HTTPStatus.OK, {"Content-Type": "image/svg+xml", **ANYWHERE}


@blueprint.get("/status/<int:number>")
@public
def status(number: int) -> ResponseReturnValue:
    """Give a list of withdrawn badges, signed; until somebody withdraws one it stays the same."""
    revoked = withdrawn_places(transaction.session(), number=number, today=clock().today())
    since = datetime.combine(clock().now().date(), time(), tzinfo=UTC)  # one file a day
    credential = status_list(settings().base_url, number, revoked, since=since)
    headers = {"Content-Type": "application/vc+ld+json", **ANYWHERE}
    return seal().status_list(credential, since), HTTPStatus.OK, headers
