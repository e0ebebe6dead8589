"""Services, facts and rule packs: strict to read, and nothing unchecked is examined or served."""

from __future__ import annotations

from datetime import date

import pytest

from elearning.content.directory import Mark
from elearning.content.directory_files import read_directory
from elearning.content.directory_parser import read_facts, read_resources, read_sources
from elearning.content.examined import examined_problems
from elearning.content.placeholders import Places, mentioned
from elearning.content.references import References
from elearning.content.rule_packs import Jurisdiction, PackStatus, RulePack, read_rule_packs
from elearning.content.sources import ContentRoot
from elearning.problem import Findings
from tests.shipped_content import ROOT, shipped_library

DIRECTORY = shipped_library().directory
SOURCES = read_sources("sources: [{id: S1, text: x, url: null}]", Findings(""))
PACKS = """schema: 1
packs:
  - id: nieuw
    name: {nl: "Nieuw", en: "New"}
    status: "pending"
    version: 0
    effective_from: null
    effective_until: null
    jurisdiction: NL
    note: {nl: "Nog niet.", en: "Not yet."}
"""
FACT = """schema: 1
facts:
  - id: een
    value: {nl: "een", en: "one"}
    text: {nl: "Een zin.", en: "A sentence."}
    kind: law
    source: S1
    verified_on: 2026-11-01
    review_by: 2027-05-01
    jurisdiction: NL
"""


def found_in_packs(text: str) -> list[tuple[str, str]]:
    findings = Findings("rule_packs.yaml")
    read_rule_packs(text, findings)
    return [(each.code, each.message) for each in findings.found]


def found_in_facts(text: str) -> list[tuple[str, str]]:
    findings = Findings("facts.yaml")
    read_facts(text, findings, SOURCES, read_rule_packs(PACKS, Findings("")))
    return [(each.code, each.message) for each in findings.found]


def test_what_is_shipped_has_no_problem() -> None:
    _, problems = read_directory(ContentRoot(ROOT))
    assert problems == ()


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('"pending"', '"misschien"', "one of on, pending, text_only"),
        ("version: 0", 'version: "nul"', "version: needs a whole number"),
        ("jurisdiction: NL", "jurisdiction: BE", "one of NL, NL-BES"),
        ("    note:", "    waarom:", "note: is missing"),
        ("effective_from: null", "effective_from: gisteren", "needs a date"),
        (
            "effective_from: null\n    effective_until: null",
            "effective_from: 2027-01-01\n    effective_until: 2027-01-01",
            "needs a day after effective_from",
        ),
    ],
)
def test_a_pack_is_read_strictly(old: str, new: str, message: str) -> None:
    assert old in PACKS
    assert any(message in each for _, each in found_in_packs(PACKS.replace(old, new)))


def test_a_pack_stands_once() -> None:
    twice = PACKS + PACKS.split("packs:\n")[1]
    assert [code for code, _ in found_in_packs(twice)] == ["D1"]


def test_a_pack_holds_from_its_day_up_to_its_end_and_never_while_it_is_pending() -> None:
    pack = RulePack(
        id="wet",
        name={},
        status=PackStatus.ON,
        version=1,
        effective_from=date(2027, 1, 1),
        effective_until=date(2028, 1, 1),
        jurisdiction=Jurisdiction.NL,
        note={},
    )
    days = (date(2026, 12, 31), date(2027, 1, 1), date(2027, 12, 31), date(2028, 1, 1))
    assert [pack.is_served_on(day) for day in days] == [False, True, True, False]
    assert not DIRECTORY.packs["vvo"].is_served_on(date.max)


def test_the_packs_are_those_of_the_domain() -> None:
    assert {name: each.status for name, each in DIRECTORY.packs.items()} == {
        "whw_1_20": PackStatus.ON,
        "meldcode_whw_1_21": PackStatus.ON,
        "vvo": PackStatus.PENDING,
        "sv_160_162": PackStatus.TEXT_ONLY,
    }


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("source: S1", "source: S1\n    pack: onbekend", "onbekend is not in rule_packs.yaml"),
        ("source: S1", "source: null", "needs the source that was seen"),
        ("source: S1", "source: S1\n    mark: memory_high", "either a source or the mark"),
        ("source: S1", "source: null\n    mark: zeker", "one of memory_high"),
        ("source: S1", "source: S99", "S99 is not in the bibliography"),
    ],
)
def test_a_fact_is_read_strictly(old: str, new: str, message: str) -> None:
    assert any(message in each for _, each in found_in_facts(FACT.replace(old, new)))


def test_what_comes_from_memory_says_how_sure_it_is_and_was_seen_by_nobody() -> None:
    dated = [each.dated for each in DIRECTORY.resources.values()]
    dated += [each.dated for each in DIRECTORY.facts.values()]
    from_memory = [each for each in dated if each.source is None]
    assert from_memory
    assert all(isinstance(each.mark, Mark) for each in from_memory)
    assert not any(each.is_verified for each in from_memory)


def test_a_service_without_source_or_mark_is_refused() -> None:
    findings = Findings("")
    text = (ROOT / "modules/directory/resources.yaml").read_text(encoding="utf-8")
    sources = DIRECTORY.sources
    read_resources(text.replace("    mark: memory_high\n", "", 1), findings, sources)
    assert ["mark" in each.message for each in findings.found] == [True]


def test_content_cannot_use_a_rule_that_does_not_hold_yet() -> None:
    references = References(Places(DIRECTORY, shipped_library().institution), frozenset())
    text = "Ja.\n{{fact.vvo_adults.text}}\n{{fact.whw_1_20.text}}"
    problems = list(references.problems({"modules/m5/module.md": text}))
    assert [(each.code, each.line) for each in problems] == [("D7", 2)]


CHECK = """---
schema: 1
kind: {kind}
---
## een
{{{{fact.sv_160_162.text}}}}

~~~choices
- id: a
  say: "{say}"
  why: "{why}"
~~~
"""


@pytest.mark.parametrize(
    ("kind", "say", "why", "codes"),
    [
        ("check", "{{fact.sv_160_162.text}}", "Goed.", ["D8"]),
        ("reading", "{{fact.sv_160_162.text}}", "Goed.", ["D8"]),
        ("conversation", "{{fact.sv_160_162.text}}", "Goed.", []),
        ("check", "{{fact.csg_window.text}}", "Goed.", []),
        ("check", "Ja.", "{{fact.sv_160_162.text}}", []),
    ],
)
def test_an_answer_does_not_rest_on_an_unchecked_fact(
    kind: str, say: str, why: str, codes: list[str]
) -> None:
    files = {"scenario.md": CHECK.format(kind=kind, say=say, why=why)}
    problems = list(examined_problems(files, DIRECTORY))
    assert [each.code for each in problems] == codes
    assert all(each.line == 10 for each in problems)


def test_a_question_of_a_module_does_not_rest_on_an_unchecked_fact() -> None:
    text = (
        "---\nschema: 1\n---\n## een: Een\nTekst.\n\n~~~check\nid: v\n"
        'question: "Wat zegt {{fact.sv_160_162.value}}?"\noptions:\n'
        '  - {id: a, text: "{{fact.minors_age.value}}", why: "Ja."}\n~~~\n'
    )
    problems = list(examined_problems({"module.md": text}, DIRECTORY))
    assert sorted(each.line for each in problems) == [9, 11]


def test_what_a_text_mentions_is_found_by_id() -> None:
    text = "{{fact.csg_window.text}} {{ resource.csg.phone }} {{local.ombuds.name}}"
    assert mentioned([text]) == {"csg_window", "csg"}
