"""How likely a play passes that chooses blindly: exact, by merging plays with the same future.

On purpose apart from the program's own proof: one checks the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from elearning.scenario.expression import (
    And,
    Compares,
    Count,
    Expression,
    IsSet,
    NameKind,
    names_used,
)
from elearning.scenario.ids import CompetencyId, FlagId, NodeId
from elearning.scenario.model import Node, Scenario, Severity
from elearning.scenario.play import begin, choose, is_over, offered
from elearning.scenario.position import Incident, IncidentState, Position
from elearning.scenario.score import result

LIMITS = {"==", "<=", "<"}
RAISED = {Count.RAISED_A: Severity.A, Count.RAISED_B: Severity.B}
OPEN = {Count.OPEN_A: Severity.A, Count.OPEN_B: Severity.B}


def chance_to_pass(scenario: Scenario) -> float:
    """Return the probability that choosing uniformly among what is offered passes."""
    return Guesser(scenario).chance()


@dataclass(frozen=True)
class Guesser:
    """Plays all ways at once, turn by turn."""

    scenario: Scenario

    def chance(self) -> float:
        """Return the probability to pass."""
        passed = 0.0
        layer = [(begin(self.scenario), 1.0)]
        while layer:
            following: dict[Hashable, tuple[Position, float]] = {}
            for position, weight in layer:
                choices = offered(self.scenario, position)
                for choice in choices:
                    after = choose(self.scenario, position, choice.id)
                    share = weight / len(choices)
                    if is_over(self.scenario, after):
                        passed += share * result(self.scenario, after).passed
                    elif not self._is_lost(after):
                        key = self._key(after)
                        known = following.get(key, (after, 0.0))
                        following[key] = (known[0], known[1] + share)
            layer = list(following.values())
        return passed

    def _key(self, position: Position) -> Hashable:
        """Return what plays have in common that can go on in the same way."""
        return (
            position.node_id,
            position.flags & self._flags,
            position.visited & self._visited,
            tuple(self._points(position)),
            tuple(sorted(self._incidents(position))),
            frozenset(each for each in position.taken.items() if each[0][0] in self._repeating),
        )

    def _points(self, position: Position) -> Iterator[int]:
        """Yield the points up to the cut: nothing takes any away, and more changes nothing."""
        for rule in self.scenario.competencies.values():
            if rule.cut is not None:
                yield min(rule.cut, position.points[rule.id])

    def _incidents(self, position: Position) -> Iterator[tuple[str, str, int]]:
        for each in position.incidents:
            rule = self.scenario.errors[each.error]
            is_timed = each.state is IncidentState.OPEN and rule.recover_within is not None
            age = position.turn - each.turn if is_timed else 0
            is_told_apart = each.state is IncidentState.OPEN or each.error in self._errors
            if is_told_apart:
                yield each.error, each.state, age
            elif not each.is_repaired or self._asks_about_repaired:
                yield rule.severity, each.state, age

    def _is_lost(self, position: Position) -> bool:
        """Say whether no way from here passes, so that it need not be followed."""
        gains, flags = self._ahead[position.node_id]
        if any(
            rule.cut is not None and position.points[rule.id] + gains[rule.id] < rule.cut
            for rule in self.scenario.competencies.values()
        ):
            return True
        if self._asked_flags - position.flags - flags:
            return True
        return any(self._is_past(limit, position) for limit in self._limits)

    def _is_past(self, limit: Compares, position: Position) -> bool:
        """Say whether more has gone wrong for good than the rule allows."""
        most = limit.number - (limit.comparison == "<")
        if limit.count in RAISED:
            return self._count(position, RAISED[limit.count], is_final=False) > most
        return self._count(position, OPEN[limit.count], is_final=True) > most

    def _count(self, position: Position, severity: Severity, *, is_final: bool) -> int:
        def counts(each: Incident) -> bool:
            is_lasting = each.state in {IncidentState.EXPIRED, IncidentState.FATAL}
            return is_lasting or not is_final

        return sum(
            self.scenario.errors[each.error].severity is severity and counts(each)
            for each in position.incidents
        )

    @cached_property
    def _conjuncts(self) -> list[Expression]:
        def split(rule: Expression) -> Iterator[Expression]:
            if isinstance(rule, And):
                yield from split(rule.left)
                yield from split(rule.right)
            else:
                yield rule

        return list(split(self.scenario.pass_rule))

    @cached_property
    def _limits(self) -> list[Compares]:
        return [
            each
            for each in self._conjuncts
            if isinstance(each, Compares)
            and each.count in {*RAISED, *OPEN}
            and (each.comparison in LIMITS and (each.comparison != "==" or each.number == 0))
        ]

    @cached_property
    def _names(self) -> Mapping[NameKind, set[str]]:
        found: dict[NameKind, set[str]] = defaultdict(set)
        guards = [
            choice.guard
            for node in self.scenario.nodes.values()
            for choice in node.choices
            if choice.guard is not None
        ]
        for rule in (self.scenario.pass_rule, *guards):
            for used in names_used(rule):
                found[used.kind].add(used.name)
        return found

    @cached_property
    def _asked_flags(self) -> frozenset[FlagId]:
        """Return the flags that the rule asks for one by one."""
        return frozenset(rule.flag for rule in self._conjuncts if isinstance(rule, IsSet))

    @cached_property
    def _flags(self) -> frozenset[FlagId]:
        return frozenset(FlagId(name) for name in self._names[NameKind.FLAG])

    @cached_property
    def _visited(self) -> frozenset[NodeId]:
        return frozenset(NodeId(name) for name in self._names[NameKind.NODE])

    @cached_property
    def _asks_about_repaired(self) -> bool:
        """Say whether an error still matters after it was repaired."""
        return not self._names[NameKind.COUNT] <= {Count.OPEN_A, Count.OPEN_B}

    @cached_property
    def _errors(self) -> set[str]:
        return self._names[NameKind.ERROR]

    @cached_property
    def _repeating(self) -> frozenset[NodeId]:
        """Return the nodes that can be come back to."""
        return frozenset(
            node_id
            for node_id, node in self.scenario.nodes.items()
            if node_id in self._reachable({choice.leads_to for choice in node.choices})
        )

    def _reachable(self, nodes: set[NodeId]) -> set[NodeId]:
        found, todo = set(nodes), list(nodes)
        while todo:
            for choice in self.scenario.nodes[todo.pop()].choices:
                if choice.leads_to not in found:
                    found.add(choice.leads_to)
                    todo.append(choice.leads_to)
        return found

    @cached_property
    def _ahead(self) -> Mapping[NodeId, tuple[Mapping[CompetencyId, int], frozenset[FlagId]]]:
        """Return, per node, the most points and all flags that can still come: never too few."""
        return {node_id: self._still_possible(node_id) for node_id in self.scenario.nodes}

    def _still_possible(
        self, node_id: NodeId
    ) -> tuple[Mapping[CompetencyId, int], frozenset[FlagId]]:
        reachable = self._reachable({node_id})
        gains = {
            competency: self._most_gained(node_id, competency, {})
            if not reachable & self._repeating
            else sum(sum(_gains(self.scenario.nodes[each], competency)) for each in reachable)
            for competency in self.scenario.competencies
        }
        nodes = [self.scenario.nodes[each] for each in reachable]
        own = {flag for node in nodes for flag in node.sets}
        chosen = {flag for node in nodes for choice in node.choices for flag in choice.sets}
        return gains, frozenset(own | chosen)

    def _most_gained(
        self, node_id: NodeId, competency: CompetencyId, known: dict[NodeId, int]
    ) -> int:
        """Return the most points on any way from a node that cannot be come back to."""
        if node_id not in known:
            node = self.scenario.nodes[node_id]
            known[node_id] = max(
                (
                    gain + self._most_gained(choice.leads_to, competency, known)
                    for choice, gain in zip(node.choices, _gains(node, competency), strict=True)
                ),
                default=0,
            )
        return known[node_id]


def _gains(node: Node, competency: CompetencyId) -> list[int]:
    """Return what each choice gives for a competency; none takes away."""
    return [
        sum(effect.points for effect in choice.effects if effect.competency == competency)
        for choice in node.choices
    ]
