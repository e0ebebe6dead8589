"""Draws a scenario as SVG: the same for a page, where nodes are links, and for a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from elearning.integrations import graph_marks as marks
from elearning.integrations.graph_edges import Edges
from elearning.integrations.graph_words import (
    WORDS,
    lines_of,
    shortened,
    spoken_name,
    text_of,
)
from elearning.scenario.ids import NodeId
from elearning.scenario.layout.drawing import Drawing, Place, draw
from elearning.scenario.model import EndingKind, Node
from elearning.scenario.parse import Parsed

Href = Callable[[NodeId], str]

MARGIN: Final = 24
LEGEND: Final = 72
NARROWEST: Final = 700
_NAME_LETTERS: Final = 22
_WIDE_NAME: Final = 18
_LETTERS: Final = 25

_FRAME: Final = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" class="map" role="group" lang="{lang}"'
    ' aria-labelledby="map-title" aria-describedby="map-desc"'
    ' viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    ' font-family="system-ui, Segoe UI, Roboto, Noto Sans, Arial, sans-serif">'
    '<title id="map-title">{title}</title><desc id="map-desc">{desc}</desc>'
    '<rect class="map-ground" width="{width}" height="{height}" fill="#fbfaf7"/>'
    '<g aria-hidden="true">{legend}</g>'
    '<g transform="translate({shift} {top})">'
    '<g aria-hidden="true">{edges}</g>{nodes}<g aria-hidden="true">{labels}</g></g></svg>\n'
)


def graph_svg(
    parsed: Parsed, lang: str, href: Href | None = None, drawing: Drawing | None = None
) -> Markup:
    """Return the drawing of a scenario, safe to set into a page.

    With `href` every node is a link there. It needs no style: a page under a strict policy colours
    it by its classes, and as a file it has the light colours. A `drawing` that was made before is
    not made again.
    """
    return _Picture(parsed, lang, href, drawing or draw(parsed.scenario)).svg()


@dataclass(frozen=True, slots=True)
class _Picture:
    parsed: Parsed
    lang: str
    href: Href | None
    drawing: Drawing

    def svg(self) -> Markup:
        width = max(self.drawing.width, NARROWEST) + 2 * MARGIN
        height = self.drawing.height + 2 * MARGIN + LEGEND
        edges = Edges(self.parsed.scenario, self.drawing, self.lang)
        shift = (width - self.drawing.width) // 2
        return _FRAME.format(
            lang=self.lang,
            width=width,
            height=height,
            title=self._title(),
            desc=self._desc(),
            legend=_joined(self._legend(edges.kinds())),
            shift=shift,
            top=MARGIN + LEGEND,
            edges=_joined(edges.lines()),
            nodes=_joined(map(self._node, self._reading_order())),
            labels=_joined(edges.labels()),
        )

    def _title(self) -> str:
        scenario = self.parsed.scenario
        text = self.parsed.texts.get(self.lang) or self.parsed.texts[scenario.source_lang]
        return WORDS[self.lang]["title"].format(title=text.title)

    def _desc(self) -> str:
        return WORDS[self.lang]["desc"].format(
            nodes=len(self.drawing.places),
            edges=len(self.drawing.routes),
            start=self.parsed.scenario.start,
        )

    def _reading_order(self) -> list[Place]:
        """Return the nodes as one reads: from top to bottom, then from left to right."""
        return sorted(self.drawing.places.values(), key=lambda each: (each.layer, each.left))

    def _node(self, place: Place) -> Markup:
        node = self.parsed.scenario.nodes[place.node]
        name = spoken_name(self.parsed, self.lang, node)
        inside = self._box(node, place)
        if self.href is None:
            return Markup('<g role="img" aria-label="{}">{}</g>').format(name, inside)
        return Markup('<a href="{}" aria-label="{}">{}</a>').format(
            self.href(node.id), name, inside
        )

    def _box(self, node: Node, place: Place) -> Markup:
        size = self.drawing.measures
        is_start = node.id == self.parsed.scenario.start
        kind = node.ending or ("start" if is_start else "node")
        middle = place.left + size.width // 2
        lines = {"node": 2, "start": 1}.get(kind, 0)
        said = lines_of(text_of(self.parsed, self.lang, node.id), _LETTERS, lines)
        said = said if kind == "node" else [WORDS[self.lang][kind], *said]
        name = shortened(str(node.id), _NAME_LETTERS)
        first = place.top + size.height // 2 - 8 * len(said) + 5
        return _joined(
            [
                marks.box(kind, place.left, place.top, size.width, size.height),
                marks.words(
                    name, (middle, first), 15 if len(name) <= _WIDE_NAME else 13, is_strong=True
                ),
                *(
                    marks.words(line, (middle, first + 17 + 16 * number), 12, colour=marks.MUTED)
                    for number, line in enumerate(said)
                ),
            ]
        )

    def _legend(self, lines: AbstractSet[str]) -> Iterator[Markup]:
        """Yield what the shapes and lines mean, in two rows above the drawing, as far as used."""
        words = WORDS[self.lang]
        endings = {node.ending for node in self.parsed.scenario.nodes.values()}
        x = MARGIN
        for kind in ("start", *(each for each in EndingKind if each in endings)):
            yield marks.box(kind, x, MARGIN - 8, 34, 22)
            yield marks.words(words[kind], (x + 42, MARGIN + 8), 13, anchor="start")
            x += 62 + 7 * len(words[kind])
        x = MARGIN
        for kind in (each for each in marks.LINES if each in lines):
            y = MARGIN + 36
            yield marks.edge(kind, ((x, y), (x + 36, y)), words[kind])
            yield marks.words(words[kind], (x + 46, y + 4), 13, anchor="start")
            x += 66 + 7 * len(words[kind])


def _joined(parts: Sequence[Markup] | Iterator[Markup]) -> Markup:
    return Markup("").join(parts)
