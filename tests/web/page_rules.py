"""What no page may be: each rule yields what is wrong, in words that name the element."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise
from xml.etree.ElementTree import Element

from tests.pages.html import elements, words

HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
UNLABELLED_TYPES = {"hidden", "submit", "button", "reset"}
REFERRING = ("for", "aria-describedby", "aria-labelledby", "aria-controls")
# A browser tab, a history and a bookmark are read by others (design: pages, 3.0).
TELLING_WORDS = ("seksue", "sexual", "geweld", "violence", "verkracht", "rape", "misbruik", "abuse")
Rule = Callable[[Element], Iterator[str]]


def says_its_title_and_language(root: Element) -> Iterator[str]:
    titles = [words(each) for each in elements(root, "title")]
    if not titles or not titles[0]:
        yield "there is no title"
    for word in TELLING_WORDS:
        if titles and word in titles[0].lower():
            yield f"the title {titles[0]!r} tells what the page is about"
    if root.get("lang") not in {"nl", "en"}:
        yield f"the page says lang={root.get('lang')!r}"


def has_one_main_heading(root: Element) -> Iterator[str]:
    count = len(list(elements(root, "h1")))
    if count != 1:
        yield f"there are {count} h1"


def skips_no_heading_level(root: Element) -> Iterator[str]:
    levels = [1, *(int(each.tag[1]) for each in elements(root, *HEADINGS))]
    for above, below in pairwise(levels):
        if below > above + 1:
            yield f"an h{below} follows an h{above}"
    for each in elements(root, *HEADINGS):
        if not words(each):
            yield f"an {each.tag} is empty"


def repeats_no_id(root: Element) -> Iterator[str]:
    seen: set[str] = set()
    for each in root.iter():
        element_id = each.get("id")
        if element_id is not None and element_id in seen:
            yield f"id {element_id!r} stands twice"
        seen |= {element_id} if element_id is not None else set()


def refers_to_what_exists(root: Element) -> Iterator[str]:
    ids = {each.get("id") for each in root.iter()}
    for each in root.iter():
        for name in REFERRING:
            for wanted in each.get(name, "").split():
                if wanted not in ids:
                    yield f"{name}={wanted!r} refers to nothing"
        href = each.get("href", "")
        if href.startswith("#") and href[1:] not in ids:
            yield f"the link {href!r} leads nowhere"


def labels_every_field(root: Element) -> Iterator[str]:
    labelled = {each.get("for") for each in elements(root, "label")}
    wrapped = {id(inner) for label in elements(root, "label") for inner in label.iter()}
    for each in elements(root, "input", "select", "textarea"):
        has_label = each.get("id") in labelled if each.get("id") else False
        has_name = "aria-label" in each.attrib or "aria-labelledby" in each.attrib
        is_silent = each.tag == "input" and each.get("type") in UNLABELLED_TYPES
        if not (is_silent or has_label or has_name or id(each) in wrapped):
            yield f"the field {each.get('name')!r} has no label"


def names_what_can_be_pressed(root: Element) -> Iterator[str]:
    for each in elements(root, "a", "button", "summary", "legend", "label", "th"):
        if not words(each) and "aria-label" not in each.attrib:
            yield f"a {each.tag} has no words"
    for each in elements(root, "img"):
        if "alt" not in each.attrib:
            yield f"the image {each.get('src')!r} has no alt"
    for each in root.iter():
        if int(each.get("tabindex", "0")) > 0:
            yield f"a {each.tag} has a tabindex above 0"


def has_nothing_inline(root: Element) -> Iterator[str]:
    for each in root.iter():
        local = str(each.tag).rpartition("}")[2]
        if local == "style" or (local == "script" and "src" not in each.attrib):
            yield f"there is an inline {local}"
        for name in each.attrib:
            if name == "style" or str(name).startswith("on"):
                yield f"a {local} has the attribute {name}"
        if each.get("href", "").lower().startswith(("javascript:", "data:")):
            yield f"a link goes to {each.get('href')!r}"


RULES: tuple[Rule, ...] = (
    says_its_title_and_language,
    has_one_main_heading,
    skips_no_heading_level,
    repeats_no_id,
    refers_to_what_exists,
    labels_every_field,
    names_what_can_be_pressed,
    has_nothing_inline,
)


def broken_rules(root: Element) -> list[str]:
    """Return everything that is wrong with a page."""
    return [problem for rule in RULES for problem in rule(root)]
