"""A temporary PostgreSQL that keeps what it acknowledges, as one in production does.

The tests' cluster (tests/postgres.py) writes nothing to the disk in time; a benchmark on it would
flatter both sides.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

from tests import postgres

SERVER_OPTIONS = (
    "listen_addresses=",
    "fsync=on",
    "full_page_writes=on",
    "synchronous_commit=on",
    "max_connections=50",
    "shared_buffers=128MB",
    "jit=off",
)


@contextmanager
def durable_cluster() -> Iterator[postgres.Cluster]:
    """Start a cluster for as long as the block runs; raises `postgres.PostgresqlMissing`."""
    postgres.find_programs()
    folder = postgres.make_folder()
    lease = postgres.hold(folder)
    try:
        log = folder / "supervisor.log"
        with log.open("wb") as said:
            command = [sys.executable, "-m", "tests.bench.cluster", str(folder)]
            subprocess.run(command, check=True, stdout=said, stderr=said)
        _wait(folder)
        yield postgres.Cluster(folder)
    finally:
        os.close(lease)


def server_pid(cluster: postgres.Cluster) -> int:
    """Return the process of the server itself; its children do the work."""
    return int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])


def _wait(folder: Path) -> None:
    deadline = time.monotonic() + postgres.START_SECONDS
    while not (folder / "ready").exists():
        if (folder / "failed").exists() or time.monotonic() > deadline:
            logs = (log.read_text(errors="replace") for log in folder.glob("*.log"))
            raise postgres.PostgresqlBroken("\n".join(logs))
        time.sleep(0.02)


if __name__ == "__main__":
    with patch.object(postgres, "SERVER_OPTIONS", SERVER_OPTIONS):
        postgres.detach()
        postgres.supervise(Path(sys.argv[1]))
