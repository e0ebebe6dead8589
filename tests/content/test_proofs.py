"""Every shipped scenario is proved, in both languages, within seconds."""

from fractions import Fraction
from time import process_time

import pytest

from elearning.content.sources import content_root
from elearning.scenario.model import Scenario
from elearning.scenario.play import replay
from elearning.scenario.prove.proof import Figures
from elearning.scenario.prove.prover import prove
from elearning.scenario.prove.strategies import Strategy
from elearning.scenario.score import result
from tests.shipped_content import shipped_parse, shipped_places, shipped_proof

MOST_SECONDS = 5
ROOT = content_root(None)
FOLDERS = ROOT.folders("scenarios", "scenario.md")
every_scenario = pytest.mark.parametrize("name", sorted(FOLDERS))


def _figures(name: str) -> Figures:
    figures = shipped_proof(name).figures
    assert figures is not None
    return figures


def _scenario(name: str) -> Scenario:
    return shipped_parse(name).scenario


@every_scenario
def test_every_claim_holds(name: str) -> None:
    assert shipped_proof(name).problems == ()
    assert shipped_proof(name).is_proved


@every_scenario
def test_random_choice_passes_at_most_once_in_fifty_times(name: str) -> None:
    assert 0 < _figures(name).guess_pass <= Fraction(1, 50)


@every_scenario
def test_every_strategy_was_played_and_none_passes(name: str) -> None:
    found = _figures(name).strategies
    of_words = {Strategy.LONGEST, Strategy.SHORTEST, Strategy.POLITE}
    assert {(each.strategy, each.lang) for each in found} == {
        (Strategy.FIRST, None),
        (Strategy.LAST, None),
        *((strategy, lang) for strategy in of_words for lang in ("nl", "en")),
    }
    for each in found:
        position = replay(_scenario(name), each.choices)
        assert not each.passed
        assert result(_scenario(name), position).is_over
        assert not result(_scenario(name), position).passed


@every_scenario
def test_the_chances_of_the_endings_add_up(name: str) -> None:
    assert sum((each.chance for each in _figures(name).endings), Fraction(0)) == 1


@every_scenario
def test_a_cut_can_be_missed_and_reached_and_the_best_play_reaches_the_top(name: str) -> None:
    for points in _figures(name).points:
        rule = _scenario(name).competencies[points.competency]
        assert points.most_passing == points.most == rule.high
        assert points.cut is None or points.least < points.cut <= (points.least_passing or 0)


@every_scenario
def test_a_proof_takes_seconds_and_says_the_same_every_time(name: str) -> None:
    before = shipped_proof(name).digest
    started = process_time()
    assert prove(shipped_parse(name), shipped_places().fill_text).digest == before
    assert process_time() - started < MOST_SECONDS
