"""`elearning new scenario`: something small that is whole, or nothing at all."""

import json
from pathlib import Path

import pytest

from elearning.cli.content import beginnings
from elearning.content.sources import content_root
from elearning.scenario.check import check_scenario
from elearning.scenario.model import Kind
from elearning.scenario.registry_parser import parse_registry
from tests.integration.cli.command_line import change, run

NAME = "s42-nieuw"
KINDS = [each.value for each in Kind]


def everything_in(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("kind", KINDS)
def test_a_new_scenario_is_a_draft_without_any_other_finding(content: Path, kind: str) -> None:
    assert run("new", "scenario", NAME, "--kind", kind, "--content", content).exit_code == 0
    result = run("check", content / "scenarios" / NAME)
    assert result.exit_code == 0
    assert [line for line in result.output.splitlines() if " X1 warning " not in line] == [
        "1 scenarios and 0 modules: 0 errors, 1 warnings"
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_without_its_draft_line_only_its_length_blocks_it(content: Path, kind: str) -> None:
    run("new", "scenario", NAME, "--kind", kind, "--content", content)
    folder = content / "scenarios" / NAME
    source = (folder / "scenario.md").read_text(encoding="utf-8")
    line = next(each for each in source.splitlines() if each.startswith("draft: "))
    change(folder / "scenario.md", f"{line}\n", "")
    found = json.loads(run("check", folder, "--format", "json").stdout)
    # Two or three choices can be guessed, so a pass would mean nothing yet; all else is in order.
    assert {each["code"] for each in found} == {"S3"}


@pytest.mark.parametrize("kind", KINDS)
def test_it_uses_the_names_of_the_content_it_is_written_into(kind: str) -> None:
    root = content_root(None)
    registry, _ = parse_registry(root.read("scenarios/competencies.yaml"), "")
    files = beginnings.first_files(NAME, Kind(kind), registry)
    outcome = check_scenario(files, registry)
    assert outcome.parsed is not None
    assert outcome.parsed.scenario.kind == kind
    assert outcome.parsed.texts.keys() == {"nl", "en"}
    assert [each.code for each in outcome.problems] == ["X1"]


def test_a_conversation_is_written_unless_another_kind_is_asked_for(content: Path) -> None:
    run("new", "scenario", NAME, "--content", content)
    source = (content / "scenarios" / NAME / "scenario.md").read_text(encoding="utf-8")
    assert "kind: conversation" in source.splitlines()


@pytest.mark.parametrize("form", ["scenarios", "modules"])
def test_an_id_that_exists_is_refused_and_nothing_is_touched(content: Path, form: str) -> None:
    taken = content / form / NAME
    taken.mkdir(parents=True)
    (taken / "eigen.md").write_text("mijn werk", encoding="utf-8")
    before = everything_in(content)
    result = run("new", "scenario", NAME, "--content", content)
    assert result.exit_code == 2
    assert f"{NAME!r} already" in result.output
    assert everything_in(content) == before


@pytest.mark.parametrize("name", ["S42", "s42_nieuw", "../s42", "s42/nieuw", ".s42", "s 42", ""])
def test_an_id_that_cannot_be_one_is_refused(content: Path, name: str) -> None:
    before = everything_in(content)
    result = run("new", "scenario", "--content", content, "--", name)
    assert result.exit_code == 2
    assert "cannot be an id" in result.output
    assert everything_in(content) == before


def test_a_kind_that_does_not_exist_is_refused(content: Path) -> None:
    assert run("new", "scenario", NAME, "--kind", "film", "--content", content).exit_code == 2


def test_a_write_that_fails_halfway_leaves_nothing_behind(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything_in(content)
    folders = sorted(content.rglob("*"))
    written: list[Path] = []

    def fails_at_the_second(path: Path, *_arguments: object, **_options: object) -> int:
        written.append(path)
        if len(written) == 2:
            raise OSError("the disk is full")
        return 0

    monkeypatch.setattr(Path, "write_text", fails_at_the_second)
    result = run("new", "scenario", NAME, "--content", content)
    assert result.exit_code == 2
    assert "the disk is full" in result.output
    assert (everything_in(content), sorted(content.rglob("*"))) == (before, folders)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('  - {id: C2, name: {nl: "Luisteren", en: "Listening"}}\n', ""),
        ('  - {id: CE1, severity: B, name: {nl: "een verwijt", en: "blame"}}\n', ""),
    ],
)
def test_content_without_competencies_or_errors_has_nothing_to_begin_with(
    content: Path, old: str, new: str
) -> None:
    change(content / "scenarios" / "competencies.yaml", old, new)
    result = run("new", "scenario", NAME, "--content", content)
    assert result.exit_code == 2
    assert "names no competency or no critical error" in result.output
