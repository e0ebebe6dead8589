"""S1 to S3: cuts that mean something, and a pass that cannot be had by luck or by a trick."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from elearning.problem import Problem
from elearning.scenario.ids import ChoiceId, CompetencyId
from elearning.scenario.model import GuessPassAtMost
from elearning.scenario.play import begin
from elearning.scenario.prove.evidence import Evidence
from elearning.scenario.prove.search import shortest_way
from elearning.scenario.prove.sweep import points_after

# What counts for a certificate cannot be had by clicking at random more often than this.
MOST_GUESS_PASS: Final = Fraction(1, 50)


def cuts_can_be_reached_and_missed(evidence: Evidence) -> Iterator[Problem]:
    """S1: the cut is at most what a play can reach, and more than what every play reaches."""
    for rule in evidence.scenario.competencies.values():
        found = evidence.plays.range(rule.id, evidence.plays.ends)
        if found is None or rule.cut is None:
            continue
        least, most = found
        if rule.cut > most:
            message = f"{rule.id}: the cut {rule.cut} is out of reach, no play has more than {most}"
            yield evidence.problem("S1", message, _play_with(evidence, rule.id, most))
        if rule.cut <= least:
            message = (
                f"{rule.id}: every play reaches the cut {rule.cut}; none has less than {least}"
            )
            yield evidence.problem("S1", message, _play_with(evidence, rule.id, least))


def ranges_can_be_filled(evidence: Evidence) -> Iterator[Problem]:
    """W15: a range that goes on above what any play can give."""
    for rule in evidence.scenario.competencies.values():
        found = evidence.plays.range(rule.id, evidence.plays.ends)
        if found is not None and found[1] < rule.high:
            most = found[1]
            message = (
                f"{rule.id}: the range goes up to {rule.high}, and no play has more than {most}"
            )
            yield evidence.warning("W15", message, _play_with(evidence, rule.id, most))


def passing_plays_test_everything(evidence: Evidence) -> Iterator[Problem]:
    """S2: no play passes without an opportunity to show a competency that has a cut."""
    for competency in evidence.passing.untested(evidence.passes):
        message = f"{competency}: this play passes without an opportunity to show it"
        yield evidence.problem("S2", message, _untested_pass(evidence, competency))


def guessing_does_not_pass(evidence: Evidence) -> Iterator[Problem]:
    """S3: random choice passes at most as often as declared, and never more than 1 in 50."""
    chance = evidence.passing.chance(evidence.passes)
    declared = [e for e in evidence.scenario.obligations if isinstance(e, GuessPassAtMost)]
    bounds = [(f"{each.id}: ", each.probability, each.line) for each in declared]
    if all(each.probability > MOST_GUESS_PASS for each in declared):
        bounds.append(("", MOST_GUESS_PASS, evidence.parsed.head_lines["pass"]))
    for name, bound, line in bounds:
        if chance > bound:
            message = (
                f"{name}random choice passes with a chance of {float(chance):.4g},"
                f" more than {float(bound):.4g}; the shortest play that passes is given"
            )
            play = evidence.passing.shortest_play(evidence.passes)
            yield evidence.problem("S3", message, play, line)


def tricks_do_not_pass(evidence: Evidence) -> Iterator[Problem]:
    """S3: no fixed strategy passes."""
    for found in evidence.strategies:
        if found.passed:
            where = "" if found.lang is None else f" ({found.lang})"
            message = f"always choosing the {found.strategy} option{where} passes"
            yield evidence.problem("S3", message, found.choices)


def _play_with(evidence: Evidence, competency: CompetencyId, wanted: int) -> tuple[ChoiceId, ...]:
    """Return a shortest play that ends with exactly these points."""
    machine, rule = evidence.plays.machine, evidence.scenario.competencies[competency]
    ends = frozenset(evidence.plays.ends)

    def onward(state: tuple[int, int]) -> Iterator[tuple[int, tuple[int, int]]]:
        for move, after in machine.onward(state[0]):
            yield move, (after, points_after(rule, state[1], machine.moves[move]))

    def is_found(state: tuple[int, int]) -> bool:
        return state[0] in ends and state[1] == wanted

    start = evidence.plays.start, begin(evidence.scenario).points[competency]
    return machine.choices(shortest_way(start, onward, is_found, evidence.most_states) or ())


def _untested_pass(evidence: Evidence, competency: CompetencyId) -> tuple[ChoiceId, ...]:
    """Return a shortest play that passes without a choice on offer that gives points for this."""
    machine = evidence.passing.machine
    passes = frozenset(evidence.passes)

    def onward(situation: int) -> list[tuple[int, int]]:
        choices = (machine.moves[move].choice for move in machine.offered(situation))
        effects = (effect for choice in choices for effect in choice.effects)
        is_tested = any(each.competency == competency and each.points > 0 for each in effects)
        return [] if is_tested else machine.onward(situation)

    start = evidence.passing.start
    way = shortest_way(start, onward, passes.__contains__, evidence.most_states)
    return machine.choices(way or ())
