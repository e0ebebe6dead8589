"""Everything that is read is checked for its wording, in its own language and on its own line."""

import json
import shutil
from pathlib import Path

import pytest

from elearning.content.sources import ContentRoot
from elearning.content.wording import translated, wording_problems
from elearning.problem import ProblemSeverity
from tests.integration.cli.command_line import change, run
from tests.practice_content import write_content
from tests.shipped_content import ROOT
from tests.unit.wording.builders import RULES

CATALOGUE = """# Words.
msgid ""
msgstr ""
"Language: nl\\n"
"X-Comment: monster\\n"

msgid "Why?"
msgstr ""
"Waarom "
"ging je?"

msgid "%(num)s part"
msgid_plural "%(num)s parts"
msgstr[0] "%(num)s deel"
msgstr[1] "%(num)s monsters, een monster"
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a content folder with rules of its own."""
    write_content(tmp_path, {})
    (tmp_path / "scenarios" / "lint.yaml").write_text(RULES, encoding="utf-8")
    return tmp_path


def found_in(folder: Path) -> list[tuple[str, str, int]]:
    problems = wording_problems(ContentRoot(folder))
    return [(each.code, each.file, each.line) for each in problems]


def test_what_we_ship_is_worded_well() -> None:
    assert list(wording_problems(ContentRoot(ROOT))) == []


def test_content_without_rules_is_not_judged(folder: Path) -> None:
    (folder / "scenarios" / "lint.yaml").unlink()
    assert found_in(folder) == []


def test_rules_that_cannot_be_read_are_reported(folder: Path) -> None:
    change(folder / "scenarios" / "lint.yaml", "page_at_least", "page_at_most")
    assert [(code, file) for code, file, _ in found_in(folder)] == [
        ("Y4", "scenarios/lint.yaml"),
        ("Y3", "scenarios/lint.yaml"),
    ]


def test_the_directory_is_read_per_language(folder: Path) -> None:
    path = folder / "modules" / "directory" / "extra.yaml"
    path.write_text('a:\n  - {nl: "Een monster.", en: "Are you sure?"}\n', encoding="utf-8")
    name = "modules/directory/extra.yaml"
    assert found_in(folder) == [("V5", name, 2), ("V3", name, 2)]


def test_the_interface_is_read_line_by_line(folder: Path) -> None:
    path = folder / "translations" / "nl" / "LC_MESSAGES"
    path.mkdir(parents=True)
    (path / "messages.po").write_text(CATALOGUE, encoding="utf-8")
    name = "translations/nl/LC_MESSAGES/messages.po"
    assert found_in(folder) == [("V1", name, 9), ("V5", name, 15)]


def test_only_translated_texts_are_taken_from_a_catalogue() -> None:
    texts = ["".join(row.text for row in rows) for rows in translated(CATALOGUE)]
    assert texts == ["Waarom ging je?", "%(num)s deel", "%(num)s monsters, een monster"]


def test_a_draft_is_only_warned(folder: Path) -> None:
    draft = folder / "scenarios" / "nieuw"
    draft.mkdir()
    (draft / "scenario.md").write_text(
        '---\nid: nieuw\ndraft: true\ntitle: "Waarom ging je?"\n---\n', encoding="utf-8"
    )
    (problem,) = wording_problems(ContentRoot(folder))
    assert (problem.code, problem.severity) == ("V1", ProblemSeverity.WARNING)


def test_the_command_blocks_on_blame(folder: Path) -> None:
    path = folder / "modules" / "directory" / "extra.yaml"
    path.write_text('a: {nl: "Waarom ging je?", en: "Fine."}\n', encoding="utf-8")
    result = run("check", folder)
    assert "extra.yaml:1: V1 error 'Waarom ging je' (blame): rather niets" in result.output


GLOSSARY_TERMS = {
    "nl": [
        "een bekentenis",
        "de aanklacht",
        "ongewenste intimiteiten",
        "de dader",
        "een ombudsman",
    ],
    "en": ["a confession", "pressing charges", "unwanted advances", "the perpetrator"],
}
RIGHT_WORDS = {
    "nl": ["een onthulling", "de klacht", "de aangifte", "toestemming", "de Nationale ombudsman"],
    "en": ["a disclosure", "a police report", "permission", "the National Ombudsman"],
}


@pytest.mark.parametrize("lang", ["nl", "en"])
def test_the_words_of_the_glossary_are_kept_and_right_words_are_left_alone(
    lang: str, tmp_path: Path
) -> None:
    write_content(tmp_path, {})
    shutil.copy(ROOT / "scenarios/lint.yaml", tmp_path / "scenarios/lint.yaml")
    file = tmp_path / "modules/directory/extra.yaml"
    for words in (GLOSSARY_TERMS[lang], RIGHT_WORDS[lang]):
        other = dict.fromkeys(("nl", "en"), "ja")
        lines = [{**other, lang: f"Dit is {each}."} for each in words]
        file.write_text(json.dumps({"lines": lines}, ensure_ascii=False), encoding="utf-8")
        found = [each for each in wording_problems(ContentRoot(tmp_path)) if "extra" in each.file]
        assert {each.code for each in found} == ({"V7"} if words is GLOSSARY_TERMS[lang] else set())
        assert len(found) == (len(words) if words is GLOSSARY_TERMS[lang] else 0)
