"""`elearning edubadges` writes what edubadges takes, and the log says that it was made."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.engine import one_transaction
from tests.builders import TRAINING, a_person, an_award
from tests.integration.cli.command_line import run

OPTIONS = ("--scope", "instelling.example", "--since", "2026-01-01")


@pytest.fixture
def officer(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> str:
    """Return the staff number of who asks; there are four people with an award."""
    monkeypatch.setenv("ELEARNING_MODE", "demo")
    monkeypatch.setenv("ELEARNING_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ELEARNING_DATABASE_URL", database_url)
    with one_transaction(engine) as session:
        holder, reachable, silent, former = (a_person(session) for _ in range(4))
        holder.external_id, holder.email = "100001", "holder@instelling.example"
        reachable.external_id, reachable.email = "r@elders.example", "r@elders.example"
        silent.external_id, silent.email = "100003", None
        an_award(session, person=holder, valid_until=None)
        an_award(session, person=reachable, valid_until=None)
        an_award(session, person=silent, valid_until=None)
        an_award(session, person=former, withdrawn_on=date(2027, 1, 20))
        return a_person(session, name="Wouter").external_id


def test_each_holder_is_one_line(officer: str, tmp_path: Path) -> None:
    target = tmp_path / "direct.csv"
    result = run("edubadges", TRAINING, *OPTIONS, "--by", officer, "--to", target)
    assert result.exit_code == 0, result.output
    assert target.read_text(encoding="utf-8").splitlines() == [
        "100001@instelling.example;holder@instelling.example",
        "r@elders.example;r@elders.example",
    ]
    assert "1 without an e-mail address" in result.output


def test_that_it_was_made_is_logged_with_a_number_and_no_name(
    officer: str, tmp_path: Path, engine: Engine
) -> None:
    run("edubadges", TRAINING, *OPTIONS, "--by", officer, "--to", tmp_path / "direct.csv")
    with one_transaction(engine) as session:
        entry = session.scalars(select(AuditEntry)).one()
        assert entry.kind is AuditKind.LIST_EXPORTED
        assert entry.actor_id is not None
        assert entry.facts == '{"count": "2", "training": "lecturer-basis"}'


@pytest.mark.parametrize(("scope", "by"), [("no domain", None), ("instelling.example", "nobody")])
def test_what_does_not_fit_is_refused(
    officer: str, tmp_path: Path, scope: str, by: str | None
) -> None:
    target = tmp_path / "direct.csv"
    result = run(
        "edubadges",
        TRAINING,
        *("--scope", scope, "--since", "2026-01-01", "--by", by or officer, "--to", target),
    )
    assert result.exit_code == 2
    assert not target.exists()
