"""Where to go after signing in: only ever a page of this site."""

from __future__ import annotations

import re

from flask import url_for

# One slash, then neither a slash nor a backslash: `//evil`, `/\\evil` and `https:evil` stay out.
LOCAL = re.compile(r"/(?![/\\])[^\x00-\x20\\]*")


def safe_next(wanted: str | None) -> str:
    """Return the wanted path when it is plainly one of ours, else the home page."""
    if wanted is not None and LOCAL.fullmatch(wanted):
        return wanted
    return url_for("learner.home")
