"""Reading HTML: the tree of a page, its words as a reader sees them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import cast
from xml.etree.ElementTree import Element

import html5lib


@lru_cache(maxsize=4)  # the strict client and the page object read the same answer
def parse(html: str) -> tuple[Element, list[str]]:
    """Return the tree of a page and every way in which it is not valid HTML."""
    builder = html5lib.getTreeBuilder("etree")
    parser = html5lib.HTMLParser(tree=builder, namespaceHTMLElements=False)
    root = cast("Element", parser.parse(html))
    found = [f"line {place[0]}: {code} {facts}" for place, code, facts in parser.errors]
    return root, found


def words(element: Element) -> str:
    """Return the text of an element on one line."""
    return " ".join("".join(element.itertext()).split())


def elements(root: Element, *tags: str) -> Iterator[Element]:
    """Yield the elements with one of these tags, in the order of the page."""
    return (each for each in root.iter() if each.tag in tags)


def one(root: Element, tag: str) -> Element:
    """Return the only element with this tag."""
    (found,) = elements(root, tag)
    return found
