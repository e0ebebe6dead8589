"""Everything a play has done but its points, and how a choice changes it."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from elearning.scenario.expression import Count
from elearning.scenario.model import Choice, ChoiceId, ErrorId, NodeId, Scenario
from elearning.scenario.position import Incident, IncidentState, Position
from elearning.scenario.prove.formula import FATAL, Atom, Topic

NO_LIMIT: Final = 1_000_000_000

Pending = tuple[ErrorId, int]
Taken = tuple[NodeId, ChoiceId]


class Standing(NamedTuple):
    """Where a play stands: plays with the same standing and points have the same future.

    `marks` are facts that stay true once they are. `counts` are numbers of errors; an error that
    can still be repaired is not counted as open, but stands in `pending`, with the number of
    choices left for its repair. `taken` tells how often each choice of a loop was made.
    """

    node: NodeId
    marks: frozenset[Atom]
    counts: tuple[tuple[str, int], ...]
    pending: tuple[Pending, ...]
    taken: tuple[tuple[Taken, int], ...]


@dataclass(slots=True)
class Record:
    """A standing while it changes, with everything that happened still in it."""

    scenario: Scenario
    marks: set[Atom]
    counts: Counter[str]
    pending: list[Pending]
    taken: dict[Taken, int]

    def choose(self, node: NodeId, choice: Choice) -> None:
        """Do what the choice does."""
        pending, self.pending = self.pending, []
        for error, left in pending:
            self._one_choice_later(error, left, is_repaired=error in choice.repairs)
        for error in choice.raises:
            self._raise(error)
        self.marks.add(Atom(Topic.VISITED, choice.leads_to))
        flags = (*choice.sets, *self.scenario.nodes[choice.leads_to].sets)
        self.marks.update(Atom(Topic.FLAG, flag) for flag in flags)
        self.taken[node, choice.id] = self.taken.get((node, choice.id), 0) + 1

    def close(self, error: ErrorId) -> None:
        """Count an error that cannot be repaired any more as open for good."""
        self.marks.add(Atom(Topic.OPEN, error))
        self._count("open", error)

    def add(self, incident: Incident, turn: int) -> None:
        """Note an error that was made in an earlier turn."""
        self.marks.add(Atom(Topic.RAISED, incident.error))
        self._count("raised", incident.error)
        if incident.state is IncidentState.REPAIRED:
            self._repair(incident.error)
        elif incident.state is IncidentState.OPEN:
            window = self._window(incident.error)
            passed = turn - incident.turn - 1
            self.pending.append((incident.error, window if window == NO_LIMIT else window - passed))
        else:
            self.close(incident.error)
            if incident.state is IncidentState.FATAL:
                self.marks.add(FATAL)

    def _one_choice_later(self, error: ErrorId, left: int, *, is_repaired: bool) -> None:
        if is_repaired:
            self._repair(error)
        elif left == 1:
            self.close(error)
        else:
            self.pending.append((error, left if left == NO_LIMIT else left - 1))

    def _raise(self, error: ErrorId) -> None:
        self.marks.add(Atom(Topic.RAISED, error))
        self._count("raised", error)
        if self.scenario.errors[error].is_fatal:
            self.marks.add(FATAL)
            self.close(error)
        else:
            self.pending.append((error, self._window(error)))

    def _repair(self, error: ErrorId) -> None:
        self.marks.add(Atom(Topic.REPAIRED, error))
        self._count("repaired", error)

    def _count(self, what: str, error: ErrorId) -> None:
        self.counts[count_of(self.scenario, what, error)] += 1

    def _window(self, error: ErrorId) -> int:
        """Return the number of choices for a repair; the engine always looks at the first."""
        window = self.scenario.errors[error].recover_within
        return NO_LIMIT if window is None else max(1, window)


def record_of(scenario: Scenario, standing: Standing) -> Record:
    """Return a record to change, starting from this standing."""
    return Record(
        scenario=scenario,
        marks=set(standing.marks),
        counts=Counter(dict(standing.counts)),
        pending=list(standing.pending),
        taken=dict(standing.taken),
    )


def record_at(scenario: Scenario, position: Position) -> Record:
    """Return the record of a position of the engine."""
    marks = {Atom(Topic.FLAG, flag) for flag in position.flags}
    marks |= {Atom(Topic.VISITED, node) for node in position.visited}
    taken: Mapping[Taken, int] = position.taken
    record = Record(scenario, marks, Counter(), [], dict(taken))
    for incident in position.incidents:
        record.add(incident, position.turn)
    return record


def count_of(scenario: Scenario, what: str, error: ErrorId) -> Count:
    """Return the count that this error belongs to, by its severity."""
    return Count(f"{what}_{scenario.errors[error].severity}")
