"""What a translation repeats of its source, and the fingerprint that says it is up to date.

A fingerprint is the first 8 hex digits of a SHA-256 over the words of a block. Line breaks inside
a paragraph, the order of the choices and everything that is not text leave it unchanged.
"""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from elearning.blocks import Block, Fence
from elearning.problem import Findings
from elearning.strict_yaml import Fields, Items, Located, Scalar, load

ID: Final = "id"


@dataclass(frozen=True, slots=True)
class ContentFormat:
    """Which parts of a kind of content are words: the rest stands in the source file only."""

    kind: str
    front_keys: tuple[str, ...]
    fence: str
    text_keys: tuple[str, ...]
    list_keys: tuple[str, ...]


SCENARIO: Final = ContentFormat(
    kind="scenario",
    front_keys=("title", "content_note", "setting", "goal", "speakers"),
    fence="choices",
    text_keys=("say", "felt", "why"),
    list_keys=(),
)
MODULE: Final = ContentFormat(
    kind="module",
    front_keys=("title", "content_note", "goals"),
    fence="check",
    text_keys=("question", "text", "why"),
    list_keys=("options",),
)


def block_fingerprint(block: Block, form: ContentFormat) -> str:
    """Return the fingerprint of the words of a source block."""
    words = [f"title={block.title or ''}", f"body={_paragraphs(block.body)}"]
    for fence in block.fences:
        if fence.name == form.fence:
            words.extend(_words(_loaded(fence), form, ""))
    return _digest(words)


def front_fingerprint(front_matter: Fence, form: ContentFormat) -> str:
    """Return the fingerprint of the words of the front matter of a source file."""
    value = _loaded(front_matter)
    found = {each.key: each.value for each in value.fields} if isinstance(value, Fields) else {}
    words = [
        word for key in form.front_keys if key in found for word in _all_words(found[key], key)
    ]
    return _digest(words)


def _loaded(fence: Fence) -> Located | None:
    """Return the value of a fence; its problems are reported where it is parsed."""
    return load(fence.text, Findings(""), fence.line + 1)


def _words(value: Located | None, form: ContentFormat, path: str) -> Iterator[str]:
    if isinstance(value, Items):
        for item in sorted(value.items, key=_id):
            yield from _words(item, form, f"{path}/{_id(item)}")
    elif isinstance(value, Fields):
        found = {each.key: each.value for each in value.fields}
        for key in form.text_keys:
            text = found.get(key)
            if isinstance(text, Scalar):
                yield f"{path}/{key}={_paragraphs(text.text)}"
        for key in form.list_keys:
            yield from _words(found.get(key), form, f"{path}/{key}")


def _all_words(value: Located, path: str) -> Iterator[str]:
    match value:
        case Scalar():
            yield f"{path}={_paragraphs(value.text)}"
        case Items():
            for place, item in enumerate(value.items):
                yield from _all_words(item, f"{path}/{place}")
        case Fields():
            for each in value.fields:
                yield from _all_words(each.value, f"{path}/{each.key}")


def _id(value: Located) -> str:
    if not isinstance(value, Fields):
        return ""
    named = (each.value for each in value.fields if each.key == ID)
    return next((each.text for each in named if isinstance(each, Scalar)), "")


def _paragraphs(text: str) -> str:
    """Return the text as it reads: one space between words, one blank line between paragraphs."""
    plain = "\n".join(line.strip() for line in unicodedata.normalize("NFC", text).split("\n"))
    return "\n\n".join(" ".join(each.split()) for each in plain.split("\n\n") if each.strip())


def _digest(words: list[str]) -> str:
    return sha256("\x1f".join(words).encode("utf-8", "surrogatepass")).hexdigest()[:8]
