"""Reads a learning module from its files, one per language, with every problem at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from elearning.blocks import Document, split
from elearning.content.activity_parser import (
    ActivityText,
    joined_check,
    joined_lines,
    kind_of,
    parse_activity,
    shape,
)
from elearning.content.modules import LearningModule, Page
from elearning.content.placeholders import PLACEHOLDER
from elearning.problem import Findings, Problem
from elearning.scenario.ids import CompetencyId
from elearning.scenario.model import Audience
from elearning.strict_yaml import load
from elearning.translation import MODULE, report_stale
from elearning.yaml_fields import LANGUAGES, Reader, read_fields

SOURCE_LANGUAGE = "nl"
SOURCE_FILE = "module.md"
LONGEST_PAGE_WORDS = 250
MOST_MINUTES = 15


@dataclass(frozen=True, slots=True)
class _Meta:
    """The front matter of one file; all but the first four stand in the source only."""

    id: str
    title: str
    content_note: str | None
    goals: tuple[str, ...]
    minutes: int = 0
    audience: tuple[Audience, ...] = ()
    competencies: tuple[str, ...] = ()
    owner: str = ""
    sources: tuple[str, ...] = ()
    reviewed_on: date = date.min
    review_by: date = date.min
    optional_pages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _PageText:
    title: str
    body: str
    activity: ActivityText | None
    line: int


@dataclass(frozen=True, slots=True)
class ParsedModule:
    """A module, or None where a file is beyond reading, and every problem found."""

    module: LearningModule | None
    problems: tuple[Problem, ...]


def parse_module(files: Mapping[str, str]) -> ParsedModule:
    """Read one module from its files, by name; all problems come back at once."""
    by_lang = {_lang_of(name): name for name in files}
    missing = [lang for lang in LANGUAGES if lang not in by_lang]
    if missing:
        first = next(iter(files), SOURCE_FILE)
        problems = tuple(Problem(first, 1, "L1", f"no text in {lang!r}") for lang in missing)
        return ParsedModule(None, problems)
    return _parse(files, {lang: by_lang[lang] for lang in LANGUAGES})


def _parse(files: Mapping[str, str], by_lang: Mapping[str, str]) -> ParsedModule:
    findings = {name: Findings(name) for name in files}
    documents = {lang: split(files[name], findings[name]) for lang, name in by_lang.items()}
    metas = {
        lang: _meta(documents[lang], findings[name], is_source=lang == SOURCE_LANGUAGE)
        for lang, name in by_lang.items()
    }
    pages = {
        lang: dict(_pages(documents[lang], findings[name], is_source=lang == SOURCE_LANGUAGE))
        for lang, name in by_lang.items()
    }
    for lang, name in by_lang.items():
        if lang != SOURCE_LANGUAGE:
            _compare(pages[SOURCE_LANGUAGE], pages[lang], findings[name])
            report_stale(documents[SOURCE_LANGUAGE], documents[lang], MODULE, findings[name])
    source = findings[by_lang[SOURCE_LANGUAGE]]
    _report_unknown_pages(metas, pages, source)
    _report_passive(metas[SOURCE_LANGUAGE], pages[SOURCE_LANGUAGE], source)
    problems = tuple(sorted({each for found in findings.values() for each in found.found}))
    return ParsedModule(None if problems else _module(metas, pages), problems)


def _report_unknown_pages(
    metas: Mapping[str, _Meta], pages: Mapping[str, Mapping[str, _PageText]], findings: Findings
) -> None:
    meta = metas[SOURCE_LANGUAGE]
    for unknown in sorted(set(meta.optional_pages) - pages[SOURCE_LANGUAGE].keys()):
        findings.error("M6", 1, f"optional_pages names no page: {unknown!r}")


def _report_passive(meta: _Meta, pages: Mapping[str, _PageText], findings: Findings) -> None:
    """Report a module that is only read, or that takes longer than one sits for."""
    kinds = Counter(kind_of(page.activity) for page in pages.values() if page.activity)
    if not kinds["check"] or not kinds["say"] or kinds["plan"] != 1:
        findings.error("M7", 1, "a module has a check, lines to say, and one plan for the week")
    if meta.minutes > MOST_MINUTES:
        findings.error("M8", 1, f"{meta.minutes} minutes; a module takes at most {MOST_MINUTES}")


def _lang_of(name: str) -> str:
    stem = name.rsplit("/", 1)[-1].removesuffix(".md")
    return stem.partition(".")[2] or SOURCE_LANGUAGE


def _meta(document: Document, findings: Findings, *, is_source: bool) -> _Meta:
    front = document.front_matter
    with read_fields(load(front.text, findings, front.line + 1), findings) as reader:
        if reader.number("schema") != 1:
            reader.wrong("schema", "this program reads schema 1")
        reader.text("lang")
        meta = _Meta(
            id=reader.text("id"),
            title=reader.text("title"),
            content_note=reader.optional_text("content_note"),
            goals=reader.texts("goals"),
        )
        if not is_source:
            reader.optional_text("source")
            return meta
        return _with_source_keys(meta, reader)


def _with_source_keys(meta: _Meta, reader: Reader) -> _Meta:
    """Add what stands in the source language only."""
    return replace(
        meta,
        minutes=reader.number("minutes"),
        audience=reader.members("audience", Audience),
        competencies=reader.texts("competencies"),
        owner=reader.text("owner"),
        sources=reader.texts("sources"),
        reviewed_on=reader.day("reviewed_on"),
        review_by=reader.day("review_by"),
        optional_pages=reader.texts("optional_pages"),
    )


def _pages(
    document: Document, findings: Findings, *, is_source: bool
) -> Iterator[tuple[str, _PageText]]:
    for block in document.blocks:
        if block.title is None:
            findings.error("M1", block.line, f"page {block.id!r} needs a title: `## id: Title`")
        words = len(block.body.split())
        if words > LONGEST_PAGE_WORDS:
            findings.error(
                "M2", block.line, f"{words} words; a page has at most {LONGEST_PAGE_WORDS}"
            )
        activity = parse_activity(block, findings, is_source=is_source)
        yield block.id, _PageText(block.title or "", block.body, activity, block.line)


def _compare(
    source: Mapping[str, _PageText], other: Mapping[str, _PageText], findings: Findings
) -> None:
    """Report what one language has and the other lacks, page by page."""
    if list(source) != list(other):
        findings.error("L1", 1, f"pages are {', '.join(other)}; the source has {', '.join(source)}")
    for page_id in source.keys() & other.keys():
        mine, theirs = other[page_id], source[page_id]
        if _placeholders(mine) != _placeholders(theirs):
            findings.error("L1", mine.line, f"page {page_id!r}: other placeholders than the source")
        if shape(mine.activity) != shape(theirs.activity):
            findings.error(
                "L1", mine.line, f"activity of {page_id!r} differs from the source in its ids"
            )


def _placeholders(page: _PageText) -> frozenset[str]:
    return frozenset(PLACEHOLDER.findall(page.body))


def _module(
    metas: Mapping[str, _Meta], pages: Mapping[str, Mapping[str, _PageText]]
) -> LearningModule:
    meta = metas[SOURCE_LANGUAGE]
    notes = {lang: each.content_note for lang, each in metas.items() if each.content_note}
    return LearningModule(
        id=meta.id,
        title={lang: each.title for lang, each in metas.items()},
        content_note=notes if len(notes) == len(metas) else None,
        goals={lang: each.goals for lang, each in metas.items()},
        minutes=meta.minutes,
        audience=meta.audience,
        competencies=tuple(CompetencyId(each) for each in meta.competencies),
        owner=meta.owner,
        sources=meta.sources,
        reviewed_on=meta.reviewed_on,
        review_by=meta.review_by,
        pages=tuple(
            _page(page_id, pages, is_optional=page_id in meta.optional_pages)
            for page_id in pages[SOURCE_LANGUAGE]
        ),
    )


def _page(page_id: str, pages: Mapping[str, Mapping[str, _PageText]], *, is_optional: bool) -> Page:
    texts = {lang: each[page_id] for lang, each in pages.items()}
    activities = {lang: text.activity for lang, text in texts.items()}
    return Page(
        id=page_id,
        is_optional=is_optional,
        title={lang: text.title for lang, text in texts.items()},
        body={lang: text.body for lang, text in texts.items()},
        check=joined_check(activities),
        own_lines=joined_lines(activities),
    )
