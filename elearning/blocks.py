"""Splits a content file into its front matter and its blocks, each with the lines they stand on.

Scenarios and modules share this form: `---` front matter `---`, then blocks that begin with a
heading `## id`, `## id: Title` or `## id: Title {source: 4f1c09aa}`, and inside a block fences
`~~~name` … `~~~` that hold YAML.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from elearning.problem import Findings

LONGEST_FILE: Final = 1_000_000

_HEADING: Final = re.compile(
    r"##[ \t]+(?P<id>[^:{]*?)[ \t]*(?::[ \t]*(?P<title>.*?))?[ \t]*"
    r"(?:\{source:[ \t]*(?P<source>[^}]*?)[ \t]*\})?[ \t]*"
)
_FENCE: Final = re.compile(r"~~~[ \t]*(?P<name>[^\s~]*)[ \t]*")
_ID: Final = re.compile(r"[a-z0-9_]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Fence:
    """A YAML part; `line` is where it opens, its text begins on the line after."""

    name: str
    text: str
    line: int


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Block:
    """A heading and what stands under it; `rows` are the lines of the text outside the fences."""

    id: str
    title: str | None
    source: str | None
    rows: tuple[Row, ...]
    fences: tuple[Fence, ...]
    line: int

    @property
    def body(self) -> str:
        """Return the text outside the fences."""
        return "\n".join(row.text for row in self.rows).strip()

    @property
    def body_line(self) -> int:
        """Return the first line with text; that of the heading where there is none."""
        return self.rows[0].number if self.rows else self.line

    @property
    def last_body_line(self) -> int:
        """Return the last line with text; that of the heading where there is none."""
        return self.rows[-1].number if self.rows else self.line


@dataclass(frozen=True, slots=True)
class Document:
    """A whole file."""

    front_matter: Fence
    blocks: tuple[Block, ...]


def normalised(text: str) -> str:
    """Return the text without a byte order mark and with plain line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def split(text: str, findings: Findings) -> Document:
    """Return the parts of the file; what does not fit goes to `findings`."""
    if len(text) > LONGEST_FILE:
        findings.error("F0", 1, f"longer than {LONGEST_FILE} characters")
        return Document(Fence("front matter", "", 1), ())
    rows = normalised(text).split("\n")
    lines = [Row(number, row) for number, row in enumerate(rows, start=1)]
    front_matter, rest = _front_matter(lines, findings)
    blocks = tuple(_blocks(rest, findings))
    for block in blocks:
        if sum(other.id == block.id for other in blocks) > 1:
            findings.error("F5", block.line, f"heading {block.id!r} stands twice")
    return Document(front_matter, blocks)


def _front_matter(lines: list[Row], findings: Findings) -> tuple[Fence, list[Row]]:
    bounds = [place for place, line in enumerate(lines) if line.text.rstrip() == "---"]
    if not bounds or bounds[0] != 0 or bounds == [0]:
        findings.error("F1", 1, "begins with front matter between two lines `---`")
        return Fence("front matter", "", 1), lines
    opening, closing = bounds[:2]
    text = "\n".join(line.text for line in lines[opening + 1 : closing])
    return Fence("front matter", text, lines[opening].number), lines[closing + 1 :]


def _blocks(lines: list[Row], findings: Findings) -> Iterator[Block]:
    starts = [place for place, line in enumerate(lines) if line.text.startswith("## ")]
    before = lines[: starts[0]] if starts else lines
    stray = next((line for line in before if line.text.strip()), None)
    if stray:
        findings.error("F2", stray.number, "text stands before the first heading `## id`")
    for start, end in zip(starts, [*starts, len(lines)][1:], strict=True):
        yield _block(lines[start], lines[start + 1 : end], findings)


def _block(heading: Row, lines: list[Row], findings: Findings) -> Block:
    match = _HEADING.fullmatch(heading.text)
    block_id = match["id"] if match else heading.text.removeprefix("## ").strip()
    if not _ID.fullmatch(block_id):
        findings.error("F6", heading.number, f"id {block_id!r}: use a-z, 0-9 and _")
    fences, body = _fences(lines, findings)
    return Block(
        id=block_id,
        title=(match["title"] or None) if match else None,
        source=match["source"] if match else None,
        rows=tuple(_without_blank_ends(body)),
        fences=fences,
        line=heading.number,
    )


def _without_blank_ends(rows: list[Row]) -> list[Row]:
    said = [place for place, row in enumerate(rows) if row.text.strip()]
    return rows[said[0] : said[-1] + 1] if said else []


def _fences(lines: list[Row], findings: Findings) -> tuple[tuple[Fence, ...], list[Row]]:
    """Take the fences out of the lines of a block; one left open ends with the block."""
    fences: list[Fence] = []
    body: list[Row] = []
    opened: Row | None = None
    inside: list[Row] = []
    for line in lines:
        mark = _FENCE.fullmatch(line.text)
        if mark and opened:
            fences.append(_fence(opened, inside))
            _report_open(opened, findings, is_open=bool(mark["name"]))
            opened, inside = (line if mark["name"] else None), []
        elif mark:
            opened = line
        else:
            (inside if opened else body).append(line)
    if opened:
        fences.append(_fence(opened, inside))
        _report_open(opened, findings, is_open=True)
    return tuple(fences), body


def _report_open(opening: Row, findings: Findings, *, is_open: bool) -> None:
    if is_open:
        findings.error("F3", opening.number, "this fence is not closed with `~~~`")


def _fence(opening: Row, inside: list[Row]) -> Fence:
    text = "\n".join(line.text for line in inside)
    return Fence(opening.text.removeprefix("~~~").strip(), text, opening.number)
