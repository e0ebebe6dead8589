"""From the parameters of an H5P Branching Scenario to a draft story.

A node is known by its place in the list; the first one starts. A next id of 0 or more is such a
place, -1 (or none) is the default end, other negative numbers name an end screen. Feedback on
the way to -1 is an end screen of its own; elsewhere it is shown first, and becomes `why`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from elearning.exchange.draft import DraftChoice, DraftNode, DraftStory
from elearning.exchange.h5p_format import DEFAULT_END, END, PROCEED, QUESTION
from elearning.exchange.h5p_info import info_text, library_of, medium_of, title_of, without_label
from elearning.exchange.json_reader import ObjectReader
from elearning.scenario.model import EndingKind

MOST_NODES: Final = 500
_NO_MEANING: Final = (
    "showContentTitle",
    "proceedButtonText",
    "forceContentFinished",
    "contentBehaviour",
    "contentId",
)


@dataclass(slots=True)
class StoryReader:
    """Reads one `branchingScenario`; endings are made where they are first led to."""

    scenario: ObjectReader
    lang: str
    _ends: dict[int, ObjectReader] = field(default_factory=dict)
    _endings: dict[str, DraftNode] = field(default_factory=dict)
    _size: int = 0

    def story(self, title: str) -> DraftStory:
        """Return the story; `title` is that of the package. Errors go to the reader's notes."""
        own_title, start = self.scenario.plain("title"), self.scenario.inner("startScreen")
        self._read_settings()
        self._ends = {each.number("contentId", DEFAULT_END): each for each in self._end_screens()}
        items = list(self.scenario.items("content"))
        self._size = len(items)
        if not 0 < self._size <= MOST_NODES:
            self.scenario.notes.error(self.scenario.at("content"), f"needs 1 to {MOST_NODES} nodes")
        nodes = [self._node(place, item) for place, item in enumerate(items[:MOST_NODES])]
        heading = start.plain("startScreenTitle")
        start.lost("startScreenImage", "the image of the start screen")
        start.ignore("startScreenAltText")
        setting = start.markdown("startScreenSubtitle")
        start.done()
        self.scenario.done()
        return DraftStory(
            title=title or own_title or heading,
            lang=self.lang,
            setting=setting,
            start="0",
            nodes=(*nodes, *self._endings_led_to(nodes)),
        )

    def _endings_led_to(self, nodes: list[DraftNode]) -> Iterator[DraftNode]:
        targets = {choice.to for node in nodes for choice in node.choices}
        yield from (each for key, each in self._endings.items() if key in targets)

    def _read_settings(self) -> None:
        self.scenario.ignore("behaviour", "l10n")
        scoring = self.scenario.inner("scoringOptionGroup")
        if scoring.text("scoringOption") not in {"", "no-score"}:
            scoring.lost("scoringOption", "scores: they say nothing that can be relied on")
        self.scenario.ignore("scoringOption")

    def _end_screens(self) -> Iterator[ObjectReader]:
        for each in self.scenario.items("endScreens"):
            each.lost("endScreenImage", "the image of an end screen")
            each.ignore("endScreenScore")
            yield each

    def _node(self, place: int, item: ObjectReader) -> DraftNode:
        kind = item.inner("type", is_needed=True)
        library = library_of(kind) if item.has("type") else ""
        name = title_of(kind) or f"knoop {place}"
        is_question = library == QUESTION
        node = self._question(item, kind) if is_question else self._info(item, kind, library)
        item.ignore(*_NO_MEANING)
        item.done()
        kind.ignore("subContentId")
        kind.done()
        body, choices = node
        medium = medium_of(kind)
        text = without_label(body, medium)
        return DraftNode(str(place), name, text, choices, EndingKind.OK, _place(item), medium)

    def _question(
        self, item: ObjectReader, kind: ObjectReader
    ) -> tuple[str, tuple[DraftChoice, ...]]:
        params = kind.inner("params", is_needed=True)
        question = params.inner("branchingQuestion", is_needed=True)
        item.lost("nextContentId", "a question goes where its alternatives lead")
        item.ignore("feedback")
        params.ignore("behaviour")
        body = question.markdown("question")
        choices = tuple(self._alternative(each) for each in question.items("alternatives"))
        if question.has("alternatives") and not choices:
            question.notes.error(question.at("alternatives"), "needs at least one alternative")
        elif not choices:
            question.notes.error(question.at("alternatives"), "it is missing")
        question.ignore("randomize")
        question.done()
        params.done()
        return body, choices

    def _alternative(self, alternative: ObjectReader) -> DraftChoice:
        said = alternative.line("text")
        to, why = self._way_on(alternative)
        alternative.done()
        return DraftChoice(said or "…", to, why)

    def _info(
        self, item: ObjectReader, kind: ObjectReader, library: str
    ) -> tuple[str, tuple[DraftChoice, ...]]:
        """Read a node of information: one that comes before an empty end screen is the ending."""
        body = info_text(kind, library)
        to, why = self._way_on(item)
        said = item.plain("proceedButtonText") or PROCEED[self.lang]
        if to == _key(DEFAULT_END) and not why and not self._end_text(DEFAULT_END):
            return body or f"({title_of(kind) or library})", ()
        return body or f"({title_of(kind) or library})", (DraftChoice(said, to, why),)

    def _way_on(self, reader: ObjectReader) -> tuple[str, str]:
        """Return the key of the next node, and what is said on the way."""
        feedback = reader.inner("feedback")
        title, subtitle = feedback.line("title"), feedback.markdown("subtitle")
        feedback.lost("image", "the image of the feedback")
        feedback.ignore("endScreenScore")
        feedback.done()
        told = " ".join(part for part in (title, " ".join(subtitle.split())) if part)
        target = reader.number("nextContentId", DEFAULT_END)
        if target >= 0:
            self._expect(reader, target < self._size, f"there is no node {target}")
            return str(target), told
        if target == DEFAULT_END and told:
            parts = (f"**{title}**" if title else "", subtitle)
            return self._ending(feedback.pointer, "\n\n".join(p for p in parts if p), reader), ""
        is_known = target == DEFAULT_END or target in self._ends
        self._expect(reader, is_known, f"there is no end screen {target}")
        return self._ending(_key(target), self._end_text(target), reader), told

    def _expect(self, reader: ObjectReader, is_so: bool, message: str) -> None:  # noqa: FBT001 - the question is the argument
        if not is_so:
            reader.notes.error(reader.at("nextContentId"), message)

    def _ending(self, key: str, text: str, reader: ObjectReader) -> str:
        if key not in self._endings:
            body = text or END[self.lang]
            self._endings[key] = DraftNode(key, "einde", body, (), EndingKind.OK, _place(reader))
        return key

    def _end_text(self, target: int) -> str:
        screen = self._ends.get(target)
        if screen is None:
            return ""
        title, subtitle = screen.line("endScreenTitle"), screen.markdown("endScreenSubtitle")
        screen.done()
        return "\n\n".join(part for part in (f"**{title}**" if title else "", subtitle) if part)


def _key(target: int) -> str:
    return f"end {target}"


def _place(reader: ObjectReader) -> str:
    return f"{reader.notes.file}#{reader.pointer}"
