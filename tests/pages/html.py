"""Reading HTML: the tree of a page, its words as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from typing import cast
from xml.etree.ElementTree import Element

import html5lib

# What differs at every answer and no reader sees: what a form carries, and the address of the page
# itself, to which the other language leads.
VARYING = re.compile(
    r'(?<=name="csrf_token" value=")[^"]+'
    r'|(?<=<li><a href=")(?:[^"&]|&amp;)*(?=" lang="[a-z]+" hreflang=)'
)
PLACEHOLDER = "of this answer"


def parse(html: str) -> tuple[Element, list[str]]:
    """Return the tree of a page, its own, and every way in which it is not valid HTML.

    A page that differs from a recent one only in what `VARYING` finds is not read anew: reading as
    a browser does takes as long as a copy of a tree takes thirty times.
    """
    taken: list[str] = []

    def take(found: re.Match[str]) -> str:
        taken.append(found[0].replace("&amp;", "&"))
        return f"{PLACEHOLDER} {len(taken) - 1}"

    tree, problems = _parse(VARYING.sub(take, html))
    root = deepcopy(tree)
    for tag, name in (("input", "value"), ("a", "href")):
        for each in root.iter(tag):
            text, _, number = each.get(name, "").rpartition(" ")
            if text == PLACEHOLDER:
                each.set(name, taken[int(number)])
    return root, list(problems)


@lru_cache(maxsize=64)
def _parse(html: str) -> tuple[Element, tuple[str, ...]]:
    builder = html5lib.getTreeBuilder("etree")
    parser = html5lib.HTMLParser(tree=builder, namespaceHTMLElements=False)
    root = cast("Element", parser.parse(html))
    found = (f"line {place[0]}: {code} {facts}" for place, code, facts in parser.errors)
    return root, tuple(found)


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
