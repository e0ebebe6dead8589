"""Seeded defects in the shipped scenarios are caught, and what is not caught is listed."""

from collections.abc import Sequence

import pytest

from tests.mutation.judging import FOLDERS, Fate, Mutant, rate
from tests.mutation.kinds import ALWAYS_SEEN, KINDS
from tests.mutation.page import PAGE, page, row_start, table
from tests.mutation.whole import LEAST, LEAST_OF_SAMPLE, NUMBER, sample, whole

WRITTEN = PAGE.read_text(encoding="utf-8")


def test_a_sample_of_defects_is_caught_and_its_plays_show_what_is_said() -> None:
    """One test, because the sample is judged once; `make slow` judges everything."""
    found = list(sample())
    _every_kind_and_scenario_is_in(found)
    assert rate(found) >= LEAST_OF_SAMPLE, table(found)
    assert [(each.name, each.unshown) for each in found if each.unshown] == []
    assert sum(any(e.choices for e in each.findings) for each in found) > len(KINDS)
    unknown = {each.name for each in found if each.fate is Fate.SURVIVED and not _is_known(each)}
    assert unknown == set(), "run `make mutants`"


def _every_kind_and_scenario_is_in(found: Sequence[Mutant]) -> None:
    assert {each.scenario for each in found} == {*FOLDERS}
    for kind in KINDS:
        assert len({each.scenario for each in found if each.kind == kind}) > 2, kind.name


def _is_known(survivor: Mutant) -> bool:
    """Say whether a survivor is listed, or its scenario was changed since the list was made."""
    return (
        f"- {survivor.name}\n" in _section(survivor) or row_start(survivor.scenario) not in WRITTEN
    )


def _section(survivor: Mutant) -> str:
    """Return the survivors of its kind, as they stand in the page."""
    return WRITTEN.partition(f"\n### {survivor.kind.name}\n")[2].partition("\n### ")[0]


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
