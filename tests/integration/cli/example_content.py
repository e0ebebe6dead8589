"""Content folders with the example scenario, or with one like it that is to be practised."""

from pathlib import Path

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
# The example is too short for its pass to mean anything. Without points it can only be practised,
# so nothing of it has to be proved.
PRACTICE = (
    DUTCH.replace("competencies:\n  C2: {range: [0, 3], cut: 2}\n", "")
    .replace("  effect: {C2: 2}\n", "")
    .replace("  effect: {C2: 1}\n", "")
)


def content_with(root: Path, dutch: str) -> Path:
    """Write a content folder with this scenario, accepted in English."""
    folder = root / "scenarios" / "s00-spreekuur"
    folder.mkdir(parents=True)
    (root / "scenarios" / "competencies.yaml").write_text(REGISTRY, encoding="utf-8")
    english = accepted(ENGLISH, split(dutch, Findings("")), SCENARIO)
    (folder / "scenario.md").write_text(dutch, encoding="utf-8")
    (folder / "scenario.en.md").write_text(english, encoding="utf-8")
    return root
