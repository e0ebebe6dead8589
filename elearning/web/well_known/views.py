"""The public keys of this issuer, for anyone who checks a certificate by themselves."""

from __future__ import annotations

from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from elearning.learning.issuer_keys import published
from elearning.web.access import public
from elearning.web.state import keys

blueprint = Blueprint("well_known", __name__, url_prefix="/.well-known")


@blueprint.get("/certificate-keys.json")
@public
def certificate_keys() -> ResponseReturnValue:
    """Give every key that ever signed, with the days that say what it is worth."""
    headers = {"Content-Type": "application/json"}
    return published(keys().public_keys()), HTTPStatus.OK, headers
