"""Running commands and changing files in tests of the command line."""

from pathlib import Path

from click.testing import CliRunner, Result

from elearning.cli import main


def run(*arguments: str | Path) -> Result:
    """Run the command line."""
    return CliRunner().invoke(main, [str(each) for each in arguments])


def change(path: Path, old: str, new: str) -> None:
    """Change one thing in a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
