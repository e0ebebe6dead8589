"""The outline of a scenario: every node in the order of its file, with what leads in and out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask import url_for
from flask_babel import gettext as _
from markupsafe import Markup

from elearning.content.manuscripts import Manuscript
from elearning.exchange.expression_text import expression_text
from elearning.scenario.ids import NodeId
from elearning.scenario.model import Choice, Medium, Node
from elearning.services.inspect_scenario import Inspection
from elearning.web.author.addresses import Tab, node_link, play_href, tabs
from elearning.web.author.facts import scenario_facts, scenario_rules
from elearning.web.author.findings import FindingsPanel, findings_panel
from elearning.web.author.proof_panel import ProofPanel, proof_panel
from elearning.web.author.words import ending_status, error_name, publication
from elearning.web.i18n import language
from elearning.web.medium import medium_label
from elearning.web.parts import Link, Status


@dataclass(frozen=True, slots=True)
class OutlineChoice:
    """One choice: its words, where it leads, and what it does, as (tone, words)."""

    id: str
    say: Markup
    target: Link
    marks: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class OutlineNode:
    """One node with everything around it; `lang` is the language of its words."""

    id: str
    status: tuple[Status, ...]
    facts: tuple[str, ...]
    learn: Link | None
    body: Markup
    choices: tuple[OutlineChoice, ...]
    comes_from: tuple[tuple[Link, str], ...]
    from_here: Link
    to_here: Link | None


@dataclass(frozen=True, slots=True)
class OutlinePage:
    """Everything the template shows."""

    title: str
    tabs: tuple[Tab, ...]
    lang: str
    status: Status
    facts: tuple[tuple[str, str | Markup], ...]
    rules: tuple[tuple[str, str], ...]
    findings: FindingsPanel
    proof: ProofPanel | None
    nodes: tuple[OutlineNode, ...]


@dataclass(frozen=True, slots=True)
class OutlineBuilder:
    """Puts the page of one scenario together, in the language of the reader as far as it exists."""

    manuscript: Manuscript
    found: Inspection

    def page(self) -> OutlinePage:
        """Return the whole page."""
        manuscript, proof = self.manuscript, self.found.proof
        text = manuscript.in_language(language())
        return OutlinePage(
            title=text.title,
            tabs=tabs(manuscript, "author.scenario"),
            lang=text.lang,
            status=publication(manuscript.scenario),
            facts=tuple(scenario_facts(manuscript)),
            rules=tuple(scenario_rules(manuscript)),
            findings=findings_panel(manuscript, self.found.problems),
            proof=None if proof is None else proof_panel(manuscript, proof),
            nodes=tuple(map(self._node, manuscript.scenario.nodes.values())),
        )

    def _node(self, node: Node) -> OutlineNode:
        ways, scenario = self.found.ways, self.manuscript.scenario
        to_here = None
        if node.id in ways and node.id != scenario.start:
            href = play_href(self.manuscript, ways[node.id])
            to_here = Link(_("Play the shortest way to here"), href)
        return OutlineNode(
            id=node.id,
            status=tuple(self._status(node)),
            facts=tuple(self._about(node)),
            learn=_learn(node),
            body=self.manuscript.in_language(language()).nodes[node.id].body,
            choices=tuple(self._choice(node, each) for each in node.choices),
            comes_from=tuple(self._comes_from(node.id)),
            from_here=Link(_("Start here"), play_href(self.manuscript, start=node.id)),
            to_here=to_here,
        )

    def _status(self, node: Node) -> Iterator[Status]:
        if node.id == self.manuscript.scenario.start:
            yield Status("busy", _("start"))
        if node.ending is not None:
            yield ending_status(node.ending)
        if node.id not in self.found.ways:
            yield Status("withdrawn", _("no play comes here"))

    def _about(self, node: Node) -> Iterator[str]:
        speakers = self.manuscript.in_language(language()).speakers
        if node.speaker is not None:
            yield _("Speaks: %(name)s", name=speakers.get(node.speaker, node.speaker))
        if node.medium is not Medium.IN_PERSON:
            yield medium_label(node.medium)
        if node.sets:
            yield _("Sets on arrival: %(flags)s", flags=", ".join(node.sets))
        yield f"scenario.md:{node.line}"

    def _choice(self, node: Node, choice: Choice) -> OutlineChoice:
        words = self.manuscript.in_language(language()).nodes[node.id].choices[choice.id]
        return OutlineChoice(
            id=choice.id,
            say=words.say,
            target=node_link(self.manuscript, choice.leads_to),
            marks=tuple(self._marks(choice)),
        )

    def _marks(self, choice: Choice) -> Iterator[tuple[str, str]]:
        """Yield what a choice does as tone and words; the words say it all."""
        for effect in choice.effects:
            yield "primary", f"{effect.competency} {effect.points:+d}"
        if choice.sets:
            yield "info", _("sets %(flags)s", flags=", ".join(choice.sets))
        for error in choice.raises:
            yield "error", _("raises %(error)s", error=error_name(self.manuscript, error))
        for error in choice.repairs:
            yield "positive", _("repairs %(error)s", error=error)
        if choice.guard is not None:
            yield "neutral", _("only if %(rule)s", rule=expression_text(choice.guard))
        if choice.max_visits > 1:
            yield "neutral", _("at most %(times)s times", times=choice.max_visits)

    def _comes_from(self, node_id: NodeId) -> Iterator[tuple[Link, str]]:
        for node in self.manuscript.scenario.nodes.values():
            ids = [choice.id for choice in node.choices if choice.leads_to == node_id]
            if ids:
                yield node_link(self.manuscript, node.id), ", ".join(ids)


def _learn(node: Node) -> Link | None:
    if node.learn is None:
        return None
    module_id, _slash, page_id = node.learn.partition("/")
    return Link(node.learn, url_for("module.page", module_id=module_id, page_id=page_id))
