"""Seeded defects in the shipped scenarios are caught, and what is not caught is listed."""

from functools import cache

import pytest

from tests.mutation.judging import FOLDERS, Fate, Mutant, rate
from tests.mutation.kinds import ALWAYS_SEEN, KINDS
from tests.mutation.page import PAGE, page, row_start, table
from tests.mutation.whole import LEAST, NUMBER, sample, whole

WRITTEN = PAGE.read_text(encoding="utf-8")


@cache
def _sample() -> tuple[Mutant, ...]:
    return tuple(sample())


def test_nearly_every_defect_of_a_sample_is_caught() -> None:
    assert rate(_sample()) >= LEAST, table(_sample())


def test_every_kind_is_in_the_sample_in_several_scenarios() -> None:
    for kind in KINDS:
        assert len({each.scenario for each in _sample() if each.kind == kind}) > 2, kind.name
    assert {each.scenario for each in _sample()} == {*FOLDERS}


def test_every_play_in_the_sample_shows_what_its_finding_says() -> None:
    with_plays = [each for each in _sample() if any(e.choices for e in each.findings)]
    assert len(with_plays) > len(KINDS)
    assert [(each.name, each.unshown) for each in _sample() if each.unshown] == []


def test_what_survives_is_in_the_page_unless_the_scenario_was_changed_since() -> None:
    """The page itself is held against everything by `make slow`: it takes a quarter of an hour."""
    for each in _sample():
        if row_start(each.scenario) in WRITTEN:
            is_listed = f"- {each.name}\n" in _section(each.kind.name)
            assert is_listed or each.fate is not Fate.SURVIVED, "run `make mutants`"


def _section(kind: str) -> str:
    """Return the survivors of a kind, as they stand in the page."""
    return WRITTEN.partition(f"\n### {kind}\n")[2].partition("\n### ")[0]


def test_the_page_says_that_enough_is_caught_of_every_kind_there_is() -> None:
    (figure,) = (line for line in WRITTEN.splitlines() if " are caught: " in line)
    assert float(figure.split("%")[0].strip("* ")) >= LEAST * 100
    for kind in KINDS:
        assert WRITTEN.count(f"\n| {kind.name} | ") == 1


def test_only_kinds_with_a_reason_have_survivors() -> None:
    for kind in KINDS:
        assert kind.unseen != ALWAYS_SEEN or f"\n### {kind.name}\n" not in WRITTEN


@pytest.mark.slow
def test_the_page_is_what_all_defects_give() -> None:
    found = whole()
    assert [(each.name, each.unshown) for each in found if each.unshown] == []
    assert rate([each for each in found if each.kind in KINDS]) >= LEAST
    assert page(found, NUMBER) == WRITTEN, "run `make mutants`"
