"""Where content files are, and reading them: the checkout's folders, or those inside the wheel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
# The wheel carries the three content folders here (docs/decisions/0001).
BUNDLED = PACKAGE / "_bundled"


@dataclass(frozen=True, slots=True)
class ContentRoot:
    """The folder that holds modules/, scenarios/ and translations/."""

    path: Path

    def read(self, name: str) -> str:
        """Return one file as text; `name` is relative to the root, with slashes."""
        return (self.path / name).read_text(encoding="utf-8")

    def folders(self, kind: str, source_file: str) -> dict[str, dict[str, str]]:
        """Return, per item of a kind, its files by name; an item is a folder with a source file."""
        return {
            source.parent.name: {
                each.relative_to(self.path).as_posix(): each.read_text(encoding="utf-8")
                for each in sorted(source.parent.glob("*.md"))
            }
            for source in sorted((self.path / kind).glob(f"*/{source_file}"))
        }


def content_root(configured: Path | None) -> ContentRoot:
    """Return the configured root, else the checkout around the package, else the wheel's own."""
    if configured is not None:
        return ContentRoot(configured)
    checkout = PACKAGE.parent
    return ContentRoot(checkout if (checkout / "modules").is_dir() else BUNDLED)


def hash_of(files: Mapping[str, str]) -> str:
    """Return the SHA-256 of files by name, independent of their order and line ends."""
    digest = sha256()
    for name in sorted(files):
        text = files[name].removeprefix("\ufeff").replace("\r\n", "\n")
        digest.update(f"{name.rsplit('/', 1)[-1]}\0{len(text)}\0{text}\0".encode())
    return digest.hexdigest()
