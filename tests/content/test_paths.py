"""Every scenario is played three ways, and reads as it did when people last looked."""

from __future__ import annotations

import pytest

from elearning.scenario.model import Kind
from elearning.scenario.play import replay
from elearning.scenario.position import IncidentState
from elearning.scenario.score import Result, result
from elearning.yaml_fields import LANGUAGES
from tests.content.paths import NAMES, KeptPath, every_path, paths_of
from tests.content.transcripts import FOLDER, file_of, transcript
from tests.shipped_content import ROOT, shipped_library

SCENARIOS = sorted(each.parent.name for each in (ROOT / "scenarios").glob("*/scenario.md"))
PATHS = list(every_path())
each_path = pytest.mark.parametrize(
    "path", PATHS, ids=[f"{each.scenario_id}.{each.name}" for each in PATHS]
)
TO_WRITE = "differs; look at what changed, then: python -m tests.content.transcripts"


def outcome(path: KeptPath) -> Result:
    scenario = shipped_library().scenario(path.scenario_id).scenario
    return result(scenario, replay(scenario, path.choices))


@pytest.mark.parametrize("scenario_id", SCENARIOS)
def test_a_scenario_is_played_in_every_way_that_it_has(scenario_id: str) -> None:
    scenario = shipped_library().scenario(scenario_id).scenario
    repairs = any(each.repairs for node in scenario.nodes.values() for each in node.choices)
    wanted = [name for name in NAMES if repairs or name != "repaired"]
    assert list(paths_of(scenario_id)) == wanted
    assert repairs or scenario.kind is Kind.CHECK


@each_path
def test_a_play_comes_to_an_end_in_the_way_that_its_name_says(path: KeptPath) -> None:
    found = outcome(path)
    assert found.is_over
    assert found.passed is (path.name != "failing")
    states = {each.state for each in found.incidents}
    if path.name == "best":
        assert states == set()
    if path.name == "repaired":
        assert IncidentState.REPAIRED in states


@pytest.mark.parametrize("lang", LANGUAGES)
@each_path
def test_a_play_reads_as_it_was_kept(path: KeptPath, lang: str) -> None:
    kept = file_of(path, lang)
    assert kept.is_file(), TO_WRITE
    assert kept.read_text(encoding="utf-8") == transcript(path, lang), TO_WRITE


def test_no_transcript_is_left_of_a_play_that_is_gone() -> None:
    wanted = {file_of(path, lang) for path in PATHS for lang in LANGUAGES}
    assert set(FOLDER.glob("*.md")) == wanted
