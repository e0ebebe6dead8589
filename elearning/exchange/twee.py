"""Twee 3 (specification 3.0.2) as text: passages with a name, tags, metadata and content."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from elearning.blocks import normalised
from elearning.exchange.json_text import Json, NotJson, read_json
from elearning.exchange.remarks import Remarks, refused

LONGEST_STORY: Final = 5_000_000
MOST_PASSAGES: Final = 500
_MARK: Final = "::"
_ESCAPED: Final = re.compile(r"\\(.)")
_NAME: Final = re.compile(r"(?:[^\\\[{]|\\.|\\$)*")
_TAGS: Final = re.compile(r"\[((?:[^\\\]]|\\.)*)\]")
_SPECIAL: Final = re.compile(r"[\\\[\]{}]")
_SHIELDED: Final = re.compile(r"^(\\*::)", re.MULTILINE)
_UNSHIELD: Final = re.compile(r"^\\(\\*::)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Passage:
    """One passage; `line` is where its header stands."""

    name: str
    tags: tuple[str, ...]
    metadata: Mapping[str, Json]
    text: str
    line: int


def read_passages(text: str, file: str, remarks: Remarks) -> tuple[Passage, ...]:
    """Return the passages of a file; what is odd but harmless goes to `remarks`."""
    if len(text) > LONGEST_STORY:
        raise refused(file, f"longer than {LONGEST_STORY} characters")
    lines = normalised(text).split("\n")
    starts = [number for number, line in enumerate(lines) if line.startswith(_MARK)]
    if not starts:
        raise refused(file, "there is no passage: a line that begins with `::`")
    if len(starts) > MOST_PASSAGES:
        raise refused(file, f"more than {MOST_PASSAGES} passages")
    if any(line.strip() for line in lines[: starts[0]]):
        remarks.lost(f"{file}:1", "text before the first passage")
    ends = [*starts, len(lines)][1:]
    read = (
        _passage(lines[start:end], start + 1, file, remarks)
        for start, end in zip(starts, ends, strict=True)
    )
    return tuple(_once(read, file, remarks))


def write_passages(passages: Iterable[Passage]) -> str:
    """Return the passages as the text of a file."""
    return "\n\n".join(f"{_header(each)}\n{_shielded(each.text)}" for each in passages) + "\n"


def _passage(lines: list[str], line: int, file: str, remarks: Remarks) -> Passage:
    header = lines[0].removeprefix(_MARK)
    name_part = _NAME.match(header)
    raw_name = name_part[0] if name_part else ""
    rest = header[len(raw_name) :]
    tags = _TAGS.match(rest)
    metadata = (rest[tags.end() :] if tags else rest).strip()
    content = "\n".join(lines[1:]).rstrip()
    return Passage(
        name=_unescaped(raw_name),
        tags=tuple(_ESCAPED.sub(r"\1", each) for each in tags[1].split()) if tags else (),
        metadata=_metadata(metadata, f"{file}:{line}", remarks) if metadata else {},
        text=_UNSHIELD.sub(r"\1", content).strip("\n"),
        line=line,
    )


def _metadata(text: str, place: str, remarks: Remarks) -> Mapping[str, Json]:
    """Return the metadata; what cannot be read is left out, as the specification advises."""
    try:
        value = read_json(text)
    except NotJson as error:
        remarks.lost(place, f"the metadata of this passage: {error}")
        return {}
    if not isinstance(value, dict):
        remarks.lost(place, "the metadata of this passage: it is not a JSON object")
        return {}
    return value


def _once(passages: Iterable[Passage], file: str, remarks: Remarks) -> Iterator[Passage]:
    seen: set[str] = set()
    for each in passages:
        place = f"{file}:{each.line}"
        if not each.name:
            remarks.lost(place, "a passage without a name")
        elif each.name in seen:
            remarks.lost(place, f"a second passage called {each.name!r}")
        else:
            seen.add(each.name)
            yield each


def _unescaped(name: str) -> str:
    """Return a name as it is meant: spaces around it do not count, unless they are escaped."""
    stripped = name.lstrip()
    bare = stripped.rstrip()
    is_escaped = (len(bare) - len(bare.rstrip("\\"))) % 2 == 1
    if is_escaped and len(bare) < len(stripped):
        bare += stripped[len(bare)]
    return _ESCAPED.sub(r"\1", bare)


def _header(passage: Passage) -> str:
    parts = [_MARK, _escaped(passage.name)]
    if passage.tags:
        parts.append(f"[{' '.join(_escaped(each) for each in passage.tags)}]")
    if passage.metadata:
        parts.append(json.dumps(passage.metadata, ensure_ascii=False, separators=(",", ":")))
    return " ".join(parts)


def _escaped(name: str) -> str:
    escaped = _SPECIAL.sub(lambda found: f"\\{found[0]}", name)
    if escaped.startswith(" "):
        escaped = f"\\{escaped}"
    if escaped.endswith(" ") and escaped != "\\ ":
        escaped = f"{escaped[:-1]}\\ "
    return escaped


def _shielded(text: str) -> str:
    """Return content in which no line can be taken for a header."""
    return _SHIELDED.sub(r"\\\1", text)
