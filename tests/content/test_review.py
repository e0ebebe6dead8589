"""The page for reviewers says what the content is now."""

from __future__ import annotations

import re

from tests.content.review import PAGE, page
from tests.shipped_content import shipped_library

LIBRARY = shipped_library()


def test_it_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "make docs writes it"


def test_it_names_everything_that_is_shipped_and_everything_that_is_being_checked() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for name in (*LIBRARY.scenarios, *LIBRARY.modules):
        assert f"| `{name}` |" in text
    entries = [each.dated for each in LIBRARY.directory.facts.values()]
    entries += [each.dated for each in LIBRARY.directory.resources.values()]
    unchecked = sum(not each.is_verified for each in entries)
    section = text.split("## Being checked")[1].split("## What people")[0]
    assert len(re.findall(r"^\| `", section, re.MULTILINE)) == unchecked


def test_what_people_have_to_judge_is_open_until_they_did() -> None:
    boxes = re.findall(r"^- \[(.)\]", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(boxes) > 20
    assert set(boxes) <= {" ", "x"}
