"""The prover against every play of a small scenario, one by one."""

from collections.abc import Iterable
from fractions import Fraction

from hypothesis import HealthCheck, assume, given, settings

from elearning.problem import Problem, blocks_publication
from elearning.scenario.expression import And, Count, Expression, IsSet, Not
from elearning.scenario.model import Always, Before, GuessPassAtMost, NodeId
from elearning.scenario.parse import Parsed
from elearning.scenario.position import Position
from elearning.scenario.prove.proof import Figures, Verdict
from elearning.scenario.prove.prover import prove
from elearning.scenario.prove.spread import MOST_GUESS_PASS
from elearning.scenario.score import facts
from tests.unit.scenario.brute_force import (
    Moment,
    TooManyPlays,
    denied_repairs,
    holds,
    moments,
    passes,
    uneven_offers,
    unfilled_ranges,
    untested,
    vain_rewards,
)
from tests.unit.scenario.provable import provable, shown_by

MOST_MOMENTS = 600
MANY = settings(
    max_examples=50,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def _played_out(parsed: Parsed) -> list[Moment]:
    try:
        return moments(parsed.scenario, MOST_MOMENTS)
    except TooManyPlays:
        assume(condition=False)
        raise


def _figures(parsed: Parsed) -> Figures:
    figures = prove(parsed).figures
    assert figures is not None
    return figures


def _problems(parsed: Parsed, *codes: str) -> list[Problem]:
    return [each for each in prove(parsed).problems if each.code in codes]


def _shortest(positions: Iterable[Position]) -> list[int]:
    """Return the fewest choices after which one of these comes, as a list of at most one."""
    return sorted({len(each.path) for each in positions})[:1]


def _lengths(problems: Iterable[Problem]) -> list[int]:
    return [len(each.choices) for each in problems]


@MANY
@given(provable())
def test_chances_and_numbers_of_plays_are_those_of_all_plays(parsed: Parsed) -> None:
    scenario = parsed.scenario
    ends = [each for each in _played_out(parsed) if not each.onward]
    passing = [each for each in ends if passes(scenario, each.position)]
    figures = _figures(parsed)
    assert figures.plays == len(ends)
    assert figures.passing_plays == len(passing)
    assert figures.longest_play == max(len(each.position.path) for each in ends)
    assert figures.guess_pass == sum((each.chance for each in passing), Fraction(0))
    for found in figures.endings:
        there = (each.chance for each in ends if each.position.node_id == found.node)
        assert found.chance == sum(there, Fraction(0))


@MANY
@given(provable())
def test_the_fewest_and_most_points_are_those_of_all_plays(parsed: Parsed) -> None:
    scenario = parsed.scenario
    ends = [each.position for each in _played_out(parsed) if not each.onward]
    passing = [each for each in ends if passes(scenario, each)]
    for found in _figures(parsed).points:
        points = [each.points[found.competency] for each in ends]
        of_passing = [each.points[found.competency] for each in passing]
        assert (found.least, found.most) == (min(points), max(points))
        expected = (min(of_passing, default=None), max(of_passing, default=None))
        assert (found.least_passing, found.most_passing) == expected


@MANY
@given(provable())
def test_what_is_never_met_is_met_in_no_play(parsed: Parsed) -> None:
    scenario = parsed.scenario
    found = _played_out(parsed)
    nodes = {each.position.node_id for each in found}
    offered = {(each.position.node_id, choice.id) for each in found for choice in each.onward}
    expected = {f"node {node!r} cannot be reached" for node in scenario.nodes if node not in nodes}
    for node in scenario.nodes.values():
        for choice in node.choices:
            if (node.id, choice.id) not in offered:
                expected.add(f"choice {choice.id!r} at node {node.id!r} is never offered")
    assert {each.message for each in _problems(parsed, "R1")} == expected


@MANY
@given(provable())
def test_a_play_gets_stuck_exactly_where_nothing_is_offered(parsed: Parsed) -> None:
    scenario = parsed.scenario
    stuck: dict[NodeId, list[Position]] = {}
    for each in _played_out(parsed):
        at = scenario.nodes[each.position.node_id]
        if not each.onward and at.ending is None:
            stuck.setdefault(at.id, []).append(each.position)
    found = {shown_by(parsed, each).node_id: each for each in _problems(parsed, "R2")}
    assert set(found) == set(stuck)
    for node_id, positions in stuck.items():
        assert _lengths([found[node_id]]) == _shortest(positions)


def _broken(obligation: Always | Before) -> Expression:
    """Return what holds where the obligation does not."""
    if isinstance(obligation, Always):
        return Not(obligation.expression)
    return And(IsSet(obligation.later, 1), Not(IsSet(obligation.earlier, 1)))


@MANY
@given(provable())
def test_an_obligation_is_broken_exactly_where_a_play_breaks_it(parsed: Parsed) -> None:
    scenario = parsed.scenario
    positions = [each.position for each in _played_out(parsed)]
    for obligation in scenario.obligations:
        if isinstance(obligation, GuessPassAtMost):
            continue
        broken = _broken(obligation)
        problems = _problems(parsed, "P1" if isinstance(obligation, Always) else "P3")
        breaking = [each for each in positions if holds(scenario, broken, each)]
        assert _lengths(problems) == _shortest(breaking)
        assert all(holds(scenario, broken, shown_by(parsed, each)) for each in problems)


@MANY
@given(provable())
def test_a_pass_with_open_harm_is_found_where_a_play_has_it(parsed: Parsed) -> None:
    scenario = parsed.scenario
    positions = [each.position for each in _played_out(parsed)]
    passing = [each for each in positions if passes(scenario, each)]
    counts = [facts(scenario, each).counts for each in passing]
    problems = _problems(parsed, "P2")
    for count, allowed in ((Count.OPEN_A, 0), (Count.OPEN_B, 1)):
        pairs = zip(passing, counts, strict=True)
        harmful = [position for position, counted in pairs if counted[count] > allowed]
        found = [each for each in problems if each.message.endswith(f" {count[-1]}")]
        assert _lengths(found) == _shortest(harmful)
    most = max((counted[Count.OPEN_B] for counted in counts), default=0)
    assert _figures(parsed).most_open_b == min(most, 2)


@MANY
@given(provable())
def test_a_repair_is_missing_exactly_where_a_play_lacks_it(parsed: Parsed) -> None:
    expected = denied_repairs(parsed.scenario, _played_out(parsed))
    problems = _problems(parsed, "P4")
    assert sorted(_lengths(problems)) == sorted(expected.values())
    for problem in problems:
        assert any(not each.is_repaired for each in shown_by(parsed, problem).incidents)


@MANY
@given(provable())
def test_cuts_and_opportunities_are_judged_as_over_all_plays(parsed: Parsed) -> None:
    scenario = parsed.scenario
    ends = [each.position for each in _played_out(parsed) if not each.onward]
    passing = [each for each in ends if passes(scenario, each)]
    with_cut = [rule for rule in scenario.competencies.values() if rule.cut is not None]
    for rule in with_cut:
        reached = {each.points[rule.id] >= (rule.cut or 0) for each in ends}
        found = [e for e in _problems(parsed, "S1") if e.message.startswith(rule.id)]
        assert bool(found) is (len(reached) == 1)
        blind = [each for each in passing if untested(scenario, each, rule.id)]
        found = [e for e in _problems(parsed, "S2") if e.message.startswith(rule.id)]
        assert _lengths(found) == _shortest(blind)


@MANY
@given(provable())
def test_luck_and_the_verdict_are_judged_as_over_all_plays(parsed: Parsed) -> None:
    scenario = parsed.scenario
    ends = [each for each in _played_out(parsed) if not each.onward]
    passing = [each for each in ends if passes(scenario, each.position)]
    assert bool(_problems(parsed, "P5")) is (len(passing) in {0, len(ends)})
    chance = sum((each.chance for each in passing), Fraction(0))
    declared = [e.probability for e in scenario.obligations if isinstance(e, GuessPassAtMost)]
    lucky = [each for each in _problems(parsed, "S3") if "random choice" in each.message]
    assert bool(lucky) is (chance > min(*declared, MOST_GUESS_PASS))
    proof = prove(parsed)
    assert (proof.verdict is Verdict.PROVED) is (not blocks_publication(proof.problems))
    assert all(shown_by(parsed, each) for each in proof.problems)


@MANY
@given(provable())
def test_smells_are_those_of_all_plays(parsed: Parsed) -> None:
    scenario = parsed.scenario
    found = _played_out(parsed)
    for code, expected in (
        ("W11", uneven_offers(scenario, found)),
        ("W14", vain_rewards(scenario, found)),
        ("W15", unfilled_ranges(scenario, found)),
    ):
        problems = _problems(parsed, code)
        assert sorted(_lengths(problems)) == sorted(expected.values())
        assert all(any(name in each.message for each in problems) for name in expected)
