"""Content as it is shown: safe HTML per language, made once when a version is loaded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from elearning.content.markdown import Addresses, to_html, to_inline_html
from elearning.content.modules import (
    Check,
    LearningModule,
    LinesKind,
    OwnLines,
    Page,
    Verdict,
)
from elearning.content.placeholders import Places
from elearning.scenario.ids import ChoiceId, NodeId, SpeakerId
from elearning.scenario.model import NodeText, ScenarioText


@dataclass(frozen=True, slots=True)
class RenderedChoice:
    """A choice: its line for a label, what was felt, and why."""

    say: Markup
    felt: Markup | None
    why: Markup


@dataclass(frozen=True, slots=True)
class RenderedNode:
    """A moment and its choices."""

    body: Markup
    choices: Mapping[ChoiceId, RenderedChoice]


@dataclass(frozen=True, slots=True)
class RenderedScenario:
    """A scenario in one language."""

    lang: str
    title: str
    content_note: str
    setting: Markup
    goal: Markup
    speakers: Mapping[SpeakerId, str]
    nodes: Mapping[NodeId, RenderedNode]


@dataclass(frozen=True, slots=True)
class RenderedOption:
    """One answer of a check, with its feedback."""

    id: str
    verdict: Verdict
    text: Markup
    why: Markup


@dataclass(frozen=True, slots=True)
class RenderedCheck:
    """A check of a page."""

    id: str
    question: Markup
    options: tuple[RenderedOption, ...]


@dataclass(frozen=True, slots=True)
class RenderedLines:
    """Lines of one's own on a page: sentences for labels."""

    id: str
    kind: LinesKind
    prompt: Markup
    lines: tuple[Markup, ...]


@dataclass(frozen=True, slots=True)
class RenderedPage:
    """A page of a module."""

    id: str
    title: str
    body: Markup
    check: RenderedCheck | None
    own_lines: RenderedLines | None


@dataclass(frozen=True, slots=True)
class RenderedModule:
    """A module in one language."""

    title: str
    content_note: str | None
    goals: tuple[str, ...]
    pages: Mapping[str, RenderedPage]


@dataclass(frozen=True, slots=True)
class Renderer:
    """Turns text into what is shown, in one language."""

    places: Places
    addresses: Addresses
    lang: str

    def block(self, text: str) -> Markup:
        """Return paragraphs."""
        return self.places.fill_html(to_html(text, self.addresses), self.lang)

    def line(self, text: str) -> Markup:
        """Return one line, without a paragraph; phone numbers stay links."""
        return self.places.fill_html(to_inline_html(text, self.addresses), self.lang)

    def label(self, text: str) -> Markup:
        """Return one line for inside a label or summary, where a link cannot stand."""
        filled = self.places.fill_text(text, self.lang)
        return Markup(to_inline_html(filled, self.addresses))  # noqa: S704 - made safe by nh3

    def plain(self, text: str) -> str:
        """Return plain text, which the template escapes."""
        return self.places.fill_text(text, self.lang)

    def scenario(self, text: ScenarioText) -> RenderedScenario:
        """Render a whole scenario."""
        return RenderedScenario(
            lang=self.lang,
            title=text.title,
            content_note=self.plain(text.content_note),
            setting=self.block(text.setting),
            goal=self.block(text.goal),
            speakers=dict(text.speakers),
            nodes={node_id: self._node(node) for node_id, node in text.nodes.items()},
        )

    def _node(self, text: NodeText) -> RenderedNode:
        return RenderedNode(
            body=self.block(text.body),
            choices={
                choice_id: RenderedChoice(
                    say=self.label(choice.say),
                    felt=None if choice.felt is None else self.line(choice.felt),
                    why=self.line(choice.why),
                )
                for choice_id, choice in text.choices.items()
            },
        )

    def module(self, module: LearningModule) -> RenderedModule:
        """Render a whole module."""
        note = module.content_note[self.lang] if module.content_note else None
        return RenderedModule(
            title=module.title[self.lang],
            content_note=None if note is None else self.plain(note),
            goals=module.goals[self.lang],
            pages={page.id: self._page(page) for page in module.pages},
        )

    def _page(self, page: Page) -> RenderedPage:
        return RenderedPage(
            id=page.id,
            title=self.plain(page.title[self.lang]),
            body=self.block(page.body[self.lang]),
            check=None if page.check is None else self._check(page.check),
            own_lines=None if page.own_lines is None else self._lines(page.own_lines),
        )

    def _lines(self, own: OwnLines) -> RenderedLines:
        return RenderedLines(
            id=own.id,
            kind=own.kind,
            prompt=self.label(own.prompt[self.lang]),
            lines=tuple(self.label(line[self.lang]) for line in own.lines),
        )

    def _check(self, check: Check) -> RenderedCheck:
        return RenderedCheck(
            id=check.id,
            question=self.line(check.question[self.lang]),
            options=tuple(
                RenderedOption(
                    id=option.id,
                    verdict=option.verdict,
                    text=self.label(option.text[self.lang]),
                    why=self.line(option.why[self.lang]),
                )
                for option in check.options
            ),
        )
