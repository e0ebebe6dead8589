"""A content folder with the example scenario, for tests of the command line."""

from pathlib import Path

import pytest

from elearning.blocks import split
from elearning.problem import Findings
from elearning.translation import SCENARIO
from elearning.translation_draft import accepted
from tests.unit.scenario.example import DUTCH, ENGLISH

REGISTRY = """schema: 1
competencies:
  - {id: C2, name: {nl: "Luisteren", en: "Listening"}}
skills: []
critical_errors:
  - {id: CE1, severity: B, name: {nl: "een verwijt", en: "blame"}}
"""


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with the example scenario, accepted in English."""
    folder = tmp_path / "scenarios" / "s00-spreekuur"
    folder.mkdir(parents=True)
    (tmp_path / "scenarios" / "competencies.yaml").write_text(REGISTRY, encoding="utf-8")
    english = accepted(ENGLISH, split(DUTCH, Findings("")), SCENARIO)
    (folder / "scenario.md").write_text(DUTCH, encoding="utf-8")
    (folder / "scenario.en.md").write_text(english, encoding="utf-8")
    return tmp_path


@pytest.fixture
def scenario(content: Path) -> Path:
    """Return the folder of the example scenario."""
    return content / "scenarios" / "s00-spreekuur"
