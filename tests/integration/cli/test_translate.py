"""`elearning translate`: from nothing, through empty blocks, to an accepted translation."""

from pathlib import Path

import pytest

from tests.integration.cli.command_line import change, run
from tests.integration.cli.example_content import PRACTICE, content_with

NAME = "s00-spreekuur"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """Return a content folder with a scenario that is to be practised."""
    return content_with(tmp_path, PRACTICE)


def test_a_translation_that_does_not_exist_is_written_without_words(
    content: Path, scenario: Path
) -> None:
    (scenario / "scenario.en.md").unlink()
    result = run("translate", NAME, "en", "--content", content)
    assert result.exit_code == 0
    assert (scenario / "scenario.en.md").read_text(encoding="utf-8").count('say: ""') == 3
    assert run("check", scenario).exit_code == 1


def test_an_up_to_date_translation_is_left_alone(content: Path, scenario: Path) -> None:
    before = (scenario / "scenario.en.md").read_bytes()
    result = run("translate", NAME, "en", "--content", content)
    assert "is up to date" in result.output
    assert (scenario / "scenario.en.md").read_bytes() == before


def test_a_stale_block_is_shown_and_accepted_after_reading(content: Path, scenario: Path) -> None:
    change(scenario / "scenario.md", "Laat maar.", "Het is al goed.")
    shown = run("translate", NAME, "en", "--content", content)
    assert "block 'schrikt' is stale: the source has changed" in shown.output
    assert f"when you have read them: `elearning translate {NAME} en --accept`" in shown.output
    assert run("check", scenario).exit_code == 1
    assert run("translate", NAME, "en", "--accept", "--content", content).exit_code == 0
    assert run("check", scenario).exit_code == 0


def test_a_new_node_is_written_as_an_empty_block_and_cannot_be_accepted(
    content: Path, scenario: Path
) -> None:
    change(scenario / "scenario.md", "## einde_goed", "## nieuw\nTekst.\n\n## einde_goed")
    shown = run("translate", NAME, "en", "--content", content)
    assert "what was missing stands empty in scenario.en.md now" in shown.output
    translation = scenario / "scenario.en.md"
    assert "## nieuw\n\n## einde_goed" in translation.read_text(encoding="utf-8")
    refused = run("translate", NAME, "en", "--accept", "--content", content)
    assert refused.exit_code == 1
    assert "block 'nieuw' is incomplete (body)" in refused.output


def test_a_translation_that_does_not_exist_cannot_be_accepted(
    content: Path, scenario: Path
) -> None:
    (scenario / "scenario.en.md").unlink()
    assert run("translate", NAME, "en", "--accept", "--content", content).exit_code == 1
    assert not (scenario / "scenario.en.md").exists()


def test_a_file_that_is_not_well_formed_is_left_to_its_author(
    content: Path, scenario: Path
) -> None:
    change(scenario / "scenario.en.md", "~~~choices", "~~~choices\n~~~choices")
    before = (scenario / "scenario.en.md").read_bytes()
    result = run("translate", NAME, "en", "--content", content)
    assert result.exit_code == 1
    assert "first put this right" in result.output
    assert (scenario / "scenario.en.md").read_bytes() == before


def test_modules_are_translated_the_same_way(content: Path) -> None:
    folder = content / "modules" / "m4"
    folder.mkdir(parents=True)
    source = '---\nid: m4\nlang: nl\ntitle: "Gesprek"\n---\n## luisteren: Luister\nTekst.\n'
    (folder / "module.md").write_text(source, encoding="utf-8")
    assert run("translate", "m4", "en", "--content", content).exit_code == 0
    assert "## luisteren:\n" in (folder / "module.en.md").read_text(encoding="utf-8")


def test_the_source_language_is_not_a_translation(content: Path) -> None:
    result = run("translate", NAME, "nl", "--content", content)
    assert result.exit_code == 2
    assert "not a translation" in result.output


def test_an_unknown_name_or_one_that_leaves_the_folder_exits_with_two(content: Path) -> None:
    assert run("translate", "s99", "en", "--content", content).exit_code == 2
    assert run("translate", "../scenarios", "en", "--content", content).exit_code == 2
