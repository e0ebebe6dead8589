"""The public keys of this issuer, for anyone who checks a certificate by themselves."""

from __future__ import annotations

import json
from http import HTTPStatus

from flask import Blueprint
from flask.typing import ResponseReturnValue

from elearning.integrations.open_badges.did import did_document
from elearning.learning.issuer_keys import published
from elearning.web.access import public
from elearning.web.state import keys, settings

FOR_PROGRAMS = {"Content-Type": "application/json", "Access-Control-Allow-Origin": "*"}

blueprint = Blueprint("well_known", __name__, url_prefix="/.well-known")


@blueprint.get("/certificate-keys.json")
@public
def certificate_keys() -> ResponseReturnValue:
    """Give every key that ever signed, with the days that say what it is worth."""
    return published(keys().public_keys()), HTTPStatus.OK, FOR_PROGRAMS


@blueprint.get("/did.json")
@public
def did() -> ResponseReturnValue:
    """Give the same keys as the `did:web` document of this issuer, for verifiers of badges."""
    document = did_document(settings().base_url, keys().public_keys())
    return json.dumps(document, indent=2), HTTPStatus.OK, FOR_PROGRAMS
