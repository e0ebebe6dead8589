"""Keeps of what a play has done only what something ahead asks about, so that plays merge."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from elearning.scenario.expression import Count
from elearning.scenario.model import Choice, ErrorId, NodeId, Scenario
from elearning.scenario.position import Position
from elearning.scenario.prove.formula import ENDED, Atom, Literal, Topic, fits
from elearning.scenario.prove.outlook import Outlook
from elearning.scenario.prove.standing import (
    NO_LIMIT,
    Pending,
    Record,
    Standing,
    count_of,
    record_at,
    record_of,
)

_NOT_KEPT: Final = {Topic.COUNT, Topic.CUT, Topic.ENDED}
_OPEN: Final = {Count.OPEN_A, Count.OPEN_B}


class Ledger:
    """Keeps standings for one question; `asked` holds the atoms that it is about."""

    def __init__(
        self, scenario: Scenario, outlooks: Mapping[NodeId, Outlook], asked: frozenset[Atom]
    ) -> None:
        """Find out, per node, what has to be kept."""
        self._scenario = scenario
        self._outlooks = outlooks
        self._asked = {node: asked | each.asked for node, each in outlooks.items()}
        self._limits = {node: _limits(each) for node, each in self._asked.items()}
        self._marks = {
            node: frozenset(atom for atom in each if atom.topic not in _NOT_KEPT)
            for node, each in self._asked.items()
        }

    def at(self, position: Position) -> Standing:
        """Return the standing of a position of the engine."""
        return self._settled(position.node_id, record_at(self._scenario, position))

    def after(self, standing: Standing, choice: Choice) -> Standing:
        """Return the standing after a choice that is offered."""
        record = record_of(self._scenario, standing)
        record.choose(standing.node, choice)
        return self._settled(choice.leads_to, record)

    def now(self, standing: Standing, literal: Literal) -> bool:
        """Say whether an atom, other than about points, is as wanted at this moment."""
        atom = literal.atom
        if atom == ENDED:
            return self._has_ended(standing) == literal.wanted
        if atom.topic is Topic.COUNT:
            counted = dict(standing.counts).get(atom.name, 0)
            return fits(literal, counted + self._pending(standing, atom))
        holds = atom in standing.marks or _is_pending(standing, atom)
        return holds == literal.wanted

    def may(self, standing: Standing, literal: Literal) -> bool:
        """Say whether an atom, other than about points, may be as wanted, now or later."""
        atom = literal.atom
        if atom == ENDED:
            return literal.wanted or not self._has_ended(standing)
        if atom.topic is Topic.COUNT:
            return any(fits(literal, each) for each in self._possible(standing, atom))
        if atom in standing.marks:
            return literal.wanted
        can_become = atom in self._outlooks[standing.node].may_become
        return not literal.wanted or can_become or _is_pending(standing, atom)

    def _possible(self, standing: Standing, atom: Atom) -> Iterable[int]:
        least = dict(standing.counts).get(atom.name, 0)
        most = least + self._pending(standing, atom)
        if atom.name in self._outlooks[standing.node].may_rise:
            most = max(most, self._limits[standing.node][atom.name])
        return range(least, most + 1)

    def _pending(self, standing: Standing, atom: Atom) -> int:
        """Return how many errors that can be repaired belong to a count of open errors."""
        if atom.name not in _OPEN:
            return 0
        names = (count_of(self._scenario, "open", error) for error, _ in standing.pending)
        return sum(name == atom.name for name in names)

    def _has_ended(self, standing: Standing) -> bool:
        return self._scenario.nodes[standing.node].ending is not None

    def _settled(self, node: NodeId, record: Record) -> Standing:
        """Forget what nothing ahead asks about; an error that is out of reach is closed."""
        until_repair = self._outlooks[node].until_repair
        kept: Counter[Pending] = Counter()
        for error, left in record.pending:
            if until_repair.get(error, NO_LIMIT + 1) <= left:
                kept[error, left] += 1
            else:
                record.close(error)
        limits, loop = self._limits[node], self._outlooks[node].loop
        counts = {name: min(record.counts[name], limit) for name, limit in limits.items()}
        return Standing(
            node=node,
            marks=self._marks[node] & record.marks,
            counts=tuple(sorted((name, times) for name, times in counts.items() if times)),
            pending=tuple(sorted(self._told_apart(node, kept))),
            taken=tuple(sorted(each for each in record.taken.items() if each[0] in loop)),
        )

    def _told_apart(self, node: NodeId, pending: Counter[Pending]) -> Iterator[Pending]:
        most = max(self._limits[node].values(), default=1)
        for (error, left), times in pending.items():
            if self._matters(node, error):
                yield from [(error, left)] * min(times, most)

    def _matters(self, node: NodeId, error: ErrorId) -> bool:
        names = [count_of(self._scenario, what, error) for what in ("open", "repaired")]
        atoms = {Atom(Topic.OPEN, error), Atom(Topic.REPAIRED, error)}
        is_counted = any(self._limits[node].get(name, 0) for name in names)
        return is_counted or not atoms.isdisjoint(self._asked[node])


def _is_pending(standing: Standing, atom: Atom) -> bool:
    return atom.topic is Topic.OPEN and any(error == atom.name for error, _ in standing.pending)


def _limits(asked: Iterable[Atom]) -> dict[str, int]:
    """Return, per count, the number from which no comparison can tell two numbers apart."""
    limits: dict[str, int] = {}
    for atom in asked:
        if atom.topic is Topic.COUNT:
            limits[atom.name] = max(limits.get(atom.name, 0), atom.number + 1)
    return limits
