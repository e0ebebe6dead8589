"""Which positions are the same as far as the rest of the play goes.

The key of a position keeps only what the guards of the scenario can still ask about, and the
choices that can run out.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from elearning.scenario.expression import Expression, NameKind, highest_number, names_used
from elearning.scenario.graph import reachable
from elearning.scenario.model import ErrorId, NodeId, Scenario
from elearning.scenario.position import Incident, IncidentState, Position
from elearning.scenario.repairs import choices_until_repair


@dataclass(frozen=True, slots=True)
class View:
    """What tells two positions at the same node apart."""

    scenario: Scenario
    names: Mapping[NameKind, frozenset[str]]
    on_loops: frozenset[NodeId]
    until_repair: Mapping[ErrorId, Mapping[NodeId, int]]
    most_counted: int

    def key(self, position: Position) -> Hashable:
        """Return what two positions with the same future have in common."""
        return (
            position.node_id,
            self.names[NameKind.FLAG].intersection(position.flags),
            self.names[NameKind.NODE].intersection(position.visited),
            tuple(self._points(position)),
            frozenset(self._incidents(position)),
            frozenset(each for each in position.taken.items() if each[0][0] in self.on_loops),
        )

    def _points(self, position: Position) -> Iterator[int]:
        for rule in self.scenario.competencies.values():
            if rule.id in self.names[NameKind.COMPETENCY] or self.names[NameKind.SUMMARY]:
                yield position.points[rule.id]

    def _incidents(self, position: Position) -> Iterable[Hashable]:
        """Return the errors with how often each occurs, up to what a guard can tell apart."""
        found = (self._kind(each, position) for each in position.incidents)
        kinds = Counter(kind for kind in found if kind is not None)
        return {kind: min(times, self.most_counted) for kind, times in kinds.items()}.items()

    def _kind(self, incident: Incident, position: Position) -> Hashable:
        """Return what matters of an error, or None where nothing does."""
        is_named = incident.error in self.names[NameKind.ERROR]
        if not is_named and not self.names[NameKind.COUNT]:
            return None
        if self._can_be_repaired(incident, position):
            return incident.error, position.turn - incident.turn
        name = incident.error if is_named else self.scenario.errors[incident.error].severity
        return name, incident.is_repaired

    def _can_be_repaired(self, incident: Incident, position: Position) -> bool:
        needed = self.until_repair[incident.error].get(position.node_id)
        if incident.state is not IncidentState.OPEN or needed is None:
            return False
        window = self.scenario.errors[incident.error].recover_within
        return window is None or position.turn + needed - 1 <= incident.turn + window


def view_of(scenario: Scenario) -> View:
    """Return the view that fits the guards of this scenario."""
    guards = list(_guards(scenario))
    names: dict[NameKind, set[str]] = {kind: set() for kind in NameKind}
    for guard in guards:
        for used in names_used(guard):
            names[used.kind].add(used.name)
    return View(
        scenario=scenario,
        names={kind: frozenset(found) for kind, found in names.items()},
        on_loops=frozenset(_nodes_on_loops(scenario)),
        until_repair=choices_until_repair(scenario),
        most_counted=1 + max((highest_number(guard) for guard in guards), default=0),
    )


def _guards(scenario: Scenario) -> Iterator[Expression]:
    for node in scenario.nodes.values():
        yield from (choice.guard for choice in node.choices if choice.guard is not None)


def _nodes_on_loops(scenario: Scenario) -> Iterator[NodeId]:
    for node in scenario.nodes.values():
        if node.id in reachable(scenario, [choice.leads_to for choice in node.choices]):
            yield node.id
