"""Cuts a scenario file into its front matter and its nodes, and puts them together, to the byte."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from elearning.blocks import Document, normalised, split
from elearning.problem import Findings


@dataclass(frozen=True, slots=True)
class Pieces:
    """A file as text: all that stands before the first node, and each node from its heading on."""

    head: str
    nodes: Mapping[str, str]

    def joined(self, order: Iterable[str]) -> str:
        """Return the file with these nodes, in this order."""
        return self.head + "".join(self.nodes[name] for name in order)


def cut(text: str) -> Pieces:
    """Return the pieces of a file; of two nodes with the same id the first counts."""
    plain = normalised(text)
    document = split(plain, Findings(""))
    lines = _lines(plain)
    starts = [block.line - 1 for block in document.blocks]
    ends = [*starts, len(lines)][1:]
    nodes: dict[str, str] = {}
    for block, start, end in zip(document.blocks, starts, ends, strict=True):
        nodes.setdefault(block.id, "".join(lines[start:end]))
    return Pieces("".join(lines[: starts[0]] if starts else lines), nodes)


def blocks_of(text: str) -> Document:
    """Return what a piece holds when it is read by itself."""
    return split(f"---\n---\n{text}", Findings(""))


def _lines(text: str) -> list[str]:
    """Return the lines with their ends; no other sign than a line feed ends a line."""
    *whole, last = text.split("\n")
    return [*(f"{line}\n" for line in whole), *([last] if last else [])]
