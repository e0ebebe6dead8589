"""A running site for the browser: gunicorn on a free port, with an instance of its own.

The instance is made once per run with `elearning prepare`, and copied for each process of the run.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from gettext import NullTranslations
from pathlib import Path
from urllib.request import urlopen

from babel.support import Translations
from flask import Flask
from sqlalchemy import Engine

from elearning.config import PREFIX, Settings, read_settings
from elearning.content.library import Library, load_library
from elearning.content.sources import content_root
from elearning.services.publish_content import known_proofs
from elearning.storage.engine import build_engine, one_transaction
from elearning.web.factory import ADDRESSES, create_app
from elearning.web.i18n import LANGUAGES, compile_catalogue

HOST = "127.0.0.1"
START_SECONDS = 30
STOP_SECONDS = 10
PRODUCT = "elearning.web.wsgi:app"
DEMO = {"MODE": "demo"}


@dataclass(frozen=True, slots=True)
class Site:
    """A served instance, with what it was made of; `app` is a twin that is never served."""

    address: str
    settings: Settings
    engine: Engine
    library: Library
    catalogues: Mapping[str, Translations]
    app: Flask


class Strict(NullTranslations):
    """Stands behind a catalogue: a test that asks for a string that is not there is wrong."""

    def gettext(self, message: str) -> str:
        """Refuse."""
        raise KeyError(message)


def make_template(folder: Path) -> None:
    """Prepare a demo, unless another process of this run has done so."""
    with (folder.parent / f"{folder.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if folder.exists():
            return
        code = "from elearning.cli import main; main()"
        subprocess.run(
            [sys.executable, "-c", code, "prepare"],
            env=_environment({"INSTANCE": str(folder), **DEMO}),
            check=True,
            capture_output=True,
        )


@contextmanager
def serving(
    template: Path, instance: Path, application: str = PRODUCT, settings: Mapping[str, str] = DEMO
) -> Iterator[Site]:
    """Serve a copy of the template until the context ends."""
    shutil.copytree(template, instance)
    _allow_names(instance / "institution.yaml")
    with socket.create_server((HOST, 0)) as listener:
        address = f"http://{HOST}:{listener.getsockname()[1]}"
        environment = _environment(
            {"INSTANCE": str(instance), "BASE_URL": address, **DEMO, **settings}
        )
        process = _start(application, listener, environment, instance)
        try:
            _wait_for(address)
            site = _site(address, environment)
            yield site
            site.engine.dispose()
        finally:
            process.terminate()
            process.wait(STOP_SECONDS)


def _allow_names(overlay: Path) -> None:
    """Let managers see names: else that page is not there to be looked at."""
    text = overlay.read_text(encoding="utf-8")
    allowed = text.replace("reports: {", "reports: {names_for_managers: true, ")
    assert allowed != text
    overlay.write_text(allowed, encoding="utf-8")


def _environment(settings: Mapping[str, str]) -> dict[str, str]:
    """Return the environment with these settings and no others."""
    plain = {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}
    return plain | {f"{PREFIX}{name}": value for name, value in settings.items()}


def _start(
    application: str, listener: socket.socket, environment: dict[str, str], instance: Path
) -> subprocess.Popen[bytes]:
    """Start gunicorn on a socket that is listening already: no port can be lost to another."""
    number = listener.fileno()
    arguments = ["--workers=1", "--threads=4", "--no-control-socket", "--log-level=warning"]
    with (instance / "server.log").open("wb") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "gunicorn", application, f"--bind=fd://{number}", *arguments],
            env=environment,
            pass_fds=[number],
            stdout=log,
            stderr=subprocess.STDOUT,
        )


def _wait_for(address: str) -> None:
    with urlopen(f"{address}/gezond", timeout=START_SECONDS) as answer:  # noqa: S310 - our own http
        assert answer.status == 200


def _site(address: str, environment: dict[str, str]) -> Site:
    settings = read_settings(environment)
    root = content_root(settings.content)
    engine = build_engine(settings.database_url)
    with one_transaction(engine) as session:
        known = known_proofs(session)
    library = load_library(root, settings.overlay, ADDRESSES, known=known)
    return Site(
        address=address,
        settings=settings,
        engine=engine,
        library=library,
        catalogues={code: _catalogue(root.path / "translations", code) for code in LANGUAGES},
        app=create_app(settings, library=library),
    )


def _catalogue(folder: Path, code: str) -> Translations:
    catalogue = compile_catalogue(folder, code)
    catalogue.add_fallback(Strict())
    return catalogue
