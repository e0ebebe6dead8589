"""From the files of a scenario to its logic and its text in every language, or all problems."""

import re
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Final

from elearning.blocks import Document, split
from elearning.problem import Findings, Problem, ProblemSeverity
from elearning.scenario.drafts import of_a_draft
from elearning.scenario.expression import NEVER, Expression, Holds, Summary
from elearning.scenario.hashes import structure_hash, version_hash
from elearning.scenario.head import Head, read_head
from elearning.scenario.model import Node, NodeId, NodeText, Scenario, ScenarioText
from elearning.scenario.names import report_unknown_names, report_unknown_speakers
from elearning.scenario.nodes import read_node
from elearning.scenario.registry import Registry
from elearning.scenario.translations import Source, read_translation
from elearning.translation import STALE
from elearning.yaml_fields import LANGUAGES

_FILE_NAME: Final = re.compile(r"(?:.*/)?scenario(?:\.(?P<lang>[a-z]{2}))?\.md")
_NO_PASS_RULE: Final[Expression] = Holds(Summary.ALL_CUTS, 1)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A scenario with its words, the file of each language, and the lines in those files."""

    scenario: Scenario
    texts: Mapping[str, ScenarioText]
    files: Mapping[str, str]
    node_lines: Mapping[str, Mapping[NodeId, int]]
    head_lines: Mapping[str, int]

    @property
    def source_file(self) -> str:
        """Return the file that holds the logic."""
        return self.files[self.scenario.source_lang]


@dataclass(frozen=True, slots=True)
class _Translation:
    """One translation file as it was read."""

    text: ScenarioText
    node_lines: Mapping[NodeId, int]
    findings: Findings

    @property
    def is_whole(self) -> bool:
        """Say whether it can be shown; a stale translation can."""
        return all(each.code == STALE for each in self.findings.found)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of reading; `draft` may be incomplete, `parsed` is what can be played."""

    draft: Parsed | None
    problems: tuple[Problem, ...]

    @property
    def parsed(self) -> Parsed | None:
        """Return the scenario, unless something in it cannot be understood.

        A translation that is incomplete or stale blocks publication, but not preview.
        """
        is_broken = any(
            each.severity is ProblemSeverity.ERROR and not each.code.startswith("L")
            for each in self.problems
        )
        return None if is_broken else self.draft


def parse_scenario(files: Mapping[str, str], registry: Registry) -> Outcome:
    """Return the scenario in these files (path or name to text) and every problem in them."""
    source_file = next((path for path in sorted(files) if _lang_in_name(path) == ""), None)
    if source_file is None:
        file = min(files, default="scenario.md")
        return Outcome(None, (Problem(file, 1, "F1", "the source `scenario.md` is missing"),))
    findings = Findings(source_file)
    document = split(files[source_file], findings)
    head = read_head(document.front_matter, registry, findings)
    draft = _source(document, head, findings)
    _report_place(source_file, head, findings)
    others = {path: text for path, text in files.items() if path != source_file}
    read = [_translation(path, text, document, draft) for path, text in sorted(others.items())]
    _report_missing(head, {each.text.lang for each in read}, findings)
    problems = {*findings.found, *(each for one in read for each in one.findings.found)}
    if head.is_draft:
        problems = set(of_a_draft(problems, source_file, head.lines["draft"]))
    return Outcome(_completed(draft, files, read), tuple(sorted(problems)))


def _lang_in_name(path: str) -> str | None:
    """Return the language in a file name: empty for the source, None for another name."""
    match = _FILE_NAME.fullmatch(path)
    return (match["lang"] or "") if match else None


def _source(document: Document, head: Head, findings: Findings) -> Parsed:
    pairs = [read_node(block, head, findings) for block in document.blocks]
    scenario = _scenario(head, {node.id: node for node, _ in pairs})
    text = _text(head, {node.id: words for node, words in pairs})
    report_unknown_names(scenario, head.lines, findings)
    report_unknown_speakers(scenario, set(text.speakers), head.lines, findings)
    return Parsed(
        scenario=scenario,
        texts={head.lang: text},
        files={head.lang: findings.file},
        node_lines={head.lang: _lines(document)},
        head_lines=head.lines,
    )


def _lines(document: Document) -> dict[NodeId, int]:
    return {NodeId(block.id): block.line for block in document.blocks}


def _scenario(head: Head, nodes: Mapping[NodeId, Node]) -> Scenario:
    scenario = Scenario(
        id=head.id,
        kind=head.kind,
        source_lang=head.lang,
        audience=head.audience,
        minutes=head.minutes,
        start=head.start,
        nodes=nodes,
        competencies=head.competencies,
        flags=head.flags,
        errors=head.errors,
        pass_rule=head.pass_rule or (NEVER if head.is_draft else _NO_PASS_RULE),
        obligations=head.obligations,
        persona=head.persona,
        is_draft=head.is_draft,
        version="",
        structure="",
        medium=head.medium,
    )
    return replace(scenario, structure=structure_hash(scenario))


def _text(head: Head, nodes: Mapping[NodeId, NodeText]) -> ScenarioText:
    return ScenarioText(
        lang=head.lang,
        title=head.text.title,
        content_note=head.text.content_note,
        setting=head.text.setting,
        goal=head.text.goal,
        speakers=head.text.speakers,
        nodes=nodes,
    )


def _translation(path: str, text: str, source: Document, draft: Parsed) -> _Translation:
    findings = Findings(path)
    scenario = draft.scenario
    lang = _lang_in_name(path) or ""
    if not lang or lang == scenario.source_lang:
        findings.error("F1", 1, "a translation is called `scenario.<lang>.md`")
    original = draft.texts[scenario.source_lang]
    document = split(text, findings)
    wanted = Source(scenario.id, scenario.kind, scenario.is_draft, source, original)
    words = read_translation(document, lang, wanted, findings)
    return _Translation(words, _lines(document), findings)


def _completed(draft: Parsed, files: Mapping[str, str], read: Iterable[_Translation]) -> Parsed:
    """Add the translations that can be shown whole, and the hash over all files."""
    read = [each for each in read if each.text.lang not in draft.texts]
    paths = {**draft.files, **{each.text.lang: each.findings.file for each in read}}
    sources = {lang: files[path] for lang, path in paths.items()}
    return Parsed(
        scenario=replace(draft.scenario, version=version_hash(sources, draft.scenario.structure)),
        texts={**draft.texts, **{each.text.lang: each.text for each in read if each.is_whole}},
        files=paths,
        node_lines={**draft.node_lines, **{each.text.lang: each.node_lines for each in read}},
        head_lines=draft.head_lines,
    )


def _report_place(path: str, head: Head, findings: Findings) -> None:
    """Report an id that is not the name of the folder, and a source in an unknown language."""
    folder = path.split("/")[-2] if "/" in path else head.id
    if head.id and folder != head.id:
        message = f"id {head.id!r}: the folder is called {folder!r}"
        findings.error("F6", head.lines["id"], message)
    if head.lang and head.lang not in LANGUAGES:
        findings.error("L1", head.lines["lang"], f"lang: needs one of {', '.join(LANGUAGES)}")


def _report_missing(head: Head, found: AbstractSet[str], findings: Findings) -> None:
    for lang in LANGUAGES:
        if lang != head.lang and lang not in found:
            findings.error("L1", 1, f"there is no `scenario.{lang}.md`")
