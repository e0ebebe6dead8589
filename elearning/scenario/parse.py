"""From the files of a scenario to its logic and its text in every language, or all problems."""

import re
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from typing import Final

from elearning.blocks import Document, split
from elearning.problem import Findings, Problem, ProblemSeverity
from elearning.scenario.expression import Expression, Holds, Summary
from elearning.scenario.hashes import structure_hash, version_hash
from elearning.scenario.head import Head, read_head
from elearning.scenario.model import Node, NodeId, NodeText, Scenario, ScenarioText
from elearning.scenario.names import report_unknown_names, report_unknown_speakers
from elearning.scenario.nodes import read_node
from elearning.scenario.registry import Registry
from elearning.scenario.translations import STALE, Source, read_translation
from elearning.yaml_fields import LANGUAGES

_FILE_NAME: Final = re.compile(r"(?:.*/)?scenario(?:\.(?P<lang>[a-z]{2}))?\.md")
_NO_PASS_RULE: Final[Expression] = Holds(Summary.ALL_CUTS, 1)


@dataclass(frozen=True, slots=True)
class Parsed:
    """A scenario with its words; `files` names the file of each language."""

    scenario: Scenario
    texts: Mapping[str, ScenarioText]
    files: Mapping[str, str]

    @property
    def source_file(self) -> str:
        """Return the file that holds the logic."""
        return self.files[self.scenario.source_lang]


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
    _report_missing(head, {text.lang for text, _ in read}, findings)
    problems = {*findings.found, *(each for _, notes in read for each in notes.found)}
    draft = _completed(draft, files, read)
    return Outcome(draft, tuple(sorted(problems)))


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
    return Parsed(scenario, {head.lang: text}, {head.lang: findings.file})


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
        pass_rule=head.pass_rule or _NO_PASS_RULE,
        obligations=head.obligations,
        persona=head.persona,
        version="",
        structure="",
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


def _translation(
    path: str, text: str, document: Document, draft: Parsed
) -> tuple[ScenarioText, Findings]:
    findings = Findings(path)
    scenario = draft.scenario
    original = draft.texts[scenario.source_lang]
    lang = _lang_in_name(path)
    if not lang or lang == scenario.source_lang:
        findings.error("F1", 1, "a translation is called `scenario.<lang>.md`")
    source = Source(scenario.id, scenario.kind, document, original)
    return read_translation(split(text, findings), lang or "", source, findings), findings


def _completed(
    draft: Parsed, files: Mapping[str, str], read: Iterable[tuple[ScenarioText, Findings]]
) -> Parsed:
    """Add the translations that can be shown whole, and the hash over all files."""
    whole = [
        (text, notes.file)
        for text, notes in read
        if not any(each.code != STALE for each in notes.found)
    ]
    paths = {**draft.files, **{text.lang: notes.file for text, notes in read}}
    sources = {lang: files[path] for lang, path in paths.items()}
    version = version_hash(draft.scenario.structure, sources)
    return Parsed(
        scenario=replace(draft.scenario, version=version),
        texts={**draft.texts, **{text.lang: text for text, _ in whole}},
        files=paths,
    )


def _report_place(path: str, head: Head, findings: Findings) -> None:
    """Report an id that is not the name of the folder, and a source in an unknown language."""
    folder = path.split("/")[-2] if "/" in path else head.id
    if head.id and folder != head.id:
        message = f"id {head.id!r}: the folder is called {folder!r}"
        findings.error("F6", head.lines["id"], message)
    if head.lang and head.lang not in LANGUAGES:
        findings.error("L1", head.lines["lang"], f"lang: needs one of {', '.join(LANGUAGES)}")


def _report_missing(head: Head, found: Set[str], findings: Findings) -> None:
    for lang in LANGUAGES:
        if lang != head.lang and lang not in found:
            findings.error("L1", 1, f"there is no `scenario.{lang}.md`")
