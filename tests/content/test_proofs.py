"""Every shipped scenario is proved, in both languages, within seconds."""

from fractions import Fraction
from functools import cache
from pathlib import Path
from time import process_time

import pytest

from elearning.content.library import read_places
from elearning.content.sources import content_root
from elearning.scenario.model import Scenario
from elearning.scenario.parse import Parsed, parse_scenario
from elearning.scenario.play import replay
from elearning.scenario.prove.proof import Figures, Proof
from elearning.scenario.prove.prover import prove
from elearning.scenario.prove.strategies import Strategy
from elearning.scenario.registry_parser import parse_registry
from elearning.scenario.score import result

MOST_SECONDS = 5
ROOT = content_root(None)
FOLDERS = ROOT.folders("scenarios", "scenario.md")
every_scenario = pytest.mark.parametrize("name", sorted(FOLDERS))


@cache
def _parsed(name: str) -> Parsed:
    registry, _ = parse_registry(ROOT.read("scenarios/competencies.yaml"), "competencies.yaml")
    parsed = parse_scenario(FOLDERS[name], registry).parsed
    assert parsed is not None
    return parsed


@cache
def _proof(name: str) -> Proof:
    places = read_places(ROOT, ROOT.path / Path("modules/directory/institution.demo.yaml"))
    return prove(_parsed(name), places.fill_text)


def _figures(name: str) -> Figures:
    figures = _proof(name).figures
    assert figures is not None
    return figures


def _scenario(name: str) -> Scenario:
    return _parsed(name).scenario


@every_scenario
def test_every_claim_holds(name: str) -> None:
    assert _proof(name).problems == ()
    assert _proof(name).is_proved


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
def test_a_scenario_is_proved_within_seconds(name: str) -> None:
    started = process_time()
    prove(_parsed(name))
    assert process_time() - started < MOST_SECONDS


@every_scenario
def test_a_proof_says_the_same_every_time(name: str) -> None:
    assert prove(_parsed(name)).digest == prove(_parsed(name)).digest
