"""Puts what was made in its place: whole or not at all, and never over something else."""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from elearning.exchange.remarks import ExchangeRefused, refused


def save_folder(target: Path, files: Mapping[str, str]) -> None:
    """Write a new folder with these files; raises `ExchangeRefused` where there is one already."""
    if target.exists() or target.is_symlink():
        raise _there_already(target)
    # A folder inside the temporary one, so that nobody who looks for scenarios finds it early.
    with TemporaryDirectory(prefix=".import-", dir=_parent(target)) as aside:
        draft = Path(aside) / "draft"
        draft.mkdir()
        for name, text in files.items():
            (draft / name).write_text(text, encoding="utf-8", newline="\n")
        draft.rename(target)


def save_file(target: Path, data: bytes) -> None:
    """Write a new file; raises `ExchangeRefused` where there is one already."""
    _parent(target)
    try:
        opened = target.open("xb")
    except FileExistsError:
        raise _there_already(target) from None
    try:
        with opened:
            opened.write(data)
    except OSError:
        target.unlink()
        raise


def _there_already(target: Path) -> ExchangeRefused:
    return refused(str(target), "it is there already")


def _parent(target: Path) -> Path:
    if not target.parent.is_dir():
        raise refused(str(target.parent), "there is no such folder")
    return target.parent
