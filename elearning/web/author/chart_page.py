"""The map of a scenario as a drawing, and the same as a table."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import gettext as _
from markupsafe import Markup

from elearning.content.manuscripts import Manuscript
from elearning.integrations.graph_svg import graph_svg
from elearning.scenario.ids import NodeId
from elearning.scenario.model import Choice, Node
from elearning.services.inspect_scenario import drawing_of
from elearning.web.author.addresses import Tab, as_id, node_cell, outline_href, tabs
from elearning.web.author.words import ending_name
from elearning.web.i18n import language
from elearning.web.parts import Cell, Column


@dataclass(frozen=True, slots=True)
class ChartPage:
    """Everything the template shows."""

    title: str
    tabs: tuple[Tab, ...]
    drawing: Markup
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]


def chart_page(manuscript: Manuscript) -> ChartPage:
    """Return the page."""

    def href(node_id: NodeId) -> str:
        return outline_href(manuscript, node_id)

    drawing = drawing_of(manuscript)
    places = sorted(drawing.places.values(), key=lambda each: (each.layer, each.left))
    return ChartPage(
        title=manuscript.in_language(language()).title,
        tabs=tabs(manuscript, "author.chart"),
        drawing=graph_svg(manuscript.parsed, language(), href, drawing),
        caption=_("The same as a table, from top to bottom"),
        columns=(
            Column(_("Node")),
            Column(_("Kind")),
            Column(_("Comes from")),
            Column(_("Leads to")),
        ),
        rows=tuple(_row(manuscript, manuscript.scenario.nodes[each.node]) for each in places),
    )


def _row(manuscript: Manuscript, node: Node) -> tuple[Cell, ...]:
    scenario = manuscript.scenario
    kind = _("start") if node.id == scenario.start else _("moment")
    sources = [
        other.id
        for other in scenario.nodes.values()
        if any(choice.leads_to == node.id for choice in other.choices)
    ]
    return (
        node_cell(manuscript, node.id),
        kind if node.ending is None else ending_name(node.ending),
        as_id(", ".join(sources) or "–"),
        "; ".join(map(_way, node.choices)) or "–",
    )


def _way(choice: Choice) -> str:
    """Return where one choice leads, with the errors on the way."""
    done = [f"! {', '.join(choice.raises)}"] if choice.raises else []
    if choice.repairs:
        done.append(_("repairs %(error)s", error=", ".join(choice.repairs)))
    told = f"{choice.id} → {choice.leads_to}"
    return f"{told} ({'; '.join(done)})" if done else told
