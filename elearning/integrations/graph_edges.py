"""The edges in the drawing of a scenario: their lines, and the errors and repairs on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from markupsafe import Markup

from elearning.integrations import graph_marks as marks
from elearning.integrations.graph_words import WORDS
from elearning.scenario.layout.drawing import Drawing, Point, Route
from elearning.scenario.model import Choice, ErrorId, Scenario

# Where on the first stretch of an edge a label may stand, the best place first.
_LABEL_PLACES: Final = (0.35, 0.5, 0.2, 0.65, 0.28, 0.42, 0.58, 0.75)


@dataclass(frozen=True, slots=True)
class Edges:
    """Draws them, in the words of one language."""

    scenario: Scenario
    drawing: Drawing
    lang: str

    def lines(self) -> Iterator[Markup]:
        """Yield every edge; what it may do weighs more than where it leads."""
        for route in self.drawing.routes:
            choices = self._choices(route)
            yield marks.edge(
                _kind(choices, is_back=route.is_back), route.points, self._title(route, choices)
            )

    def kinds(self) -> set[str]:
        """Return which kinds of lines there are, for the legend."""
        return {_kind(self._choices(route), is_back=route.is_back) for route in self.drawing.routes}

    def labels(self) -> Iterator[Markup]:
        """Yield the errors that are raised and repaired, on the edges that do so."""
        taken: list[tuple[Point, int]] = []
        for route in self.drawing.routes:
            for kind, text in self._words(self._choices(route)):
                width = marks.label_width(text)
                at = _free_place(route, width, taken)
                taken.append((at, width))
                yield marks.label(kind, at, text)

    def _choices(self, route: Route) -> list[Choice]:
        choices = self.scenario.nodes[route.source].choices
        return [each for each in choices if each.leads_to == route.target]

    def _title(self, route: Route, choices: Sequence[Choice]) -> str:
        words = WORDS[self.lang]
        ids = ", ".join(each.id for each in choices)
        parts = [words["from_to"].format(source=route.source, target=route.target, choices=ids)]
        for each in choices:
            for key, errors in (("raises", each.raises), ("repairs", each.repairs)):
                if errors:
                    parts.append(words[key].format(choice=each.id, errors=", ".join(errors)))
        return ". ".join(parts)

    def _words(self, choices: Sequence[Choice]) -> Iterator[tuple[str, str]]:
        raised = _each_once(error for each in choices for error in each.raises)
        repaired = _each_once(error for each in choices for error in each.repairs)
        if raised:
            yield "error", f"! {raised}"
        if repaired:
            yield "repair", f"{WORDS[self.lang]['repair']} {repaired}"


def _each_once(errors: Iterator[ErrorId]) -> str:
    return " ".join(dict.fromkeys(errors))


def _kind(choices: Sequence[Choice], *, is_back: bool) -> str:
    if any(each.raises for each in choices):
        return "error"
    if any(each.repairs for each in choices):
        return "repair"
    return "back" if is_back else "choice"


def _free_place(route: Route, width: int, taken: Sequence[tuple[Point, int]]) -> Point:
    """Return the first place where a label touches no other, else the one that is usual."""
    start, end = route.points[:2]
    places = [marks.between(start, end, part) for part in _LABEL_PLACES]
    return next((each for each in places if not _touches(each, width, taken)), places[0])


def _touches(at: Point, width: int, taken: Sequence[tuple[Point, int]]) -> bool:
    return any(
        abs(at[0] - x) * 2 < width + other + 4 and abs(at[1] - y) < marks.LABEL_HEIGHT + 2
        for (x, y), other in taken
    )
