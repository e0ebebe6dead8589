"""Puts what was made in its place: whole or not at all, and never over something else."""

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from elearning.exchange.remarks import refused


def save_folder(target: Path, files: Mapping[str, str]) -> None:
    """Write a new folder with these files; raises `ExchangeRefused` where there is one already."""
    _refuse_to_overwrite(target)
    # A folder inside the temporary one, so that nobody who looks for scenarios finds it early.
    with TemporaryDirectory(prefix=".import-", dir=_parent(target)) as aside:
        draft = Path(aside) / "draft"
        draft.mkdir()
        for name, text in files.items():
            (draft / name).write_text(text, encoding="utf-8", newline="\n")
        draft.rename(target)


def save_file(target: Path, data: bytes) -> None:
    """Write a new file; raises `ExchangeRefused` where there is one already."""
    _refuse_to_overwrite(target)
    with TemporaryDirectory(prefix=".export-", dir=_parent(target)) as aside:
        whole = Path(aside) / "whole"
        whole.write_bytes(data)
        try:
            os.link(whole, target)
        except FileExistsError:
            raise refused(str(target), "it is there already") from None


def _refuse_to_overwrite(target: Path) -> None:
    if target.exists() or target.is_symlink():
        raise refused(str(target), "it is there already")


def _parent(target: Path) -> Path:
    if not target.parent.is_dir():
        raise refused(str(target.parent), "there is no such folder")
    return target.parent
