"""The list of trainings elsewhere: every mistake in it is named, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from elearning.content.equivalents import equivalent_problems, with_own_months
from elearning.content.institution import read_institution
from elearning.problem import Findings
from tests.shipped_content import ROOT
from tests.trainings import a_training

EXAMPLE = (ROOT / "modules/directory/institution.demo.yaml").read_text(encoding="utf-8")
START, END = EXAMPLE.index("equivalents:"), EXAMPLE.index("contacts:")
NAME = 'name: {nl: "Elders", en: "Elsewhere"}'


def problems_of(*entries: str) -> list[tuple[str, int, str]]:
    """Return what is wrong with a list; lines count from the one after its heading."""
    text = "equivalents:\n" + "".join(f"  - {{{each}}}\n" for each in entries)
    findings = Findings("institution.yaml")
    overlay = EXAMPLE[:START] + text + EXAMPLE[END:]
    institution = read_institution(overlay, Path(), findings)
    training = a_training()
    equivalent_problems(institution.equivalents, {training.id: training}, findings)
    heading = EXAMPLE[:START].count("\n") + 1
    return [(each.code, each.line - heading, each.message) for each in findings.found]


def test_a_training_knows_the_months_of_its_own_entries() -> None:
    entries = read_institution(EXAMPLE, Path(), Findings("institution.yaml")).equivalents
    training, other = a_training(), a_training("adviser")
    found = with_own_months({each.id: each for each in (training, other)}, entries)
    assert found[training.id].equivalent_months == {36}
    assert found[other.id] == other


def test_the_example_institution_has_two_and_a_list_may_be_left_out() -> None:
    findings = Findings("institution.yaml")
    found = read_institution(EXAMPLE, Path(), findings).equivalents
    assert [(each.code, each.valid_months) for each in found] == [
        ("other-institution", None),
        ("adviser-diploma", 36),
    ]
    without = EXAMPLE[:START] + EXAMPLE[END:]
    assert read_institution(without, Path(), findings).equivalents == ()
    assert findings.found == []


@pytest.mark.parametrize(
    ("entry", "code", "message"),
    [
        (f"code: a, training: basis, {NAME}", "O7", "there is no training 'basis'"),
        (f"code: A b, training: lecturer-basis, {NAME}", "Y5", "code: needs small letters"),
        (f"code: {'a' * 41}, training: lecturer-basis, {NAME}", "Y5", "at most 40"),
        (f"training: lecturer-basis, {NAME}", "Y4", "code: is missing"),
        ("code: a, training: lecturer-basis", "Y4", "name: is missing"),
        ('code: a, training: lecturer-basis, name: {nl: "x"}', "Y4", "en: is missing"),
        (f"code: a, training: lecturer-basis, {NAME}, valid_months: 0", "Y5", "from 1 through 120"),
        (f"code: a, training: lecturer-basis, {NAME}, valid_months: 121", "Y5", "1 through 120"),
        (f"code: a, training: lecturer-basis, {NAME}, proof: yes", "Y3", "proof: is not a key"),
    ],
)
def test_a_mistake_is_named_with_its_line(entry: str, code: str, message: str) -> None:
    fine = 'code: fine, training: lecturer-basis, name: {nl: "Goed", en: "Fine"}'
    ((found, line, said),) = problems_of(fine, entry)
    assert (found, line) == (code, 2)
    assert message in said


def test_a_code_and_a_name_for_one_training_stand_there_once() -> None:
    first = f"code: a, training: lecturer-basis, {NAME}"
    other = 'name: {nl: "Anders", en: "Other"}'
    assert problems_of(first, f"code: a, training: lecturer-basis, {other}") == [
        ("O7", 2, "equivalents: code 'a' stands twice")
    ]
    twice = problems_of(first, f"code: b, training: lecturer-basis, {NAME}")
    assert {(code, line) for code, line, _ in twice} == {("O7", 2)}
    assert {said for _, _, said in twice} == {
        "equivalents: the name 'Elders' stands twice",
        "equivalents: the name 'Elsewhere' stands twice",
    }
