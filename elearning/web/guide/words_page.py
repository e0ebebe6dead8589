"""The words of this subject as a page: what we say, what it means, what we rather do not say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from elearning.content.handouts import Term
from elearning.content.rendered import Renderer
from elearning.web.support.contacts import as_heading


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term, with what it is called in the other language."""

    id: str
    say: str
    other: str
    other_lang: str
    meaning: Markup
    rather_not: Markup | None


def terms_page(terms: Iterable[Term], renderer: Renderer) -> tuple[TermRow, ...]:
    """Return the terms in the order in which they were written."""
    lang = renderer.lang
    other = "en" if lang == "nl" else "nl"
    return tuple(
        TermRow(
            id=each.id,
            say=as_heading(each.say[lang]),
            other=each.say[other],
            other_lang=other,
            meaning=renderer.line(each.meaning[lang]),
            rather_not=None if each.rather_not is None else renderer.line(each.rather_not[lang]),
        )
        for each in terms
    )
