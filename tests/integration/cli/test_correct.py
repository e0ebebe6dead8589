"""`elearning correct` issues a certificate anew with other days, and logs who decided it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from elearning.clock import SetClock
from elearning.content.sources import content_root
from elearning.services.issue_certificate import code_of, issue_certificate
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.engine import one_transaction
from tests.builders import a_person, an_award
from tests.integration.cli.command_line import run
from tests.sealing import an_issuing, write_key
from tests.shipped_content import shipped_library

SECRET = "a secret key that is used in tests only"  # noqa: S105 - of tests only
OVERLAY = content_root(None).path / "modules/directory/institution.demo.yaml"


@dataclass(frozen=True, slots=True)
class Desk:
    """An installation with one certificate, and the staff number of who decides."""

    engine: Engine
    code: str
    decides: str


@pytest.fixture
def desk(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Desk:
    """Return an installation that the command line is set to."""
    for name, value in {
        "MODE": "demo",
        "INSTANCE": str(tmp_path),
        "DATABASE_URL": database_url,
        "SECRET_KEY": SECRET,
        "OVERLAY": str(OVERLAY),
    }.items():
        monkeypatch.setenv(f"ELEARNING_{name}", value)
    write_key(tmp_path / "keys")
    library = shipped_library()
    clock = SetClock(datetime.now(UTC))
    with one_transaction(engine) as session:
        award = an_award(session, obtained_on=date(2026, 2, 1), valid_until=date(2028, 2, 1))
        issue_certificate(session, award=award, issuing=an_issuing(library, SECRET, clock))
        decides = a_person(session, name="Wouter").external_id
        return Desk(engine, str(code_of(award.id, SECRET)), decides)


def test_the_new_code_is_valid_and_the_old_one_replaced(desk: Desk) -> None:
    days = ("--obtained-on", "2026-01-01", "--valid-until", "2099-01-01")
    result = run("correct", desk.code, *days, "--by", desk.decides)
    assert result.exit_code == 0
    new_code = result.output.split()[-1]
    assert run("verify", desk.code).output.startswith("replaced\n")
    found = run("verify", new_code).output
    assert found.startswith("valid\n")
    assert "obtained on 2026-01-01, no longer valid from 2099-01-01" in found
    with one_transaction(desk.engine) as session:
        last = session.scalars(select(AuditEntry).order_by(AuditEntry.number.desc())).first()
        assert last is not None
        assert (last.kind, last.facts) == (
            AuditKind.AWARD_REPLACED,
            '{"reason": "correction", "training": "lecturer-basis"}',
        )
        assert last.actor_id is not None


@pytest.mark.parametrize(
    ("days", "why"),
    [
        (("--obtained-on", "2099-01-01"), "future"),
        (("--obtained-on", "2026-01-01", "--valid-until", "2026-01-01"), "before it begins"),
    ],
)
def test_days_that_cannot_be_are_refused(desk: Desk, days: tuple[str, ...], why: str) -> None:
    result = run("correct", desk.code, *days, "--by", desk.decides)
    assert result.exit_code == 2
    assert why in result.output
    assert not run("verify", desk.code).output.startswith("replaced\n")


@pytest.mark.parametrize(("code", "by"), [("ABCD", None), (None, "nobody"), ("0" * 24, None)])
def test_a_code_or_a_number_of_nobody_is_refused(
    desk: Desk, code: str | None, by: str | None
) -> None:
    result = run(
        "correct", code or desk.code, "--obtained-on", "2026-01-01", "--by", by or desk.decides
    )
    assert result.exit_code == 2
    assert "there is" in result.output or "this is no code" in result.output
