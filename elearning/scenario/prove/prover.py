"""Proves a scenario: goes over every play and judges every claim."""

from collections.abc import Callable, Iterator
from typing import Final

from elearning.problem import Problem, blocks_publication
from elearning.scenario.parse import Parsed
from elearning.scenario.prove.duties import (
    a_pass_leaves_no_harm_open,
    both_outcomes_are_reachable,
    obligations_hold,
)
from elearning.scenario.prove.evidence import MORE_OPEN_B, OPEN_B, Evidence, gather
from elearning.scenario.prove.formula import Literal
from elearning.scenario.prove.mending import nobody_strays_to_a_repair, repairs_mend_something
from elearning.scenario.prove.offers import (
    guards_have_a_counterpart,
    nothing_is_read_twice,
    weak_options_remember_the_same,
)
from elearning.scenario.prove.promises import promises_are_asked_for
from elearning.scenario.prove.proof import PROVER, EndingChance, Figures, Points, Proof, Verdict
from elearning.scenario.prove.reach import every_play_ends, everything_is_met, nothing_goes_round
from elearning.scenario.prove.repair import errors_can_be_repaired
from elearning.scenario.prove.rewards import rewards_may_lead_to_a_pass
from elearning.scenario.prove.search import MOST_STATES, TooManyStates
from elearning.scenario.prove.spread import (
    cuts_can_be_reached_and_missed,
    guessing_does_not_pass,
    passing_plays_test_everything,
    ranges_can_be_filled,
    tricks_do_not_pass,
)
from elearning.scenario.prove.strategies import Spoken, as_written

CLAIMS: Final[tuple[Callable[[Evidence], Iterator[Problem]], ...]] = (
    everything_is_met,
    every_play_ends,
    nothing_goes_round,
    obligations_hold,
    a_pass_leaves_no_harm_open,
    errors_can_be_repaired,
    both_outcomes_are_reachable,
    cuts_can_be_reached_and_missed,
    passing_plays_test_everything,
    guessing_does_not_pass,
    tricks_do_not_pass,
)
# What is no claim, but deserves another look: it is told with the proof and breaks nothing.
SMELLS: Final[tuple[Callable[[Evidence], Iterator[Problem]], ...]] = (
    guards_have_a_counterpart,
    rewards_may_lead_to_a_pass,
    ranges_can_be_filled,
)
# The same from the graph alone, so it is told where there are too many situations as well.
GRAPH_SMELLS: Final[tuple[Callable[[Parsed], Iterator[Problem]], ...]] = (
    promises_are_asked_for,
    weak_options_remember_the_same,
    repairs_mend_something,
    nobody_strays_to_a_repair,
    nothing_is_read_twice,
)


def prove(parsed: Parsed, spoken: Spoken = as_written, most_states: int = MOST_STATES) -> Proof:
    """Return the proof of a scenario; `spoken` fills in the placeholders of a text.

    `most_states` bounds every search; beyond it the scenario is not proved, and R9 says so.
    """
    try:
        evidence = gather(parsed, spoken, most_states)
        found = {each for claim in (*CLAIMS, *SMELLS) for each in claim(evidence)}
    except TooManyStates:
        return _too_large(parsed, most_states)
    problems = tuple(sorted({*found, *_graph_smells(parsed)}))
    verdict = Verdict.VIOLATED if blocks_publication(problems) else Verdict.PROVED
    return _proof(parsed, verdict, _figures(evidence), problems)


def _too_large(parsed: Parsed, most_states: int) -> Proof:
    message = f"not proved: this scenario has more than {most_states} different situations"
    problem = Problem(parsed.source_file, parsed.head_lines["start"], "R9", message)
    problems = (problem, *sorted({*_graph_smells(parsed)}))
    return _proof(parsed, Verdict.NOT_PROVED, None, problems)


def _graph_smells(parsed: Parsed) -> Iterator[Problem]:
    for each in GRAPH_SMELLS:
        yield from each(parsed)


def _proof(
    parsed: Parsed, verdict: Verdict, figures: Figures | None, problems: tuple[Problem, ...]
) -> Proof:
    scenario = parsed.scenario
    return Proof(scenario.id, scenario.version, PROVER, verdict, figures, problems)


def _figures(evidence: Evidence) -> Figures:
    plays, passing = evidence.plays, evidence.passing
    return Figures(
        states=len(plays.arrivals) + len(passing.arrivals),
        transitions=plays.transitions + passing.transitions,
        plays=plays.plays(plays.ends),
        passing_plays=passing.plays(evidence.passes),
        longest_play=plays.longest(),
        guess_pass=passing.chance(evidence.passes),
        most_open_b=_most_open_b(evidence),
        points=tuple(_points(evidence)),
        endings=tuple(_endings(evidence)),
        strategies=evidence.strategies,
    )


def _most_open_b(evidence: Evidence) -> int:
    machine = evidence.passing.machine
    return max(
        (
            sum(machine.holds(each, Literal(atom, wanted=True)) for atom in (OPEN_B, MORE_OPEN_B))
            for each in evidence.passes
        ),
        default=0,
    )


def _points(evidence: Evidence) -> Iterator[Points]:
    for rule in evidence.scenario.competencies.values():
        least, most = evidence.plays.range(rule.id, evidence.plays.ends) or (0, 0)
        passing = evidence.passing.range(rule.id, evidence.passes) or (None, None)
        yield Points(rule.id, rule.cut, least, most, *passing)


def _endings(evidence: Evidence) -> Iterator[EndingChance]:
    node_at, ends = evidence.plays.machine.node, evidence.plays.ends
    for node in evidence.scenario.nodes.values():
        if node.ending is not None:
            chance = evidence.plays.chance(each for each in ends if node_at(each) == node)
            yield EndingChance(node.id, node.ending, chance)
