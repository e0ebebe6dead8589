"""The built wheel holds everything: installed alone, it serves the same content as the checkout."""

import hashlib
import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

from elearning.content.sources import content_root
from tests.shipped_content import ROOT, shipped_library

FOLDERS = ("modules", "scenarios", "translations")
SERVE = """
import json, os
import elearning
from elearning.config import read_settings
from elearning.content.sources import content_root
from elearning.web.factory import create_app
from elearning.web.state import KEY

app = create_app(read_settings(os.environ))
library = app.extensions[KEY].library
print(json.dumps({
    "package": elearning.__file__,
    "content": str(content_root(None).path),
    "scenarios": {name: each.scenario.version for name, each in library.scenarios.items()},
    "trainings": {name: each.version for name, each in library.trainings.items()},
    "status": app.test_client().get("/", follow_redirects=True).status_code,
    "style": app.test_client().get("/static/app.css").status_code,
}))
"""


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a virtual environment that the wheel was installed into."""
    folder = tmp_path_factory.mktemp("wheel")
    run(
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        folder,
        ROOT,
        folder=folder,
    )
    (wheel,) = folder.glob("*.whl")
    venv.create(folder / "venv", with_pip=False)
    python = folder / "venv" / "bin" / "python"
    run(
        sys.executable,
        "-m",
        "pip",
        "--python",
        python,
        "install",
        "--quiet",
        "--no-index",
        "--no-deps",
        wheel,
        folder=folder,
    )
    (packages,) = (folder / "venv" / "lib").glob("python*/site-packages")
    # What the wheel depends on is borrowed; files that lead back to the checkout are not read.
    (packages / "borrowed.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    return folder / "venv"


def test_the_wheel_holds_the_same_content_files(installed: Path) -> None:
    (bundled,) = installed.glob("lib/python*/site-packages/elearning/_bundled")
    assert digests(bundled) == digests(ROOT)


def test_the_installed_wheel_serves_the_same_versions(installed: Path, tmp_path: Path) -> None:
    run(installed / "bin" / "elearning", "prepare", folder=tmp_path)
    served = json.loads(run(installed / "bin" / "python", "-c", SERVE, folder=tmp_path))
    library = shipped_library()
    assert served["package"].startswith(str(installed))
    assert served["content"].startswith(str(installed))
    assert served["scenarios"] == {
        name: each.scenario.version for name, each in library.scenarios.items()
    }
    assert served["trainings"] == {name: each.version for name, each in library.trainings.items()}
    assert (served["status"], served["style"]) == (200, 200)


def test_a_checkout_serves_its_own_folders() -> None:
    assert content_root(None).path == ROOT


def digests(root: Path) -> dict[str, str]:
    """Return the digest of every content file below a root."""
    return {
        path.relative_to(root).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in FOLDERS
        for path in sorted((root / folder).rglob("*"))
        if path.is_file()
    }


def run(*arguments: object, folder: Path) -> str:
    """Run a program as a demo in a folder of its own; return what it printed."""
    inherited = {name: value for name, value in os.environ.items() if "ELEARNING" not in name}
    finished = subprocess.run(
        [str(each) for each in arguments],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        env={**inherited, "ELEARNING_MODE": "demo", "PIP_DISABLE_PIP_VERSION_CHECK": "1"},
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout
