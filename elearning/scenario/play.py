"""Playing a scenario: a position is always the fold of the choices that led to it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from hashlib import sha256
from types import MappingProxyType

from elearning.errors import ChoiceNotOffered
from elearning.scenario.expression import evaluate
from elearning.scenario.facts import facts_in_play
from elearning.scenario.model import (
    Choice,
    ChoiceId,
    CompetencyId,
    CompetencyRule,
    NodeId,
    Scenario,
)
from elearning.scenario.position import Incident, IncidentState, Position

__all__ = [
    "Incident",
    "IncidentState",
    "Position",
    "Turn",
    "begin",
    "choose",
    "display_order",
    "is_over",
    "offered",
    "replay",
    "turns",
]


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a play, counted from 1; the last has no choice yet (or is the ending)."""

    number: int
    node_id: NodeId
    choice_id: ChoiceId | None
    position_before: Position


def begin(scenario: Scenario) -> Position:
    """Return the position before the first choice."""
    points = {rule.id: _clamp(rule, 0) for rule in scenario.competencies.values()}
    return Position(
        node_id=scenario.start,
        turn=1,
        path=(),
        visited=frozenset({scenario.start}),
        taken=MappingProxyType({}),
        points=MappingProxyType(points),
        flags=frozenset(scenario.nodes[scenario.start].sets),
        incidents=(),
    )


def offered(scenario: Scenario, position: Position) -> tuple[Choice, ...]:
    """Return the choices that can be made now, in the order of the source file."""
    choices = scenario.nodes[position.node_id].choices
    left = [each for each in choices if _times_taken(position, each) < each.max_visits]
    if all(each.guard is None for each in left):
        return tuple(left)
    facts = facts_in_play(scenario, position)
    return tuple(each for each in left if each.guard is None or evaluate(each.guard, facts))


def choose(scenario: Scenario, position: Position, choice_id: ChoiceId) -> Position:
    """Return the position after this choice; raises `ChoiceNotOffered`."""
    for choice in offered(scenario, position):
        if choice.id == choice_id:
            return _after(scenario, position, choice)
    raise ChoiceNotOffered(f"{choice_id!r} is not offered at {position.node_id!r}")


def replay(scenario: Scenario, choice_ids: Iterable[ChoiceId]) -> Position:
    """Return the position that these choices lead to; raises `ChoiceNotOffered`."""
    return reduce(
        lambda position, choice_id: choose(scenario, position, choice_id),
        choice_ids,
        begin(scenario),
    )


def turns(scenario: Scenario, choice_ids: Sequence[ChoiceId]) -> tuple[Turn, ...]:
    """Return every turn of a play: one per choice, and the one where the learner stands now."""
    return tuple(_turns(scenario, choice_ids))


def is_over(scenario: Scenario, position: Position) -> bool:
    """Say whether the play has come to an ending."""
    return scenario.nodes[position.node_id].ending is not None


def display_order(
    choices: Iterable[Choice], seed: int | str, node_id: NodeId
) -> tuple[Choice, ...]:
    """Return the choices shuffled: the same for the same seed, whatever the order of the file."""

    def place(choice: Choice) -> bytes:
        return sha256(f"{seed}\n{node_id}\n{choice.id}".encode()).digest()

    return tuple(sorted(choices, key=place))


def _turns(scenario: Scenario, choice_ids: Sequence[ChoiceId]) -> Iterator[Turn]:
    position = begin(scenario)
    for choice_id in choice_ids:
        yield Turn(position.turn, position.node_id, choice_id, position)
        position = choose(scenario, position, choice_id)
    yield Turn(position.turn, position.node_id, None, position)


def _times_taken(position: Position, choice: Choice) -> int:
    return position.taken.get((position.node_id, choice.id), 0)


def _after(scenario: Scenario, position: Position, choice: Choice) -> Position:
    times = _times_taken(position, choice)
    taken = {**position.taken, (position.node_id, choice.id): times + 1}
    arrived = scenario.nodes[choice.leads_to]
    return Position(
        node_id=choice.leads_to,
        turn=position.turn + 1,
        path=(*position.path, choice.id),
        visited=position.visited | {choice.leads_to},
        taken=MappingProxyType(taken),
        points=position.points if times else _points(scenario, position, choice),
        flags=position.flags.union(choice.sets, arrived.sets),
        incidents=(*_updated(scenario, position, choice), *_raised(scenario, position, choice)),
    )


def _points(scenario: Scenario, position: Position, choice: Choice) -> Mapping[CompetencyId, int]:
    points = dict(position.points)
    for effect in choice.effects:
        rule = scenario.competencies[effect.competency]
        points[rule.id] = _clamp(rule, points[rule.id] + effect.points)
    return MappingProxyType(points)


def _clamp(rule: CompetencyRule, points: int) -> int:
    return max(rule.low, min(rule.high, points))


def _raised(scenario: Scenario, position: Position, choice: Choice) -> Iterator[Incident]:
    for error in choice.raises:
        is_fatal = scenario.errors[error].is_fatal
        state = IncidentState.FATAL if is_fatal else IncidentState.OPEN
        yield Incident(error, position.node_id, position.turn, state)


def _updated(scenario: Scenario, position: Position, choice: Choice) -> Iterator[Incident]:
    """Yield the earlier incidents as this choice leaves them: it repairs, or time runs out."""
    for incident in position.incidents:
        if incident.state is not IncidentState.OPEN:
            yield incident
        elif incident.error in choice.repairs:
            yield replace(incident, state=IncidentState.REPAIRED)
        elif _is_last_chance(scenario, incident, position.turn):
            yield replace(incident, state=IncidentState.EXPIRED)
        else:
            yield incident


def _is_last_chance(scenario: Scenario, incident: Incident, turn: int) -> bool:
    window = scenario.errors[incident.error].recover_within
    return window is not None and turn >= incident.turn + window
