"""What people take along is read strictly, in both languages, and refers to what there is."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from elearning.content.handout_parser import read_handouts
from elearning.content.handouts import CardRole
from elearning.content.sources import ContentRoot
from tests.shipped_content import ROOT, shipped_library

DIRECTORY = shipped_library().directory


@pytest.fixture
def root(tmp_path: Path) -> ContentRoot:
    """Return a copy of the files that may be changed."""
    shutil.copytree(ROOT / "modules/handouts", tmp_path / "modules/handouts")
    return ContentRoot(tmp_path)


def problems_after(root: ContentRoot, name: str, old: str, new: str) -> list[tuple[str, str, str]]:
    path = root.path / f"modules/handouts/{name}.yaml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    _, problems = read_handouts(root, DIRECTORY)
    return [(Path(each.file).stem, each.code, each.message) for each in problems]


def test_what_is_shipped_has_no_problem() -> None:
    handouts, problems = read_handouts(ContentRoot(ROOT), DIRECTORY)
    assert problems == ()
    assert "".join(each.letter for each in handouts.card.steps) == "STEUN"
    assert handouts.hour.minutes == sum(each.minutes for each in handouts.hour.steps) == 60


@pytest.mark.parametrize(
    ("name", "old", "new", "code", "message"),
    [
        ("phrases", "id: noticing", "id: opening", "D1", "id opening stands twice"),
        ("phrases", 'nl: "Beginnen", ', "", "Y4", "nl: is missing"),
        ("phrases", "    text:", "    tekst:", "Y3", "tekst: is not a key here"),
        ("phrases", "schema: 1", "schema: 2", "Y5", "this program reads schema 1"),
        ("glossary", "    meaning:", "    uitleg:", "Y4", "meaning: is missing"),
        ("pocket_card", "[emergency,", "[emergncy,", "D2", "nothing answers to emergncy"),
        ("pocket_card", "abroad_line]", "abroad]", "D2", "nothing answers to abroad"),
        ("pocket_card", "[csg_window,", "[csg_windw,", "D2", "nothing answers to csg_windw"),
        ("practice_hour", "minutes: 8", "minutes: 9", "Y5", "the steps take 61, not 60"),
        ("practice_hour", "role: watcher", "role: judge", "Y5", "one of teller, listener"),
    ],
)
def test_a_mistake_is_named_in_its_own_file(
    root: ContentRoot, name: str, old: str, new: str, code: str, message: str
) -> None:
    found = problems_after(root, name, old, new)
    assert any(f == name and c == code and message in m for f, c, m in found), found


def test_the_practice_hour_has_a_card_for_every_role_and_more_than_one_to_tell() -> None:
    roles = [each.role for each in shipped_library().handouts.hour.cards]
    assert set(roles) == set(CardRole)
    assert roles.count(CardRole.TELLER) >= 3
