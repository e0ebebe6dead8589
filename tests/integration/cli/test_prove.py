"""`elearning prove` and `elearning play` on content folders."""

import json
from fractions import Fraction
from pathlib import Path

import pytest

from elearning.content.sources import content_root
from tests.integration.cli.command_line import change, run
from tests.unit.scenario.example import DUTCH

SHIPPED = content_root(None).path
EXAMPLE = "s00-spreekuur"


def test_a_scenario_that_is_proved_exits_with_zero() -> None:
    result = run("prove", "routecheck", "--content", SHIPPED)
    assert result.exit_code == 0
    assert result.output.startswith("routecheck: proved (")


def test_a_scenario_that_is_not_fair_exits_with_one_and_shows_a_play(content: Path) -> None:
    result = run("prove", EXAMPLE, "--content", content)
    line = next(n for n, text in enumerate(DUTCH.splitlines(), 1) if "guess_pass" in text)
    expected = (
        f"scenarios/{EXAMPLE}/scenario.md:{line}: S3 error S3: random choice passes with a chance"
    )
    assert result.exit_code == 1
    assert result.output.startswith(f"{EXAMPLE}: violated (")
    assert expected in result.output
    assert "   → Neem je tijd. Jij bepaalt wat je vertelt. [ruimte]" in result.output


def test_a_play_that_shows_two_things_is_told_once(content: Path) -> None:
    output = run("prove", EXAMPLE, "--content", content).output
    first, *again = [line for line in output.splitlines() if "--choices ruimte" in line]
    assert first == f"elearning play {EXAMPLE} --choices ruimte"
    assert again
    assert {*again} == {f"the same play as above: {first}"}
    assert output.count("   → Neem je tijd. Jij bepaalt wat je vertelt. [ruimte]") == 1


def test_a_draft_is_proved_with_the_note_that_nothing_blocks(content: Path) -> None:
    run("new", "scenario", "s90-proef", "--content", content)
    line = run("prove", "s90-proef", "--content", content).output.splitlines()[1]
    assert line.startswith("a draft, or without competencies: ")
    assert "a draft" not in run("prove", EXAMPLE, "--content", content).output


def test_the_counterexample_can_be_read_in_the_other_language(content: Path) -> None:
    result = run("prove", EXAMPLE, "--content", content, "--lang", "en")
    assert "   → Take your time. You decide what you tell. [ruimte]" in result.output


def test_json_holds_every_figure_exactly_and_as_a_decimal(content: Path) -> None:
    result = run("prove", EXAMPLE, "--content", content, "--format", "json")
    found = json.loads(result.stdout)
    assert result.exit_code == 1
    assert found["verdict"] == "violated"
    assert Fraction(found["guess_pass"]["fraction"]) == Fraction(1, 2)
    assert found["guess_pass"]["decimal"] == 0.5
    assert found["endings"]["einde_goed"]["chance"]["fraction"] == "1"
    assert found["competencies"]["C2"] == {"cut": 2, "all": [1, 2], "passing": [2, 2]}
    assert (found["plays"], found["passing_plays"], found["longest_play"]) == (2, 1, 2)
    assert {"states", "transitions", "seconds", "digest", "version", "prover"} <= set(found)
    problem = found["problems"][0]
    assert set(problem) == {"code", "severity", "file", "line", "message", "choices"}


def test_every_counterexample_in_the_json_can_be_played(content: Path) -> None:
    found = json.loads(run("prove", EXAMPLE, "--content", content, "--format", "json").stdout)
    plays = [",".join(each["choices"]) for each in found["problems"]]
    assert plays
    for choices in plays:
        assert run("play", EXAMPLE, "--content", content, "--choices", choices).exit_code == 0


def test_a_scenario_beyond_the_cap_is_not_proved_and_says_so(content: Path) -> None:
    result = run("prove", EXAMPLE, "--content", content, "--most-states", "2")
    assert result.exit_code == 1
    assert f"{EXAMPLE}: not proved (" in result.output
    assert (
        "R9 error not proved: this scenario has more than 2 different situations" in result.output
    )
    form = ("--most-states", "2", "--format", "json")
    found = json.loads(run("prove", EXAMPLE, "--content", content, *form).stdout)
    assert "guess_pass" not in found


@pytest.mark.parametrize("command", ["prove", "play"])
def test_a_scenario_that_does_not_exist_exits_with_two(content: Path, command: str) -> None:
    result = run(command, "s99-niets", "--content", content)
    assert result.exit_code == 2
    assert "there is no scenario 's99-niets'" in result.output


@pytest.mark.parametrize("command", ["prove", "play"])
def test_a_scenario_that_cannot_be_read_exits_with_two(
    content: Path, scenario: Path, command: str
) -> None:
    change(scenario / "scenario.md", "to: schrikt", "to: schrok")
    result = run(command, EXAMPLE, "--content", content)
    assert result.exit_code == 2
    assert "node 'schrok' is not known here" in result.output


def test_a_file_that_is_not_utf_8_exits_with_two(content: Path, scenario: Path) -> None:
    (scenario / "scenario.md").write_bytes(b"---\nid: caf\xe9\n")
    assert run("prove", EXAMPLE, "--content", content).exit_code == 2


def test_a_language_that_is_not_complete_exits_with_two(content: Path, scenario: Path) -> None:
    change(scenario / "scenario.en.md", "## schrikt", "## schrok")
    result = run("prove", EXAMPLE, "--content", content, "--lang", "en")
    assert result.exit_code == 2
    assert "s00-spreekuur is not complete in 'en'" in result.output


def test_shipped_placeholders_are_filled_in() -> None:
    choices = "uitstel,wacht,geloof,niet_stom,vannacht,centrum"
    play = ("play", "s01-gisteravond", "--content", SHIPPED, "--choices", choices)
    assert "{{" not in run(*play).output
    assert "{{" not in run(*play, "--lang", "en").output
