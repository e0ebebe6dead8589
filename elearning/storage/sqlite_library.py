"""Which SQLite is used: the one of the package pysqlite3, wherever there is one for the machine.

Versions before 3.51.3 can damage a file in WAL mode when one process commits at the instant at
which another copies the log back (sqlite.org/wal.html#walresetbug), and several processes write
here. Python brings whichever version it was built with; the package is pinned like any other, so
every machine answers alike, and as quickly (docs/decisions/0018-a-pinned-sqlite.md).
"""

from __future__ import annotations

import logging
import sqlite3
from types import ModuleType

try:
    from pysqlite3 import dbapi2
except ImportError:  # There is no wheel for this machine.
    dbapi2 = sqlite3

LOGGER = logging.getLogger("elearning.storage")
SAFE_FROM = 3, 51, 3
LIBRARY: ModuleType = dbapi2


def warn_if_old(library: ModuleType = LIBRARY) -> None:
    """Log it when this SQLite is one that can damage the file of the database."""
    if library.sqlite_version_info < SAFE_FROM:
        safe = ".".join(map(str, SAFE_FROM))
        LOGGER.warning(
            "SQLite %s can damage a database that several processes write to: "
            "use PostgreSQL, or a Python with SQLite %s or newer",
            library.sqlite_version,
            safe,
        )
