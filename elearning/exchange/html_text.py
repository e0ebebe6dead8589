"""From the HTML that other programs keep their text in to our small Markdown.

Each sign is looked at once and nothing is searched for twice, so that no text takes long. What
is not Markdown of ours falls away and is named; code inside is never kept.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from elearning.exchange.plain_text import text_only

# A tag ends at the next bracket of either kind: a search never looks past it.
_TAG: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^<>]*)>")
_HREF: Final = re.compile(r"""\bhref\s*=\s*["']?(https://[^\s"'<>()\[\]]+)""", re.IGNORECASE)
_SIGNS: Final = re.compile(r"([\\`*_\[\]#])")
_ENTITY_LIKE: Final = re.compile(r"&(?=[A-Za-z#])")
_MARKS: Final = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_HEADINGS: Final = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS: Final = _HEADINGS | {"p", "div", "ul", "ol", "blockquote", "section", "article"}
_BREAKS: Final = {"br": "\n", "li": "\n- "}
_SILENT: Final = frozenset({"span", "html", "body", "font", "u"})
_DROPPED: Final = ("script", "style", "template", "iframe", "object", "svg", "math", "noscript")
_DROPPED_END: Final = re.compile(rf"</(?:{'|'.join(_DROPPED)})", re.IGNORECASE)


@dataclass(slots=True)
class _Written:
    """The Markdown so far, and what was left out."""

    is_markdown: bool
    parts: list[str] = field(default_factory=list)
    open_marks: list[str] = field(default_factory=list)
    lost: dict[str, None] = field(default_factory=dict)
    link: str | None = None

    def mark(self, sign: str, *, is_end: bool) -> None:
        if not is_end and sign not in self.open_marks:
            self.open_marks.append(sign)
            self.parts.append(sign)
        elif is_end and sign in self.open_marks:
            self.open_marks.remove(sign)
            self._closed(sign)

    def paragraph(self) -> None:
        for sign in reversed(self.open_marks):
            self._closed(sign)
        self.open_marks.clear()
        self.parts.append("\n\n")

    def _closed(self, sign: str) -> None:
        """Write a closing sign, or take back an opening one with nothing after it."""
        if self.parts and self.parts[-1] == sign:
            self.parts.pop()
        else:
            self.parts.append(sign)


def markdown_of(source: str, *, is_markdown: bool = False) -> tuple[str, tuple[str, ...]]:
    """Return the Markdown of an HTML text, and the names of what was left out.

    Where the text is Markdown already, with HTML in it, its own signs and lines stay.
    """
    written = _Written(is_markdown)
    for text, tag in _pieces(source):
        if text:
            written.parts.append(_text(text, written))
        if tag is not None:
            _tag(tag, written)
    written.paragraph()
    return _tidy("".join(written.parts)), tuple(written.lost)


def line_of(source: str) -> str:
    """Return an HTML text as Markdown on one line."""
    return " ".join(markdown_of(source)[0].split())


def plain_of(source: str) -> str:
    """Return the words of an HTML text on one line, as they are read."""
    words = (text for text, _ in _pieces(source))
    return " ".join(text_only(html.unescape(" ".join(words))).split())


def _pieces(source: str) -> Iterator[tuple[str, re.Match[str] | None]]:
    """Yield the text before each tag with the tag; comments and code are passed over."""
    source = _without_comments(source)
    place = 0
    for tag in _TAG.finditer(source):
        if tag.start() < place:
            continue
        yield source[place : tag.start()], tag
        place = tag.end()
        if tag[2].lower() in _DROPPED and not tag[1]:
            end = _DROPPED_END.search(source, place)
            place = end.start() if end else len(source)
    yield source[place:], None


def _without_comments(source: str) -> str:
    """Return the text without comments; one that is left open hides all that follows."""
    first, *rest = source.split("<!--")
    return first + "".join(each.partition("-->")[2] for each in rest)


def _text(text: str, written: _Written) -> str:
    words = text_only(html.unescape(text))
    if not written.is_markdown:
        words = re.sub(r"\s+", " ", _SIGNS.sub(r"\\\1", words))
    words = _ENTITY_LIKE.sub("&amp;", words).replace("<", "&lt;")
    return f"[{words.strip()}]({written.link})" if written.link and words.strip() else words


def _tag(tag: re.Match[str], written: _Written) -> None:
    name, is_end = tag[2].lower(), bool(tag[1])
    if name in _MARKS:
        written.mark(_MARKS[name], is_end=is_end)
    elif name in _BLOCKS:
        written.paragraph()
        if name in _HEADINGS and not is_end:
            written.mark("**", is_end=False)
    elif name == "a":
        href = None if is_end else _HREF.search(tag[3])
        written.link = href[1] if href else None
    elif name in _BREAKS:
        written.parts.append("" if is_end else _BREAKS[name])
    elif name not in _SILENT:
        written.lost[name] = None


def _tidy(markdown: str) -> str:
    lines = [line.strip() for line in markdown.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
