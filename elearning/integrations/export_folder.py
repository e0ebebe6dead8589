"""Workbooks in a folder of the instance: readable by the account that serves, and nobody else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO
from uuid import UUID

SUFFIX = ".xlsx"
LENGTH_OF_KEY = 36


@dataclass(frozen=True, slots=True)
class ExportFolder:
    """Files named after random keys; what is not whole yet lies in a folder of its own."""

    path: Path

    def file(self, key: UUID) -> Path:
        """Return where a file lies, or would."""
        return self.path / f"{key}{SUFFIX}"

    @contextmanager
    def writing(self, key: UUID) -> Iterator[tuple[BinaryIO, Path]]:
        """Give a file to write, and a folder for scraps; it is there once the block has ended."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=self.path, prefix=f"{key}-") as name:
            scraps = Path(name)
            part = scraps / "whole"
            opened = os.open(part, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
            with os.fdopen(opened, "w+b") as to:
                yield to, scraps
                to.flush()
                os.fsync(to.fileno())
            part.replace(self.file(key))

    def keep_only(self, keys: Callable[[], set[UUID]]) -> int:
        """Delete everything that belongs to none of these keys; return how much that was."""
        if not self.path.is_dir():
            return 0
        there = list(self.path.iterdir())
        names = {str(key) for key in keys()}
        gone = [each for each in there if each.name[:LENGTH_OF_KEY] not in names]
        for each in gone:
            if each.is_dir():
                shutil.rmtree(each)
            else:
                each.unlink(missing_ok=True)
        return len(gone)
