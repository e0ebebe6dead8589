"""A draft among the content: learners never see it, and no training can count it."""

from pathlib import Path

import pytest

from elearning.content.library import Loaded, load_library, read_everything
from elearning.content.sources import ContentRoot
from elearning.problem import ProblemSeverity
from tests.practice_content import ADDRESSES, TALK, write_content

OVERLAY = "modules/directory/institution.demo.yaml"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a content folder with a draft that points at nothing and has no translation."""
    write_content(tmp_path, {})
    draft = tmp_path / "scenarios" / "nieuw"
    draft.mkdir()
    (draft / "scenario.md").write_text(
        "---\nschema: 1\nid: nieuw\nlang: nl\ndraft: true\nkind: conversation\n"
        'title: "Nieuw"\nminutes: 3\nstart: begin\n---\n'
        "## begin\n~~~node\nending: ok\n~~~\nBel {{resource.nergens.phone}}.\n",
        encoding="utf-8",
    )
    return tmp_path


def everything(folder: Path) -> Loaded:
    return read_everything(ContentRoot(folder), folder / OVERLAY, ADDRESSES)


def test_a_draft_is_not_served_and_blocks_nothing(folder: Path) -> None:
    library = load_library(ContentRoot(folder), folder / OVERLAY, ADDRESSES)
    assert TALK in library.scenarios
    assert "nieuw" not in library.scenarios


def test_what_a_draft_lacks_is_still_said(folder: Path) -> None:
    found = [each for each in everything(folder).problems if "nieuw" in each.file]
    assert {each.code for each in found} == {"X1", "L1", "D2"}
    assert {each.severity for each in found} == {ProblemSeverity.WARNING}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("lang: nl", "lang: nl\ndraft: true"),
        ("competencies:\n  C2: {range: [0, 2], cut: 1}\n  C6: {range: [0, 2], cut: 1}\n", ""),
    ],
)
def test_a_training_cannot_name_what_is_practice_only(folder: Path, old: str, new: str) -> None:
    file = folder / "scenarios" / TALK / "scenario.md"
    text = file.read_text(encoding="utf-8")
    assert old in text
    without_points = text.replace("  effect: {C2: 1}\n", "").replace("  effect: {C6: 1}\n", "")
    file.write_text((text if "draft" in new else without_points).replace(old, new, 1), "utf-8")
    messages = [each.message for each in everything(folder).problems]
    wanted = f"any_of: {TALK!r} is practice only: a draft, without competencies, or not proved"
    assert wanted in messages
