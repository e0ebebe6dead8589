"""The documentation is whole: every setting and every column is in it, with what is true today."""

import re
from pathlib import Path

import pytest

from elearning.config import PREFIX, read_settings, variable_names
from tests.architecture import privacy_table

DOCS = Path(__file__).parents[2] / "docs"
SETTINGS = (DOCS / "settings.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `(ELEARNING_\w+)` \| ([^|]+) \| ([^|]+) \|$", SETTINGS, re.MULTILINE)
DEMO = {"ELEARNING_MODE": "demo"}
# The mode can only be left out where everything that production insists on is there.
PRODUCTION = {
    "ELEARNING_SECRET_KEY": "0" * 32,
    "ELEARNING_BASE_URL": "https://leren.instelling.example",
}


def test_every_setting_is_documented_once_and_no_other() -> None:
    assert sorted(name for name, _default, _meaning in ROWS) == sorted(variable_names())


@pytest.mark.parametrize(
    ("name", "default"), [(name, default) for name, default, _ in ROWS if default != "none"]
)
def test_a_documented_default_is_the_real_one(
    name: str, default: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = read_settings(PRODUCTION if name == "ELEARNING_MODE" else DEMO)
    value = getattr(settings, name.removeprefix(PREFIX).lower())
    text = ",".join(value) if isinstance(value, tuple) else str(value)
    assert f"`{text.replace(f'{tmp_path}/', '')}`" == default


def test_the_page_about_columns_is_what_the_models_say() -> None:
    written = (DOCS / "privacy-columns.md").read_text(encoding="utf-8")
    assert written == privacy_table.page(), "run `make docs`"
