"""Limits are in the database: they hold over several worker processes together."""

from __future__ import annotations

import subprocess
import sys

import pytest
from sqlalchemy import Engine

from elearning.services.verify_certificate import LOOK_UPS, NAMES_PER_CODE
from tests.shipped_content import ROOT

WORKERS = 2


@pytest.mark.either_database
@pytest.mark.parametrize(
    ("what", "limit"), [("look-ups", LOOK_UPS.tries), ("names", NAMES_PER_CODE.tries)]
)
def test_two_workers_together_let_through_what_one_may(
    engine: Engine, database_url: str, what: str, limit: int
) -> None:
    workers = [
        subprocess.Popen(
            [sys.executable, "-m", "tests.integration.storage.looking_up", database_url, what],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(WORKERS)
    ]
    for worker in workers:
        print("go", file=worker.stdin, flush=True)
    said = [worker.communicate() for worker in workers]
    assert [errors for _, errors in said] == [""] * WORKERS
    assert sum(int(done) for done, _ in said) == limit
    assert engine.url.database is not None
