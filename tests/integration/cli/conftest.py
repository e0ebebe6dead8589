"""A content folder with the example scenario, for tests of the command line."""

from pathlib import Path

import pytest

from tests.integration.cli.example_content import content_with
from tests.unit.scenario.example import DUTCH


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with the example scenario, accepted in English."""
    return content_with(tmp_path, DUTCH)


@pytest.fixture
def scenario(content: Path) -> Path:
    """Return the folder of the example scenario."""
    return content / "scenarios" / "s00-spreekuur"
