"""`elearning grant`, `grants` and `revoke`: roles with an end, in the audit log."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from elearning.clock import AMSTERDAM
from elearning.content.sources import content_root
from elearning.learning.award import add_months
from elearning.storage.audit import AuditEntry, AuditKind
from elearning.storage.engine import one_transaction
from elearning.storage.people import Level, Role, RoleGrant
from tests.builders import a_person, a_unit
from tests.integration.cli.command_line import run

OVERLAY = content_root(None).path / "modules/directory/institution.demo.yaml"


@pytest.fixture(autouse=True)
def installation(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Engine:
    for name, value in {
        "MODE": "demo",
        "INSTANCE": str(tmp_path),
        "DATABASE_URL": database_url,
        "OVERLAY": str(OVERLAY),
    }.items():
        monkeypatch.setenv(f"ELEARNING_{name}", value)
    return engine


@pytest.fixture
def number(engine: Engine) -> str:
    """Return the staff number of somebody; there is a unit `law`."""
    with one_transaction(engine) as session:
        a_unit(session, code="law")
        return a_person(session, name="Lea").external_id


def test_a_role_ends_after_twelve_months_unless_told_and_stands_in_the_log(
    engine: Engine, number: str
) -> None:
    options = ("--unit", "law", "--training", "lecturer-basis", "--by", number)
    result = run("grant", number, "manager", *options)
    assert result.exit_code == 0, result.output
    today = datetime.now(UTC).astimezone(AMSTERDAM).date()
    with one_transaction(engine) as session:
        grant = session.scalars(select(RoleGrant)).one()
        assert (grant.role, grant.level) == (Role.MANAGER, Level.COUNTS)
        assert (grant.from_on, grant.until_on) == (today, add_months(today, 12))
        assert grant.given_by == grant.person_id
        entry = session.scalars(select(AuditEntry)).one()
        assert entry.kind is AuditKind.ROLE_GIVEN
        assert entry.subject_id == grant.person_id
        assert json.loads(entry.facts or "") == {
            "role": "manager",
            "level": "counts",
            "until": add_months(today, 12).isoformat(),
            "unit": str(grant.unit_id),
            "training": "lecturer-basis",
        }


def test_the_list_says_who_has_what_and_a_role_that_was_ended_is_gone(
    engine: Engine, number: str
) -> None:
    run("grant", number, "board")
    [row] = csv.DictReader(io.StringIO(run("grants").output))
    assert (row["name"], row["role"], row["unit"], row["level"]) == ("Lea", "board", "", "counts")
    assert run("revoke", row["grant"]).exit_code == 0
    assert [*csv.DictReader(io.StringIO(run("grants").output))] == []
    refused = run("revoke", row["grant"])
    assert (refused.exit_code, refused.output.strip()) == (2, "no such role")
    with one_transaction(engine) as session:
        kinds = session.scalars(select(AuditEntry.kind).order_by(AuditEntry.number)).all()
    assert kinds == [AuditKind.ROLE_GIVEN, AuditKind.ROLE_ENDED]


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        (("manager",), "this role is for a unit: say which"),
        (("manager", "--unit", "nowhere"), "there is no unit 'nowhere'"),
        (("board", "--training", "none"), "there is no training 'none'"),
        (("board", "--level", "named"), "this role opens no names"),
        (("author", "--unit", "law"), "this role is for no unit and no training"),
        (("board", "--until", "2020-01-01"), "a role ends after today"),
        (("board", "--until", "2099-01-01"), "a role ends after today"),
        (("board", "--by", "0"), "there is nobody with this staff number"),
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(
    engine: Engine, number: str, arguments: tuple[str, ...], why: str
) -> None:
    result = run("grant", number, *arguments)
    assert result.exit_code == 2
    assert why in result.output
    with one_transaction(engine) as session:
        assert session.scalars(select(RoleGrant)).all() == []


def test_the_same_role_twice_is_refused(number: str) -> None:
    assert run("grant", number, "works_council").exit_code == 0
    again = run("grant", number, "works_council")
    assert (again.exit_code, again.output.strip()) == (2, "this person has this role already")
