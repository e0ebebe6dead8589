"""Markdown to safe HTML, once per version when content is loaded, never in a request.

Python-Markdown passes raw HTML and `javascript:` links, and some inputs cost it minutes. So: a
bound on length, few extensions, and nh3 with a short list of tags as the last word.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass

import nh3
from markdown import Markdown
from markupsafe import escape

LONGEST_TEXT = 20_000
TAGS = {"p", "em", "strong", "ul", "ol", "li", "blockquote", "h3", "a", "br"}
SCHEMES = {"https", "page"}
NEEDS_MARKDOWN = re.compile(r"[*_`\[\]<>&#\\!]|\n|^\s*(?:[-+>]|\d+\.)\s")
PAGE_LINK = re.compile(r'href="page:([a-z0-9_]+)/([a-z0-9_-]+)"')
CITATION = re.compile(r"\[(S\d+[a-z]?)\]")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where links of content lead; the web hands in its own addresses."""

    page: str
    source: str


class _Converter(threading.local):
    """One converter for each thread: making one takes as long as a text does."""

    def __init__(self) -> None:
        self.markdown = Markdown(extensions=["sane_lists"], output_format="html")


CONVERTER = _Converter()


def to_html(text: str, addresses: Addresses) -> str:
    """Return safe HTML of a text with paragraphs; links to pages and sources are resolved."""
    if not NEEDS_MARKDOWN.search(text):
        return f"<p>{escape(text)}</p>"
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"a text may have at most {LONGEST_TEXT} characters")
    raw = CONVERTER.markdown.reset().convert(text)
    safe = nh3.clean(
        raw,
        tags=TAGS,
        attributes={"a": {"href"}},
        url_schemes=SCHEMES,
        link_rel="noreferrer noopener",
    )
    return _resolve(safe, addresses)


def to_inline_html(text: str, addresses: Addresses) -> str:
    """Return safe HTML of one line, without a paragraph around it: for labels and lists."""
    html = to_html(text.strip(), addresses).strip()
    return html.replace("<p>", "").replace("</p>", "")


def _resolve(html: str, addresses: Addresses) -> str:
    linked = PAGE_LINK.sub(
        lambda found: f'href="{addresses.page.format(module=found[1], page=found[2])}"', html
    )
    return CITATION.sub(
        lambda found: (
            f'<a class="cite" href="{addresses.source.format(source=found[1])}">[{found[1]}]</a>'
        ),
        linked,
    )
