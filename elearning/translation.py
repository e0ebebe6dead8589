"""What a translation repeats of its source, and the fingerprint that says it is up to date.

A fingerprint is the first 8 hex digits of a SHA-256 over the words of a block. Line breaks inside
a paragraph, the order of the choices and everything that is not text leave it unchanged.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Final

from elearning.blocks import Block, Document, Fence
from elearning.problem import Findings
from elearning.strict_yaml import Fields, Items, Located, Scalar, load

STALE: Final = "L2"
ID: Final = "id"
SOURCE: Final = "source"
FINGERPRINT: Final = re.compile(r"[0-9a-f]{8}")


@dataclass(frozen=True, slots=True)
class ContentFormat:
    """Which parts of a kind of content are words: the rest stands in the source file only."""

    kind: str
    folder: str
    front_keys: tuple[str, ...]
    fences: tuple[str, ...]
    text_keys: tuple[str, ...]
    list_keys: tuple[str, ...]


SCENARIO: Final = ContentFormat(
    kind="scenario",
    folder="scenarios",
    front_keys=("title", "content_note", "setting", "goal", "speakers"),
    fences=("choices",),
    text_keys=("say", "felt", "why"),
    list_keys=(),
)
MODULE: Final = ContentFormat(
    kind="module",
    folder="modules",
    front_keys=("title", "content_note", "goals"),
    fences=("check", "say", "plan"),
    text_keys=("question", "prompt", "text", "why"),
    list_keys=("options", "lines"),
)


class Gap(StrEnum):
    """What is the matter with a block of a translation."""

    MISSING = "missing"
    INCOMPLETE = "incomplete"
    UNACCEPTED = "not accepted yet"
    STALE = "stale: the source has changed"


@dataclass(frozen=True, slots=True)
class BlockState:
    """A block of the source and its translation; `block_id` is None for the front matter."""

    block_id: str | None
    line: int
    gap: Gap | None
    empty: tuple[str, ...]
    fingerprint: str

    @property
    def name(self) -> str:
        """Return what to call the block in a message."""
        return "front matter" if self.block_id is None else f"block {self.block_id!r}"


def front_words(front_matter: Fence, form: ContentFormat) -> dict[str, str]:
    """Return the words of a front matter by where they stand."""
    found = fields_of(loaded(front_matter))
    return {
        path: words
        for key in form.front_keys
        if key in found
        for path, words in _all_words(found[key], key)
    }


def block_words(block: Block, form: ContentFormat) -> dict[str, str]:
    """Return the words of a block by where they stand, sorted by the ids in it."""
    words = {"title": block.title or "", "body": _paragraphs(block.body)}
    for fence in block.fences:
        if fence.name in form.fences:
            words.update(_fence_words(loaded(fence), form, ""))
    return words


def front_fingerprint(front_matter: Fence, form: ContentFormat) -> str:
    """Return the fingerprint of the words of a front matter."""
    return _fingerprint(front_words(front_matter, form))


def block_fingerprint(block: Block, form: ContentFormat) -> str:
    """Return the fingerprint of the words of a block."""
    return _fingerprint(block_words(block, form))


def compare(source: Document, translated: Document, form: ContentFormat) -> tuple[BlockState, ...]:
    """Return how every part of the source stands in the translation, front matter first."""
    blocks = {block.id: block for block in translated.blocks}
    wanted = front_words(source.front_matter, form)
    front = _state(
        None,
        translated.front_matter.line,
        wanted,
        front_words(translated.front_matter, form),
        _front_source(translated.front_matter),
    )
    return (front, *(_block_state(each, blocks.get(each.id), form) for each in source.blocks))


def report_stale(
    source: Document, translated: Document, form: ContentFormat, findings: Findings
) -> None:
    """Report every block that was not accepted since its source changed."""
    for state in compare(source, translated, form):
        if state.gap in {Gap.UNACCEPTED, Gap.STALE}:
            findings.error(STALE, state.line, f"{state.name} is {state.gap}")


def loaded(fence: Fence) -> Located | None:
    """Return the value of a fence; its problems are reported where it is parsed."""
    return load(fence.text, Findings(""), fence.line + 1)


def fields_of(value: Located | None) -> dict[str, Located]:
    """Return the values of a mapping by key; empty for anything else."""
    return {each.key: each.value for each in value.fields} if isinstance(value, Fields) else {}


def id_of(value: Located | None) -> str:
    """Return the id of a record; empty where it has none."""
    name = fields_of(value).get(ID)
    return name.text if isinstance(name, Scalar) else ""


def _block_state(source: Block, translated: Block | None, form: ContentFormat) -> BlockState:
    wanted = block_words(source, form)
    if translated is None:
        return BlockState(source.id, 1, Gap.MISSING, tuple(wanted), _fingerprint(wanted))
    found = block_words(translated, form)
    return _state(source.id, translated.line, wanted, found, translated.source)


def _state(
    block_id: str | None,
    line: int,
    wanted: Mapping[str, str],
    found: Mapping[str, str],
    accepted: str | None,
) -> BlockState:
    fingerprint = _fingerprint(wanted)
    empty = tuple(path for path, words in wanted.items() if words and not found.get(path))
    gap = Gap.INCOMPLETE if empty else None
    if gap is None and accepted != fingerprint:
        gap = Gap.STALE if FINGERPRINT.fullmatch(accepted or "") else Gap.UNACCEPTED
    return BlockState(block_id, line, gap, empty, fingerprint)


def _front_source(front_matter: Fence) -> str | None:
    """Return the fingerprint as written: hex digits without quotes may look like a number."""
    value = fields_of(loaded(front_matter)).get(SOURCE)
    return value.text if isinstance(value, Scalar) else None


def _fence_words(
    value: Located | None, form: ContentFormat, path: str
) -> Iterator[tuple[str, str]]:
    if isinstance(value, Items):
        for item in sorted(value.items, key=id_of):
            yield from _fence_words(item, form, f"{path}/{id_of(item)}")
        return
    found = fields_of(value)
    for key in form.text_keys:
        text = found.get(key)
        if isinstance(text, Scalar):
            yield f"{path}/{key}", _paragraphs(text.text)
    for key in form.list_keys:
        if key in found:
            yield from _fence_words(found[key], form, f"{path}/{key}")


def _all_words(value: Located, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case Scalar():
            yield path, _paragraphs(value.text)
        case Items():
            for place, item in enumerate(value.items):
                yield from _all_words(item, f"{path}/{place}")
        case Fields():
            for each in value.fields:
                yield from _all_words(each.value, f"{path}/{each.key}")


def _paragraphs(text: str) -> str:
    """Return the text as it reads: one space between words, one blank line between paragraphs."""
    plain = "\n".join(line.strip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n\n".join(" ".join(each.split()) for each in plain.split("\n\n") if each.strip())


def _fingerprint(words: Mapping[str, str]) -> str:
    text = "\x1f".join(f"{path}={each}" for path, each in words.items())
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
