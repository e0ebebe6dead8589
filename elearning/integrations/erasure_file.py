"""The erasure ledger as a file: one digest a line, only ever appended to."""

from __future__ import annotations

import os
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ErasureFile:
    """A ledger beside the database, so that restoring the database does not turn it back."""

    path: Path

    def add(self, digest: str) -> None:
        """Append a digest; it is on the disk when this returns."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        opened = os.open(self.path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as to:
            to.write(f"{digest}\n")
            to.flush()
            os.fsync(to.fileno())

    def digests(self) -> AbstractSet[str]:
        """Return every digest; none where nothing was ever erased."""
        if not self.path.is_file():
            return frozenset()
        return frozenset(self.path.read_text(encoding="utf-8").split())
