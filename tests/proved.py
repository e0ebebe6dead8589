"""The shipped content with its proofs, which the processes of a run make once between them.

Proving takes ten seconds; a program that finds no proofs in its database makes them anew each time
it is started. Tests that start one publish this first, as `elearning prepare` does.
"""

from __future__ import annotations

import fcntl
import json
import os
from pathlib import Path

import pytest

from elearning.content.library import Library, load_library
from elearning.content.sources import content_root
from elearning.scenario.ids import ScenarioId
from elearning.web.factory import ADDRESSES
from tests.shipped_content import OVERLAY


@pytest.fixture(scope="session")
def folder_of_the_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder that all processes of this run share."""
    own = tmp_path_factory.getbasetemp()
    return own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session")
def proved_library(folder_of_the_run: Path) -> Library:
    """Return everything that is served, proved."""
    kept = folder_of_the_run / "proofs.json"
    with kept.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else []
        library = load_library(
            content_root(None),
            OVERLAY,
            ADDRESSES,
            known={(ScenarioId(name), version): digest for name, version, digest in known},
        )
        kept.write_text(json.dumps(proofs_of(library)), encoding="utf-8")
    return library


def proofs_of(library: Library) -> list[tuple[str, str, str]]:
    """Return each scenario with its version and the digest of its proof."""
    return [
        (name, library.scenario(name).scenario.version, digest)
        for name, digest in library.proofs.items()
    ]
