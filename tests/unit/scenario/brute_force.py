"""Every play of a small scenario, one by one, with the engine: what the prover is held against."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from elearning.scenario.expression import Expression, evaluate
from elearning.scenario.model import Choice, CompetencyId, ErrorId, NodeId, Scenario
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
