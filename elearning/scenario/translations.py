"""Reads a translation and compares it with its source: same ids, same placeholders, up to date."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from elearning.blocks import Block, Document
from elearning.problem import Findings
from elearning.scenario.choices import ChoiceWords, Needed, read_choice_words
from elearning.scenario.head import check_schema
from elearning.scenario.head_text import HeadText, read_head_text
from elearning.scenario.model import ChoiceText, Kind, NodeId, NodeText, ScenarioText
from elearning.scenario.nodes import check_shape, fence_named
from elearning.strict_yaml import load
from elearning.translation import SCENARIO, SOURCE, report_stale
from elearning.yaml_fields import Reader, read_fields

_KEPT: Final = re.compile(r"\{\{[^{}]*\}\}|\]\([^()\s]*\)")


@dataclass(frozen=True, slots=True)
class Source:
    """The source file that a translation has to match."""

    id: str
    kind: Kind
    is_draft: bool
    document: Document
    text: ScenarioText


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What differs between one block and its source, reported on one line."""

    findings: Findings
    line: int
    where: str

    def ids(self, wanted: Iterable[str], found: Iterable[str], what: str) -> None:
        for name in sorted({*wanted} - {*found}):
            self.findings.error("L1", self.line, f"{self.where}: {what} {name!r} is missing")
        for name in sorted({*found} - {*wanted}):
            message = f"{self.where}: {what} {name!r} is not in the source"
            self.findings.error("L1", self.line, message)

    def placeholders(self, source: str, translated: str) -> None:
        kept = "placeholder or link"
        self.ids(_KEPT.findall(source), _KEPT.findall(translated), kept)


def read_translation(
    document: Document, lang: str, source: Source, findings: Findings
) -> ScenarioText:
    """Return the words of a translation; what does not match its source goes to `findings`."""
    head = _head(document, lang, source, findings)
    nodes = {NodeId(each.id): _node(each, source, findings) for each in document.blocks}
    of_file = _Comparison(findings, document.front_matter.line, "the translation")
    of_file.ids(source.text.nodes, nodes, "node")
    report_stale(source.document, document, SCENARIO, findings)
    return ScenarioText(
        lang=lang,
        title=head.title,
        content_note=head.content_note,
        setting=head.setting,
        goal=head.goal,
        speakers=head.speakers,
        nodes=nodes,
    )


def _head(document: Document, lang: str, source: Source, findings: Findings) -> HeadText:
    fence = document.front_matter
    with read_fields(load(fence.text, findings, fence.line + 1), findings) as reader:
        check_schema(reader)
        _expect(reader, "id", source.id)
        _expect(reader, "lang", lang)
        reader.located(SOURCE)
        head = read_head_text(reader, source.kind, is_draft=source.is_draft)
    comparison = _Comparison(findings, fence.line, "the front matter")
    comparison.ids(source.text.speakers, head.speakers, "speaker")
    comparison.placeholders(_head_words(source.text), _head_words(head))
    return head


def _expect(reader: Reader, key: str, wanted: str) -> None:
    found = reader.text(key)
    if found and found != wanted:
        reader.wrong(key, f"needs {wanted!r}, as in the source and the file name")


def _node(block: Block, source: Source, findings: Findings) -> NodeText:
    check_shape(block, ("choices",), findings)
    fence = fence_named(block, "choices")
    needed = Needed(felt=False, why=not source.is_draft)
    words = read_choice_words(fence, findings, needed) if fence else ()
    text = NodeText(block.body, {each.id: each.text for each in words})
    original = source.text.nodes.get(NodeId(block.id))
    if original is not None:
        comparison = _Comparison(findings, block.line, f"node {block.id!r}")
        comparison.ids(original.choices, text.choices, "choice")
        comparison.placeholders(original.body, text.body)
        for choice in words:
            _compare_choice(original, choice, findings)
    return text


def _compare_choice(original: NodeText, choice: ChoiceWords, findings: Findings) -> None:
    source = original.choices.get(choice.id)
    if source is None:
        return
    comparison = _Comparison(findings, choice.line, f"choice {choice.id!r}")
    comparison.ids(_keys(source), _keys(choice.text), "key")
    comparison.placeholders(_choice_words(source), _choice_words(choice.text))


def _keys(text: ChoiceText) -> tuple[str, ...]:
    return () if text.felt is None else ("felt",)


def _choice_words(text: ChoiceText) -> str:
    return " ".join((text.say, text.felt or "", text.why))


def _head_words(head: HeadText | ScenarioText) -> str:
    return f"{head.content_note} {head.setting} {head.goal}"
