"""The database is opened with one SQLite, which is not of the kind that can damage its file."""

from __future__ import annotations

import ast
import logging
import sqlite3
import sys
from importlib.metadata import requires
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from sqlalchemy import text

from elearning.storage.engine import build_engine
from elearning.storage.sqlite_library import LIBRARY, SAFE_FROM, warn_if_old

ROOT = Path(__file__).parents[3]


def test_the_database_is_opened_with_a_sqlite_that_does_not_damage_it(tmp_path: Path) -> None:
    if not has_a_wheel():
        pytest.skip("the package has no wheel for this machine")
    engine = build_engine(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    with engine.connect() as connection:
        version = connection.execute(text("select sqlite_version()")).scalar_one()
    engine.dispose()
    assert version == LIBRARY.sqlite_version
    assert LIBRARY.sqlite_version_info >= SAFE_FROM


def has_a_wheel() -> bool:
    """Say whether our own requirement of the package is about this machine."""
    asked = map(Requirement, requires("elearning") or ())
    (package,) = (each for each in asked if each.name == "pysqlite3")
    return package.marker is None or package.marker.evaluate()


def test_nobody_opens_it_with_the_sqlite_of_python() -> None:
    """Two copies of SQLite in one process undo each other's locks on a file."""
    opens = {
        str(path.relative_to(ROOT))
        for folder in ("elearning", "tests")
        for path in (ROOT / folder).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if {name.partition(".")[0] for name in imported(node)} & {"sqlite3", "pysqlite3"}
    }
    here = str(Path(__file__).relative_to(ROOT))
    assert opens == {"elearning/storage/sqlite_library.py", here}


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.ImportFrom):
        return [node.module or ""]
    return [name.name for name in node.names] if isinstance(node, ast.Import) else []


@pytest.mark.parametrize(
    ("version", "is_told"), [((3, 40, 1), True), ((3, 51, 2), True), (SAFE_FROM, False)]
)
def test_an_old_sqlite_is_told_in_the_log(
    version: tuple[int, int, int], *, is_told: bool, caplog: pytest.LogCaptureFixture
) -> None:
    library = ModuleType("sqlite")
    library.__dict__.update(sqlite_version_info=version, sqlite_version=".".join(map(str, version)))
    with caplog.at_level(logging.WARNING, "elearning.storage"):
        warn_if_old(library)
    assert [library.sqlite_version in each for each in caplog.messages] == [True] * is_told


def test_where_there_is_no_wheel_the_sqlite_of_python_is_used(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    name = "elearning.storage.sqlite_library"
    kept = sys.modules[name]
    monkeypatch.setitem(sys.modules, "pysqlite3", None)
    monkeypatch.delitem(sys.modules, name)
    again = __import__(name, fromlist=["LIBRARY"])
    monkeypatch.setitem(sys.modules, name, kept)
    assert again.LIBRARY is sqlite3
