"""Writes what a translation still lacks as empty blocks, and records what has been accepted.

Both work on the lines of the file, so that everything else stays as it was.
"""

import re
from collections.abc import Iterator
from typing import Final

from elearning.blocks import Block, Document, Fence, normalised, split
from elearning.problem import Findings
from elearning.strict_yaml import Field, Fields, Items, Located
from elearning.translation import (
    ID,
    SOURCE,
    BlockState,
    ContentFormat,
    compare,
    fields_of,
    id_of,
    loaded,
)

_ACCEPTED: Final = re.compile(r"\s*\{source:[^}]*\}\s*$")
_BLANK: Final = '""'


def blank_translation(source: Document, lang: str, form: ContentFormat) -> str:
    """Return a whole translation without words."""
    front = "\n".join(_blank_front(source.front_matter, lang, form))
    blocks = "\n\n".join("\n".join(_blank_block(block, form)) for block in source.blocks)
    return f"{front}\n{blocks}\n"


def with_empty_blocks(text: str, source: Document, form: ContentFormat) -> str:
    """Return the translation with an empty block or choice for each that is missing.

    The blocks come in the order of the source; what is written in them is not touched.
    """
    lines = normalised(text).rstrip("\n").split("\n")
    translated = split(text, Findings(""))
    starts = [block.line - 1 for block in translated.blocks]
    ends = [*starts, len(lines)][1:]
    written = {
        block.id: (block, lines[start:end])
        for block, start, end in zip(translated.blocks, starts, ends, strict=True)
    }
    parts = [lines[: starts[0]] if starts else lines]
    for block in source.blocks:
        present = written.pop(block.id, None)
        part = _completed(block, *present, form) if present else _blank_block(block, form)
        parts.append([*_trimmed(part), ""])
    parts.extend(part for _, part in written.values())
    return "\n".join(line for part in parts for line in part).rstrip("\n") + "\n"


def accepted(text: str, source: Document, form: ContentFormat) -> str:
    """Return the translation with the present fingerprint of every block of its source."""
    lines = normalised(text).split("\n")
    translated = split(text, Findings(""))
    front, *blocks = compare(source, translated, form)
    for state in blocks:
        heading = _ACCEPTED.sub("", lines[state.line - 1]).rstrip()
        lines[state.line - 1] = f"{heading} {{{SOURCE}: {state.fingerprint}}}"
    _accept_front(lines, translated.front_matter, front)
    return "\n".join(lines)


def _accept_front(lines: list[str], fence: Fence, state: BlockState) -> None:
    """Put the fingerprint in quotes: digits alone would be read as a number."""
    line = f'{SOURCE}: "{state.fingerprint}"'
    value = loaded(fence)
    fields = value.fields if isinstance(value, Fields) else ()
    present = next((each for each in fields if each.key == SOURCE), None)
    if present is not None:
        lines[present.line - 1] = line
    else:
        after = next((each.line for each in fields if each.key == "lang"), fence.line)
        lines.insert(after, line)


def _blank_front(fence: Fence, lang: str, form: ContentFormat) -> Iterator[str]:
    found = fields_of(loaded(fence))
    yield from ("---", "schema: 1", f"id: {id_of(loaded(fence))}", f"lang: {lang}")
    for key in form.front_keys:
        if key in found:
            yield f"{key}: {_blank_value(found[key])}"
    yield "---"


def _blank_value(value: Located) -> str:
    if isinstance(value, Items):
        return f"[{', '.join(_BLANK for _ in value.items)}]"
    if isinstance(value, Fields):
        return f"{{{', '.join(f'{each.key}: {_BLANK}' for each in value.fields)}}}"
    return _BLANK


def _blank_block(block: Block, form: ContentFormat) -> list[str]:
    heading = f"## {block.id}" if block.title is None else f"## {block.id}:"
    return [heading, *_blank_fence(block, form)]


def _blank_fence(block: Block, form: ContentFormat) -> list[str]:
    fence = _fence(block, form)
    if fence is None:
        return []
    return ["", f"~~~{fence.name}", *_blank_words(loaded(fence), form, ""), "~~~"]


def _blank_words(value: Located | None, form: ContentFormat, indent: str) -> Iterator[str]:
    """Yield the ids and empty words of a fence as YAML."""
    if isinstance(value, Items):
        for item in value.items:
            first, *rest = [*_blank_words(item, form, f"{indent}  "), f"{indent}  "]
            yield f"{indent}- {first.strip()}"
            yield from (line for line in rest if line.strip())
    elif isinstance(value, Fields):
        for each in value.fields:
            yield from _blank_field(each, form, indent)


def _blank_field(each: Field, form: ContentFormat, indent: str) -> Iterator[str]:
    if each.key == ID:
        yield f"{indent}{ID}: {id_of(Fields((each,), each.line))}"
    elif each.key in form.text_keys:
        yield f"{indent}{each.key}: {_BLANK}"
    elif each.key in form.list_keys:
        yield f"{indent}{each.key}:"
        yield from _blank_words(each.value, form, f"{indent}  ")


def _completed(
    source: Block, translated: Block, lines: list[str], form: ContentFormat
) -> list[str]:
    """Add the fence, or the records of a list in it, that the translation lacks."""
    wanted, present = _fence(source, form), _fence(translated, form)
    if wanted is None:
        return lines
    if present is None:
        return [*_trimmed(lines), *_blank_fence(source, form)]
    records, known = loaded(wanted), loaded(present)
    if not isinstance(records, Items) or not isinstance(known, Items):
        return lines
    ids = {id_of(item) for item in known.items}
    missing = tuple(item for item in records.items if id_of(item) not in ids)
    closing = present.line - translated.line + len(present.text.split("\n")) + 1
    blank = _blank_words(Items(missing, records.line), form, "")
    return [*lines[:closing], *blank, *lines[closing:]]


def _fence(block: Block, form: ContentFormat) -> Fence | None:
    return next((each for each in block.fences if each.name in form.fences), None)


def _trimmed(lines: list[str]) -> list[str]:
    return "\n".join(lines).rstrip().split("\n")
