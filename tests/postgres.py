"""A temporary PostgreSQL cluster for one test run, shared by all worker processes.

The first process that needs it starts a supervisor (this module as a program). Every process of the
run holds a shared lock on a file; the supervisor waits for the exclusive lock, which it gets when
the last of them is gone, however it ended. Then it stops the server it started, and only that one.
"""

from __future__ import annotations

import fcntl
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

FOLDER_VARIABLE = "POSTGRESQL_FOR_TESTS"
SUPERUSER = "tests"
START_SECONDS = 60
# Nothing here outlives the run, so nothing needs to reach the disk.
SERVER_OPTIONS = (
    "listen_addresses=",
    "fsync=off",
    "full_page_writes=off",
    "synchronous_commit=off",
    "max_connections=100",
    "shared_buffers=32MB",
    "jit=off",
)
DEBIAN = Path("/usr/lib/postgresql")


class PostgresqlMissing(Exception):
    """The programs `initdb` and `postgres` are not installed."""


class PostgresqlBroken(Exception):
    """The temporary cluster did not start; the message holds what the programs said."""


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where a running cluster is reached, by its socket in a private folder."""

    folder: Path

    def url(self, database: str) -> str:
        """Return the address of one of its databases."""
        return f"postgresql+psycopg://{SUPERUSER}@/{database}?host={quote(str(self.folder))}"


def make_folder() -> Path:
    """Return a new short folder (a socket's path has at most 107 bytes), for the whole run."""
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir="/tmp"))
    os.environ[FOLDER_VARIABLE] = str(folder)
    return folder


def inherited_folder() -> Path:
    """Return the folder that the process which started this one made."""
    return Path(os.environ[FOLDER_VARIABLE])


def remove_unused() -> None:
    """Remove the folder of a run that never started a cluster; a supervisor removes its own."""
    folder = inherited_folder()
    if not (folder / "started").exists():
        shutil.rmtree(folder)


def hold(folder: Path) -> int:
    """Keep the cluster alive as long as this process lives; return the lock's file number."""
    lease = os.open(folder / "lease", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lease, fcntl.LOCK_SH)
    return lease


def running_cluster() -> Cluster:
    """Return the run's cluster; the first caller starts it, the others wait for it.

    Raises `PostgresqlMissing` or `PostgresqlBroken`.
    """
    folder = inherited_folder()
    find_programs()
    with _one_at_a_time(folder):
        if not (folder / "started").exists():
            (folder / "started").touch()
            _start_supervisor(folder)
        _wait_until_ready(folder)
    return Cluster(folder)


def find_programs() -> Path:
    """Return the folder that holds `initdb` and `postgres`: on PATH, or the newest of Debian's."""
    on_path = [Path(folder) for folder in os.get_exec_path()]
    debian = sorted(DEBIAN.glob("*/bin"), key=lambda each: float(each.parent.name), reverse=True)
    for folder in (*on_path, *debian):
        if (folder / "initdb").is_file() and (folder / "postgres").is_file():
            return folder
    raise PostgresqlMissing(
        "PostgreSQL is not installed: `initdb` and `postgres` are neither on PATH nor in "
        f"{DEBIAN}/*/bin (on Debian: apt-get install postgresql)"
    )


@contextmanager
def _one_at_a_time(folder: Path) -> Iterator[None]:
    with (folder / "start").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


def _start_supervisor(folder: Path) -> None:
    with (folder / "supervisor.log").open("w", encoding="utf-8") as log:
        subprocess.run(
            [sys.executable, str(Path(__file__).resolve()), str(folder)],
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )


def _wait_until_ready(folder: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not (folder / "ready").exists():
        if (folder / "failed").exists() or time.monotonic() > deadline:
            raise PostgresqlBroken(_said(folder))
        time.sleep(0.02)


def _said(folder: Path) -> str:
    return "\n".join(log.read_text(errors="replace") for log in sorted(folder.glob("*.log")))


def _unprivileged() -> dict[str, Any]:
    """Return how to run as somebody else: the server refuses to run as root."""
    if os.geteuid() != 0:
        return {}
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
    raise PostgresqlBroken("root needs a user `postgres` or `nobody` to run the server as")


def supervise(folder: Path) -> None:
    """Start a cluster in `folder`, wait until nobody needs it, stop it and remove the folder."""
    server: subprocess.Popen[bytes] | None = None
    try:
        server = _start_server(folder)
    except (OSError, subprocess.SubprocessError, PostgresqlBroken) as error:
        (folder / "failed.log").write_text(str(error), encoding="utf-8")
        (folder / "failed").touch()
    lease = os.open(folder / "lease", os.O_CREAT | os.O_RDWR)
    fcntl.flock(lease, fcntl.LOCK_EX)
    if server is not None:
        server.terminate()
        server.wait(timeout=START_SECONDS)
    shutil.rmtree(folder, ignore_errors=True)


def _start_server(folder: Path) -> subprocess.Popen[bytes]:
    programs, who = find_programs(), _unprivileged()
    if who:
        os.chown(folder, who["user"], who["group"])
    data = folder / "data"
    common: dict[str, Any] = {"cwd": folder, "stdin": subprocess.DEVNULL, **who}
    with (folder / "initdb.log").open("wb") as log:
        subprocess.run(
            [
                programs / "initdb",
                "--pgdata",
                data,
                "--username",
                SUPERUSER,
                "--auth",
                "trust",
                "--encoding",
                "UTF8",
                "--locale",
                "C",
                "--no-sync",
            ],
            check=True,
            stdout=log,
            stderr=log,
            **common,
        )
    options = [part for option in SERVER_OPTIONS for part in ("-c", option)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, *options],
            stdout=log,
            stderr=log,
            **common,
        )
    _wait_for_server(folder, server)
    return server


def _wait_for_server(folder: Path, server: subprocess.Popen[bytes]) -> None:
    """Wait until the server says that it accepts connections; it writes so into its pid file."""
    deadline = time.monotonic() + START_SECONDS
    status = folder / "data" / "postmaster.pid"
    while not (status.exists() and status.read_text().rstrip().endswith("ready")):
        if server.poll() is not None or time.monotonic() > deadline:
            raise PostgresqlBroken("the server did not start")
        time.sleep(0.02)
    (folder / "ready").touch()


def detach() -> None:
    """Go on in a process of its own, out of reach of a Ctrl-C meant for the tests."""
    if os.fork():
        os._exit(0)
    os.setsid()


if __name__ == "__main__":
    detach()
    supervise(Path(sys.argv[1]))
