"""For tests of the command line: content that is read once, and a folder with an example."""

from functools import cache
from pathlib import Path

import pytest

from elearning.content.library import Library, load_library
from elearning.content.markdown import Addresses
from elearning.content.sources import ContentRoot
from tests.integration.cli.example_content import content_with
from tests.unit.scenario.example import DUTCH

# Commands that read all content and judge none of it.
READERS = ("apply_retention", "codes", "correct", "demo", "grant", "send_mail")


@cache
def read_once(root: ContentRoot, overlay: Path, addresses: Addresses) -> Library:
    """Return the content that a command asks for, as the first that asked for it read it."""
    return load_library(root, overlay, addresses)


@pytest.fixture(autouse=True)
def content_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Spare every command but the first of a process the two seconds that reading takes."""
    for each in READERS:
        monkeypatch.setattr(f"elearning.cli.{each}.load_library", read_once)


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with the example scenario, accepted in English."""
    return content_with(tmp_path, DUTCH)


@pytest.fixture
def scenario(content: Path) -> Path:
    """Return the folder of the example scenario."""
    return content / "scenarios" / "s00-spreekuur"
