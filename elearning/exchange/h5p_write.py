"""Writes a scenario as an H5P Branching Scenario 1.8, in one language, without its rules.

A situation with several choices is a question; one with a single choice, and an ending, is text.
"""

import html
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Final
from uuid import UUID

import nh3

from elearning.content.markdown import Addresses, to_html
from elearning.content.placeholders import PLACEHOLDER
from elearning.exchange.h5p_format import (
    BUTTONS,
    CONTENT,
    DEFAULT_END,
    ICONS,
    MANIFEST,
    MEDIA,
    MEDIUM_NOTE,
    PROCEED,
    QUESTION,
    SCENARIO,
    TEXT,
    VERSIONS,
)
from elearning.exchange.h5p_package import dependency, package_of
from elearning.exchange.html_text import plain_of
from elearning.exchange.json_text import Json
from elearning.exchange.unroll import Situation, Way
from elearning.scenario.model import ChoiceText, Medium, Scenario, ScenarioText

_TAGS: Final = {"p", "strong", "em", "br"}
_NOWHERE: Final = Addresses(page="", source="")


@dataclass(frozen=True, slots=True)
class PackageWriter:
    """Writes one scenario; `fill` replaces placeholders by what they stand for today."""

    scenario: Scenario
    text: ScenarioText
    fill: Callable[[str], str]

    def package(self, situations: Sequence[Situation]) -> bytes:
        """Return the archive, the same bytes for the same scenario."""
        manifest, content = self._manifest(situations), self._content(situations)
        return package_of({MANIFEST: manifest, CONTENT: content})

    def _manifest(self, situations: Sequence[Situation]) -> dict[str, Json]:
        used = {_library(each) for each in situations}
        needed = [SCENARIO, *(each for each in (QUESTION, TEXT) if each in used), ICONS]
        lang = self.text.lang
        return {
            "title": self._plain(self.text.title),
            "language": lang,
            "defaultLanguage": lang,
            "mainLibrary": SCENARIO,
            "embedTypes": ["iframe"],
            "license": "U",
            "preloadedDependencies": [dependency(each) for each in needed],
        }

    def _content(self, situations: Sequence[Situation]) -> dict[str, Json]:
        scenario: dict[str, Json] = {
            "title": self._plain(self.text.title),
            "startScreen": {
                "startScreenTitle": _paragraph(self._plain(self.text.title)),
                "startScreenSubtitle": "".join(self._before()),
            },
            "endScreens": [
                {"endScreenTitle": "", "endScreenSubtitle": "", "contentId": DEFAULT_END}
            ],
            "content": [self._node(each) for each in situations],
            "scoringOptionGroup": {"scoringOption": "no-score", "includeInteractionsScores": False},
            "behaviour": {
                "enableBackwardsNavigation": False,
                "forceContentFinished": False,
                "randomizeBranchingQuestions": True,
            },
            "l10n": {**BUTTONS[self.text.lang]},
        }
        return {"branchingScenario": scenario}

    def _before(self) -> Iterator[str]:
        for part in (self.text.content_note, self.text.setting, self.text.goal):
            if part:
                yield self._html(part)

    def _node(self, situation: Situation) -> dict[str, Json]:
        is_question = _library(situation) == QUESTION
        params = self._question(situation) if is_question else self._text(situation)
        node: dict[str, Json] = {
            "type": {
                "library": _versioned(_library(situation)),
                "params": params,
                "subContentId": self._sub_content_id(situation),
                "metadata": self._metadata(situation),
            },
            "showContentTitle": False,
            "proceedButtonText": PROCEED[self.text.lang],
            "forceContentFinished": "useBehavioural",
            "contentBehaviour": "useBehavioural",
            "feedback": {},
        }
        if situation.ways and not is_question:
            node["feedback"] = self._feedback(situation, situation.ways[0])
        if not is_question:
            node["nextContentId"] = situation.ways[0].to if situation.ways else DEFAULT_END
        return node

    def _metadata(self, situation: Situation) -> dict[str, Json]:
        medium = self._medium(situation)
        note = {} if medium is Medium.IN_PERSON else {"authorComments": f"{MEDIUM_NOTE}{medium}"}
        return {"title": _title(situation), "license": "U", **note}

    def _medium(self, situation: Situation) -> Medium:
        return self.scenario.nodes[situation.node_id].medium

    def _question(self, situation: Situation) -> dict[str, Json]:
        alternatives: list[Json] = [
            {
                "text": _escaped(self._plain(self._said(situation, each).say)),
                "nextContentId": each.to,
                "feedback": self._feedback(situation, each),
            }
            for each in situation.ways
        ]
        question: dict[str, Json] = {
            "question": self._body(situation),
            "alternatives": alternatives,
        }
        return {"branchingQuestion": question}

    def _text(self, situation: Situation) -> dict[str, Json]:
        said = [self._plain(self._said(situation, each).say) for each in situation.ways]
        strong = "".join(f"<p><strong>{_escaped(each)}</strong></p>" for each in said)
        return {"text": self._body(situation) + strong}

    def _feedback(self, situation: Situation, way: Way) -> dict[str, Json]:
        """Return what is shown after a choice: what was felt on top, and why below it."""
        said = self._said(situation, way)
        felt = _paragraph(self._plain(said.felt)) if said.felt else ""
        return {"title": felt, "subtitle": self._html(said.why) if said.why else ""}

    def _said(self, situation: Situation, way: Way) -> ChoiceText:
        return self.text.nodes[situation.node_id].choices[way.choice.id]

    def _body(self, situation: Situation) -> str:
        speaker = self.scenario.nodes[situation.node_id].speaker
        others = {
            each: n for each, n in self.text.speakers.items() if each != self.scenario.persona
        }
        name = "" if speaker is None else others.get(speaker, "")
        heading = f"<p><strong>{_escaped(name)}</strong></p>" if name else ""
        label = MEDIA[self.text.lang].get(self._medium(situation), "")
        told = f"<p><em>{label}</em></p>" if label else ""
        return told + heading + self._html(self.text.nodes[situation.node_id].body)

    def _html(self, markdown: str) -> str:
        made = to_html(markdown, _NOWHERE).replace("<li>", "<p>").replace("</li>", "</p>")
        safe = nh3.clean(made, tags=_TAGS, attributes={}).strip()
        return PLACEHOLDER.sub(lambda found: _escaped(self.fill(found[0])), safe)

    def _plain(self, markdown: str) -> str:
        return plain_of(self._html(markdown))

    def _sub_content_id(self, situation: Situation) -> str:
        name = f"{self.scenario.id} {situation.node_id} {situation.copy} {self.text.lang}"
        return str(UUID(bytes=sha256(name.encode()).digest()[:16], version=4))


def _library(situation: Situation) -> str:
    return QUESTION if len(situation.ways) > 1 else TEXT


def _title(situation: Situation) -> str:
    return situation.node_id if situation.copy == 1 else f"{situation.node_id} {situation.copy}"


def _versioned(library: str) -> str:
    major, minor = VERSIONS[library]
    return f"{library} {major}.{minor}"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False)


def _paragraph(text: str) -> str:
    return f"<p>{_escaped(text)}</p>"
