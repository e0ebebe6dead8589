"""Which content a command is about: everything under a root, or the paths that were named."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from elearning.content.sources import ContentRoot, content_root
from elearning.translation import ContentFormat

MARKER = Path("scenarios/competencies.yaml")


@dataclass(frozen=True, slots=True)
class Selection:
    """A content root and the paths in it that were asked for; none means everything."""

    root: ContentRoot
    paths: tuple[Path, ...]

    def includes(self, name: str) -> bool:
        """Say whether a file, by its name relative to the root, was asked for."""
        path = self.root.path / name
        return not self.paths or any(path.is_relative_to(each) for each in self.paths)

    def items(self, form: ContentFormat) -> Iterator[Path]:
        """Yield the folders of one kind of content, each with a source file."""
        for source in sorted((self.root.path / form.folder).glob(f"*/{form.kind}.md")):
            if self.includes(source.relative_to(self.root.path).as_posix()):
                yield source.parent

    def shown(self, name: str) -> str:
        """Return a file name as seen from where the command runs."""
        path = self.root.path / name
        here = Path.cwd()
        if not path.exists():
            return name
        return str(path.relative_to(here) if path.is_relative_to(here) else path)


def select(paths: Iterable[Path], configured: Path | None) -> Selection:
    """Return what to look at; a path decides which root it belongs to."""
    chosen = tuple(_folder(path.resolve()) for path in paths)
    roots = {_root_around(path) for path in chosen}
    if len(roots) > 1:
        raise click.UsageError("the paths belong to different content folders")
    root = ContentRoot(roots.pop()) if roots else content_root(configured)
    if not (root.path / MARKER).is_file():
        raise click.UsageError(f"{root.path / MARKER} is missing")
    everything = root.path.resolve() in chosen
    return Selection(ContentRoot(root.path.resolve()), () if everything else chosen)


def _folder(path: Path) -> Path:
    """Return the folder of a file, since the languages of an item are checked together."""
    is_item = path.is_file() and path.suffix == ".md"
    return path.parent if is_item else path


def _root_around(path: Path) -> Path:
    around = next((each for each in (path, *path.parents) if (each / MARKER).is_file()), None)
    if around is None:
        raise click.UsageError(f"{path} is not inside a folder that holds {MARKER}")
    return around
