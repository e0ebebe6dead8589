"""`elearning units` shows and changes the tree as the page does; a dry run writes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlalchemy.orm import Session

from tests.builders import a_unit, an_appointment
from tests.integration.cli.command_line import run


@pytest.fixture(autouse=True)
def installation(
    engine: Engine, database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Set the command line to an installation with three units, and somebody in one of them."""
    monkeypatch.setenv("ELEARNING_MODE", "demo")
    monkeypatch.setenv("ELEARNING_INSTANCE", str(tmp_path))
    monkeypatch.setenv("ELEARNING_DATABASE_URL", database_url)
    monkeypatch.setenv("ELEARNING_SECRET_KEY", "a key for tests, long enough to be one")
    with Session(engine) as session, session.begin():
        root = a_unit(session, code="root")
        arts = a_unit(session, code="arts", parent=root)
        a_unit(session, code="law", parent=root)
        an_appointment(session, unit=arts)


def codes(*as_of: str) -> list[str]:
    """Return the codes that are listed, each with the blanks before it."""
    lines = run("units", "list", *as_of).stdout.splitlines()
    return [line.rpartition("  ")[0] for line in lines]


def test_a_merge_is_looked_at_first_and_holds_from_its_day() -> None:
    merge = ("units", "merge", "arts", "law", "--from", "2027-02-01")
    looked = run(*merge)
    assert "appointments concerned  1, of 1 people" in looked.stdout
    assert "Nothing was written" in looked.stdout
    assert codes() == ["root", "  arts", "  law"]
    assert run(*merge, "--apply").exit_code == 0
    assert codes("--as-of", "2027-02-01") == ["root", "  law"]
    assert codes("--as-of", "2027-01-31") == ["root", "  arts", "  law"]


def test_move_close_and_rename() -> None:
    run("units", "move", "law", "arts", "--from", "2026-02-01", "--apply")
    assert codes() == ["root", "  arts", "    law"]
    run("units", "rename", "law", "Recht", "Law school", "--from", "2026-02-01", "--apply")
    assert "law  Recht / Law school" in run("units", "list").stdout
    run("units", "close", "arts", "--from", "2026-02-01", "--apply")
    assert codes() == ["root", "  law"]


def test_a_unit_is_added_below_another() -> None:
    new = ("units", "add", "med", "Geneeskunde", "Medicine", "--from", "2026-02-01")
    assert "Nothing was written" in run(*new, "--below", "arts").stdout
    assert "  arts" in codes()
    assert run(*new, "--below", "arts", "--apply").exit_code == 0
    assert codes() == ["root", "  arts", "    med", "  law"]
    for below in (("--below", "arts"), ("--below", "nowhere"), ()):
        assert run(*new, *below, "--apply").exit_code == 1


def test_what_cannot_be_is_refused() -> None:
    for words in (("merge", "arts", "arts"), ("close", "root"), ("move", "weg", "law")):
        assert run("units", *words, "--from", "2026-02-01", "--apply").exit_code == 1
    assert codes() == ["root", "  arts", "  law"]
