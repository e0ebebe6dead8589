"""The plays that are kept of every scenario: the best, one that is repaired, one that fails.

They stand in `paths/<id>.yaml` as lists of choices.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from elearning.problem import Findings
from elearning.scenario.ids import ChoiceId
from elearning.strict_yaml import load
from elearning.yaml_fields import read_fields

FOLDER = Path(__file__).parent / "paths"
NAMES = ("best", "repaired", "failing")


@dataclass(frozen=True, slots=True)
class KeptPath:
    """One play of one scenario."""

    scenario_id: str
    name: str
    choices: tuple[ChoiceId, ...]


def paths_of(scenario_id: str) -> Mapping[str, KeptPath]:
    """Return the plays that are kept of a scenario, by name; a file that cannot be read fails."""
    findings = Findings(f"{scenario_id}.yaml")
    text = (FOLDER / f"{scenario_id}.yaml").read_text(encoding="utf-8")
    with read_fields(load(text, findings), findings) as reader:
        found = {name: reader.texts(name) for name in NAMES if reader.has(name)}
    assert findings.found == [], findings.found
    return {
        name: KeptPath(scenario_id, name, tuple(ChoiceId(each) for each in choices))
        for name, choices in found.items()
    }


def every_path() -> Iterator[KeptPath]:
    """Yield every play that is kept, in the order of the files."""
    for file in sorted(FOLDER.glob("*.yaml")):
        yield from paths_of(file.stem).values()
