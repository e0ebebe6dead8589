"""The requests that the floor gets: the same kinds, in the same order, as ours."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import repeat
from uuid import uuid4

from flask import Flask
from flask.sessions import SecureCookieSessionInterface

from tests.bench.client import Chain, Request
from tests.bench.floor import LEARNER, SECRET


def floor_cookie() -> str:
    """Return the signed cookie of a learner of the floor."""
    app = Flask(__name__)
    app.secret_key = SECRET
    signer = SecureCookieSessionInterface().get_signing_serializer(app)
    if signer is None:
        raise RuntimeError("the floor has no secret key")
    return f"session={signer.dumps({'learner': str(LEARNER), 'who': 'Noor de Wit'})}"


def floor_choices(length: int) -> Iterator[Chain]:
    """Yield chains of choices without end, each with an attempt of its own."""
    cookie = floor_cookie()
    while True:
        address = f"/turn/{uuid4()}"
        yield Chain(
            cookie,
            tuple(
                (
                    Request("POST", f"{address}/{turn}", "choice=a", 303, f"{address}/{turn + 1}"),
                    Request("GET", f"{address}/{turn + 1}", "", 200, 'name="choice"'),
                )
                for turn in range(1, length + 1)
            ),
        )


def floor_pages(length: int) -> Iterator[Chain]:
    """Yield chains of module pages without end."""
    pages = tuple((Request("GET", f"/page/{n}", "", 200, "</html>"),) for n in range(length))
    return repeat(Chain(floor_cookie(), pages))
