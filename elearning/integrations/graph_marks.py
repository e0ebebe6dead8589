"""The shapes in the drawing of a scenario: boxes of nodes, lines of edges, labels on them.

Every shape carries its light colours as attributes, so that a file stands on its own, and a class,
by which a page gives it the colours of the reader's theme. There is no style, inline or other.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from markupsafe import Markup

from elearning.scenario.layout.drawing import Point
from elearning.scenario.model import EndingKind

INK, MUTED, LINE, SURFACE = "#1f2a30", "#4c5a62", "#68737a", "#ffffff"
# Stroke, fill and dashes of a node by what it is; the same pairs as the tokens of app.css.
BOXES: Final = {
    "node": (LINE, SURFACE, ""),
    "start": ("#1e5b66", "#e3f0f1", ""),
    EndingKind.GOOD: ("#1f6b45", "#e6f3eb", ""),
    EndingKind.OK: ("#1d4f8c", "#e8f0fa", ""),
    EndingKind.MISSED: ("#7a4f00", "#fbf1da", "6 4"),
    EndingKind.HARM: ("#a3261f", "#fbeae8", ""),
}
# Stroke, width and dashes of an edge.
LINES: Final = {
    "choice": (LINE, "1.75", ""),
    "error": ("#a3261f", "2.5", "8 4"),
    "repair": ("#1f6b45", "3", ""),
    "back": (LINE, "2", "1 5"),
}
_CUT: Final = 14
_ROUND: Final = 8
_ARROW: Final = 6
_LETTER: Final = 7
LABEL_HEIGHT: Final = 20


def box(kind: str, x: int, y: int, width: int, height: int) -> Markup:
    """Return the outline of a node; endings differ from it, and from each other, by their shape."""
    stroke, fill, dashes = BOXES[kind]
    return Markup(
        '<path class="map-box map-{kind}" d="{d}" fill="{fill}" stroke="{stroke}"'
        ' stroke-width="{weight}"{dashes}/>'
    ).format(
        kind=kind,
        d=_outline(kind, x, y, width, height),
        fill=fill,
        stroke=stroke,
        weight="1.5" if kind == "node" else "2.5",
        dashes=_dashes(dashes),
    )


def edge(kind: str, points: Sequence[Point], title: str) -> Markup:
    """Return the line of an edge with its arrow; the title is what a pointer shows."""
    stroke, weight, dashes = LINES[kind]
    return Markup(
        '<g class="map-edge map-{kind}"><title>{title}</title>'
        '<path d="{d}" fill="none" stroke="{stroke}" stroke-width="{weight}"'
        ' stroke-linecap="round"{dashes}/>'
        '<path class="map-arrow" d="{arrow}" fill="{stroke}"/></g>'
    ).format(
        kind=kind,
        title=title,
        d=_curve(points),
        stroke=stroke,
        weight=weight,
        dashes=_dashes(dashes),
        arrow=_arrow(points),
    )


def label(kind: str, middle: Point, text: str) -> Markup:
    """Return the words on an edge: sharp corners for an error, round ones for a repair."""
    width = label_width(text)
    stroke, fill, _ = BOXES[EndingKind.HARM if kind == "error" else EndingKind.GOOD]
    x, y = middle[0] - width // 2, middle[1] - LABEL_HEIGHT // 2
    shape = EndingKind.HARM if kind == "error" else EndingKind.GOOD
    return Markup(
        '<g class="map-label map-{kind}"><path d="{d}" fill="{fill}" stroke="{stroke}"'
        ' stroke-width="1.5"/>{words}</g>'
    ).format(
        kind=kind,
        d=_outline(shape, x, y, width, LABEL_HEIGHT),
        fill=fill,
        stroke=stroke,
        words=words(text, (middle[0], middle[1] + 4), 12, is_strong=True, colour=stroke),
    )


def label_width(text: str) -> int:
    """Return how wide a label is."""
    return _LETTER * len(text) + 18


def words(
    text: str,
    at: Point,
    size: int,
    *,
    is_strong: bool = False,
    colour: str = INK,
    anchor: str = "middle",
) -> Markup:
    """Return a line of text around (or from) a point."""
    return Markup(
        '<text class="{tone}" x="{x}" y="{y}" font-size="{size}" text-anchor="{anchor}"'
        '{weight} fill="{colour}">{text}</text>'
    ).format(
        tone="map-muted" if colour == MUTED else "map-text",
        x=at[0],
        y=at[1],
        size=size,
        anchor=anchor,
        weight=Markup(' font-weight="600"') if is_strong else "",
        colour=colour,
        text=text,
    )


def between(start: Point, end: Point, part: float) -> Point:
    """Return a point on the curve of an edge from one point to the next, 0 to 1."""
    rest = 1 - part
    across = 3 * part**2 * rest + part**3
    down = 1.5 * part * rest + across - 1.5 * part**2 * rest
    return (
        round(start[0] + (end[0] - start[0]) * across),
        round(start[1] + (end[1] - start[1]) * down),
    )


def _outline(kind: str, x: int, y: int, width: int, height: int) -> str:
    if kind == EndingKind.HARM:
        cut = min(_CUT, height // 3)
        return (
            f"M{x + cut} {y}h{width - 2 * cut}l{cut} {cut}v{height - 2 * cut}l-{cut} {cut}"
            f"h-{width - 2 * cut}l-{cut} -{cut}v-{height - 2 * cut}z"
        )
    is_round = kind in {EndingKind.GOOD, EndingKind.OK, EndingKind.MISSED}
    r = height // 2 if is_round else _ROUND
    return (
        f"M{x + r} {y}h{width - 2 * r}a{r} {r} 0 0 1 {r} {r}v{height - 2 * r}"
        f"a{r} {r} 0 0 1 -{r} {r}h-{width - 2 * r}a{r} {r} 0 0 1 -{r} -{r}"
        f"v-{height - 2 * r}a{r} {r} 0 0 1 {r} -{r}z"
    )


def _curve(points: Sequence[Point]) -> str:
    """Return a path that leaves and arrives upright, and runs straight through a layer."""
    parts = [f"M{points[0][0]} {points[0][1]}"]
    for (x, y), (to_x, to_y) in pairwise(points):
        middle = (y + to_y) // 2
        is_straight = x == to_x or y == to_y
        parts.append(
            f"L{to_x} {to_y}" if is_straight else f"C{x} {middle} {to_x} {middle} {to_x} {to_y}"
        )
    return "".join(parts)


def _arrow(points: Sequence[Point]) -> str:
    (from_x, from_y), (x, y) = points[-2:]
    if from_y == y:
        way = 1 if from_x > x else -1
        return f"M{x} {y}l{way * 2 * _ARROW} -{_ARROW}v{2 * _ARROW}z"
    way = -1 if from_y < y else 1
    return f"M{x} {y}l-{_ARROW} {way * 2 * _ARROW}h{2 * _ARROW}z"


def _dashes(dashes: str) -> Markup:
    return Markup(' stroke-dasharray="{}"').format(dashes) if dashes else Markup("")
