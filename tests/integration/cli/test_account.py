"""`elearning account`: a link is printed once and works on the site; who has an account."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from elearning.clock import SystemClock
from elearning.services.choose_password import Site, choose_with_link
from elearning.storage.engine import one_transaction
from elearning.storage.invites import AccountInvite
from tests.builders import a_person, an_appointment
from tests.integration.cli.command_line import run
from tests.pages.password import BY_LINK, NEW


@pytest.fixture(autouse=True)
def installation(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Engine:
    for name, value in {
        "MODE": "demo",
        "INSTANCE": str(tmp_path),
        "DATABASE_URL": database_url,
        "BASE_URL": "https://leren.instelling.example",
    }.items():
        monkeypatch.setenv(f"ELEARNING_{name}", value)
    return engine


@pytest.fixture
def number(engine: Engine) -> str:
    """Return the staff number of somebody who works here."""
    with one_transaction(engine) as session:
        person = a_person(session, name="Lea", language="en")
        an_appointment(session, person=person)
        return person.external_id


def listed() -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(run("account", "list").stdout))]


def test_a_link_is_printed_alone_and_its_code_stands_behind_the_hash(
    engine: Engine, number: str
) -> None:
    result = run("account", "invite", number)
    address, _, code = result.stdout.strip().partition("#")
    assert address == f"https://leren.instelling.example{BY_LINK}?lang=en"
    assert "Works once, until" in result.stderr
    assert code not in result.stderr
    [row] = listed()
    assert (row["staff number"], row["name"], row["last used"]) == (number, "Lea", "")
    assert row["link works until"]
    with one_transaction(engine) as session:
        site = Site(words=(), key="k", clock=SystemClock())
        choose_with_link(session, code=code, password=NEW, network="n", site=site)
    [row] = listed()
    assert row["last used"]
    assert row["link works until"] == ""


def test_another_name_and_another_link(engine: Engine, number: str) -> None:
    run("account", "invite", number)
    refused = run("account", "invite", number)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--again" in refused.stderr
    assert run("account", "invite", number, "--again", "--sign-in-name", "L@x.nl").exit_code == 0
    with one_transaction(engine) as session:
        assert session.scalars(select(AccountInvite.sign_in_name)).all() == ["l@x.nl"]


def test_a_removed_account_is_not_listed(number: str) -> None:
    run("account", "invite", number)
    assert run("account", "remove", number).exit_code == 0
    assert listed() == []
    refused = run("account", "remove", number)
    assert (refused.exit_code, refused.stderr.strip()) == (2, "this person has no account")


def test_an_unknown_number_is_refused() -> None:
    for command in ("invite", "remove"):
        refused = run("account", command, "none")
        assert refused.exit_code == 2
        assert refused.stderr.strip() == "there is nobody with this staff number"
