"""Writes docs/privacy-columns.md, what every column keeps about people, from the models."""

from pathlib import Path

from elearning.storage.models import Base

PAGE = Path(__file__).parents[2] / "docs" / "privacy-columns.md"
HEAD = """\
# What the database keeps about people
Made from the models by `make docs`; a test refuses a column that says nothing, and an old page.
"""


def page() -> str:
    """Return the page: a table for each table of the database, in the order of their names."""
    return HEAD + "".join(_section(name) for name in sorted(Base.metadata.tables))


def _section(name: str) -> str:
    rows = [
        f"| `{column.name}` | {column.info['pii'].value} | {column.info['purpose']} "
        f"| {column.info['kept'].value} |\n"
        for column in Base.metadata.tables[name].columns
    ]
    return f"\n## {name}\n| column | kind | why | kept |\n|---|---|---|---|\n{''.join(rows)}"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
