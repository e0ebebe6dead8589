"""Ways through a scenario, found with the engine: what a learner would have to choose."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from elearning.scenario.ids import ChoiceId
from elearning.scenario.model import Choice, Scenario
from elearning.scenario.play import begin, choose, is_over, offered
from elearning.scenario.position import IncidentState, Position
from elearning.scenario.score import Result, result

Policy = Callable[[Scenario, Position], Choice]


def good_play(scenario: Scenario) -> tuple[ChoiceId, ...]:
    """Return a play that passes without any error."""
    return _checked(scenario, begin(scenario), lambda found: found.passed and not found.incidents)


def repaired_play(scenario: Scenario) -> tuple[ChoiceId, ...]:
    """Return a play with one critical error that is repaired in time, and that passes."""
    for slip in _slips(scenario):
        found = result(scenario, _played_on(scenario, slip, _good))
        if found.passed and found.repaired_a == 1 and len(found.incidents) == 1:
            return _played_on(scenario, slip, _good).path
    raise LookupError(f"no play of {scenario.id} repairs one critical error and passes")


def poor_play(scenario: Scenario) -> tuple[ChoiceId, ...]:
    """Return a play that ends without passing, with an error that stays open where there is one."""
    return _played_on(scenario, begin(scenario), _poor).path


def _checked(
    scenario: Scenario, position: Position, holds: Callable[[Result], bool]
) -> tuple[ChoiceId, ...]:
    ended = _played_on(scenario, position, _good)
    if not holds(result(scenario, ended)):
        raise LookupError(f"the best choices of {scenario.id} do not lead to what was asked")
    return ended.path


def _slips(scenario: Scenario) -> Iterator[Position]:
    """Yield the good play up to each turn, and then one critical error."""
    position = begin(scenario)
    while not is_over(scenario, position):
        for choice in offered(scenario, position):
            if len(choice.raises) == 1:
                yield choose(scenario, position, choice.id)
        position = choose(scenario, position, _good(scenario, position).id)


def _played_on(scenario: Scenario, position: Position, policy: Policy) -> Position:
    while not is_over(scenario, position):
        position = choose(scenario, position, policy(scenario, position).id)
    return position


def _good(scenario: Scenario, position: Position) -> Choice:
    """Return what repairs an open error, or else raises nothing and shows most skill."""
    still_open = {each.error for each in position.incidents if each.state is IncidentState.OPEN}
    return max(
        offered(scenario, position),
        key=lambda each: (bool(still_open & set(each.repairs)), not each.raises, _points(each)),
    )


def _poor(scenario: Scenario, position: Position) -> Choice:
    return min(offered(scenario, position), key=lambda each: (not each.raises, _points(each)))


def _points(choice: Choice) -> int:
    return sum(effect.points for effect in choice.effects)
