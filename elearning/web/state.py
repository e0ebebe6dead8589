"""What the application was built from, for views: settings, clock and content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from elearning.clock import Clock
from elearning.config import Settings
from elearning.content.library import Library
from elearning.integrations.erasure_file import ErasureFile
from elearning.integrations.seal import KeySeal
from elearning.integrations.signing_keys import KeyFolder
from elearning.services.erasure_ledger import Erasing
from elearning.services.seal import Issuing

KEY = "elearning"


@dataclass(frozen=True, slots=True)
class State:
    """Set once by the factory, never changed."""

    settings: Settings
    clock: Clock
    library: Library


def state() -> State:
    """Return what this application was built from."""
    return cast("State", current_app.extensions[KEY])


def settings() -> Settings:
    """Return the settings."""
    return state().settings


def clock() -> Clock:
    """Return the clock."""
    return state().clock


def library() -> Library:
    """Return the content."""
    return state().library


def keys() -> KeyFolder:
    """Return the keys that certificates are signed and checked with."""
    return KeyFolder(settings().keys)


def seal() -> KeySeal:
    """Return what signs."""
    return KeySeal(keys().active)


def erasing() -> Erasing:
    """Return the ledger of what was erased for good."""
    return Erasing(ErasureFile(settings().erased), settings().secret_key)


def issuing() -> Issuing:
    """Return what it takes to issue a certificate."""
    return Issuing(
        library=library(),
        secret_key=settings().secret_key,
        base_url=settings().base_url,
        seal=seal(),
        clock=clock(),
    )
