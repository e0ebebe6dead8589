"""What the application was built from, for views: settings, clock and content."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

from flask import current_app

from elearning.clock import Clock
from elearning.config import Settings
from elearning.content.library import Library

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
