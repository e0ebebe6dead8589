"""`elearning check` and `elearning translate` on content folders."""

import json
from pathlib import Path

import pytest

from elearning.content.sources import content_root
from tests.integration.cli.command_line import change, run
from tests.integration.cli.example_content import PRACTICE, content_with
from tests.unit.scenario.example import DUTCH


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with a scenario that is to be practised."""
    return content_with(tmp_path, PRACTICE)


def test_good_content_exits_with_zero(content: Path) -> None:
    result = run("check", content)
    assert (result.exit_code, result.output) == (
        0,
        "1 scenarios and 0 modules: 0 errors, 0 warnings\n",
    )


def test_a_problem_is_one_line_with_file_line_code_and_severity(scenario: Path) -> None:
    change(scenario / "scenario.md", "to: schrikt", "to: schrok")
    result = run("check", scenario)
    line = next(number for number, text in enumerate(PRACTICE.splitlines(), 1) if "waarom" in text)
    expected = f"{scenario / 'scenario.md'}:{line}: R1 error to: node 'schrok' is not known here"
    assert result.exit_code == 1
    assert expected in result.output.splitlines()


def test_a_warning_does_not_block(scenario: Path) -> None:
    change(scenario / "scenario.md", "  repair: [CE1]\n", "")
    result = run("check", scenario)
    assert result.exit_code == 0
    assert "W2 warning" in result.output
    assert result.output.endswith("0 errors, 1 warnings\n")


def test_json_holds_the_same_findings_with_the_choices_that_show_them(scenario: Path) -> None:
    change(scenario / "scenario.md", "  repair: [CE1]\n", '  repair: [CE1]\n  if: "gebeld"\n')
    result = run("check", scenario, "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert set(found[0]) == {"code", "severity", "file", "line", "message", "choices"}
    assert next(each for each in found if each["code"] == "R2")["choices"] == ["waarom"]


def test_json_of_good_content_is_an_empty_list(content: Path) -> None:
    assert json.loads(run("check", content, "--format", "json").stdout) == []


def test_one_file_stands_for_its_whole_folder(scenario: Path) -> None:
    change(scenario / "scenario.en.md", "## schrikt", "## schrok")
    assert run("check", scenario / "scenario.md").exit_code == 1


def test_only_what_was_named_is_checked(content: Path, scenario: Path) -> None:
    other = content / "scenarios" / "s01-anders"
    other.mkdir()
    (other / "scenario.md").write_text("niets", encoding="utf-8")
    assert run("check", scenario).exit_code == 0
    assert run("check", other).exit_code == 1
    assert run("check", content).exit_code == 1


def test_modules_are_checked_with_their_translation(content: Path) -> None:
    folder = content / "modules" / "m4"
    folder.mkdir(parents=True)
    text = "---\nid: m4\nlang: nl\n---\n## luisteren: Luister\nTekst.\n"
    (folder / "module.md").write_text(text, encoding="utf-8")
    (folder / "module.en.md").write_text(text.replace("nl", "en"), encoding="utf-8")
    result = run("check", folder)
    assert result.exit_code == 1
    assert "Y4 error title: is missing" in result.output
    assert "L2 error block 'luisteren' is not accepted yet" in result.output


def test_paths_of_two_content_folders_cannot_be_checked_together(content: Path) -> None:
    result = run("check", content, content_root(None).path / "scenarios")
    assert result.exit_code == 2
    assert "different content folders" in result.output


def test_a_problem_in_the_shared_names_is_reported_where_all_is_checked(content: Path) -> None:
    change(content / "scenarios" / "competencies.yaml", "severity: B", "severity: C")
    result = run("check", content)
    assert "competencies.yaml:6: Y5 error severity: needs one of A, B" in result.output


@pytest.mark.parametrize("arguments", [["niets"], ["--format", "xml"]])
def test_what_cannot_be_understood_exits_with_two(arguments: list[str]) -> None:
    assert run("check", *arguments).exit_code == 2


def test_a_path_outside_any_content_exits_with_two(tmp_path: Path) -> None:
    result = run("check", tmp_path)
    assert result.exit_code == 2
    assert "scenarios/competencies.yaml" in result.output


def test_a_folder_without_content_exits_with_two(content: Path) -> None:
    (content / "scenarios" / "leeg").mkdir()
    result = run("check", content / "scenarios" / "leeg")
    assert result.exit_code == 2
    assert "there is no scenario or module here" in result.output


def test_a_file_that_is_not_utf_8_is_named(scenario: Path) -> None:
    (scenario / "scenario.en.md").write_bytes(b"---\nid: caf\xe9\n")
    result = run("check", scenario)
    assert result.exit_code == 1
    assert f"{scenario / 'scenario.en.md'}:1: F0 error is not UTF-8" in result.output


def test_content_that_cannot_be_opened_exits_with_two(content: Path) -> None:
    (content / "modules" / "directory").mkdir(parents=True)
    result = run("check", content)
    assert result.exit_code == 2
    assert "could not read the content" in result.output


def test_an_unknown_command_exits_with_two() -> None:
    assert run("chek").exit_code == 2


def test_help_lists_the_commands() -> None:
    output = run("--help").output
    assert "check" in output
    assert "translate" in output


def test_what_a_play_shows_is_told_as_that_play_in_the_asked_language(tmp_path: Path) -> None:
    folder = content_with(tmp_path, DUTCH) / "scenarios" / "s00-spreekuur"
    result = run("check", folder, "--lang", "en")
    lines = result.output.splitlines()
    first = next(n for n, line in enumerate(lines) if " S3 error " in line and "first" in line)
    assert result.exit_code == 1
    assert "    1. binnenkomst" in lines[first + 1]
    assert "→ Take your time. You decide what you tell. [ruimte]" in result.output
    assert "       Passed." in lines
    assert lines.count("    elearning play s00-spreekuur --choices ruimte") == 1
    assert "    the same play as above" in lines


def test_every_play_of_a_finding_can_be_replayed(tmp_path: Path) -> None:
    folder = content_with(tmp_path, DUTCH) / "scenarios" / "s00-spreekuur"
    found = json.loads(run("check", folder, "--format", "json").stdout)
    shown = [each["choices"] for each in found if each["choices"]]
    assert shown
    for choices in shown:
        play = run("play", folder.name, "--choices", ",".join(choices), "--content", tmp_path)
        assert play.exit_code == 0
