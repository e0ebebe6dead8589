"""Adds up over all plays at once, in an order in which every play before one has been counted."""

import heapq
from collections.abc import Iterable
from fractions import Fraction

from elearning.scenario.model import Choice, CompetencyRule, Scenario
from elearning.scenario.play import begin
from elearning.scenario.prove.arrivals import Arrivals, Sweep, Values
from elearning.scenario.prove.interned import NOWHERE
from elearning.scenario.prove.machine import Machine, Move
from elearning.scenario.prove.search import TooManyStates


class Sweeper:
    """Goes once through the situations of a machine."""

    def __init__(self, scenario: Scenario, machine: Machine, most_states: int) -> None:
        """Work out what each move does to the points, and what it gives an opportunity for."""
        self._machine = machine
        self._most_states = most_states
        self._rules = tuple(scenario.competencies.values())
        self._places = {rule.id: place for place, rule in enumerate(self._rules)}
        self._tests = tuple(self._tested_by(move.choice) for move in machine.moves)
        self._changes = tuple(tuple(_changes(move, self._rules)) for move in machine.moves)
        self._start = begin(scenario)
        self._levels: dict[tuple[int, int], dict[int, Arrivals]] = {}
        self._queue: list[tuple[int, int]] = []
        self._arrivals: dict[int, Arrivals] = {}
        self._transitions = 0

    def sweep(self) -> Sweep:
        """Go through everything; raises `TooManyStates`."""
        start = self._machine.start()
        if start is None:
            return Sweep(self._machine, tuple(self._places), NOWHERE, {}, (), 0)
        self._arrive(start, self._at_start())
        ends: list[int] = []
        while self._queue:
            for situation, arrivals in self._levels.pop(heapq.heappop(self._queue)).items():
                self._arrivals[situation] = arrivals
                if len(self._arrivals) > self._most_states:
                    raise TooManyStates
                if not self._leave(situation, arrivals):
                    ends.append(situation)
        return Sweep(
            machine=self._machine,
            competencies=tuple(self._places),
            start=start,
            arrivals=self._arrivals,
            ends=tuple(ends),
            transitions=self._transitions,
        )

    def _leave(self, situation: int, arrivals: Arrivals) -> int:
        """Go on with every move; return how many there are."""
        offered, steps = self._machine.steps(situation)
        untested = arrivals.untested
        for move in self._machine.offered(situation):
            untested &= ~self._tests[move]
        for move, after in steps:
            self._transitions += 1
            self._arrive(after, self._after(arrivals, offered, untested, (situation, move)))
        return offered

    def _after(
        self, arrivals: Arrivals, offered: int, untested: int, before: tuple[int, int]
    ) -> Arrivals:
        changes = self._changes[before[1]]
        return Arrivals(
            chance=arrivals.chance / offered,
            plays=arrivals.plays,
            shortest=arrivals.shortest + 1,
            longest=arrivals.longest + 1,
            lows=_changed(arrivals.lows, changes),
            highs=_changed(arrivals.highs, changes),
            untested=untested,
            before=before,
        )

    def _arrive(self, situation: int, arrivals: Arrivals) -> None:
        order = self._machine.order(situation)
        level = self._levels.get(order)
        if level is None:
            level = self._levels[order] = {}
            heapq.heappush(self._queue, order)
        if situation in level:
            level[situation].join(arrivals)
        else:
            level[situation] = arrivals

    def _at_start(self) -> Arrivals:
        points = tuple(self._start.points[rule.id] for rule in self._rules)
        required = sum(1 << place for place, rule in enumerate(self._rules) if rule.cut is not None)
        return Arrivals(Fraction(1), 1, 0, 0, points, points, required, None)

    def _tested_by(self, choice: Choice) -> int:
        won = {each.competency for each in choice.effects if each.points > 0}
        return sum(1 << self._places[each] for each in won)


_Change = tuple[int, CompetencyRule, int]


def points_after(rule: CompetencyRule, points: int, move: Move) -> int:
    """Return the points for one competency after a move."""
    for _, _, change in _changes(move, (rule,)):
        points = _clamped(rule, points + change)
    return points


def _changes(move: Move, rules: tuple[CompetencyRule, ...]) -> Iterable[_Change]:
    for effect in move.choice.effects if move.is_first else ():
        for place, rule in enumerate(rules):
            if rule.id == effect.competency:
                yield place, rule, effect.points


def _changed(values: Values, changes: tuple[_Change, ...]) -> Values:
    if not changes:
        return values
    changed = list(values)
    for place, rule, points in changes:
        changed[place] = _clamped(rule, changed[place] + points)
    return tuple(changed)


def _clamped(rule: CompetencyRule, points: int) -> int:
    return max(rule.low, min(rule.high, points))
