"""Checks how everything is worded: modules, scenarios, the directory and the interface."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from elearning.blocks import Document, Row, normalised, split
from elearning.content.sources import ContentRoot
from elearning.problem import Findings, Problem, as_warnings
from elearning.strict_yaml import Scalar, load
from elearning.translation import MODULE, SCENARIO, ContentFormat, fields_of, loaded
from elearning.wording.level import report_level, report_long_sentences
from elearning.wording.passages import Passage, Voice, listed_passages, pages_of, voices_of
from elearning.wording.rules import Rules, read_rules
from elearning.wording.words import report_words
from elearning.yaml_fields import LANGUAGES

RULES: Final = "scenarios/lint.yaml"
SOURCE_LANGUAGE: Final = "nl"
_ENTRY: Final = re.compile(r'(?P<key>msgid(?:_plural)?|msgstr(?:\[\d\])?)?\s*"(?P<text>.*)"')


def wording_problems(root: ContentRoot) -> Iterator[Problem]:
    """Yield what is worded badly anywhere; nothing where the content has no rules of its own."""
    if not (root.path / RULES).is_file():
        return
    own = Findings(RULES)
    rules = read_rules(root.read(RULES), own)
    yield from own.found
    for form in (SCENARIO, MODULE):
        for files in root.folders(form.folder, f"{form.kind}.md").values():
            yield from _of_item(files, form, rules)
    for path in sorted({*root.path.glob("modules/**/*.yaml"), *root.path.glob("scenarios/*.yaml")}):
        name = path.relative_to(root.path).as_posix()
        if name != RULES:
            yield from _of_list(name, root.read(name), rules)
    for lang in LANGUAGES:
        name = f"translations/{lang}/LC_MESSAGES/messages.po"
        if (root.path / name).is_file():
            yield from _of_catalogue(name, root.read(name), lang, rules)


def _of_item(files: Mapping[str, str], form: ContentFormat, rules: Rules) -> Iterator[Problem]:
    """Yield the findings in every language of a module or scenario."""
    names = {_lang_of(name): name for name in files}
    documents = {lang: split(files[name], Findings(name)) for lang, name in names.items()}
    source = documents.get(SOURCE_LANGUAGE)
    if source is None:
        return
    voices = voices_of(source, form)
    for lang in [each for each in LANGUAGES if each in documents]:
        findings = Findings(names[lang])
        for page in pages_of(documents[lang], lang, form, voices):
            report_words(page.passages, rules.words, findings)
            report_level(page, rules.reading, findings)
        yield from as_warnings(findings.found) if _is_draft(source) else findings.found


def _of_list(name: str, text: str, rules: Rules) -> Iterator[Problem]:
    findings = Findings(name)
    _report(listed_passages(load(text, Findings(name))), rules, findings)
    yield from findings.found


def _of_catalogue(name: str, text: str, lang: str, rules: Rules) -> Iterator[Problem]:
    findings = Findings(name)
    _report((Passage(lang, Voice.OURS, rows) for rows in translated(text)), rules, findings)
    yield from findings.found


def _report(passages: Iterable[Passage], rules: Rules, findings: Findings) -> None:
    passages = tuple(passages)
    report_words(passages, rules.words, findings)
    report_long_sentences(passages, rules.reading, findings)


def translated(catalogue: str) -> Iterator[tuple[Row, ...]]:
    """Yield the rows of each translated text of a gettext catalogue, its heading left out."""
    key, rows = "", list[Row]()
    lines = normalised(catalogue).partition("\n\n")
    first = lines[0].count("\n") + 3
    for number, line in enumerate([*lines[2].split("\n"), ""], start=first):
        entry = _ENTRY.fullmatch(line)
        if (entry is None or entry["key"]) and rows:
            yield tuple(rows)
            rows = []
        if entry is not None:
            key = entry["key"] or key
            if key.startswith("msgstr") and entry["text"]:
                rows.append(Row(number, _unescaped(entry["text"])))


def _unescaped(text: str) -> str:
    return text.replace("\\n", " ").replace('\\"', '"')


def _lang_of(name: str) -> str:
    return Path(name).name.removesuffix(".md").partition(".")[2] or SOURCE_LANGUAGE


def _is_draft(source: Document) -> bool:
    value = fields_of(loaded(source.front_matter)).get("draft")
    return isinstance(value, Scalar) and value.value is True
