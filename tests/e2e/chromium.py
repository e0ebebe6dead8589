"""Debian's Chromium under Playwright: where it is, and how it is started."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# The same names as in tests/system-packages.
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
# Playwright switches this off; people have it on, and the quick exit has to hold against it.
BACK_FORWARD_CACHE = "--disable-back-forward-cache"


def find_chromium() -> str | None:
    """Return the path of a Chromium, `CHROMIUM` first; None when there is none."""
    wanted = (os.environ.get("CHROMIUM") or "", *NAMES)
    return next((found for name in wanted if name and (found := shutil.which(name))), None)


@contextmanager
def running_chromium(executable: str, *more: str) -> Iterator[Browser]:
    """Run a Chromium without a window, with `more` arguments."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=executable,
            args=[*ARGUMENTS, *more],
            ignore_default_args=[BACK_FORWARD_CACHE],
        )
        yield browser
        browser.close()
