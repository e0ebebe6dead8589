"""`elearning codes` prints a batch that works at this installation, and keeps digests only."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from elearning.learning.training_code import digest, parse_code
from elearning.services.keys import derive_key
from elearning.services.training_codes import DIGEST_KEY
from elearning.storage.audit import AuditEntry
from elearning.storage.training_code import TrainingCode
from tests.builders import TRAINING
from tests.integration.cli.command_line import run
from tests.shipped_content import OVERLAY

SECRET = "a key for tests, long enough to be one"  # noqa: S105 - guards nothing


@pytest.fixture(autouse=True)
def installation(database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Set the command line to an installation with an empty database."""
    monkeypatch.setenv("ELEARNING_MODE", "demo")
    monkeypatch.setenv("ELEARNING_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ELEARNING_DATABASE_URL", database_url)
    monkeypatch.setenv("ELEARNING_SECRET_KEY", SECRET)
    monkeypatch.setenv("ELEARNING_OVERLAY", str(OVERLAY))


def test_every_printed_code_is_known_by_its_digest(engine: Engine) -> None:
    result = run("codes", "--training", TRAINING, "--number", "5")
    assert result.exit_code == 0
    codes = [parse_code(line) for line in result.stdout.splitlines()]
    key = derive_key(SECRET, DIGEST_KEY)
    with Session(engine) as session:
        kept = set(session.scalars(select(TrainingCode.code_digest)))
        entry = session.scalars(select(AuditEntry)).one()
    assert kept == {digest(code, key) for code in codes if code is not None}
    assert len(kept) == 5
    assert entry.actor_id is None
    assert "/anders" in result.stderr


def test_a_training_that_is_not_there_is_refused_with_those_that_are(engine: Engine) -> None:
    result = run("codes", "--training", "nergens", "--number", "5")
    assert result.exit_code == 2
    assert TRAINING in result.output
    with Session(engine) as session:
        assert session.scalars(select(TrainingCode)).all() == []


@pytest.mark.parametrize("number", ["0", "51", "veel"])
@pytest.mark.usefixtures("engine")
def test_a_number_out_of_bounds_is_refused(number: str) -> None:
    assert run("codes", "--training", TRAINING, "--number", number).exit_code == 2
