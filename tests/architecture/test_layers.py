"""The pure layers run without any framework; every module says what it is for."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MODULES = sorted(
    path.relative_to(ROOT).as_posix()
    for folder in ("elearning", "tests")
    for path in (ROOT / folder).rglob("*.py")
)
WITHOUT_FRAMEWORKS = """
import importlib, pkgutil, sys

class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"flask", "werkzeug", "jinja2", "sqlalchemy", "alembic"}:
            raise ImportError(f"{name} is blocked")

sys.meta_path.insert(0, Blocked())
package = importlib.import_module(sys.argv[1])
for found in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
    importlib.import_module(found.name)
    print(found.name)
"""


@pytest.mark.parametrize("layer", ["elearning.scenario", "elearning.learning"])
def test_a_pure_layer_imports_with_flask_and_sqlalchemy_blocked(layer: str) -> None:
    imported = run_without_frameworks(layer)
    assert imported.returncode == 0, imported.stderr
    assert len(imported.stdout.splitlines()) > 1


def test_the_web_layer_has_no_sql_of_its_own() -> None:
    """Tests of pages count on it: they run on one database of both (tests/one_database.py)."""
    asks = {
        f"{path.relative_to(ROOT)}: {name.name}"
        for path in (ROOT / "elearning/web").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("sqlalchemy")
        for name in node.names
    }
    known = {"Table", "Session", "DatabaseError", "OperationalError"}
    assert {each for each in asks if each.rpartition(" ")[2] not in known} == set()
    assert any(each.endswith(" Session") for each in asks)


def test_the_block_works() -> None:
    refused = run_without_frameworks("elearning.storage")
    assert "sqlalchemy is blocked" in refused.stderr


@pytest.mark.parametrize("path", MODULES)
def test_a_module_says_in_its_first_line_what_it_is_for(path: str) -> None:
    docstring = ast.get_docstring(ast.parse((ROOT / path).read_text(encoding="utf-8")))
    assert docstring, path
    assert docstring.splitlines()[0].strip()


def run_without_frameworks(package: str) -> subprocess.CompletedProcess[str]:
    """Import every module of a package where no framework can be imported."""
    return subprocess.run(
        [sys.executable, "-c", WITHOUT_FRAMEWORKS, package],
        cwd=ROOT,
        check=False,
        capture_output=True,
        text=True,
    )


def test_a_server_starts_without_the_queue_of_the_worker() -> None:
    """It brings a driver for each place that it can be in: 10 MB for every process."""
    imported = subprocess.run(
        [sys.executable, "-c", "import elearning.web.factory, sys; print('huey' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert imported.stdout.strip() == "False"
