"""Files of tests are kept in memory where Linux offers it: nothing there has to outlive the run.

Nearly every test makes a folder and a database and commits to it. On a disk that is 40 ms of
waiting for each test, in memory it is one, and the product's own settings (WAL, synchronous=FULL)
stay as they are. `PYTEST_DEBUG_TEMPROOT` is pytest's own setting for it; set, it is left alone.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder in it that is nobody else's
ENOUGH_BYTES = 2 * 2**30
ROOT = "PYTEST_DEBUG_TEMPROOT"


def pytest_configure(config: pytest.Config) -> None:
    """Say where temporary files go, once for the run; its workers inherit that."""
    if not hasattr(config, "workerinput") and is_fit(MEMORY):
        os.environ.setdefault(ROOT, str(MEMORY))


def is_fit(folder: Path) -> bool:
    """Say whether a folder in memory has room, and lets programs run that a test installs."""
    if not folder.is_dir() or shutil.disk_usage(folder).free < ENOUGH_BYTES:
        return False
    return not os.statvfs(folder).f_flag & os.ST_NOEXEC
