"""Whether the play that comes with a finding shows what the finding says, by the engine alone."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

from elearning.problem import Problem
from elearning.scenario.model import Always, Before, ChoiceId, Scenario
from elearning.scenario.play import is_over, offered, replay
from elearning.scenario.position import Position
from elearning.scenario.score import facts, result
from tests.unit.scenario.brute_force import holds, untested

_Shows = Callable[[Scenario, Position, Problem], bool]


def shows(scenario: Scenario, problem: Problem) -> bool:
    """Say whether the play of a problem is one, and ends in what the problem is about."""
    position = replay(scenario, [ChoiceId(each) for each in problem.choices])
    return _SHOWN[problem.code](scenario, position, problem)


def _is_stuck(scenario: Scenario, position: Position, _problem: Problem) -> bool:
    return not is_over(scenario, position) and not offered(scenario, position)


def _goes_round(scenario: Scenario, position: Position, _problem: Problem) -> bool:
    nodes = [replay(scenario, position.path[:n]).node_id for n in range(len(position.path) + 1)]
    return position.node_id in nodes[:-1]


def _breaks_a_rule(scenario: Scenario, position: Position, problem: Problem) -> bool:
    rules = [e for e in scenario.obligations if problem.message.startswith(f"{e.id}: ")]
    return any(
        isinstance(each, Always) and not holds(scenario, each.expression, position)
        for each in rules
    )


def _breaks_an_order(scenario: Scenario, position: Position, _problem: Problem) -> bool:
    return any(
        isinstance(each, Before)
        and each.later in position.flags
        and each.earlier not in position.flags
        for each in scenario.obligations
    )


def _passes_with_harm(scenario: Scenario, position: Position, _problem: Problem) -> bool:
    found = result(scenario, position)
    return found.passed and (found.open_a > 0 or found.open_b > 1)


def _leaves_an_error(_scenario: Scenario, position: Position, problem: Problem) -> bool:
    left = (each.error for each in position.incidents if not each.is_repaired)
    return any(f" {error}," in problem.message for error in left)


def _passes(scenario: Scenario, position: Position, _problem: Problem) -> bool:
    return result(scenario, position).passed


def _does_not_pass(scenario: Scenario, position: Position, _problem: Problem) -> bool:
    return not result(scenario, position).passed


def _has_these_points(scenario: Scenario, position: Position, problem: Problem) -> bool:
    """Say whether the play is over with the last number of the message, for its competency."""
    name, _, rest = problem.message.partition(":")
    (rule,) = (each for each in scenario.competencies.values() if each.id == name)
    wanted = int(re.findall(r"-?\d+", rest)[-1])
    return is_over(scenario, position) and position.points[rule.id] == wanted


def _passes_untested(scenario: Scenario, position: Position, problem: Problem) -> bool:
    name = problem.message.partition(":")[0]
    (rule,) = (each for each in scenario.competencies.values() if each.id == name)
    return facts(scenario, position).passed and untested(scenario, position, rule.id)


def _offers_this_many(scenario: Scenario, position: Position, problem: Problem) -> bool:
    return f" offers {len(offered(scenario, position))} of " in problem.message


_SHOWN: Final[Mapping[str, _Shows]] = {
    "R2": _is_stuck,
    "R3": _goes_round,
    "P1": _breaks_a_rule,
    "P2": _passes_with_harm,
    "P3": _breaks_an_order,
    "P4": _leaves_an_error,
    "P5": _passes,
    "S1": _has_these_points,
    "S2": _passes_untested,
    "S3": _passes,
    "W11": _offers_this_many,
    "W14": _does_not_pass,
    "W15": _has_these_points,
}
