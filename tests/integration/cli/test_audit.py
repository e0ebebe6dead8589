"""`elearning audit` names what was altered, and compares with a head that was kept elsewhere."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session

from elearning.clock import SystemClock
from elearning.services.audit_log import Act, record
from elearning.services.forget_audit_entries import forget_old_entries
from elearning.storage.audit import AuditEntry, AuditHead, AuditKind
from elearning.storage.engine import one_transaction
from tests.integration.cli.command_line import run

LONG_AGO = "2020-06-01T00:00:00+00:00"
NOT_LONG_AGO = (SystemClock().now() - timedelta(days=700)).isoformat()


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


def test_a_head_of_an_entry_that_went_after_its_time_is_no_finding(
    log: Engine, tmp_path: Path
) -> None:
    heads = (f'{{"number": 2, "digest": "00", "at": "{at}"}}' for at in (LONG_AGO, NOT_LONG_AGO))
    old, recent = (tmp_path / name for name in ("old.jsonl", "recent.jsonl"))
    for path, line in zip((old, recent), heads, strict=True):
        path.write_text(line, encoding="utf-8")
    with one_transaction(log) as session:
        session.execute(text("UPDATE audit_entry SET recorded_at = '2020-01-01 00:00:00+00'"))
        assert forget_old_entries(session, clock=SystemClock()) == 3
    result = run("audit", "verify", "--head", old)
    assert (result.exit_code, result.output) == (
        0,
        "3 entries (the first 3 went after their time), 0 findings.\n",
    )
    moved = run("audit", "verify", "--head", recent)
    assert moved.exit_code == 1
    assert "entry 2: not what it was when recent.jsonl was exported" in moved.output
