"""`elearning audit` names what was altered, and compares with a head that was kept elsewhere."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from elearning.clock import SystemClock
from elearning.services.audit_log import Act, record
from elearning.storage.audit import AuditEntry, AuditHead, AuditKind
from elearning.storage.engine import one_transaction
from tests.integration.cli.command_line import run


@pytest.fixture
def log(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Engine:
    """Return a database with three entries, which the command line is set to."""
    monkeypatch.setenv("ELEARNING_MODE", "demo")
    monkeypatch.setenv("ELEARNING_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ELEARNING_DATABASE_URL", database_url)
    with one_transaction(engine) as session:
        append(session, 3)
    return engine


def append(session: Session, count: int) -> None:
    """Add entries to the log."""
    acts = (Act(AuditKind.AWARD_GIVEN, None, uuid4()) for _ in range(count))
    record(session, *acts, clock=SystemClock())


def test_an_untouched_log_is_fine(log: Engine) -> None:
    result = run("audit", "verify")
    assert (result.exit_code, result.output) == (0, "3 entries, 0 findings.\n")
    assert log.url.database is not None


def test_an_altered_row_is_named(log: Engine) -> None:
    with one_transaction(log) as session:
        session.execute(text("UPDATE audit_entry SET facts = '{}', salt = '' WHERE number = 2"))
    result = run("audit", "verify")
    assert result.exit_code == 1
    assert "entry 2: what it says was altered" in result.output


def test_a_head_kept_elsewhere_shows_a_log_that_was_made_anew(log: Engine, tmp_path: Path) -> None:
    kept = tmp_path / "heads.jsonl"
    kept.write_text(run("audit", "head").output, encoding="utf-8")
    assert json.loads(kept.read_text(encoding="utf-8"))["number"] == 3
    assert run("audit", "verify", "--head", kept).exit_code == 0
    with one_transaction(log) as session:
        for model in (AuditEntry, AuditHead):
            session.execute(model.__table__.delete())  # type: ignore[attr-defined] # a Table
        append(session, 5)
    assert run("audit", "verify").exit_code == 0
    result = run("audit", "verify", "--head", kept)
    assert result.exit_code == 1
    assert "entry 3: not what it was when heads.jsonl was exported" in result.output
