"""What nobody has looked at in time is pointed out on its own line, and blocks a release."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest

from elearning.clock import SystemClock
from elearning.content.freshness import stale_entries
from elearning.content.sources import ContentRoot
from elearning.problem import ProblemSeverity
from tests.integration.cli.command_line import run
from tests.practice_content import write_content
from tests.shipped_content import ROOT, shipped_library

SHIPPED = ContentRoot(ROOT)
RESOURCE = shipped_library().directory.resources["csg"]
LAST_DAY = RESOURCE.dated.review_by


def stale_on(day: date, *, is_release: bool = False) -> dict[str, ProblemSeverity]:
    found = stale_entries(SHIPPED, day, is_release=is_release)
    return {each.message.split("'")[1]: each.severity for each in found if each.code == "D6"}


def test_the_last_day_is_still_in_time_and_the_day_after_is_not() -> None:
    assert "csg" not in stale_on(LAST_DAY)
    assert stale_on(LAST_DAY + timedelta(days=1))["csg"] is ProblemSeverity.WARNING


def test_a_release_is_blocked() -> None:
    late = LAST_DAY + timedelta(days=1)
    assert stale_on(late, is_release=True)["csg"] is ProblemSeverity.ERROR


def test_the_finding_stands_on_the_line_of_the_entry() -> None:
    found = stale_entries(SHIPPED, date.max, is_release=False)
    problem = next(each for each in found if "'csg'" in each.message)
    lines = (ROOT / problem.file).read_text(encoding="utf-8").split("\n")
    assert lines[problem.line - 1].strip() == "- id: csg"


def test_facts_are_looked_at_as_well() -> None:
    files = {each.file for each in stale_entries(SHIPPED, date.max, is_release=False)}
    assert files == {"modules/directory/facts.yaml", "modules/directory/resources.yaml"}


@pytest.mark.parametrize(("options", "code"), [((), 0), (("--release",), 1)])
def test_only_the_check_of_a_release_fails(
    options: tuple[str, ...], code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_content(tmp_path, {})
    monkeypatch.setattr(SystemClock, "today", lambda _clock: date.max)
    result = run("check", tmp_path / "modules", "--format", "json", *options)
    assert result.exit_code == code
    assert {each["code"] for each in json.loads(result.stdout)} == {"D6"}
