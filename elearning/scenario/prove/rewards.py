"""W14: a reward on a way that never passes."""

from collections.abc import Iterator

from elearning.problem import Problem
from elearning.scenario.expression import NameKind, names_used
from elearning.scenario.ids import ChoiceId, NodeId
from elearning.scenario.model import Choice, EndingKind, Scenario
from elearning.scenario.prove.evidence import Evidence


def rewards_may_lead_to_a_pass(evidence: Evidence) -> Iterator[Problem]:
    """W14: a choice that is rewarded, after which no play passes."""
    alive = _choices_that_may_pass(evidence)
    for node in evidence.scenario.nodes.values() if alive else ():
        for choice in node.choices:
            if (node.id, choice.id) not in alive and _is_rewarded(evidence.scenario, choice):
                play = _shortest_play_with(evidence, node.id, choice.id)
                if play:
                    message = (
                        f"choice {choice.id!r} at node {node.id!r} is rewarded,"
                        " and no play after it passes"
                    )
                    yield evidence.warning("W14", message, play, choice.line)


def _is_rewarded(scenario: Scenario, choice: Choice) -> bool:
    """Say whether a choice repairs, gives points or a flag for the pass, or ends well.

    One with a guard is rewarded by a good ending only: it may be meant for plays that cannot pass.
    """
    if scenario.nodes[choice.leads_to].ending is EndingKind.GOOD:
        return True
    gives_points = any(effect.points > 0 for effect in choice.effects)
    gives = choice.repairs or gives_points or flags_to_pass(scenario).intersection(choice.sets)
    return choice.guard is None and bool(gives)


def flags_to_pass(scenario: Scenario) -> frozenset[str]:
    """Return the flags that the pass rule speaks of."""
    names = names_used(scenario.pass_rule)
    return frozenset(each.name for each in names if each.kind is NameKind.FLAG)


def _choices_that_may_pass(evidence: Evidence) -> frozenset[tuple[NodeId, ChoiceId]]:
    machine = evidence.passing.machine
    alive = evidence.passing.leading_to(evidence.passes)
    moves = {
        machine.moves[place]
        for situation in alive
        for place, after in machine.onward(situation)
        if after in alive
    }
    return frozenset((move.node, move.choice.id) for move in moves)


def _shortest_play_with(evidence: Evidence, node: NodeId, choice: ChoiceId) -> tuple[ChoiceId, ...]:
    """Return a shortest play that ends with this choice; empty where it is never offered."""
    machine = evidence.plays.machine
    offering = [
        situation
        for situation in evidence.plays.arrivals
        for place in machine.offered(situation)
        if (machine.moves[place].node, machine.moves[place].choice.id) == (node, choice)
    ]
    return (*evidence.plays.shortest_play(offering), choice) if offering else ()
