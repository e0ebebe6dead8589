"""Two languages side by side, node by node, with what is missing or out of date."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from elearning.content.manuscripts import Manuscript
from elearning.content.rendered import RenderedNode, RenderedScenario
from elearning.problem import Problem
from elearning.scenario.ids import ChoiceId
from elearning.scenario.model import Node
from elearning.web.author.addresses import Tab, node_link, tabs
from elearning.web.author.findings import node_at
from elearning.web.author.words import language_name
from elearning.web.i18n import LANGUAGES, language
from elearning.web.parts import Link


@dataclass(frozen=True, slots=True)
class Column:
    """One language: its words, or None where they cannot be shown."""

    lang: str
    name: str
    body: Markup | None
    choices: tuple[tuple[str, Markup, Markup | None, Markup], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """One node in every language; `notes` are the findings about its translation."""

    id: str
    outline: Link
    columns: tuple[Column, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LanguagesPage:
    """Everything the template shows."""

    title: str
    tabs: tuple[Tab, ...]
    kind: str
    notice: str
    command: str
    heads: tuple[tuple[str, RenderedScenario], ...]
    pairs: tuple[Pair, ...]


def languages_page(manuscript: Manuscript) -> LanguagesPage:
    """Return the page."""
    findings = [each for each in manuscript.problems if each.code.startswith("L")]
    kind, notice = _state(manuscript, findings)
    other = next(each for each in LANGUAGES if each != manuscript.scenario.source_lang)
    return LanguagesPage(
        title=manuscript.in_language(language()).title,
        tabs=tabs(manuscript, "author.languages"),
        kind=kind,
        notice=notice,
        command=f"elearning translate {manuscript.scenario.id} {other}",
        heads=tuple(
            (lang, manuscript.rendered[lang]) for lang in LANGUAGES if lang in manuscript.rendered
        ),
        pairs=tuple(
            _pair(manuscript, each, findings) for each in manuscript.scenario.nodes.values()
        ),
    )


def _state(manuscript: Manuscript, findings: list[Problem]) -> tuple[str, str]:
    missing = [language_name(each) for each in LANGUAGES if each not in manuscript.rendered]
    if missing:
        return "attention", _("Not complete in %(language)s yet.", language=", ".join(missing))
    if findings:
        told = ngettext(
            "%(num)d part is out of date or not accepted yet.",
            "%(num)d parts are out of date or not accepted yet.",
            len(findings),
        )
        return "attention", told
    return "positive", _("Both languages are complete and up to date.")


def _pair(manuscript: Manuscript, node: Node, findings: list[Problem]) -> Pair:
    return Pair(
        id=node.id,
        outline=node_link(manuscript, node.id),
        columns=tuple(_columns(manuscript, node)),
        notes=tuple(
            f"{each.file.rsplit('/', 1)[-1]}:{each.line} {each.message}"
            for each in findings
            if node_at(manuscript, each) == node.id
        ),
    )


def _columns(manuscript: Manuscript, node: Node) -> Iterator[Column]:
    for lang in LANGUAGES:
        text = manuscript.rendered.get(lang)
        words = None if text is None else text.nodes.get(node.id)
        if words is None:
            yield Column(lang, language_name(lang), None, ())
        else:
            ids = [choice.id for choice in node.choices]
            yield Column(
                lang, language_name(lang), words.body, tuple(_choice(words, each) for each in ids)
            )


def _choice(words: RenderedNode, choice_id: ChoiceId) -> tuple[str, Markup, Markup | None, Markup]:
    said = words.choices[choice_id]
    return choice_id, said.say, said.felt, said.why
