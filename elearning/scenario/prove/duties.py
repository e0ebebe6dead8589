"""P1 to P3 and P5: what a pass must mean, as declared and as it always must."""

from collections.abc import Iterator

from elearning.problem import Problem
from elearning.scenario.expression import And, IsSet, Not
from elearning.scenario.ids import ChoiceId
from elearning.scenario.model import Always, Before
from elearning.scenario.prove.evidence import MORE_OPEN_B, OPEN_A, Evidence
from elearning.scenario.prove.formula import Formula, Literal, is_false, is_true
from elearning.scenario.prove.machine import Machine
from elearning.scenario.prove.search import shortest_play


def obligations_hold(evidence: Evidence) -> Iterator[Problem]:
    """P1 and P3: what the scenario declares holds at every moment of every play."""
    for each in evidence.scenario.obligations:
        if isinstance(each, Always):
            choices = _play_to(evidence, is_false(evidence.scenario, each.expression))
            if choices is not None:
                message = f"{each.id}: what must always hold does not hold at the end of this play"
                yield evidence.problem("P1", message, choices, each.line)
        elif isinstance(each, Before):
            order = And(IsSet(each.later, 1), Not(IsSet(each.earlier, 1)))
            choices = _play_to(evidence, is_true(evidence.scenario, order))
            if choices is not None:
                message = f"{each.id}: {each.later!r} is set before {each.earlier!r}"
                yield evidence.problem("P3", message, choices, each.line)


def a_pass_leaves_no_harm_open(evidence: Evidence) -> Iterator[Problem]:
    """P2: no play passes with an open critical error A, or with more than one open B."""
    messages = {
        OPEN_A: "a play passes with an open critical error A",
        MORE_OPEN_B: "a play passes with more than one open critical error B",
    }
    for atom, message in messages.items():
        harmful = [
            each
            for each in evidence.passes
            if evidence.passing.machine.holds(each, Literal(atom, wanted=True))
        ]
        if harmful:
            yield evidence.problem("P2", message, evidence.passing.shortest_play(harmful))


def both_outcomes_are_reachable(evidence: Evidence) -> Iterator[Problem]:
    """P5: some plays pass and some do not."""
    passing = evidence.passing.plays(evidence.passes)
    if passing == 0:
        yield evidence.problem("P5", "no play passes")
    if passing == evidence.plays.plays(evidence.plays.ends):
        choices = evidence.plays.shortest_play(evidence.plays.ends)
        yield evidence.problem("P5", "every play passes, such as this one", choices)


def _play_to(evidence: Evidence, goal: Formula) -> tuple[ChoiceId, ...] | None:
    machine = Machine(evidence.scenario, evidence.outlooks, goal)
    return shortest_play(machine, evidence.most_states)
