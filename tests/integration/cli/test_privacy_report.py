"""`elearning privacy-report` writes the report whole, or names what has no note and writes none."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine

from elearning.clock import SetClock
from elearning.content.library import Library
from elearning.services.publish_content import publish_content
from elearning.storage.engine import one_transaction
from elearning.storage.models import Base
from tests.integration.cli.command_line import run
from tests.sealing import write_key
from tests.shipped_content import OVERLAY

pytestmark = pytest.mark.either_database


@pytest.fixture(autouse=True)
def installation(
    engine: Engine,
    database_url: str,
    tmp_path: Path,
    proved_library: Library,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Set the command line to an installation that was prepared."""
    with one_transaction(engine) as session:
        publish_content(session, library=proved_library, clock=clock)
    write_key(tmp_path / "keys")
    monkeypatch.setenv("ELEARNING_MODE", "demo")
    monkeypatch.setenv("ELEARNING_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ELEARNING_DATABASE_URL", database_url)
    monkeypatch.setenv("ELEARNING_OVERLAY", str(OVERLAY))


def test_both_kinds_of_file_are_written_with_one_digest(tmp_path: Path) -> None:
    page, paper = tmp_path / "report.html", tmp_path / "report.pdf"
    first = run("privacy-report", "--lang", "nl", "--format", "html", "--out", page)
    second = run("privacy-report", "--lang", "en", "--format", "pdf", "--out", paper)
    assert (first.exit_code, second.exit_code) == (0, 0), first.output + second.output
    assert first.output.split()[-1] == second.output.split()[-1]
    assert "<h1>Privacyrapport</h1>" in page.read_text(encoding="utf-8")
    assert first.output.split()[-1] in page.read_text(encoding="utf-8")
    assert paper.read_bytes().startswith(b"%PDF-")


def test_nothing_is_written_while_a_column_has_no_note(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Base.metadata.tables["person"].c.email, "info", {})
    page = tmp_path / "report.html"
    refused = run("privacy-report", "--out", page)
    assert refused.exit_code == 1
    assert "not annotated: column person.email" in refused.output
    assert not page.exists()
