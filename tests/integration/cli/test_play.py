"""`elearning play`: a list of choices, or a person at the keyboard."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from elearning.cli import main
from tests.integration.cli.command_line import run

EXAMPLE = "s00-spreekuur"


def _played(content: Path, *keys: str, form: str = "json") -> Result:
    arguments = ["play", EXAMPLE, "--content", str(content), "--format", form]
    return CliRunner().invoke(main, arguments, input="\n".join(keys) + "\n")


def test_a_list_of_choices_is_replayed_as_a_transcript_and_a_state(content: Path) -> None:
    result = run("play", EXAMPLE, "--content", content, "--choices", "waarom,herstel")
    assert result.exit_code == 0
    assert "     (herstelt CE1)" in result.output
    assert result.output.splitlines()[-6:] == [
        "ending: einde_goed (good)",
        "choices: waarom,herstel",
        "points: C2 1",
        "flags: gebeld",
        "errors: CE1 repaired",
        "passed: no",
    ]


def test_json_tells_where_the_play_stands(content: Path) -> None:
    form = ("--choices", " waarom ", "--format", "json")
    found = json.loads(run("play", EXAMPLE, "--content", content, *form).stdout)
    assert found.pop("version")
    assert found == {
        "scenario": EXAMPLE,
        "choices": ["waarom"],
        "node": "schrikt",
        "medium": "in_person",
        "turn": 2,
        "is_over": False,
        "ending": None,
        "passed": False,
        "points": {"C2": 0},
        "flags": [],
        "errors": [{"id": "CE1", "node": "binnenkomst", "turn": 1, "state": "open"}],
        "offered": ["herstel"],
    }


def test_no_choices_at_all_is_the_start(content: Path) -> None:
    form = ("--choices", "", "--format", "json")
    found = json.loads(run("play", EXAMPLE, "--content", content, *form).stdout)
    assert (found["node"], found["offered"]) == ("binnenkomst", ["ruimte", "waarom"])


def test_a_choice_that_is_not_offered_exits_with_two_and_names_it(content: Path) -> None:
    result = run("play", EXAMPLE, "--content", content, "--choices", "waarom,ruimte")
    assert result.exit_code == 2
    assert "'ruimte' is not offered at 'schrikt'; on offer: herstel" in result.output


def test_a_choice_after_the_ending_says_that_the_play_is_over(content: Path) -> None:
    result = run("play", EXAMPLE, "--content", content, "--choices", "ruimte,ruimte")
    assert "'ruimte' is not offered at 'einde_goed'; the play is over there" in result.output


def test_a_person_chooses_by_number_until_the_end(content: Path) -> None:
    result = _played(content, "2", "1")
    assert json.loads(result.stdout)["choices"] == ["waarom", "herstel"]
    assert "Noor blijft na het college hangen." in result.stderr
    assert "  2. Waarom ging je dan met hem mee naar huis?" in result.stderr
    assert "Alsof het mijn schuld was." in result.stderr


def test_a_number_that_is_not_there_is_asked_again(content: Path) -> None:
    assert json.loads(_played(content, "9", "1").stdout)["ending"] == "good"


def test_a_person_can_stop_and_see_where_they_are(content: Path) -> None:
    result = _played(content, "2", "0", form="text")
    assert "at: schrikt\nchoices: waarom\n" in result.stdout
    assert "1 to 2, or 0 to stop" in result.stderr
    assert json.loads(_played(content, "2").stdout)["node"] == "schrikt"
