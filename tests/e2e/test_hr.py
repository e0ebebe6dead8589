"""Somebody of HR looks at the figures, narrows the people down, and takes them along as a file."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from elearning.storage.people import Role
from elearning.web.hr.sheet import SEPARATORS
from elearning.web.hr.words import short_day
from tests.e2e.people import an_officer
from tests.e2e.site import Site
from tests.e2e.stage import Admit

pytestmark = pytest.mark.e2e
FACULTY = "FT"


@pytest.mark.parametrize("has_script", [True, False], ids=["with script", "without script"])
def test_the_file_holds_what_the_screen_shows(
    site: Site, admit: Admit, lang: str, *, has_script: bool, tmp_path: Path
) -> None:
    visitor = admit(lang, has_script=has_script)
    officer = an_officer(site, Role.HR_CENTRAL, lang=lang)
    visitor.open("/hr")
    visitor.sign_in(officer)
    assert visitor.heading == visitor.says("Completion overview")
    visitor.follow("View all staff")
    everybody = visitor.table
    visitor.select("eenheid", FACULTY)
    visitor.select("status", "to_do")
    visitor.press("Show")
    shown = visitor.table
    assert 0 < len(shown) < len(everybody)
    assert visitor.heading == visitor.says("Staff")
    kept = file_rows(visitor.download(tmp_path), lang)
    with site.app.test_request_context(f"/?lang={lang}"):
        assert [as_on_the_screen(row) for row in kept] == shown


def file_rows(file: Path, lang: str) -> list[list[str]]:
    """Return the rows below what the file says of itself."""
    text = file.read_text(encoding="utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=SEPARATORS[lang]))
    return lines[lines.index([]) + 2 :]


def as_on_the_screen(row: list[str]) -> list[str]:
    """Return a row of the file with its dates as a table writes them."""
    words, days = row[:3], row[3:]
    return [*words, *(short_day(date.fromisoformat(day) if day else None) for day in days)]
