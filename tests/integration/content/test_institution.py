"""The overlay: what an institution must have written before anything is published."""

from __future__ import annotations

from pathlib import Path

import pytest

from elearning.content.institution import STRUCTURE, read_institution
from elearning.content.library import load_library
from elearning.content.markdown import Addresses
from elearning.content.sources import content_root
from elearning.errors import ContentInvalid
from elearning.problem import Findings
from tests.shipped_content import ROOT

EXAMPLE = (ROOT / "modules/directory/institution.demo.yaml").read_text(encoding="utf-8")


def without(field: str) -> str:
    """Return the example without one field of how reporting works."""
    lines = EXAMPLE.split("\n")
    start = lines.index(f"  {field}:")
    return "\n".join(lines[:start] + lines[start + 3 :])


def problems_of(text: str) -> list[tuple[str, str]]:
    findings = Findings("institution.yaml")
    read_institution(text, findings)
    return [(each.code, each.message) for each in findings.found]


def test_the_example_institution_has_filled_in_everything() -> None:
    assert problems_of(EXAMPLE) == []


@pytest.mark.parametrize("field", STRUCTURE)
def test_each_field_of_how_reporting_works_is_asked_for_by_name(field: str) -> None:
    code, message = problems_of(without(field))[0]
    assert code == "O4"
    assert message == f"structure: {field} is missing: {STRUCTURE[field]}"


def test_a_field_is_written_in_both_languages() -> None:
    dutch_only = EXAMPLE.replace('    en: "This applies to students', '    xx: "This', 1)
    assert "en: is missing" in {message for _, message in problems_of(dutch_only)}


def test_the_day_of_the_last_review_is_asked_for() -> None:
    undated = EXAMPLE.replace("last_reviewed_on: 2026-11-01\n", "")
    assert [code for code, _ in problems_of(undated)] == ["O5"]


def test_an_overlay_of_before_is_told_every_field_at_once() -> None:
    start, end = EXAMPLE.index("structure:"), EXAMPLE.index("contacts:")
    old = EXAMPLE[:start] + EXAMPLE[end:]
    assert [code for code, _ in problems_of(old)] == ["O4"] * len(STRUCTURE) + ["O5"]


def test_nothing_is_served_until_every_field_is_there(tmp_path: Path) -> None:
    overlay = tmp_path / "institution.yaml"
    overlay.write_text(without("aftercare"), encoding="utf-8")
    with pytest.raises(ContentInvalid, match="O4 structure: aftercare is missing"):
        load_library(content_root(None), overlay, Addresses(page="", source=""))
