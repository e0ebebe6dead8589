"""Where the author's pages are, also with a play in the address: nothing of it is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from elearning.content.manuscripts import Manuscript
from elearning.scenario.ids import ChoiceId, NodeId
from elearning.web.parts import Link

PAGES = ("author.scenario", "author.chart", "author.languages", "author.play")


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the pages about a scenario."""

    text: str
    href: str
    is_current: bool


def tabs(manuscript: Manuscript, current: str) -> tuple[Tab, ...]:
    """Return the pages about a scenario, one of which is `current`."""
    words = (_("Outline and findings"), _("Map"), _("Languages side by side"), _("Try it out"))
    return tuple(
        Tab(text, url_for(page, scenario_id=manuscript.scenario.id), page == current)
        for page, text in zip(PAGES, words, strict=True)
    )


def outline_href(manuscript: Manuscript, node_id: NodeId) -> str:
    """Return where a node stands in the outline."""
    return url_for(
        "author.scenario", scenario_id=manuscript.scenario.id, _anchor=f"knoop-{node_id}"
    )


def node_link(manuscript: Manuscript, node_id: NodeId) -> Link:
    """Return a link to a node; a choice may lead to one that does not exist."""
    return Link(node_id, outline_href(manuscript, node_id))


def as_id(text: str) -> Markup:
    """Return an id for in a table or a list: it is code, so no browser translates it."""
    return Markup('<span translate="no">{}</span>').format(text)


def node_cell(manuscript: Manuscript, node_id: NodeId) -> Markup:
    """Return a node for in a table, as a link."""
    href = outline_href(manuscript, node_id)
    return Markup('<a href="{}" translate="no">{}</a>').format(href, node_id)


def play_href(
    manuscript: Manuscript,
    choices: Sequence[ChoiceId] = (),
    *,
    start: NodeId | None = None,
    lang: str | None = None,
) -> str:
    """Return where a play stands after these choices, from the beginning or from a node."""
    return url_for(
        "author.play",
        scenario_id=manuscript.scenario.id,
        vanaf=start,
        taal=lang,
        keuze=list(choices) or None,
    )
