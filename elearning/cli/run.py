"""`elearning run`: serve on this machine with gunicorn."""

from __future__ import annotations

import os
import sys

import click

DEFAULT_PORT = 8000


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=DEFAULT_PORT, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def command(host: str, port: int, workers: int) -> None:
    """Serve the pages; workers are processes with one thread each, content is loaded once."""
    address = f"{host}:{port}"
    os.environ.setdefault("ELEARNING_BASE_URL", f"http://{address}")
    click.echo(f"Serving on http://{address} (stop with Ctrl-C)")
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *_arguments(address, workers)])  # noqa: S606 - our own interpreter with fixed arguments


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
