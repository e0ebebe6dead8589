"""Writes docs/content-review.md from the content itself: `python -m tests.content.review`.

Figures are counted or proved here, never typed; what only people can judge is listed as open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

from elearning.blocks import split
from elearning.content.directory import Fact, Resource
from elearning.content.library import Playable, ServedModule
from elearning.content.placeholders import mentioned
from elearning.problem import Findings
from elearning.scenario.decisions import length_balance
from elearning.scenario.harm import shown_harms
from elearning.scenario.model import HarmType
from elearning.translation import MODULE, SCENARIO, ContentFormat
from elearning.wording.level import reading_ease
from elearning.wording.passages import pages_of, voices_of
from elearning.wording.rules import Rules, read_rules
from elearning.yaml_fields import LANGUAGES
from tests.shipped_content import (
    ROOT,
    shipped_library,
    shipped_parse,
    shipped_places,
    shipped_proof,
)

PAGE = ROOT / "docs" / "content-review.md"
# What is not counted: how to read the figures, and what people have to judge.
HEAD = Path(__file__).parent / "review_head.md"
PEOPLE = Path(__file__).parent / "reviewers.md"
UNCHECKED = """\
Shown as *wordt gecontroleerd / being checked*. As far as placeholders tell (`D8`), no question
rests on them.

"""
CITATION = re.compile(r"\[(S\d+[a-z]?)\]")


def page() -> str:
    """Return the whole page."""
    parts = (
        HEAD.read_text(encoding="utf-8"),
        "## Scenarios\n" + "".join(_scenario_rows()),
        "## What each scenario covers\n" + "".join(_coverage_rows()),
        "## Modules\n" + "".join(_module_rows()),
        "## Being checked\n" + "".join(_unchecked_rows()),
        PEOPLE.read_text(encoding="utf-8"),
    )
    return "\n".join(parts)


def _scenario_rows() -> Iterator[str]:
    yield _row(
        "scenario", "kind", "nodes", "options", "longest play", "guess-pass",
        "longest nl / en", "shortest nl / en", "ease nl / en", "minutes",
    )  # fmt: skip
    yield _rule(10)
    for name, playable in _scenarios():
        scenario, parsed = playable.scenario, shipped_parse(name)
        figures = shipped_proof(name).figures
        assert figures is not None, f"{name} is not proved"
        balances = [length_balance(parsed, lang, shipped_places().fill_text) for lang in LANGUAGES]
        yield _row(
            f"`{name}`",
            scenario.kind,
            len(scenario.nodes),
            sum(len(node.choices) for node in scenario.nodes.values()),
            figures.longest_play,
            f"{float(figures.guess_pass):.3%}",
            " / ".join(f"{len(each.longest)} of {each.decisions}" for each in balances),
            " / ".join(f"{len(each.shortest)} of {each.decisions}" for each in balances),
            _ease(_files("scenarios", name), SCENARIO),
            scenario.minutes,
        )


def _coverage_rows() -> Iterator[str]:
    yield _row("scenario", "competencies", "critical errors", "harm", "media", "sources")
    yield _rule(6)
    registry = shipped_library().registry
    for name, playable in _scenarios():
        scenario = playable.scenario
        harms = shown_harms(scenario, registry)
        media = {node.medium for node in scenario.nodes.values()}
        yield _row(
            f"`{name}`",
            ", ".join(scenario.competencies),
            ", ".join(scenario.errors),
            ", ".join(each for each in HarmType if each in harms),
            ", ".join(sorted(media)),
            ", ".join(_sources(_files("scenarios", name).values())),
        )


def _module_rows() -> Iterator[str]:
    yield _row(
        "module", "title", "minutes", "pages", "checks", "competencies", "sources",
        "ease nl / en", "reviewed", "review by",
    )  # fmt: skip
    yield _rule(10)
    for name, served in sorted(shipped_library().modules.items()):
        yield _module_row(name, served)


def _module_row(name: str, served: ServedModule) -> str:
    module, files = served.module, _files("modules", name)
    sources = {*module.sources, *_sources(files.values())}
    return _row(
        f"`{name}`",
        f"{module.title['nl']} / {module.title['en']}",
        module.minutes,
        len(module.pages),
        sum(each.check is not None for each in module.pages),
        ", ".join(module.competencies),
        ", ".join(sorted(sources, key=_number)),
        _ease(files, MODULE),
        module.reviewed_on,
        module.review_by,
    )


def _unchecked_rows() -> Iterator[str]:
    """Yield every service and fact of which nobody has seen a source that still holds."""
    directory = shipped_library().directory
    yield UNCHECKED
    yield _row("id", "what", "source or mark")
    yield _rule(3)
    entries: list[tuple[str, Resource | Fact]] = [
        *((each.name["en"], each) for each in directory.resources.values()),
        *((each.text["en"], each) for each in directory.facts.values()),
    ]
    for words, entry in entries:
        if not entry.dated.is_verified:
            where = entry.dated.source or str(entry.dated.mark).replace("_", ", ")
            yield _row(f"`{entry.id}`", words, where)


def _scenarios() -> list[tuple[str, Playable]]:
    return sorted((str(name), each) for name, each in shipped_library().scenarios.items())


def _files(folder: str, name: str) -> dict[str, str]:
    """Return the files of one module or scenario by their language."""
    found = sorted((ROOT / folder / name).glob("*.md"))
    return {
        "en" if each.name.endswith(".en.md") else "nl": each.read_text(encoding="utf-8")
        for each in found
    }


def _ease(files: Mapping[str, str], form: ContentFormat) -> str:
    """Return how easily a whole file reads, in each language."""
    documents = {lang: split(files[lang], Findings("")) for lang in LANGUAGES}
    voices = voices_of(documents["nl"], form)
    scores = (
        reading_ease(pages_of(documents[lang], lang, form, voices), _rules().reading)
        for lang in LANGUAGES
    )
    return " / ".join(str(each) for each in scores)


def _sources(texts: Iterable[str]) -> list[str]:
    """Return what is cited, and what the facts and services that are named rest on."""
    listed = list(texts)
    directory = shipped_library().directory
    found = {each for text in listed for each in CITATION.findall(text)}
    for name in mentioned(listed):
        entry = directory.facts.get(name) or directory.resources.get(name)
        if entry is not None and entry.dated.source is not None:
            found.add(entry.dated.source)
    return sorted(found, key=_number)


def _number(source: str) -> tuple[int, str]:
    return int("".join(each for each in source if each.isdigit())), source


@cache
def _rules() -> Rules:
    text = (ROOT / "scenarios/lint.yaml").read_text(encoding="utf-8")
    return read_rules(text, Findings("lint.yaml"))


def _row(*cells: object) -> str:
    return f"| {' | '.join(str(each) or '–' for each in cells)} |\n"


def _rule(columns: int) -> str:
    return f"|{'---|' * columns}\n"


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
