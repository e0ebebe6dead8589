"""Scoring: a pass is a conjunction, and what could have been better."""

import pytest

from elearning.scenario.model import CompetencyId, ErrorId, NodeId, Severity
from elearning.scenario.play import begin, replay
from elearning.scenario.score import CutResult, best_alternative, facts, result
from tests.unit.scenario.builders import (
    a_choice,
    a_competency,
    a_node,
    a_scenario,
    an_ending,
    an_error,
    choices,
)

C2 = CompetencyId("C2")
STORY = a_scenario(
    a_node(
        "begin",
        a_choice("goed", "vraag", points={"C2": 2}),
        a_choice("zwak", "vraag", points={"C2": 1}),
        a_choice("fout", "herstel", points={"C2": 4}, raises=("CE3",)),
        a_choice("rest", "vraag"),
    ),
    a_node(
        "herstel",
        a_choice("terug", "vraag", repairs=("CE3",)),
        a_choice("door", "vraag", raises=("CE1",)),
    ),
    a_node("vraag", a_choice("bel", "einde", sets=("gebeld",)), a_choice("niet", "einde")),
    an_ending(),
    competencies=(a_competency("C2", cut=2), a_competency("C4")),
    errors=(an_error("CE3", Severity.A), an_error("CE1", Severity.B)),
    flags=("gebeld",),
    passes_when="all_cuts and open_A == 0 and open_B <= 1 and gebeld",
)


@pytest.mark.parametrize(
    ("way", "passed"),
    [
        (("goed", "bel"), True),
        (("goed", "niet"), False),
        (("zwak", "bel"), False),
        (("fout", "terug", "bel"), True),
        (("fout", "door", "bel"), False),
    ],
)
def test_a_pass_needs_every_part_of_its_rule(way: tuple[str, ...], *, passed: bool) -> None:
    assert result(STORY, replay(STORY, choices(*way))).passed is passed


def test_nobody_has_passed_before_the_end() -> None:
    unfinished = result(STORY, replay(STORY, choices("goed")))
    assert not unfinished.passed
    assert not unfinished.is_over


def test_a_fatal_error_is_never_a_pass_whatever_the_rule_says() -> None:
    scenario = a_scenario(
        a_node("begin", a_choice("fout", "einde", raises=("CE5",))),
        an_ending(),
        errors=(an_error("CE5", is_fatal=True),),
        passes_when="all_cuts",
    )
    assert not result(scenario, replay(scenario, choices("fout"))).passed


def test_errors_are_counted_by_severity_and_by_what_became_of_them() -> None:
    outcome = result(STORY, replay(STORY, choices("fout", "door", "bel")))
    assert (outcome.raised_a, outcome.open_a, outcome.repaired_a) == (1, 1, 0)
    assert (outcome.raised_b, outcome.open_b, outcome.repaired_b) == (1, 1, 0)
    repaired = result(STORY, replay(STORY, choices("fout", "terug", "bel")))
    assert (repaired.raised_a, repaired.open_a, repaired.repaired_a) == (1, 0, 1)


def test_a_competency_without_a_cut_counts_as_reached() -> None:
    cuts = result(STORY, begin(STORY)).cuts
    assert cuts[C2] == CutResult(points=0, cut=2, high=4, reached=False)
    assert cuts[CompetencyId("C4")].reached


def test_an_expired_error_is_still_open_to_the_rule() -> None:
    known = facts(STORY, replay(STORY, choices("fout", "door", "bel")))
    assert known.open_errors == {ErrorId("CE3"), ErrorId("CE1")}
    assert known.repaired_errors == frozenset()


def test_passed_is_a_fact_at_the_end() -> None:
    assert facts(STORY, replay(STORY, choices("goed", "bel"))).passed
    assert not facts(STORY, replay(STORY, choices("goed"))).passed


@pytest.mark.parametrize("chosen", ["fout", "zwak", "rest"])
def test_another_possibility_is_the_best_choice_that_raises_nothing(chosen: str) -> None:
    better = best_alternative(STORY, NodeId("begin"), choices(chosen)[0])
    assert better is not None
    assert better.id == "goed"


def test_the_best_choice_has_no_better_alternative() -> None:
    assert best_alternative(STORY, NodeId("begin"), choices("goed")[0]) is None


def test_a_choice_that_only_shows_sometimes_is_not_suggested() -> None:
    scenario = a_scenario(
        a_node(
            "begin",
            a_choice("soms", "einde", points={"C2": 4}, when="gebeld"),
            a_choice("fout", "einde", raises=("CE1",)),
        ),
        an_ending(),
        competencies=(a_competency("C2"),),
        errors=(an_error("CE1"),),
        flags=("gebeld",),
    )
    assert best_alternative(scenario, NodeId("begin"), choices("fout")[0]) is None
