"""The file with the rules is read strictly."""

import pytest

from elearning.problem import Findings
from elearning.wording.rules import read_rules
from tests.unit.wording.builders import RULES, the_rules


def problems_after(old: str, new: str) -> list[tuple[str, int, str]]:
    assert old in RULES
    findings = Findings("lint.yaml")
    read_rules(RULES.replace(old, new, 1), findings)
    return [(each.code, each.line, each.message) for each in findings.found]


def test_the_rules_are_kept_per_language() -> None:
    assert [rule.harm for rule in the_rules().words["nl"]] == ["blame", "labels", "details"]


@pytest.mark.parametrize(
    ("old", "new", "code", "line"),
    [
        ("  blame:", "  blaming:", "Y3", 3),
        ("waarom (ging|deed) je", "waarom (ging", "Y5", 3),
        ('{match: "monster", say: "pleger"}', '{match: "monster"}', "Y4", 4),
        ("mean_sentence: 15", "mean_sentence: kort", "Y5", 13),
        ("schema: 1", "schema: 2", "Y5", 1),
        ("  page_at_least: 60\n", "", "Y4", 10),
    ],
)
def test_what_does_not_fit_is_named_with_its_line(old: str, new: str, code: str, line: int) -> None:
    assert [(found, at) for found, at, _ in problems_after(old, new)] == [(code, line)]


def test_a_pattern_that_cannot_be_read_matches_nothing() -> None:
    findings = Findings("lint.yaml")
    rules = read_rules(RULES.replace('match: "monster"', 'match: "monster)"'), findings)
    assert not rules.words["nl"][1].pattern.search("monster")
