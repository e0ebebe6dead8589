"""`elearning graph`: one SVG file, the same every time, without anything that runs or styles."""

from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.integration.cli.command_line import change, run

NAME = "s00-spreekuur"
SVG = "{http://www.w3.org/2000/svg}"


def test_the_output_is_an_svg_file_with_every_node_by_name(content: Path) -> None:
    result = run("graph", NAME, "--content", content)
    root = ET.fromstring(result.stdout)  # noqa: S314 - our own output
    assert (result.exit_code, root.tag) == (0, f"{SVG}svg")
    names = [each.get("aria-label", "").split(".")[0] for each in root.iter(f"{SVG}g")]
    assert [each for each in names if each] == [
        "binnenkomst, begin",
        "schrikt",
        "einde_goed, goed einde",
    ]


@pytest.mark.parametrize(
    ("lang", "title"), [("nl", "Na het college: kaart"), ("en", "After class: map")]
)
def test_it_speaks_the_language_that_is_asked_for(content: Path, lang: str, title: str) -> None:
    output = run("graph", NAME, "--lang", lang, "--content", content).stdout
    assert f'lang="{lang}"' in output
    assert f">{title}</title>" in output


def test_it_is_the_same_every_time(content: Path) -> None:
    first, again = (run("graph", NAME, "--content", content).stdout for _ in range(2))
    assert first == again


def test_a_scenario_that_cannot_be_read_says_why(content: Path, scenario: Path) -> None:
    change(scenario / "scenario.md", "to: schrikt", "to: schrok")
    result = run("graph", NAME, "--content", content)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "to: node 'schrok' is not known here" in result.stderr


def test_a_scenario_that_does_not_exist_exits_with_two(content: Path) -> None:
    result = run("graph", "s99", "--content", content)
    assert result.exit_code == 2
    assert "there is no scenario 's99'" in result.stderr
