"""Every play of a small scenario, one by one, with the engine: what the prover is held against."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from elearning.scenario.expression import Expression, evaluate, names_used
from elearning.scenario.graph import reachable
from elearning.scenario.model import Choice, CompetencyId, EndingKind, ErrorId, NodeId, Scenario
from elearning.scenario.play import begin, choose, is_over, offered, replay
from elearning.scenario.position import IncidentState, Position
from elearning.scenario.score import facts, result


class TooManyPlays(Exception):
    """The scenario is too large to be played out."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A position, the chance to come to it by random choice, and what can be chosen there."""

    position: Position
    chance: Fraction
    onward: tuple[Choice, ...]


def moments(scenario: Scenario, most: int) -> list[Moment]:
    """Return every moment of every play; raises `TooManyPlays`."""
    found: list[Moment] = []
    for moment in _moments(scenario, Moment(begin(scenario), Fraction(1), ())):
        found.append(moment)
        if len(found) > most:
            raise TooManyPlays
    return found


def _moments(scenario: Scenario, moment: Moment) -> Iterator[Moment]:
    onward = onward_from(scenario, moment.position)
    yield replace(moment, onward=onward)
    for choice in onward:
        after = choose(scenario, moment.position, choice.id)
        yield from _moments(scenario, Moment(after, moment.chance / len(onward), ()))


def onward_from(scenario: Scenario, position: Position) -> tuple[Choice, ...]:
    """Return what can be chosen; nothing at an ending."""
    return () if is_over(scenario, position) else offered(scenario, position)


def passes(scenario: Scenario, position: Position) -> bool:
    """Say whether the play has ended with a pass."""
    return result(scenario, position).passed


def can_pass(scenario: Scenario, position: Position) -> bool:
    """Say whether the play can still end with a pass."""
    return passes(scenario, position) or any(
        can_pass(scenario, choose(scenario, position, choice.id))
        for choice in onward_from(scenario, position)
    )


def holds(scenario: Scenario, expression: Expression, position: Position) -> bool:
    """Say whether an expression, which may ask for a pass, holds at a position."""
    return evaluate(expression, facts(scenario, position))


def untested(scenario: Scenario, position: Position, competency: CompetencyId) -> bool:
    """Say whether no choice on offer on the way gave points for a competency."""
    return not any(
        effect.competency == competency and effect.points > 0
        for length in range(len(position.path))
        for choice in onward_from(scenario, replay(scenario, position.path[:length]))
        for effect in choice.effects
    )


def denied_repairs(
    scenario: Scenario, found: list[Moment]
) -> dict[tuple[NodeId, str, ErrorId], int]:
    """Return the errors without repair, with the length of the shortest play that shows it.

    These are errors made where a pass is still possible, of which no repair is offered until their
    window has passed, where the play could have passed if the error had been repaired.
    """
    lengths: dict[tuple[NodeId, str, ErrorId], int] = {}
    for moment in found:
        position = moment.position
        for choice in moment.onward:
            after = choose(scenario, position, choice.id)
            for error in set(choice.raises):
                if scenario.errors[error].is_fatal or not can_pass(scenario, position):
                    continue
                for length in _denied(scenario, after, error, position.turn):
                    key = (position.node_id, choice.id, error)
                    lengths[key] = min(length, lengths.get(key, length))
    return lengths


def _denied(scenario: Scenario, position: Position, error: ErrorId, turn: int) -> Iterator[int]:
    onward = onward_from(scenario, position)
    within = scenario.errors[error].recover_within
    has_passed = within is not None and position.turn > turn + within
    if not onward or has_passed:
        if can_pass(scenario, _forgiven(position, error, turn)):
            yield len(position.path)
    elif not any(error in choice.repairs for choice in onward):
        for choice in onward:
            after = choose(scenario, position, choice.id)
            yield from _denied(scenario, after, error, turn)


def _forgiven(position: Position, error: ErrorId, turn: int) -> Position:
    incidents = tuple(
        replace(each, state=IncidentState.REPAIRED)
        if (each.error, each.turn) == (error, turn)
        else each
        for each in position.incidents
    )
    return replace(position, incidents=incidents)


def uneven_offers(scenario: Scenario, found: list[Moment]) -> dict[str, int]:
    """Return the guarded nodes on no loop with fewer options in some plays, and how soon."""
    lengths: dict[str, int] = {}
    for node in scenario.nodes.values():
        is_on_loop = node.id in reachable(scenario, [each.leads_to for each in node.choices])
        is_guarded = any(each.guard is not None for each in node.choices)
        here = [each for each in found if each.position.node_id == node.id]
        offers = {len(each.onward) for each in here}
        if is_guarded and not is_on_loop and len(offers) > 1:
            poor = [each for each in here if len(each.onward) == min(offers)]
            lengths[f"node {node.id!r}"] = min(len(each.position.path) for each in poor)
    return lengths


def vain_rewards(scenario: Scenario, found: list[Moment]) -> dict[str, int]:
    """Return the rewarded choices that no passing play makes, and how soon one can be made."""
    passing = [each.position for each in found if passes(scenario, each.position)]
    useful = {place for position in passing for place in position.taken}
    lengths: dict[str, int] = {}
    for moment in found if passing else ():
        for choice in moment.onward:
            place = (moment.position.node_id, choice.id)
            if place not in useful and _is_rewarded(scenario, choice):
                name = f"choice {choice.id!r} at node {place[0]!r}"
                length = len(moment.position.path) + 1
                lengths[name] = min(length, lengths.get(name, length))
    return lengths


def unfilled_ranges(scenario: Scenario, found: list[Moment]) -> dict[str, int]:
    """Return the competencies that no play fills, and how soon a play has the most there is."""
    lengths: dict[str, int] = {}
    ends = [each.position for each in found if not each.onward]
    for rule in scenario.competencies.values():
        most = max(each.points[rule.id] for each in ends)
        if most < rule.high:
            best = [each for each in ends if each.points[rule.id] == most]
            lengths[f"{rule.id}:"] = min(len(each.path) for each in best)
    return lengths


def _is_rewarded(scenario: Scenario, choice: Choice) -> bool:
    """Say whether a choice ends well or, without a guard, repairs or gives something."""
    if scenario.nodes[choice.leads_to].ending is EndingKind.GOOD:
        return True
    gives_points = any(effect.points > 0 for effect in choice.effects)
    gives_flag = any(each.name in choice.sets for each in names_used(scenario.pass_rule))
    return choice.guard is None and bool(choice.repairs or gives_points or gives_flag)
