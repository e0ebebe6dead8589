"""Where a learner stands in a scenario, and what has happened on the way."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from elearning.scenario.model import ChoiceId, CompetencyId, ErrorId, FlagId, NodeId


class IncidentState(StrEnum):
    """What became of a critical error: only an open one can still be repaired."""

    OPEN = "open"
    REPAIRED = "repaired"
    EXPIRED = "expired"
    FATAL = "fatal"


@dataclass(frozen=True, slots=True)
class Incident:
    """A critical error that was made: at which node, in which turn."""

    error: ErrorId
    node: NodeId
    turn: int
    state: IncidentState

    @property
    def is_repaired(self) -> bool:
        """Say whether the learner put it right; expired and fatal errors stay unrepaired."""
        return self.state is IncidentState.REPAIRED


@dataclass(frozen=True, slots=True)
class Position:
    """One moment of a play; `turn` counts from 1 and is the turn about to be taken.

    Everything but `path` and `turn` says what can still happen; those two say how it came here.
    """

    node_id: NodeId
    turn: int
    path: tuple[ChoiceId, ...]
    visited: frozenset[NodeId]
    taken: Mapping[tuple[NodeId, ChoiceId], int]
    points: Mapping[CompetencyId, int]
    flags: frozenset[FlagId]
    incidents: tuple[Incident, ...]
