"""Whether a text refers to something that should have been looked at again by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from elearning.content.modules import Page
from elearning.content.placeholders import mentioned
from elearning.scenario.model import NodeText
from elearning.web.state import clock, library


def has_old_details(texts: Iterable[str]) -> bool:
    """Say whether a service or fact in these texts is past its day of review."""
    return not mentioned(texts).isdisjoint(library().directory.stale_on(clock().today()))


def page_texts(page: Page, lang: str) -> Iterator[str]:
    """Yield everything that is read on a page of a module."""
    yield page.body[lang]
    if page.check is not None:
        yield page.check.question[lang]
        for option in page.check.options:
            yield from (option.text[lang], option.why[lang])


def node_texts(node: NodeText) -> Iterator[str]:
    """Yield everything that is read at a moment of a scenario, and after it."""
    yield node.body
    for choice in node.choices.values():
        yield from (choice.say, choice.felt or "", choice.why)
