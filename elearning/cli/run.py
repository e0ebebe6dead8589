"""`elearning run`: serve on this machine with gunicorn."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import click

DEFAULT_PORT = 8000


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--with-worker", is_flag=True, help="Run `elearning worker` beside it.")
def command(host: str, port: int, workers: int, *, with_worker: bool) -> None:
    """Serve the pages; workers are processes with one thread each, content is loaded once."""
    address = f"{host}:{port}"
    os.environ.setdefault("ELEARNING_BASE_URL", f"http://{address}")
    click.echo(f"Serving on http://{address} (stop with Ctrl-C)")
    sys.stdout.flush()
    if with_worker:
        sys.exit(_serve_beside_a_worker(_arguments(address, workers)))
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *_arguments(address, workers)])  # noqa: S606 - our own interpreter with fixed arguments


def _serve_beside_a_worker(arguments: list[str]) -> int:
    """Serve, and let the worker live as long as the server; return the server's exit code.

    The worker gets no Ctrl-C of its own: it is told to stop, and ends what it has in hand.
    """
    worker = _program("elearning", "worker", is_apart=True)
    try:
        server = _program("gunicorn", *arguments)
        for each in (signal.SIGTERM, signal.SIGINT):
            signal.signal(each, lambda *_: server.terminate())
        return server.wait()
    finally:
        worker.terminate()
        worker.wait()


def _program(module: str, *arguments: str, is_apart: bool = False) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - our own interpreter with fixed arguments
        [sys.executable, "-m", module, *arguments], start_new_session=is_apart
    )


def _arguments(address: str, workers: int) -> list[str]:
    """Return gunicorn's arguments; the control socket stays off, nothing needs it."""
    return [
        "elearning.web.wsgi:app",
        f"--bind={address}",
        f"--workers={workers}",
        "--threads=1",
        "--preload",
        "--no-control-socket",
        "--log-level=warning",
        "--timeout=30",
        "--max-requests=20000",
        "--max-requests-jitter=2000",
    ]
