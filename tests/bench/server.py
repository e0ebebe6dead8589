"""gunicorn with two workers, and what its processes cost: CPU from /proc, memory, time to ready."""

from __future__ import annotations

import http.client
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.ports import free_port

WORKERS = 2
READY_SECONDS = 60
TICKS = os.sysconf("SC_CLK_TCK")
ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Server:
    """A running server; its children are the workers."""

    pid: int
    port: int
    seconds_to_ready: float

    def cpu_seconds(self) -> float:
        """Return the CPU time of the workers so far."""
        return cpu_seconds_below(self.pid)

    def worker_megabytes(self) -> float:
        """Return the resident memory of the biggest worker, shared pages included."""
        return max(_resident(child) for child in children(self.pid)) / 1024


@contextmanager
def serving(app: str, environment: Mapping[str, str], log: Path) -> Iterator[Server]:
    """Serve an application the way `elearning run` does, for as long as the block runs."""
    port = free_port()
    began = time.perf_counter()
    with log.open("wb") as said:
        process = subprocess.Popen(
            [
                *(sys.executable, "-m", "gunicorn", app),
                *(f"--bind=127.0.0.1:{port}", f"--workers={WORKERS}", "--threads=1"),
                *("--preload", "--no-control-socket", "--log-level=warning", "--timeout=30"),
            ],
            cwd=ROOT,
            env={**environment, "ELEARNING_BASE_URL": f"http://127.0.0.1:{port}"},
            stdout=said,
            stderr=said,
        )
    try:
        _wait(process, port, log)
        yield Server(process.pid, port, time.perf_counter() - began)
    finally:
        process.terminate()
        process.wait(timeout=READY_SECONDS)


def fetch(port: int, path: str, cookie: str = "") -> tuple[int, bytes]:
    """Return status and body of one page."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    try:
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            # Any answer will do: the floor has no such page.
            fetch(port, "/gezond")
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(f"the server did not start:\n{log.read_text(errors='replace')}")


def children(pid: int) -> list[int]:
    """Return the processes that this one started."""
    text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    return [int(child) for child in text.split()]


def cpu_seconds_below(pid: int) -> float:
    """Return the CPU time of the children of a process."""
    return sum(map(_cpu_seconds, children(pid)))


def _cpu_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except FileNotFoundError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def _resident(pid: int) -> int:
    """Return kilobytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1])
    return 0
