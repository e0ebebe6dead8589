"""What one request does in the database, and what signing in costs beside the password hash."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from unittest.mock import patch

from argon2 import PasswordHasher
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from elearning.scenario.ids import ChoiceId, ScenarioId
from elearning.services.seed_demo import demo_accounts
from elearning.web.extensions import db
from tests.bench.client import Request
from tests.bench.learners import Learner, choice_operation

SIGN_INS = 20


@dataclass(slots=True)
class Counted:
    """Statements without BEGIN and COMMIT, transactions, and the size of the answer."""

    statements: int = 0
    transactions: int = 0
    size: int = 0


@contextmanager
def counting(engine: Engine) -> Iterator[Counted]:
    """Count what goes to the database while the block runs."""
    counted = Counted()

    def statement(*_arguments: object) -> None:
        counted.statements += 1

    def transaction(_connection: object) -> None:
        counted.transactions += 1

    event.listen(engine, "before_cursor_execute", statement)
    event.listen(engine, "begin", transaction)
    try:
        yield counted
    finally:
        event.remove(engine, "before_cursor_execute", statement)
        event.remove(engine, "begin", transaction)


def choices_counted(
    app: Flask, learner: Learner, scenario: ScenarioId, choices: tuple[ChoiceId, ...]
) -> tuple[list[Counted], list[Counted]]:
    """Play a walk; return what each POST did, and what each GET after it did."""
    client, posts, gets = app.test_client(use_cookies=False), [], []
    address = f"/oefenen/{scenario}/{learner.attempts[scenario]}"
    for turn, choice in enumerate(choices, start=1):
        post, get = choice_operation(address, turn, choice, learner.csrf_token)
        posts.append(_counted(app, client, post, learner.cookie))
        gets.append(_counted(app, client, get, learner.cookie))
    return posts, gets


def page_counted(app: Flask, learner: Learner, path: str) -> Counted:
    """Return what one page does."""
    client = app.test_client(use_cookies=False)
    return _counted(app, client, Request("GET", path, "", HTTPStatus.OK, ""), learner.cookie)


def _counted(app: Flask, client: FlaskClient, request: Request, cookie: str) -> Counted:
    with app.app_context():
        engine = db.engine
    with counting(engine) as counted:
        answer = _send(client, request, cookie)
    counted.size = len(answer)
    return counted


def _send(client: FlaskClient, request: Request, cookie: str) -> bytes:
    """Return the body; raise when the status is not the expected one."""
    answer = client.open(
        request.path,
        method=request.method,
        data=request.body,
        content_type="application/x-www-form-urlencoded",
        base_url="http://127.0.0.1",
        headers={"Cookie": cookie},
    )
    if answer.status_code != request.status:
        raise RuntimeError(f"{request.method} {request.path}: {answer.status}")
    return bytes(answer.data)


def sign_in_beside_hash(app: Flask, learner: Learner) -> list[float]:
    """Return the milliseconds of each sign-in without those that the hash of the password took."""
    hashing: list[float] = []
    verify = PasswordHasher.verify

    def timed(hasher: PasswordHasher, *arguments: Any) -> bool:  # noqa: ANN401 - passed on as they are
        began = time.perf_counter()
        try:
            return verify(hasher, *arguments)
        finally:
            hashing.append(time.perf_counter() - began)

    client = app.test_client(use_cookies=False)
    request = _sign_in_request(learner)
    beside = []
    with patch.object(PasswordHasher, "verify", timed):
        for _ in range(SIGN_INS):
            began = time.perf_counter()
            _send(client, request, learner.cookie)
            took = time.perf_counter() - began
            beside.append((took - hashing[-1]) * 1000)
    return beside


def _sign_in_request(learner: Learner) -> Request:
    account = demo_accounts()[0]
    body = f"csrf_token={learner.csrf_token}&email={account.email}&password={account.password}"
    return Request("POST", "/inloggen", body, HTTPStatus.SEE_OTHER, "")
