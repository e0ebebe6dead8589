"""The code in a passage of another program: where it plainly leads, and the text without it.

Nothing is run. A macro that names its target in quotes is a link; every other one is listed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from elearning.exchange.twee_links import Link, links_in

_WORD: Final = re.compile(r"/?([A-Za-z][\w-]*|[-=])")
_STRING: Final = re.compile(r"\"([^\"\n]*)\"|'([^'\n]*)'")
_HARLOWE: Final = re.compile(r"\(([A-Za-z][A-Za-z-]*):")
_DATA_LINK: Final = re.compile(r"<a\b[^<>]*\bdata-passage=[\"']([^\"'<>]+)[\"'][^<>]*>([^<>]*)</a>")
_CHAPBOOK_LINE: Final = re.compile(r"^\[(?!\[)[^\[\]\n]+\]$", re.MULTILINE)
_CHAPBOOK_INSERT: Final = re.compile(r"\{([^{}\n]*)\}")
_VARIABLE: Final = re.compile(r"[$][A-Za-z_]\w*")
_LINKING: Final = frozenset({"link", "button", "linkgoto", "linkrevealgoto", "click"})
_JUMPING: Final = frozenset({"goto"})
_VARS_END: Final = "\n--\n"


@dataclass(frozen=True, slots=True)
class Uncoded:
    """A text without its code: the links that were in the code, and the names of the rest."""

    text: str
    links: tuple[Link, ...]
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Code:
    """A piece of code: where it begins and ends, its name, and what stands in it."""

    start: int
    end: int
    name: str
    inside: str


def without_code(text: str, story_format: str) -> Uncoded:
    """Return the text as it stands without code, for the named story format."""
    links: list[Link] = []
    lost: dict[str, None] = {}
    for find in _finders(story_format.lower()):
        text = _taken_out(text, find, links, lost)
    links += [Link(found[2], found[1], None) for found in _DATA_LINK.finditer(text)]
    text = _DATA_LINK.sub("", text)
    for name in dict.fromkeys(_VARIABLE.findall(text)):
        lost[f"the value of {name}"] = None
    return Uncoded(text, tuple(links), tuple(lost))


def _finders(story_format: str) -> tuple[Callable[[str], Iterator[_Code]], ...]:
    if story_format == "harlowe":
        return (_angled, _harlowe)
    if story_format == "chapbook":
        return (_angled, _chapbook)
    return (_angled, _scriptlets)


def _taken_out(
    text: str, find: Callable[[str], Iterator[_Code]], links: list[Link], lost: dict[str, None]
) -> str:
    kept: list[str] = []
    place = 0
    for code in find(text):
        kept.append(text[place : code.start])
        place = code.end
        literal = _literal_links(code)
        links += literal
        if not literal and not code.name.startswith("/"):
            lost[f"code {code.name!r}"] = None
    return "".join([*kept, text[place:]])


def _literal_links(code: _Code) -> tuple[Link, ...]:
    """Return where the code leads, if that is a text in quotes or a link, and nothing else."""
    name = code.name.replace("-", "").replace("_", "").lower()
    words = [found[1] or found[2] or "" for found in _STRING.finditer(code.inside)]
    if name in _JUMPING and words:
        return (Link(words[0], words[0], None),)
    if name in _LINKING and len(words) > 1:
        return (Link(words[0], words[1], None),)
    return links_in(code.inside) if name in _LINKING else ()


def _angled(text: str) -> Iterator[_Code]:
    """Yield SugarCube's `<<…>>`."""
    yield from _between(text, "<<", ">>")


def _scriptlets(text: str) -> Iterator[_Code]:
    """Yield Snowman's `<% … %>`."""
    yield from _between(text, "<%", "%>")


def _between(text: str, opening: str, closing: str) -> Iterator[_Code]:
    start = text.find(opening)
    while start >= 0:
        end = text.find(closing, start + len(opening))
        if end < 0:
            return
        inside = text[start + len(opening) : end]
        name = _WORD.match(inside.lstrip())
        yield _Code(start, end + len(closing), name[0] if name else opening + closing, inside)
        start = text.find(opening, end + len(closing))


def _harlowe(text: str) -> Iterator[_Code]:
    """Yield `(name: …)` up to its closing bracket; one that is left open is text."""
    place = 0
    for found in _HARLOWE.finditer(text):
        if found.start() < place:
            continue
        end = _closing_bracket(text, found.end())
        if end < 0:
            return
        place = end
        yield _Code(found.start(), end, found[1], text[found.end() : end])


def _closing_bracket(text: str, place: int) -> int:
    depth = 1
    for found in re.compile(r"[()]").finditer(text, place):
        depth += 1 if found[0] == "(" else -1
        if not depth:
            return found.end()
    return -1


def _chapbook(text: str) -> Iterator[_Code]:
    """Yield the variables above `--`, lines such as `[if x]`, and `{inserts}`, in order."""
    head = text.find(_VARS_END)
    if head >= 0:
        yield _Code(0, head + len(_VARS_END), "variables", "")
    start = head + len(_VARS_END) if head >= 0 else 0
    found = [*_CHAPBOOK_LINE.finditer(text, start), *_CHAPBOOK_INSERT.finditer(text, start)]
    for each in sorted(found, key=lambda match: match.start()):
        yield _Code(each.start(), each.end(), each[0][:40], "")
